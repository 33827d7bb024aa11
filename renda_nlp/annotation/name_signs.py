"""Signs that a stretch of text is the name of a person: its characters, its words, its neighbours.

A stretch is a surname of one or two characters and a given name of one or two. ``Sentence.signs`` gives
one value for each template; the model (``name_model``) holds a weight for every value it knows.
"""

import re
from bisect import bisect_right
from functools import lru_cache

import rjieba

from renda_nlp.annotation import name_words as words

__all__ = [
    "BREAKS",
    "LEAD_ENDS",
    "MARKS",
    "Candidate",
    "Sentence",
    "closes",
    "is_word",
    "lead_at",
    "surname_length",
    "word_tag",
]

Candidate = tuple[int, int, int]
"""Where a name may start, how many characters its surname has, and where it ends."""

MARKS = frozenset("，。；;、：:,.!！?？（）()\n\t\r []【】“”\"'‘’《》<>/|+-—–_…@#·•*~=&")
"""What stands between words."""

BREAKS = "，。；：！？、（）《》“”…"
"""Signs that are words of their own wherever they stand: what lies between them is cut by itself."""
_BREAK = re.compile(f"[{BREAKS}]")
_REMEMBERED = 1 << 13  # pieces of texts
_NO_NAMES = words.NO_NAMES.union(
    words.RELATIVES, words.PRIVATE_ROLES, words.ROLES, words.CADRES, words.CLERKS, words.LABELS
)
_PEOPLE_TAGS = ("nr", "nrfg", "x", "")
_LEADS: dict[str, str] = {  # the later wins
    term: name
    for name, terms in (
        ("pointer", words.POINTERS),
        ("role", words.ROLES),
        ("clerk", words.CLERKS),
        ("cadre", words.CADRES),
        ("kin", words.RELATIVES),
        ("private", words.PRIVATE_ROLES),
        ("label", words.LABELS),
    )
    for term in terms
}
_LENGTHS_OF_LEADS = {
    last: tuple(sorted({len(term) for term in _LEADS if term[-1] == last}, reverse=True))
    for last in {term[-1] for term in _LEADS}
}
LEAD_ENDS = frozenset(_LENGTHS_OF_LEADS)
"""Last characters of the words that lead to names."""
_GAP = frozenset(":： \t|（(】]）)")
_COLONS = frozenset(":：|（(】]")
_MAX_GAP = 3
_AFTER = {word: f"after{len(word)}" for word in words.AFTER}
_AFTER |= {word: f"place{len(word)}" for word in words.PLACE_AFTER}
_AFTER |= {word: f"addressed{len(word)}" for word in words.ADDRESSES}
_LENGTHS_OF_AFTER = {
    first: tuple(sorted({len(word) for word in _AFTER if word[0] == first}, reverse=True))
    for first in {word[0] for word in _AFTER}
}


@lru_cache(maxsize=1 << 17)
def word_tag(text: str) -> str:
    """Return the part of speech of a word of the dictionary that is no name; "" for no word."""
    if text in _NO_NAMES:
        return "n"
    if not rjieba.has_word(text):
        return ""
    tagged = rjieba.tag(text)
    if len(tagged) != 1:
        return "?"
    tag: str = tagged[0][1]
    return "" if tag in _PEOPLE_TAGS else tag[:2]


@lru_cache(maxsize=_REMEMBERED)
def _words_of(piece: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(piece, hmm=False))


def is_word(text: str) -> bool:
    """Return whether ``text`` is a word of the dictionary and no name of a person."""
    return word_tag(text) != ""


def surname_length(plain: str, start: int) -> int:
    """Return how many characters the surname at ``start`` has; 0 for none."""
    if plain[start : start + 2] in words.COMPOUND_SURNAMES:
        return 2
    return 1 if plain[start : start + 1] in words.SURNAMES else 0


def closes(plain: str, end: int) -> bool:
    """Return whether a mark, a digit or the end of the text stands at ``end``."""
    char = plain[end : end + 1]
    return not char or char in MARKS or char.isascii()


def lead_at(plain: str, start: int) -> tuple[str, str, int]:
    """Return the class of the word that leads to ``start``, the gap behind it, where it begins."""
    at, gap = start, ""
    while at and start - at < _MAX_GAP and plain[at - 1] in _GAP:
        at -= 1
        gap = ":" if plain[at] in _COLONS else gap or " "
    if at:
        for length in _LENGTHS_OF_LEADS.get(plain[at - 1], ()):
            kind = _LEADS.get(plain[at - length : at]) if length <= at else None
            if kind:
                return kind, gap, at - length
    return "", gap, at


def _side(char: str) -> str:
    """Return a mark as it is, 0 for a digit, a for a letter, x for a character, ^ for nothing."""
    if not char:
        return "^"
    if char in MARKS:
        return char
    if char.isascii():
        return "0" if char.isdigit() else "a"
    return "x"


