"""How much a stretch of text looks like a name of a person, in points.

Points are given for the surname, the given name and what follows, and taken for every ordinary
word that could be read from the same characters.
"""

import re
from functools import lru_cache

import rjieba

from renda_nlp.annotation import name_words as words

__all__ = [
    "BARE",
    "EXPECTED",
    "FOLLOWED",
    "LIKELY",
    "OPENED",
    "POINTED",
    "SURE",
    "SURNAMES",
    "best_name",
    "closes",
    "crosses_words",
    "follow_score",
    "is_cut_off",
    "is_given",
    "is_plain_surname",
    "is_word",
    "surname_length",
]

SURE, EXPECTED, LIKELY, OPENED, POINTED, BARE = 0.3, 0.8, 1.4, 3.4, 4.0, 5.2
"""Points needed after a label, a word of kin, a calling, at a beginning, after a pointer, in prose."""

CLOSED, FOLLOWED = 3.0, 2.0
"""Points for a name before a mark, and before a word that often follows names."""

_AFTER_CHARS = frozenset(word for word in words.AFTER if len(word) == 1)
_AFTER_WORDS = {
    char: tuple(word for word in words.AFTER if word[0] == char)
    for char in {w[0] for w in words.AFTER}
}
_WINDOW = 8  # characters around a name that are cut into words
_TRIPLE = 3  # characters of a surname and two of a given name
SURNAMES = words.COMMON_SURNAMES | words.AMBIGUOUS_SURNAMES | words.RARE_SURNAMES
_GIVEN = re.compile(rf"(?:(?![{re.escape(''.join(sorted(words.NEVER_GIVEN)))}])[\u4e00-\u9fff])+")
_END = re.compile(r"[\s，。；;、：:,.!！?？（()）\]【】“”\"'《》/|+0-9a-z-]|$")
_PLAIN_SURNAMES = SURNAMES - words.AMBIGUOUS_SURNAMES - words.FUNCTION_SURNAMES
_AT_HOME = frozenset("的家在")
_NO_NAMES = words.NO_NAMES.union(
    words.RELATIVES, words.PRIVATE_ROLES, words.ROLES, words.CADRES, words.CLERKS, words.LABELS
)
_PEOPLE_TAGS = ("nr", "nrfg", "x", "")


@lru_cache(maxsize=1 << 18)
def is_word(text: str) -> bool:
    """Return whether ``text`` is a word of the dictionary and no name of a person."""
    if text in _NO_NAMES:
        return True
    if not rjieba.has_word(text):
        return False
    tagged = rjieba.tag(text)
    return len(tagged) != 1 or tagged[0][1] not in _PEOPLE_TAGS


def crosses_words(plain: str, start: int, end: int, *, at_end: bool) -> bool:
    """Return whether a likelier reading of the sentence cuts through the name: 民宿|发展.

    Args:
        plain: The text.
        start: Where the name starts.
        end: Where it ends.
        at_end: Whether a word that goes on behind the name counts too.
    """
    first = max(0, start - _WINDOW)
    at = first
    for word in rjieba.cut(plain[first : end + _WINDOW], hmm=False):
        after = at + len(word)
        if at < start < after or (at_end and start < at < end < after):
            return True
        at = after
    return False


def surname_length(plain: str, start: int) -> int:
    """Return how many characters the surname at ``start`` has; 0 for none."""
    if plain[start : start + 2] in words.COMPOUND_SURNAMES:
        return 2
    if plain[start : start + 1] == "区" and plain[max(0, start - 1)].isascii():
        return 0  # A3区
    return 1 if plain[start : start + 1] in SURNAMES else 0


def follow_score(plain: str, end: int) -> float:
    """Return the points for what follows a name that ends at ``end``."""
    if closes(plain, end):
        return CLOSED
    if plain[end] in _AFTER_CHARS or plain.startswith(_AFTER_WORDS.get(plain[end], ()), end):
        return FOLLOWED
    if plain[end] in "一二三四五六七八九十两几":
        return 1.5
    if is_word(plain[end : end + 2]) or is_word(plain[end : end + 3]):
        return 1.0
    return -1.0


def closes(plain: str, end: int) -> bool:
    """Return whether a mark, a digit or the end of the text stands at ``end``."""
    return _END.match(plain, end) is not None


def is_plain_surname(plain: str, start: int) -> bool:
    """Return whether the surname at ``start`` is seldom anything else."""
    return plain[start] in _PLAIN_SURNAMES or surname_length(plain, start) > 1


def is_given(char: str) -> bool:
    """Return whether ``char`` is common in given names and less so elsewhere."""
    return char in words.GIVEN and char not in words.WEAK_GIVEN


def _given_score(given: str) -> float:
    return sum(_given_points(char) for char in given)


