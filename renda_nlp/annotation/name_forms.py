"""Names of people known by their form, from a field of a form or from a name column."""

import re
from collections.abc import Iterable, Iterator

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_model import name_model
from renda_nlp.annotation.name_signs import closes, is_word, surname_length
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["SOUGHT", "by_form", "everywhere", "in_fields", "in_rows", "names_of", "person"]

_WIDOW = Sought(rf"[{''.join(sorted(words.COMMON_SURNAMES))}]{{1,2}}氏(?![\u4e00-\u9fff])")
_FIELD = Sought(
    r"(?:姓名|名字|联系人|反映人|投诉人|来电人|来访人|来信人|信访人|申请人|举报人|当事人|诉求人|户主|业主|租客|患者|家长|学生|监护人|署名|签名|收款人|开户名|户名|称呼|登记人|被访人|受访人|留言人)"
    r"(?:（[^）]{1,6}）|\([^)]{1,6}\))?\s*[:：|】（(]\s*(?P<name>[\u4e00-\u9fff](?:[·• ]?[\u4e00-\u9fff]){1,7}?)(?=\s*(?:$|[，。；、,;（(|/\d\n\t【）)]|\s{1,4}\S))"
)
_NO_PERSON = re.compile(
    "|".join(map(re.escape, sorted(words.NOT_A_NAME)))
    + "|(?:公司|会|局|委|所|站|院|校|厂|店|社|部|办|组|村|小区|中心|[室处科队行])$|某|[*×]|^[a-z0-9]+$"
)
_SEX = Sought(r"[，,、|\s]{1,2}[男女](?=[，,、|\s]|$)")
_NUMBER = Sought(r"[，,|\s]{1,3}(?=1[3-9]\d{9}|[1-6]\d{16}[\dx])")
_SAID = Sought(r"姓名(?:是|叫)?(?P<name>(?![、和与及电是叫不等])[\u4e00-\u9fff]{2,5})(?=[，,。；])")
_LAST_HAN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}$")
_SPACED = Sought(
    rf"(?<![\u4e00-\u9fff])[{''.join(sorted(words.COMMON_SURNAMES))}] (?P<given>[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff] [\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
_CHAR_ODDS = 2  # doubled log odds of each character of a given name behind a blank
_ITEM = re.compile(
    r"(?P<gap>[ 、]{1,3}|[；;，,。 \n]{0,2}\d{1,2}[.、． ])(?P<name>[\u4e00-\u9fff]{2,3})(?=[ 、\n。；;，,]|$)"
)
_ROW = 2  # known names before a row is believed
_LONGEST = 4  # characters of a Han name
_CALLED = Sought(
    r"@(?P<name>(?!所有人|全体)[\u4e00-\u9fff][\w\u4e00-\u9fff·-]{1,9})(?=[\s，,：:]|$)"
)
_TIME = Sought(r"\s(?:20\d\d[/.-]\d{1,2}[/.-]\d{1,2}\s)?\d{1,2}:\d{2}")
_CHATTER = re.compile(r"[\u4e00-\u9fff][\w\u4e00-\u9fff·-]{1,9}")
SOUGHT = (_CALLED, _TIME, _WIDOW, _FIELD, _SEX, _NUMBER, _SAID, _SPACED)
"""What the functions below ask a scanned text for."""


def person(start: int, end: int) -> Span:
    """Return the span of a name."""
    return Span(start=start, end=end, label="PERSON")


def in_fields(scanned: Scanned) -> Iterator[Span]:
    """Yield what stands after 姓名： and the like, be it a known form of name or not."""
    for match in scanned.matches(_FIELD):
        name = match["name"].replace(" ", "")
        if _NO_PERSON.search(name) or (is_word(name) and not surname_length(name, 0)):
            continue
        if len(name) <= _LONGEST or "·" in name:
            yield person(*match.span("name"))


def by_form(scanned: Scanned) -> Iterator[Span]:
    """Yield widows' names, names written with a blank and names of people who chat: 韦氏, 王 芳, @小芳."""
    yield from (person(*match.span()) for match in scanned.matches(_WIDOW))
    yield from _in_chats(scanned)
    yield from _beside_facts(scanned)
    odds = name_model().given_odds
    for match in scanned.matches(_SPACED):
        if all(odds.get(char, 0) >= _CHAR_ODDS for char in match["given"] if char != " "):
            yield person(*match.span())


def _in_chats(scanned: Scanned) -> Iterator[Span]:
    """Yield who is called by @ and who stands before a time at the start of a line."""
    plain = scanned.plain
    for match in scanned.matches(_CALLED):
        if _may_name(match["name"], word=False):
            yield person(*match.span("name"))
    for match in scanned.matches(_TIME):
        start = plain.rfind("\n", 0, match.start()) + 1
        name = plain[start : match.start()]
        if _CHATTER.fullmatch(name) and _may_name(name, word=False):
            yield person(start, match.start())


def _beside_facts(scanned: Scanned) -> Iterator[Span]:
    """Yield what stands behind 姓名, before 男 or 女, before a mobile or ID number."""
    for match in scanned.matches(_SAID):
        if _may_name(match["name"], word=True):
            yield person(*match.span("name"))
    for pattern in (_SEX, _NUMBER):
        for match in scanned.matches(pattern):
            found = _LAST_HAN.search(scanned.plain, max(0, match.start() - 5), match.start())
            if found and _may_name(found[0], word=pattern is _SEX):
                yield person(*found.span())


def _may_name(text: str, *, word: bool) -> bool:
    """Return whether ``text`` may be a name; ``word``: also one that is a word with a surname."""
    if _NO_PERSON.search(text):
        return False
    return not is_word(text) or (word and surname_length(text, 0) > 0)


def in_rows(plain: str, ends: set[int]) -> Iterator[Span]:
    """Yield items that stand in a row of names, whatever their surname: 贺老三 拓振华 折贵生.

    Args:
        plain: The normalised text.
        ends: Where known names end.
    """
    if len(ends) < _ROW:
        return
    for match in _ITEM.finditer(plain):
        if (
            match.start("name") - len(match["gap"]) in ends
            and not is_word(match["name"])
            and not _NO_PERSON.search(match["name"])
        ):
            yield person(*match.span("name"))
            ends.add(match.end("name"))


def everywhere(plain: str, name: str) -> Iterator[Span]:
    """Yield the places of a known name, but not where longer words or places are made of it."""
    places = []
    at = plain.find(name)
    while at >= 0:
        places.append((at, at + len(name)))
        at = plain.find(name, at + len(name))
    if not places:
        spaced = re.compile(r"\s?".join(map(re.escape, name)))
        places = [match.span() for match in spaced.finditer(plain)]
    clear = [(start, end) for start, end in places if not _in_longer_word(plain, start, end)]
    for start, end in clear or places:
        yield person(start, end)


def _in_longer_word(plain: str, start: int, end: int) -> bool:
    if closes(plain, end) and (not start or closes(plain, start - 1)):
        return False
    if plain.startswith(words.PLACE_AFTER, end):
        return True
    spans = ((start, end + 1), (start, end + 2), (start - 1, end), (start - 1, end + 1))
    return any(low >= 0 and is_word(plain[low:high]) for low, high in spans)


def names_of(row: Iterable[str]) -> Iterator[str]:
    """Yield the names of people in the name columns of a row."""
    for entry in row:
        whole = re.sub(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])", "", entry.strip())
        for name in re.split(r"[、，,;；/|（）()\s\d:：]+", whole):
            if len(name) > 1 and not _NO_PERSON.search(name):
                yield name