class Sentence:
    """A normalised text and its words, asked for the signs of names."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.surnames: list[int] = []  # where one of one character may start; the model sets it
        self.compounds: list[int] = []  # where one of two starts
        self.rough: list[tuple[int, float, float]] = []  # places that the model looks at closer
        self.likely: list[
            tuple[int, int]
        ] = []  # where somebody may be called by other than a surname
        self.breaks: list[int] | None = None  # where the pieces end that are cut each by itself
        self._cut: set[int] = set()  # numbers of pieces
        self._starting: dict[int, str] = {}  # words of these
        self._ending: dict[int, str] = {}
        self._left_at = -1
        self._left = ("",) * 6

    def is_bound(self, at: int) -> bool:
        """Return whether a word starts or ends at ``at``."""
        if not at or at in self._ending:
            return True
        self._cut_at(at - 1)
        return at in self._ending

    def _cut_at(self, at: int) -> None:
        """Cut the piece of the text around a character into words, unless it is cut."""
        if self.breaks is None:
            self.breaks = [mark.end() for mark in _BREAK.finditer(self.plain)]
        number = bisect_right(self.breaks, at)
        if number in self._cut:
            return
        self._cut.add(number)
        start = self.breaks[number - 1] if number else 0
        end = self.breaks[number] if number < len(self.breaks) else len(self.plain)
        for word in _words_of(self.plain[start:end]):
            self._starting[start] = word
            start += len(word)
            self._ending[start] = word

    def n_words(self, start: int, end: int) -> int:
        """Return how many words begin from ``start`` to ``end``, a stretch of Chinese characters."""
        self._cut_at(start)
        return sum(at in self._starting for at in range(start, end))

    def _word_before(self, at: int) -> str:
        """Return the word that ends at ``at``; marked ~ if it runs over it."""
        if not at:
            return "^"
        if self.is_bound(at):
            return self._ending[at]
        at -= 1
        while at not in self._starting:
            at -= 1
        return "~" + self._starting[at]

    def _word_after(self, at: int) -> str:
        """Return the word that starts at ``at``, ~ where none starts, $ at the end."""
        if at >= len(self.plain):
            return "$"
        if at not in self._starting:
            self._cut_at(at)
        return self._starting.get(at, "~")

    def look_left(self, start: int) -> tuple[str, str, str, str, str, str]:
        """Return what stands before ``start``; several ends ask for the same start in turn."""
        if start == self._left_at:
            return self._left
        plain = self.plain
        before = plain[start - 1] if start else ""
        side = _side(before)
        join = ""
        if side == "x" and (join := word_tag(plain[start - 1 : start + 1])):
            join = word_tag(plain[start - 1 : start + 2]) or "y"
        kind, gap, _ = lead_at(plain, start)
        self._left_at = start
        self._left = (before, self._word_before(start), kind, gap, side, join)
        return self._left

    def look_right(self, end: int) -> tuple[str, str, str, str]:
        """Return the character, the two words and the kind of what follows ``end``."""
        plain = self.plain
        after = plain[end : end + 1]
        word = self._word_after(end)
        at = end + len(word)
        word2 = self._word_after(at) if word[0] not in "~$" else ""
        side = _side(after)
        if side == "x":
            for length in _LENGTHS_OF_AFTER.get(after, ()):
                if kind := _AFTER.get(plain[end : end + length]):
                    side = kind
                    break
        return after, word, word2, side

    def signs(
        self, start: int, first: int, end: int, surname_odds: int, given_odds: int
    ) -> tuple[object, ...]:
        """Return the value of every template for the name ``start`` to ``end``; "" for none.

        Args:
            start: Where the surname starts.
            first: How many characters the surname has.
            end: Where the given name ends.
            surname_odds: Log odds that its first character is a surname, rounded.
            given_odds: Log odds that the other characters are a given name, rounded.
        """
        plain = self.plain
        before, word, kind, gap, left, join = self.look_left(start)
        after, next_word, next_word2, right = self.look_right(end)
        name = plain[start:end]
        surname, last = name[:first], name[-1]
        full = end - start - first == 2  # noqa: PLR2004 - characters of a full given name
        opens, shuts = word[0] != "~", next_word != "~"
        whole = word_tag(name)
        joined: object = ""
        marked: object = ""
        if right == "x" or (right[:1] in "ap" and len(right) > 1):
            joined = (
                word_tag(plain[end - 1 : end + 1]),
                word_tag(plain[end - 1 : end + 2]) or word_tag(plain[end - 2 : end + 1]),
                shuts,
            )
        elif left != "x":
            marked = (left, right, end + 1 >= len(plain) or after == "\n")
        return (
            surname,
            name[first] if full else "",
            last if full else "",
            "" if full else last,
            (full, whole),
            (full, whole != "", kind, gap),
            word_tag(name[first:]) if full else "",
            (join, opens),
            joined,
            before,
            word,
            (kind, gap),
            next_word,
            plain[end : end + 2],
            (full, left, right),
            (full, kind, right),
            right,
            surname if whole else "",
            (surname, left, opens) if surname in words.FUNCTION_SURNAMES else "",
            (full, given_odds),
            (full, surname_odds, given_odds),
            next_word2,
            marked,
            (word_tag(name[:2]), word_tag(name[1:])) if full else "",
            (full, opens, word_tag(word)) if opens else "",
            (full, word_tag(next_word)) if shuts else "",
            (word_tag(word), full, word_tag(next_word)) if shuts and opens else "",
        )