def _given_points(char: str) -> float:
    if char in words.UNLIKELY_GIVEN:
        return -0.8
    if char in words.WEAK_GIVEN:
        return 0.7
    return 1.5 if char in words.GIVEN else -0.4


def is_cut_off(plain: str, start: int, end: int) -> bool:
    """Return whether a longer word begins before the name and ends with it or after it."""
    before = start - 1
    if is_word(plain[before:end]) or is_word(plain[before : end + 1]):
        return True
    before -= 1
    return before >= 0 and (is_word(plain[before:end]) or is_word(plain[before : end + 1]))


def _whole_penalty(plain: str, start: int, end: int) -> float:
    """Return what speaks against a name that is itself a word, as 安静 and 高明 are."""
    if end - start >= _TRIPLE:
        return 6.0
    if plain[start] in words.FUNCTION_SURNAMES and plain[start - 1] not in ":：":
        return 5.0
    at_home = plain[end : end + 1] in _AT_HOME and plain[start:end] not in _NO_NAMES
    if at_home and plain[start] in _PLAIN_SURNAMES:
        return 1.6
    return 3.2 if closes(plain, end) else 4.5


def _head_penalty(plain: str, end: int, *, followed: bool) -> float:
    """Return what speaks against a name whose first two characters are a word: 时光明."""
    ends_well = end == len(plain) or (followed and is_given(plain[end - 1]))
    goes_on = end < len(plain) and is_word(plain[end - 1 : end + 1])
    return (1.0 if ends_well else 2.8) + (3.0 if goes_on else 0.0)


def _given_penalty(plain: str, start: int, given: int, end: int) -> float:
    """Return what speaks against a given name that is a word: 和学生."""
    if end - given < _TRIPLE - 1 or not is_word(plain[given:end]):
        return 0.0
    if plain[start] in words.FUNCTION_SURNAMES:
        return 1.0 if is_given(plain[end - 1]) and plain[start] not in "和于向" else 5.0
    return 1.8 if plain[start] in words.AMBIGUOUS_SURNAMES else 0.0


def _word_penalty(plain: str, start: int, first: int, end: int, *, followed: bool) -> float:
    """Return what speaks against a name because its characters make other words."""
    penalty = 0.0
    long = end - start >= _TRIPLE
    if is_word(plain[start:end]):
        penalty += _whole_penalty(plain, start, end)
    elif first == 1 and long and is_word(plain[start : start + 2]):
        penalty += _head_penalty(plain, end, followed=followed)
    if is_word(plain[start : end + 1]) or is_word(plain[start : end + 2]):
        penalty += 3.0
    if start and is_cut_off(plain, start, end):
        penalty += 4.0
    if not penalty and long:  # nothing else to read here
        penalty -= 0.7
    return penalty + _given_penalty(plain, start, start + first, end)


def _score(plain: str, start: int, first: int, end: int) -> float:
    given = plain[start + first : end]
    surname = plain[start]
    score = 2.0 if first > 1 else 1.0
    if first == 1 and surname not in words.COMMON_SURNAMES:
        score = -0.8 if surname in words.AMBIGUOUS_SURNAMES else 0.4
    right = follow_score(plain, end)
    if len(given) == 1 and score < 1 and right < CLOSED:
        score -= 1.5
    score += right + _given_score(given) + 1.0 * (len(given) - 1)
    if right < FOLLOWED and (
        is_word(plain[end - 1 : end + 1]) or is_word(plain[end - 1 : end + 2])
    ):
        score -= 1.5
    if given[0] == "家":  # 张家明 is a name, 张家湾 and 李家的 are not
        score -= 0.8 if len(given) > 1 and is_given(given[-1]) else 6.0
    if len(given) > 1 and given[-1] in words.PLACE_TAILS:
        score -= 2.5
    return score - _word_penalty(plain, start, first, end, followed=right >= FOLLOWED)


@lru_cache(maxsize=4096)  # several rules ask about the same place
def best_name(plain: str, start: int) -> tuple[float, int]:
    """Return the points and the end of the best name that starts at ``start``."""
    first = surname_length(plain, start)
    best = (-9.0, start)
    if not first:
        return best
    for length in (2, 1):
        end = start + first + length
        given = plain[start + first : end]
        if len(given) < length or not _GIVEN.fullmatch(given) or given in words.UNLIKELY_GIVEN:
            continue
        if (
            plain[start:end] in words.BRANDS
            or plain.startswith(words.TITLES_AFTER, start + first)
            or plain.startswith(words.PLACE_AFTER, end)
            or "某" in plain[end : end + 1]
        ):
            continue
        score = _score(plain, start, first, end)
        if score > best[0]:
            best = (score, end)
    return best
