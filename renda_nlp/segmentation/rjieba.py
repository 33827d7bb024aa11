"""The fast engine: the Rust jieba, with the same dictionary."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, repeat

import numpy as np
from rjieba import Jieba

from renda_nlp.columns import Interner
from renda_nlp.records import Token
from renda_nlp.segmentation.dictionary import domain_words
from renda_nlp.tokens import TokenBatch

__all__ = ["RjiebaSegmenter"]

_FREQUENCY = 20_000
_REMEMBERED = 200_000  # words


class _Tags(dict[str, int]):
    """Numbers of the tags of words; a word has one tag wherever it stands.

    A word that is cut further when it stands alone is asked for in its text: ``learn``.
    """

    def __init__(self, jieba: Jieba) -> None:
        super().__init__()
        self._jieba = jieba
        self.known = Interner()
        self.unsure = False  # whether a word was asked for that no text has told yet

    def __missing__(self, word: str) -> int:
        tagged = self._jieba.tag(word)
        if len(tagged) > 1:
            self.unsure = True
            return 0
        if len(self) >= _REMEMBERED:
            self.clear()
        code = self[word] = self.known.code(tagged[0][1])
        return code

    def learn(self, text: str) -> None:
        """Remember the tags of the words of a text."""
        self.update((word, self.known.code(tag)) for word, tag in self._jieba.tag(text))
        self.unsure = False


class RjiebaSegmenter:
    """Segments with rjieba, the domain dictionary and the office's own words."""

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        self._jieba = Jieba()
        for word, tag in (*domain_words(), *words):
            self._jieba.add_word(word, _FREQUENCY, tag)
        self._tags = _Tags(self._jieba)

    def segment(self, text: str) -> list[Token]:
        """Return the words of ``text`` with their tags; they cover it once and in order."""
        tagged = self._jieba.tag(text)
        tags = [tag for _, tag in tagged]
        ends = list(accumulate([len(word) for word, _ in tagged]))
        words = zip([0, *ends[:-1]], ends, tags, strict=False)
        # tuple.__new__ is what Token(...) calls, without a call in between
        return list(map(tuple.__new__, repeat(Token), words))

    def segment_batch(self, texts: Sequence[str]) -> TokenBatch:
        """Return the words of each text as ``segment`` gives them."""
        tag_of, cut = self._tags.__getitem__, self._jieba.cut
        lengths: list[int] = []
        codes: list[int] = []
        bounds = [0]
        for text in texts:
            words = cut(text)
            own = list(map(tag_of, words))
            if self._tags.unsure:
                self._tags.learn(text)
                own = list(map(tag_of, words))
            codes += own
            lengths += map(len, words)
            bounds.append(len(codes))
        sizes, borders = np.array(lengths, np.int64), np.array(bounds, np.int64)
        through = np.concatenate(([0], np.cumsum(sizes)))  # where words end in the joined texts
        offsets = np.repeat(through[borders[:-1]], np.diff(borders))
        ends = through[1:] - offsets
        names = tuple(self._tags.known.names)
        return TokenBatch(ends - sizes, ends, np.array(codes, np.int64), names, borders)
