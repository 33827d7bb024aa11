"""A linear model of names of people: which stretches of a text are names, and how surely.

Two steps. A sieve looks at the characters of a stretch and its two neighbours for all places at once and
leaves a few; the signs of these (``name_signs``) are then weighed. Weights: ``resources/names``.
"""

import json
from functools import cache
from importlib.resources import files
from itertools import starmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_signs import Candidate, Sentence

__all__ = ["GIVEN_ODDS", "SURNAME_ODDS", "NameModel", "Scored", "name_model", "stretches"]

_N_CODES = 0x10000
_PAD = 4
GIVEN_ODDS, SURNAME_ODDS = -6, -9
"""Log odds of characters that the tables do not know."""
_COMPOUND_ODDS = 9
_FIRST = words.SURNAMES | {surname[0] for surname in words.COMPOUND_SURNAMES}
_NO = -100.0


class Scored(NamedTuple):
    """A likely name: its log odds, where it starts and ends."""

    odds: float
    start: int
    end: int


def stretches(plain: str, start: int) -> list[Candidate]:
    """Return the names of two characters of surname that may start at ``start``."""
    return [
        (start, 2, end)
        for end in (start + 4, start + 3)
        if end <= len(plain) and all(map(is_given_char, plain[start + 2 : end]))
    ]


def is_given_char(char: str) -> bool:
    """Return whether a given name may hold ``char``."""
    return "\u4e00" <= char <= "\u9fff" and char not in words.NEVER_GIVEN


def _odds(table: dict[str, int]) -> dict[str, int]:
    return table


class NameModel:
    """Finds names by weights.

    Args:
        data: The content of ``weights.json``: ``surname_odds``, ``given_odds``, ``sieve``, ``weights``.
    """

    def __init__(self, data: dict) -> None:  # type: ignore[type-arg]
        self.surname_odds: dict[str, int] = data["surname_odds"]
        self.given_odds: dict[str, int] = data["given_odds"]
        sieve = data["sieve"]
        self._threshold: float = sieve["threshold"]
        self._tables = {key: _table(key, values) for key, values in sieve["characters"].items()}
        self._shapes = np.array(sieve["shapes"], np.float32)  # (2, 4): length, bounds
        self._bias: float = data["bias"]
        self._weights = [
            {_key(value): weight for value, weight in table} for table in data["weights"]
        ]

    def sieve(self, sentence: Sentence) -> list[Candidate]:
        """Return the stretches that are worth a closer look, in the order of the text."""
        plain = sentence.plain
        codes = np.frombuffer(
            (" " * _PAD + plain + " " * _PAD).encode("utf-32-le", "surrogatepass"), np.uint32
        )
        codes = np.minimum(codes, _N_CODES - 1)
        tables = self._tables
        surnames = tables["2s"][codes]
        at = np.flatnonzero(surnames > _NO)
        if not len(at):
            return []
        bounds = np.zeros(len(codes) + 1, np.intp)
        bounds[_PAD] = 1
        bounds[np.array(sentence.ends, np.intp) + _PAD] = 1
        opens = bounds[at] * 2
        following, third = codes[at + 1], codes[at + 2]
        before = codes[at - 1]
        two = (
            surnames[at]
            + tables["2a"][following]
            + tables["2b"][third]
            + tables["2<"][before]
            + tables["2>"][codes[at + 3]]
            + self._shapes[1][opens + bounds[at + 3]]
        )
        one = (
            tables["1s"][codes[at]]
            + tables["1b"][following]
            + tables["1<"][before]
            + tables["1>"][third]
            + self._shapes[0][opens + bounds[at + 2]]
        )
        found: list[Candidate] = []
        for start, full, short in zip(
            (at - _PAD).tolist(),
            (two > self._threshold).tolist(),
            (one > self._threshold).tolist(),
            strict=True,
        ):
            single = plain[start] in words.SURNAMES
            if full and single:
                found.append((start, 1, start + 3))
            if short and single:
                found.append((start, 1, start + 2))
            if plain[start : start + 2] in words.COMPOUND_SURNAMES or (
                full
                and plain[start] in words.COMMON_SURNAMES
                and plain[start + 1] in words.COMMON_SURNAMES
            ):
                found.extend(stretches(plain, start))
        return found

    def odds_of(self, sentence: Sentence, start: int, first: int, end: int) -> float:
        """Return the log odds that a stretch is a name."""
        signs = self.signs(sentence, start, first, end)
        return self._bias + sum(
            table.get(sign, 0.0) for table, sign in zip(self._weights, signs, strict=True)
        )

    def signs(self, sentence: Sentence, start: int, first: int, end: int) -> tuple[object, ...]:
        """Return the signs of a stretch (see ``Sentence.signs``)."""
        plain = sentence.plain
        given = sum(self.given_odds.get(char, GIVEN_ODDS) for char in plain[start + first : end])
        surname = (
            self.surname_odds.get(plain[start], SURNAME_ODDS) if first == 1 else _COMPOUND_ODDS
        )
        return sentence.signs(start, first, end, surname, given)

    def find(self, sentence: Sentence, threshold: float) -> list[Scored]:
        """Return names above a threshold of log odds, sorted, without overlap; the surer wins."""
        scored = [
            Scored(odds, start, end)
            for start, first, end in self.sieve(sentence)
            if (odds := self.odds_of(sentence, start, first, end)) > threshold
        ]
        if len(scored) < 2:  # noqa: PLR2004 - nothing to choose between
            return scored
        kept: list[Scored] = []
        for each in sorted(scored, key=lambda name: (-name.odds, name.start, name.end)):
            if all(each.end <= other.start or other.end <= each.start for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda name: name.start)


def _key(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _table(key: str, values: dict[str, float]) -> NDArray[np.float32]:
    """Return the weight of every code point in one place of a stretch."""
    neighbour = key[1] in "<>"
    table = np.full(_N_CODES, 0.0 if neighbour else _NO, np.float32)
    if key[1] in "ab":
        table[0x4E00:0xA000] = 0.0
        table[[ord(char) for char in words.NEVER_GIVEN]] = _NO
    if key[1] == "s":
        table[[ord(char) for char in sorted(_FIRST)]] = 0.0
    for char, weight in values.items():
        table[ord(char)] = weight
    return table


@cache
def name_model() -> NameModel:
    """Return the model that ships with the package."""
    path = files("renda_nlp.resources") / "names" / "weights.json"
    return NameModel(json.loads(path.read_text(encoding="utf-8")))
