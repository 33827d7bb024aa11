"""Names of people in Chinese text, found by surname, given name and the words around them.

A stretch that starts with a surname earns points for each sign that it is a name (``name_score``);
the word before it says how many points are enough: few after 联系人, more after 邻居, many in the
middle of prose.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from renda_nlp.annotation import name_score as score
from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_address import (
    beside_callings,
    by_address,
    labelled_latin,
    standing_alone,
)
from renda_nlp.annotation.name_forms import (
    by_form,
    everywhere,
    foreign_name,
    in_lists,
    names_of,
    person,
)
from renda_nlp.records import Span

__all__ = ["find_people"]

_SKIP = re.compile(r"(?:(?:姓名|名字)?(?:叫|是|为)?\s*[:：]\s*|\s+|（姓名）\s*)?")
_OPENERS = (
    score.SURNAMES
    | frozenset("".join(words.COMPOUND_SURNAMES))
    | frozenset(
        " :：姓名叫是为（\n\t乌兰扎西阿依古艾买娜斯那苏格图高卓多央尼旦丹达平拉洛巴其次热吐木努祖库哈吾卡帕玛伊迪萨赛"
    )
)
_PROSE = re.compile(  # one character of a surname, so that candidates may overlap
    "[{first}](?:(?=[{second}]?[{given}]{{1,2}}(?:$|[^一-鿿]|[{after}]))|(?<=[{plain}])(?=[{strong}]{{2}}))".format(
        first="".join(sorted(score.SURNAMES | {name[0] for name in words.COMPOUND_SURNAMES})),
        second="".join(sorted({name[1] for name in words.COMPOUND_SURNAMES})),
        given="".join(sorted((words.GIVEN | words.WEAK_GIVEN) - words.NEVER_GIVEN)),
        strong="".join(sorted(words.GIVEN - words.WEAK_GIVEN - words.NEVER_GIVEN)),
        plain="".join(sorted(words.COMMON_SURNAMES)),
        after="".join(sorted({word[0] for word in words.AFTER} | set("一二三四五六七八九十两几"))),
    )
)
_PRESENTED = re.compile(
    r"[，,\s(（：:]{0,2}(?:联系)?(?:电话|手机|身份证|微信|[男女][，,。]|1[3-9]\d|住|现住|系)|反映|来电|来信|投诉|要求|表示|称|说|咨询|【|】|[：:]"
)
_WITHIN = frozenset("、；;，")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,3}(?=[、，。；\s]|$)")
_POINTER_CHARS = frozenset(word for word in words.POINTERS if len(word) == 1)
_ROLE_CHARS = frozenset(word for word in words.ROLES if len(word) == 1)
_OFFICES = (*words.CLERKS, *words.HIGH_OFFICES, "书记", "同志")
_NEXT = re.compile(r"(?:[（(][^（）()]{1,6}[）)])?[、和与及 ]")
_OFFICIAL = re.compile(
    r"(?:书记|主席|主任|[局镇乡县市区处科所站院校部队]长|代表|委员|签发人?|审核人?|承办人)[：: ]?$"
)
_QUOTED_WORK = re.compile(r"《[^》]{1,30}》")
_OPENING = frozenset("，。；;、：:！!？?（(\n\t 【“")
_OWN, _OWNERS = 0.5, frozenset("我其他她俺")
_FULL = 3  # characters of a surname and two of a given name
_STRONG_POINTERS = frozenset("的把被是叫给找替")
_COLON, _RUN_ON = 1.5, 2.8


class _Lead(NamedTuple):
    needed: float
    label: str
    length: int


@cache
def _leads() -> ahocorasick.Automaton:
    found = ahocorasick.Automaton()
    table = (
        (words.POINTERS, score.POINTED, "PERSON"),
        (words.ROLES, score.LIKELY, "PERSON"),
        (words.CLERKS, score.LIKELY, "ACCUSED"),
        (words.CADRES, score.LIKELY, "ACCUSED_CADRE"),
        (words.RELATIVES, score.EXPECTED, "PRIVATE"),
        (words.PRIVATE_ROLES, score.EXPECTED, "PRIVATE"),
        (words.LABELS, score.SURE, "PERSON"),
    )
    for terms, needed, label in table:
        for term in terms:
            if len(term) == 1:
                continue  # see _in_prose
            found.add_word(term, _Lead(needed, label, len(term)))
    found.make_automaton()
    return found


def _needed(plain: str, start: int, at: int, lead: _Lead) -> float:
    """Return the points that a name at ``at`` needs after a lead that ends at ``start``."""
    needed = lead.needed
    if plain[start - lead.length] in _OWNERS:
        needed -= _OWN
    if at == start:
        return needed + (_RUN_ON if score.is_word(plain[start - 1 : start + 1]) else 0.0)
    if lead.needed == score.SURE and plain[at - 1] in ":：":
        needed -= _COLON
    return needed


def _is_pointed_at(plain: str, at: int, end: int) -> bool:
    """Return whether what a mere pointer stands before is likely a private person."""
    return (
        score.follow_score(plain, end) >= score.FOLLOWED
        and not plain.startswith(_OFFICES, end)
        and not score.is_word(plain[at - 1 : at + 1])
    )


def _name_after(plain: str, start: int, lead: _Lead) -> Span | None:
    skipped = _SKIP.match(plain, start)
    at = skipped.end() if skipped else start
    weak = lead.needed >= score.POINTED
    if at > start and weak:
        return None
    foreign = 0 if weak else foreign_name(plain, at)
    if foreign:
        return person(at, foreign)
    points, end = score.best_name(plain, at)
    if points < _needed(plain, start, at, lead) or (weak and not _is_pointed_at(plain, at, end)):
        return None
    if lead.needed > score.SURE and score.crosses_words(plain, at, end, at_end=weak):
        return None
    if lead.needed == score.SURE and plain[end : end + 1] == "的" and end - at < _FULL:
        return None  # 我是双井的
    if lead.label.startswith("ACCUSED"):
        return Span(start=start - lead.length, end=end, label=lead.label)
    return person(at, end)


def _after_leads(plain: str, *, scope: str) -> Iterator[Span]:
    for last, lead in _leads().iter(plain):
        start = last + 1
        if plain[start : start + 1] not in _OPENERS or start == len(plain):
            continue
        if scope == "official" and lead.label != "PRIVATE":
            continue
        if scope == "private" and lead.label.startswith("ACCUSED"):
            continue
        found = _name_after(plain, start, lead)
        if found:
            yield found
            yield from _list_after(plain, found.end)


def _list_after(plain: str, end: int) -> Iterator[Span]:
    """Yield the names that follow a name: 、李四和王五, also with remarks (3号) between them."""
    while found := _NEXT.match(plain, end):
        at = found.end()
        points, after = score.best_name(plain, at)
        if points < score.EXPECTED:
            item = _ITEM.match(plain, at)
            if not item or not score.surname_length(item[0], 0) or score.is_word(item[0]):
                return
            after = item.end()
        yield person(at, after)
        end = after


def _is_bare_name(plain: str, start: int, points: float, end: int) -> bool:
    """Return whether a name stands at ``start`` though no word announces it."""
    before = plain[start - 1 : start]
    opened = not before or before in _OPENING
    if points >= score.POINTED and before and before in _POINTER_CHARS:
        return True
    if points >= score.LIKELY and before and before in _ROLE_CHARS:
        return True
    if opened and points >= score.OPENED and before not in _WITHIN and _PRESENTED.match(plain, end):
        return True
    full = end - start >= _FULL
    if full and score.surname_length(plain, start) == 1 and score.is_word(plain[start : start + 2]):
        return False
    return points + (1.0 if opened else -0.5) - (0.0 if full else 1.0) >= score.BARE


def _may_begin(plain: str, start: int, end: int) -> bool:
    """Return whether a name may begin in the middle of a sentence here."""
    before = plain[start - 1 : start]
    if not before or before in _OPENING:
        return True
    if score.is_word(plain[start - 1 : start + 1]):
        return False
    return score.is_plain_surname(plain, start) or (
        before in _STRONG_POINTERS and all(map(score.is_given, plain[start + 2 : end]))
    )


def _in_prose(plain: str) -> Iterator[Span]:
    """Yield names in the middle of prose, and before what people say of themselves."""
    for match in _PROSE.finditer(plain):
        start = match.start()
        points, end = score.best_name(plain, start)
        if points < score.LIKELY or plain.startswith(_OFFICES, end):
            continue
        follows = 1.0 if points >= score.BARE + 1 else score.FOLLOWED
        if (
            score.follow_score(plain, end) >= follows
            and _may_begin(plain, start, end)
            and _is_bare_name(plain, start, points, end)
            and not score.crosses_words(plain, start, end, at_end=True)
        ):
            yield person(start, end)


def find_people(plain: str, *, scope: str, names: Iterable[str] = ()) -> list[Span]:
    """Return the names of people in ``plain``, unsorted, perhaps overlapping.

    Args:
        plain: The normalised copy of a text.
        scope: ``all`` masks officials too; ``private`` (replies) everyone but officials;
            ``official`` only who is called a villager, a voter ...
        names: Names known from elsewhere, normalised.
    """
    spans = list(_after_leads(plain, scope=scope))
    if scope == "official":
        return spans
    spans.extend(_in_prose(plain))
    spans.extend(in_lists(plain))
    spans.extend(by_form(plain))
    spans.extend(by_address(plain, accused=scope == "all"))
    spans.extend(labelled_latin(plain))
    if scope == "all":
        spans.extend(standing_alone(plain))
        spans.extend(beside_callings(plain))
    for span in list(spans):
        if span.label == "PERSON":
            spans.extend(_list_after(plain, span.end))
    known = set(names_of(names))
    found = {plain[span.start : span.end] for span in spans if span.label == "PERSON"}
    known |= {name for name in found if not score.is_word(name)}
    for name in sorted(known):
        spans.extend(everywhere(plain, name))
    works = [match.span() for match in _QUOTED_WORK.finditer(plain)]
    return [
        span
        for span in spans
        if not any(start < span.start and span.end < end for start, end in works)
        and not (
            scope == "private" and _OFFICIAL.search(plain[max(0, span.start - 8) : span.start])
        )
    ]
