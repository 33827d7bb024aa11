"""A linear model of names of people: which stretches of a text are names, and how surely.

Two steps. A sieve looks at the characters of a stretch and its two neighbours for all places at once and
leaves a few; the signs of these (``name_signs``) are then weighed. Weights: ``resources/names``.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_signs import BREAKS, Candidate, Sentence
from renda_nlp.ngrams import TextBatch

__all__ = [
    "GIVEN_ODDS",
    "N_CODES",
    "SURNAME_ODDS",
    "WEIGHTS",
    "NameModel",
    "Scored",
    "apart",
    "name_model",
    "shipped_weights",
    "stretches",
]

WEIGHTS = files("renda_nlp.resources") / "names" / "weights.json"
N_CODES = 0x10000
GIVEN_ODDS, SURNAME_ODDS = -6, -9
"""Log odds of characters that the tables do not know."""
_COMPOUND_ODDS = 9
_DOUBLE_FIRST, _DOUBLE_SECOND = (
    frozenset(surname[place] for surname in words.COMPOUND_SURNAMES) for place in (0, 1)
)
_NO = -100.0
_AROUND = np.arange(-1, 4)[:, None]
_PLACES = (("1<", "2<"), ("1s", "2s"), ("1b", "2a"), ("1>", "2b"), ("", "2>"))
_PAIRS = (("1<s", "2<s"), ("1sb", "2sa"), ("1b>", "2ab"), ("", "2b>"))
"""Tables of the sieve, for short and for full names, in the order of the text."""
N_PAIRS = 1 << 13
"""Buckets of pairs of characters."""
_PAIR_FACTOR = 977
_PAIR_PLACES = np.arange(len(_PAIRS))[:, None] * N_PAIRS


def pair_bucket(first: Any, second: Any) -> Any:
    """Return the bucket of two code points; works on arrays as well."""
    return (first * _PAIR_FACTOR + second) % N_PAIRS


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
        self._ids, self._chars = _char_table(sieve["characters"])
        self._pairs = _pair_table(sieve["pairs"])
        self._shapes: list[list[float]] = sieve[
            "shapes"
        ]  # by length: which ends are bounds of words
        self._needed = self._threshold - np.array([[max(row)] for row in self._shapes], np.float32)
        n_ids = len(self._chars) // len(_PLACES)
        self._places = np.arange(len(_PLACES))[:, None] * n_ids
        self._double = np.zeros(
            n_ids, np.int8
        )  # 1: first character of compound surnames, 2: second, 3: both
        for flag, chars in ((1, _DOUBLE_FIRST), (2, _DOUBLE_SECOND)):
            self._double[self._ids[[ord(char) for char in sorted(chars)]]] |= flag
        self._breaks = np.zeros(N_CODES, bool)
        self._breaks[[ord(char) for char in BREAKS]] = True
        self._first = self._chars[n_ids : 2 * n_ids, 1] > _NO
        self._bias: float = data["bias"]
        self._weights = [
            {_key(value): weight for value, weight in table}.get for table in data["weights"]
        ]

    def survey(self, batch: TextBatch, sentences: Sequence[Sentence]) -> None:
        """Note in the sentences of a batch where surnames stand, and which places the sieve looks at."""
        codes, text_starts = batch.spaced
        codes = np.minimum(codes, N_CODES - 1)
        ids = self._ids[codes]
        self._note_compounds(ids, text_starts, sentences)
        ends = _by_text(np.flatnonzero(self._breaks[codes]) + 1, text_starts)
        at = np.flatnonzero(self._first[ids])
        for sentence, *places in zip(sentences, _by_text(at, text_starts), ends, strict=True):
            sentence.surnames, sentence.breaks = places
        around = at + _AROUND  # (5, n): the character before, up to three behind
        scores = self._chars.take(ids[around] + self._places, axis=0).sum(axis=0).T
        left, right = codes[around[:-1]].astype(np.int64), codes[around[1:]]
        scores += self._pairs.take(pair_bucket(left, right) + _PAIR_PLACES, axis=0).sum(axis=0).T
        likely = np.flatnonzero((scores > self._needed).any(axis=0))
        owner = np.searchsorted(text_starts, at[likely], side="right") - 1
        starts = (at[likely] - text_starts[owner]).tolist()
        rough = zip(starts, *scores[:, likely].tolist(), strict=True)
        for text, place in zip(owner.tolist(), rough, strict=True):
            sentences[text].rough.append(place)

    def sieve(self, sentence: Sentence) -> list[Candidate]:
        """Return the stretches of a surveyed sentence that are worth a closer look, in the order of the text."""
        plain = sentence.plain
        found = [each for start in sentence.compounds for each in stretches(plain, start)]
        short_needed, full_needed = self._needed[:, 0].tolist()
        for start, short, full in sentence.rough:
            if full > full_needed and self._fits(sentence, start, start + 3, full):
                found.append((start, 1, start + 3))
                if (
                    plain[start] in words.COMMON_SURNAMES
                    and plain[start + 1] in words.COMMON_SURNAMES
                ):
                    found.extend(stretches(plain, start))
            if short > short_needed and self._fits(sentence, start, start + 2, short):
                found.append((start, 1, start + 2))
        return found

    def _fits(self, sentence: Sentence, start: int, end: int, score: float) -> bool:
        """Return whether the score holds with the words of the place as well."""
        shapes = self._shapes[end - start - 2]
        first = 2 * sentence.is_bound(start)
        if score + max(shapes[first], shapes[first + 1]) <= self._threshold:
            return False
        return score + shapes[first + sentence.is_bound(end)] > self._threshold

    def _note_compounds(
        self, ids: NDArray[np.int64], text_starts: NDArray[np.int64], sentences: Sequence[Sentence]
    ) -> None:
        at = np.flatnonzero((self._double[ids[:-1]] & 1) & (self._double[ids[1:]] >> 1))
        owner = np.searchsorted(text_starts, at, side="right") - 1
        starts = (at - text_starts[owner]).tolist()
        for text, start in zip(owner.tolist(), starts, strict=True):
            sentence = sentences[text]
            if sentence.plain[start : start + 2] in words.COMPOUND_SURNAMES:
                sentence.compounds.append(start)

    def odds_of(self, sentence: Sentence, start: int, first: int, end: int) -> float:
        """Return the log odds that a stretch is a name."""
        odds = self._bias
        for weight_of, sign in zip(
            self._weights, self.signs(sentence, start, first, end), strict=False
        ):
            odds += weight_of(sign, 0.0)
        return odds

    def signs(self, sentence: Sentence, start: int, first: int, end: int) -> tuple[object, ...]:
        """Return the signs of a stretch (see ``Sentence.signs``)."""
        plain = sentence.plain
        given_odds = self.given_odds.get
        given = given_odds(plain[end - 1], GIVEN_ODDS)
        if end - start - first > 1:
            given += given_odds(plain[start + first], GIVEN_ODDS)
        surname = (
            self.surname_odds.get(plain[start], SURNAME_ODDS) if first == 1 else _COMPOUND_ODDS
        )
        return sentence.signs(start, first, end, surname, given)

    def scores(self, sentence: Sentence) -> dict[tuple[int, int], float]:
        """Return the log odds of the stretches that pass the sieve, by start and end."""
        return {
            (start, end): self.odds_of(sentence, start, first, end)
            for start, first, end in self.sieve(sentence)
        }


def apart(scored: list[Scored]) -> list[Scored]:
    """Return names sorted and without overlap; of two that overlap the surer stays."""
    if len(scored) < 2:  # noqa: PLR2004 - nothing to choose between
        return scored
    kept: list[Scored] = []
    for each in sorted(scored, key=lambda name: (-name.odds, name.start, name.end)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda name: name.start)


def _by_text(at: NDArray[np.int64], text_starts: NDArray[np.int64]) -> list[list[int]]:
    """Return places in a spaced batch as lists of places in each text; the texts lie one after the other."""
    owner = np.searchsorted(text_starts, at, side="right") - 1
    places = (at - text_starts[owner]).tolist()
    ends = np.cumsum(np.bincount(owner, minlength=len(text_starts))).tolist()
    return [places[first:last] for first, last in pairwise([0, *ends])]


def _key(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _pair_table(pairs: dict[str, dict[str, float]]) -> NDArray[np.float32]:
    """Return weights of buckets for short and full names, shape ``(4 * N_PAIRS, 2)``: place by place."""
    table = np.zeros((len(_PAIRS), N_PAIRS, 2), np.float32)
    for place, keys in enumerate(_PAIRS):
        for column, key in enumerate(keys):
            for bucket, weight in pairs.get(key, {}).items():
                table[place, int(bucket), column] = weight
    return table.reshape(-1, 2)


def _char_table(
    tables: dict[str, dict[str, float]],
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return a number for every code point, and the weights of the numbers in every place.

    Returns:
        Shape ``(N_CODES,)``: 0 for other signs, 1 for other Chinese characters, then what the tables name;
        shape ``(5 * n, 2)``: place by place, for short and for full names.
    """
    known = sorted(
        {char for table in tables.values() for char in table}
        | words.NEVER_GIVEN
        | words.SURNAMES
        | _DOUBLE_FIRST
        | _DOUBLE_SECOND
    )
    ids = np.zeros(N_CODES, np.int64)
    ids[0x4E00:0xA000] = 1
    ids[[ord(char) for char in known]] = np.arange(2, len(known) + 2)
    weights = np.zeros((len(_PLACES), len(known) + 2, 2), np.float32)
    han = np.array([False, True, *("\u4e00" <= char <= "\u9fff" for char in known)])
    never = ids[[ord(char) for char in sorted(words.NEVER_GIVEN)]]
    first = ids[[ord(char) for char in sorted(words.SURNAMES)]]
    for place, keys in enumerate(_PLACES):
        for column, key in enumerate(keys):
            table = weights[place, :, column]
            if key[-1:] == "s":
                table[:] = _NO
                table[first] = 0.0
            elif key[-1:] in ("a", "b"):
                table[~han] = _NO
            for char, weight in tables.get(key, {}).items():
                table[ids[ord(char)]] = weight
            if key[-1:] in ("a", "b"):
                table[never] = _NO
    return ids, weights.reshape(-1, 2)


@cache
def shipped_weights() -> dict[str, Any]:
    """Return the content of ``weights.json``."""
    weights: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


@cache
def name_model() -> NameModel:
    """Return the model that ships with the package."""
    return NameModel(shipped_weights())
