"""A linear model of what people are called where the surname says nothing: 朵朵, 敖日格乐, 国泰, 但启明.

A stretch of two to five characters is looked at where a name may be expected: behind a word that leads to
names, behind a mark; before a mark or a word that often follows names. Weights: ``resources/names``.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_model import N_CODES, shipped_weights
from renda_nlp.annotation.name_signs import (
    LEAD_ENDS,
    MARKS,
    Sentence,
    surname_length,
    word_tag,
)
from renda_nlp.ngrams import TextBatch

__all__ = ["LENGTHS", "LOWEST", "N_SUMS", "CalledModel", "called_model"]

LENGTHS = (2, 3, 4, 5)
UNKNOWN_ODDS = -4.0
"""Log odds of a character that the table does not know."""
_NEVER = frozenset("的了是在与说被把等要就也又很我你他她它们这什么吗呢吧啊个位条件号及")
_NICKS = frozenset("小老阿大")
_FOLLOWS = frozenset(word[0] for word in (*words.AFTER, *words.TITLES_AFTER)) | frozenset(
    "你您他她它们昨今明前去也都就又还所等要不一二两三几大阿那这是有及亲天"
)
LOWEST, N_SUMS = -4, 32
"""Summed log odds of characters: the lowest that is told apart, and how many are."""
_PERSON_ENDS = frozenset("人者员长主手师户生友民工匠贩商客童属伴")
_HAN, _MARK, _LEAD, _FOLLOW = 1, 2, 4, 8


class CalledModel:
    """Finds by place and characters what people are called.

    Args:
        data: Part ``called`` of ``weights.json``: ``odds`` of characters, ``needed``, ``sieve``, ``bias``, ``weights``.
    """

    def __init__(self, data: dict) -> None:  # type: ignore[type-arg]
        self._needed = np.array(data["needed"], np.float32)  # by place and by what follows
        sieve = data["sieve"]
        self._threshold: float = sieve["threshold"]
        self._sums = np.array(sieve["sums"], np.float32)  # by length
        self._chars = np.zeros((4, N_CODES), np.float32)  # before, first, last, after
        for table, chars in zip(self._chars, sieve["characters"], strict=True):
            for char, weight in chars.items():
                table[ord(char)] = weight
        self._bias: float = data["bias"]
        self._weights = [
            {tuple(v) if isinstance(v, list) else v: weight for v, weight in table}.get
            for table in data["weights"]
        ]
        self._odds = np.full(N_CODES, UNKNOWN_ODDS, np.float32)
        for char, odds in data["odds"].items():
            self._odds[ord(char)] = odds
        self._classes = _classes()

    def stretches(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], ...]:
        """Return the stretches whose characters fit their place.

        Args:
            codes: Code points of texts with blanks before, between and behind, below ``N_CODES``.

        Returns:
            Where the stretches start and end, sorted by length, shape ``(k,)``; their summed log odds, rounded,
            less ``LOWEST``.
        """
        classes, odds = self._classes[codes], self._odds[codes]
        han = (classes & _HAN) > 0
        place = np.concatenate(([True], (classes[:-1] & (_MARK | _LEAD)) > 0))
        after = (classes & (_MARK | _FOLLOW)) > 0
        n = max(0, len(codes) - LENGTHS[-1])
        total, inside = odds[:n], han[:n]
        starts, ends, sums = [], [], []
        for length in range(2, LENGTHS[-1] + 1):
            total = total + odds[length - 1 : n + length - 1]
            inside = inside & han[length - 1 : n + length - 1]
            needed = self._needed[
                place[:n].view(np.uint8), after[length : n + length].view(np.uint8)
            ]
            at = np.flatnonzero(inside & (total > needed))
            starts.append(at)
            ends.append(at + length)
            sums.append(np.clip(np.rint(total[at]) - LOWEST, 0, N_SUMS - 1).astype(np.intp))
        return np.concatenate(starts), np.concatenate(ends), np.concatenate(sums)

    def survey(self, batch: TextBatch, sentences: Sequence[Sentence]) -> None:
        """Note in the sentences of a batch the stretches that are worth a closer look."""
        codes, text_starts = batch.spaced
        codes = np.minimum(codes, N_CODES - 1)
        starts, ends, sums = self.stretches(codes)
        scores = self._sums[ends - starts - LENGTHS[0], sums]
        for table, at in zip(self._chars, (starts - 1, starts, ends - 1, ends), strict=True):
            scores = scores + table[codes[at]]
        kept = np.flatnonzero(scores > self._threshold)
        kept = kept[np.argsort(starts[kept], kind="stable")]
        owner = np.searchsorted(text_starts, starts[kept], side="right") - 1
        first, last = starts[kept] - text_starts[owner], ends[kept] - text_starts[owner]
        for text, *stretch in zip(owner.tolist(), first.tolist(), last.tolist(), strict=True):
            sentences[text].likely.append((stretch[0], stretch[1]))

    def odds_of(self, sentence: Sentence, start: int, end: int) -> float:
        """Return the log odds that a stretch is what somebody is called."""
        odds = self._bias
        for weight_of, sign in zip(self._weights, self.signs(sentence, start, end), strict=False):
            odds += weight_of(sign, 0.0)
        return odds

    def signs(self, sentence: Sentence, start: int, end: int) -> tuple[object, ...]:
        """Return the value of every template for a stretch; "" for none."""
        plain = sentence.plain
        name, n = plain[start:end], end - start
        before, word, kind, gap, left, join = sentence.look_left(start)
        _, next_word, next_word2, right = sentence.look_right(end)
        opens, shuts = word[0] != "~", next_word != "~"
        whole = word_tag(name)
        odds = round(sum(self._odds[ord(char) % N_CODES] for char in name) / n)
        shape = "rr" if n == LENGTHS[0] and name[0] == name[1] else name[0] * (name[0] in _NICKS)
        surname = surname_length(name, 0)
        return (
            (n, whole != "", kind, gap),
            (n, whole),
            (n, odds),
            (kind, gap, odds),
            (n, left, right),
            (kind, right),
            word,
            next_word,
            plain[end : end + 2],
            name[0],
            name[-1],
            name[:2],
            name[-2:] if n > LENGTHS[0] else "",
            (shape, kind) if shape else "",
            (shape, right) if shape else "",
            (word_tag(name[:2]), word_tag(name[2:]), word_tag(name[-2:])) if n > LENGTHS[0] else "",
            (n, opens, shuts, sentence.n_words(start, end)),
            (join, opens),
            (word_tag(plain[end - 1 : end + 1]), shuts),
            (n, word_tag(next_word)),
            (n, word_tag(word)),
            (n, surname, odds),
            next_word2,
            (whole, right),
            before,
            (word[-1], opens, len(word) > 1),
        )

    def scores(self, sentence: Sentence) -> dict[tuple[int, int], float]:
        """Return the log odds of the stretches of a surveyed sentence, by start and end."""
        return {(start, end): self.odds_of(sentence, start, end) for start, end in sentence.likely}


def _classes() -> NDArray[np.uint8]:
    """Return what a character may be, shape ``(N_CODES,)``; the last code stands for all beyond."""
    classes = np.zeros(N_CODES, np.uint8)
    classes[0x4E00:0xA000] = _HAN
    for char in _NEVER:
        classes[ord(char)] = 0
    for char in MARKS:
        classes[ord(char)] |= _MARK
    classes[:0x80] |= _MARK
    for char in LEAD_ENDS | _PERSON_ENDS:
        classes[ord(char)] |= _LEAD
    for char in _FOLLOWS:
        classes[ord(char)] |= _FOLLOW
    return classes


@cache
def called_model() -> CalledModel:
    """Return the model that ships with the package."""
    return CalledModel(shipped_weights()["called"])
