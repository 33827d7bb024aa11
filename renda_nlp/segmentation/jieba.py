"""The reference engine: jieba with a private tokenizer, no shared state, no shared cache file."""

import logging
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
from jieba import Tokenizer
from jieba.posseg import POSTokenizer

from renda_nlp.records import Token
from renda_nlp.segmentation.dictionary import domain_words

__all__ = ["JiebaSegmenter"]

_FREQUENCY = 20_000


def _quiet_tokenizer() -> Tokenizer:
    """Build jieba's dictionary without its shared cache file and without its notes on stderr.

    jieba marshals its dictionary into the system's temporary folder and loads whatever lies there;
    a private folder that is thrown away closes that door.
    """
    jieba.setLogLevel(logging.WARNING)
    tokenizer = Tokenizer()
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.cache_file = str(Path(folder) / "jieba.cache")
        tokenizer.initialize()
    return tokenizer


class JiebaSegmenter:
    """Segments with jieba, the domain dictionary and the office's own words."""

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        tokenizer = _quiet_tokenizer()
        for word, tag in (*domain_words(), *words):
            tokenizer.add_word(word, _FREQUENCY, tag)
        self._tagger = POSTokenizer(tokenizer)

    def segment(self, text: str) -> list[Token]:
        """Return the words of ``text`` with their tags; they cover it once and in order."""
        tokens, start = [], 0
        for word, tag in ((pair.word, pair.flag) for pair in self._tagger.lcut(text)):
            tokens.append(Token(start=start, end=start + len(word), tag=tag))
            start += len(word)
        return tokens
