"""Names of people in Chinese text: found by a model, by their form, by a form of address, by a field.

The model (``name_model``) weighs the characters of a stretch, its words and its neighbours. Rules say which of
the people are private in which kind of paper, and spare founders of brands, the dead of history, titles of works.
"""

import math
import re
from collections.abc import Iterable, Sequence

from renda_nlp.annotation import name_address, name_foreign, name_forms
from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_address import CIVIL, TITLES, by_address, by_nickname
from renda_nlp.annotation.name_called import called_model
from renda_nlp.annotation.name_foreign import by_sound, in_latin
from renda_nlp.annotation.name_forms import (
    by_form,
    everywhere,
    in_fields,
    in_rows,
    names_of,
    person,
)
from renda_nlp.annotation.name_model import Scored, apart, name_model
from renda_nlp.annotation.name_private import private_model
from renda_nlp.annotation.name_signs import Sentence, is_word, lead_at, word_tag
from renda_nlp.annotation.place_mentions import common_words
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned

__all__ = ["SOUGHT", "find_people"]

SOUGHT = (*name_address.SOUGHT, *name_foreign.SOUGHT, *name_forms.SOUGHT)
"""What ``find_people`` asks a scanned text for."""

LIKELY, LISTED, SURE = -0.3, -3.0, 2.5
"""Log odds needed of a name, of one beside a name, of one before a place word."""
REPLIED, IN_PAPERS = 0.3, 1.0
"""More is needed in replies, in official papers."""
LIKELY_ALONE, PRIVATE = 1.0, 0.5
"""Log odds of a name that ends like a place and has no word before it; of a private person in a paper."""
WORD, DEED, HOLDS_WORD = 1.0, 2.1, 0.8
"""More is needed of a noun, of a verb or adjective, of three characters that hold a word: 强烈, 和小孩."""
BOTH, SURNAME_ALONE, PLACE_ALONE = (
    (0.36, 0.44, -0.5, 0.3, 0.58),
    (1.2, -1.0, 0.5, 0.25),
    (1.2, -1.5, 1.0, 0.25),
)
"""Weights of the odds of the two models or of one, of a word of the dictionary, of a word that leads to names; bias.

By logistic regression on odds of weights that were trained without the case (``cross_validate_names.py``).
"""

_ACCUSED = {"clerk": "ACCUSED", "cadre": "ACCUSED_CADRE"}
_OFFICES = (*words.CLERKS, *words.HIGH_OFFICES, "书记", "镇长", "同志", "领导")
_OFFICIAL = re.compile(
    r"(?:书记|主席|主任|[局镇乡县市区处科所站院校部队]长|代表|委员|签发人?|审核人?|核稿人?|承办人|答复人|经办人|负责人|联系人)[：: ]{0,2}$"
)
_NO_NAME_TAGS = "drpcuz"  # adverbs, pronouns, prepositions, conjunctions, particles, states
_HELD = 3
_TOWNS = frozenset("镇乡县村")
_PAPER_ENDS = frozenset("证卡费款表书单")
_QUOTES = frozenset("“「『《")
_LETTERS = re.compile("[a-z][a-z女先老小]")
_WORK = re.compile(r"《[^》]{1,30}》")
_BETWEEN = re.compile(r"(?:[（(][^（）()]{1,16}[）)])?(?:[、,，和与及跟同 ]|以及)?")


def _labelled(plain: str, start: int, end: int, *, scope: str) -> Span | None:
    """Return the span of a name as its scope wants it; None for a name that stays."""
    kind, gap, lead_start = lead_at(plain, start)
    if scope == "private":
        held = plain.startswith(_OFFICES, end) and not plain.startswith("同志", end)
        return None if held or kind in _ACCUSED else person(start, end)
    if kind in _ACCUSED and not gap:
        return Span(start=lead_start, end=end, label=_ACCUSED[kind])
    return person(start, end)


def _is_private(plain: str, start: int, end: int) -> bool:
    """Return whether an official paper speaks of a private person."""
    if plain.startswith(_OFFICES, end) or plain.startswith(_OFFICES, start + 1):
        return False
    if plain[start - 1 : start] in _QUOTES and plain[end : end + 1] in "”家":
        return False  # the name of a brand
    return private_model().odds_of(plain, start, end) > PRIVATE


def _spared(plain: str, name: Scored) -> bool:
    """Return whether a name is a form of address, that of a brand, of a place, of somebody known to all, or none."""
    text = plain[name.start : name.end]
    if text[1:] in TITLES or (text[-1] in _PAPER_ENDS and name.odds < SURE):
        return True
    if (
        text in words.BRANDS
        or text in words.NOT_A_NAME
        or "某" in plain[name.end - 1 : name.end + 1]
    ):
        return True
    if len(text) >= _HELD and text[-1] in _TOWNS:
        return lead_at(plain, name.start)[1] != ":"
    if name.odds < LIKELY_ALONE and (text in words.NO_NAMES or text[-1] in words.PLACE_TAILS):
        return lead_at(plain, name.start)[0] in ("", "pointer")
    return name.odds < SURE and _is_place(plain, text)


def _doubt(plain: str, name: Scored) -> float:
    """Return how much more than usual is needed of a name that is a word or holds one.

    A common word is a name only in a field (姓名：高兴); 素质, 强烈 and 利益 stand behind 居民 or 业主 too.
    """
    text = plain[name.start : name.end]
    kind, gap, _ = lead_at(plain, name.start)
    if gap == ":":
        return 0.0
    if text in common_words():
        return math.inf
    if tag := word_tag(text):
        if tag[0] in _NO_NAME_TAGS:
            return math.inf
        return DEED if tag[0] in "av" else 0.0 if kind == "label" else WORD
    if len(text) == _HELD and (word_tag(text[1:]) or word_tag(text[:-1])):
        return HOLDS_WORD
    return 0.0


def _is_place(plain: str, text: str) -> bool:
    """Return whether a word for places follows ``text`` anywhere: 石溪 where 石溪村 stands as well."""
    at = plain.find(text)
    while at >= 0:
        at += len(text)
        if plain.startswith(words.PLACE_AFTER, at):
            return True
        at = plain.find(text, at)
    return False


def _beside(plain: str, sure: list[Scored], weak: list[Scored]) -> list[Scored]:
    """Return the names and those weaker ones that stand in a row with them: 江河、白露和石磊."""
    names = {name.end: name for name in sure}
    starts = {name.start: name for name in sure}
    for name in weak:  # forwards: after a name
        if any(
            name.start > end and _BETWEEN.fullmatch(plain, end, name.start)
            for end in range(max(0, name.start - 20), name.start)
            if end in names
        ):
            names[name.end] = starts[name.start] = name
    for name in reversed(weak):  # backwards: before a name
        between = _BETWEEN.match(plain, name.end)
        if between and between.end() > name.end and between.end() in starts:
            names[name.end] = starts[name.start] = name
    return sorted(names.values(), key=lambda name: name.start)


def _candidates(sentence: Sentence) -> list[Scored]:
    """Return likely names by the odds of both models, sorted, without overlap; the surer wins."""
    plain = sentence.plain
    surnames, places = name_model().scores(sentence), called_model().scores(sentence)
    found = []
    for start, end in {**surnames, **places}:
        by_surname, by_place = surnames.get((start, end)), places.get((start, end))
        signs = (is_word(plain[start:end]), lead_at(plain, start)[0] not in ("", "pointer"), 1.0)
        if by_surname is None:
            odds = _weighed(PLACE_ALONE, (by_place or 0.0, *signs))
        elif by_place is None:
            odds = _weighed(SURNAME_ALONE, (by_surname, *signs))
        else:
            odds = _weighed(BOTH, (by_surname, by_place, *signs))
        if odds > LISTED:
            found.append(Scored(odds, start, end))
    return apart(found)


def _weighed(weights: Sequence[float], signs: Sequence[float]) -> float:
    return sum(weight * sign for weight, sign in zip(weights, signs, strict=True))


def _by_models(sentence: Sentence, *, scope: str) -> list[Scored]:
    plain = sentence.plain
    found = [name for name in _candidates(sentence) if not _spared(plain, name)]
    found = [name._replace(odds=name.odds - _doubt(plain, name)) for name in found]
    needed = LIKELY + {"private": REPLIED, "official": IN_PAPERS}.get(scope, 0.0)
    sure = [name for name in found if name.odds >= needed]
    if scope == "official":
        sure = [name for name in sure if _is_private(plain, name.start, name.end)]
    if not sure or len(sure) == len(found):
        return sure
    return _beside(plain, sure, [name for name in found if name not in sure])


def find_people(
    scanned: Scanned, sentence: Sentence, *, scope: str, names: Iterable[str] = ()
) -> list[Span]:
    """Return the names of people in a text, unsorted, perhaps overlapping.

    Args:
        scanned: The text, asked for ``SOUGHT``.
        sentence: The text as the name model surveyed it.
        scope: ``all`` masks officials too; ``private`` (replies) everyone but officials;
            ``official`` only who is called a villager, a voter ...
        names: Names known from elsewhere, normalised.
    """
    plain = scanned.plain
    people = _by_models(sentence, scope=scope)
    if scope == "official":
        formed = (
            *by_sound(scanned),
            *by_address(sentence, scanned, accused=False),
            *by_nickname(scanned),
        )
        private = (
            span
            for span in formed
            if plain.endswith(CIVIL, span.start, span.end)
            or _is_private(plain, span.start, span.end)
        )
        return [*(person(name.start, name.end) for name in people), *private]
    found = (_labelled(plain, name.start, name.end, scope=scope) for name in people)
    spans = [span for span in found if span]
    spans.extend(in_fields(scanned))
    spans.extend(by_form(scanned))
    spans.extend(by_sound(scanned))
    latin = list(in_latin(scanned))
    if latin and _LETTERS.search(plain):
        spans.extend(latin)
    spans.extend(by_address(sentence, scanned, accused=scope == "all"))
    spans.extend(by_nickname(scanned))
    spans.extend(in_rows(plain, {span.end for span in spans if span.label == "PERSON"}))
    for name in sorted(_known(plain, spans, names)):
        spans.extend(everywhere(plain, name))
    return [span for span in _merged(spans) if not _stays(plain, span, scope=scope)]


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans, those of persons that overlap made one: 小韩 and 韩天."""
    people = sorted((s for s in spans if s.label == "PERSON"), key=lambda s: (s.start, s.end))
    merged: list[Span] = [span for span in spans if span.label != "PERSON"]
    start = end = -1
    for span in people:
        if span.start >= end:
            if end > 0:
                merged.append(person(start, end))
            start, end = span.start, span.end
        end = max(end, span.end)
    return [*merged, person(start, end)] if end > 0 else merged


def _known(plain: str, spans: list[Span], names: Iterable[str]) -> set[str]:
    """Return the names to be looked for everywhere: those of the row, and found ones that are no words."""
    found = {plain[span.start : span.end] for span in spans if span.label == "PERSON"}
    return set(names_of(names)) | {name for name in found if len(name) > 1 and not is_word(name)}


def _stays(plain: str, span: Span, *, scope: str) -> bool:
    if scope == "private" and _OFFICIAL.search(plain[max(0, span.start - 8) : span.start]):
        return True
    if "《" not in plain:
        return False
    return any(
        work.start() < span.start and span.end < work.end() for work in _WORK.finditer(plain)
    )
