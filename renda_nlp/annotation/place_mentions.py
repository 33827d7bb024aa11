"""Places that no suffix shows: names that the dictionary knows, and short names of places said before."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation.words import (
    FUNCTION_CHARS,
    GENERIC,
    NAME_WORDS,
    NOT_PLACES,
    STOP_WORDS,
)
from renda_nlp.ngrams import TextBatch, marked
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought
from renda_nlp.tokens import TokenBatch, Words

__all__ = ["FAMILY", "common_words", "complete", "may_be_known"]

_STEMMED = ("街道", "镇", "乡", "新区", "小区", "社区", "花园", "新村")
_MIN_STEM = 2
_PLACE_TAG = "ns"
_MIN_WHOLE = 3
_LOCATIVES = frozenset("在到去往从至于")
FAMILY = Sought(
    r"(?<!国)[^\W\da-z自人我大回咱你他她各每几全专国公独居到在店商一两三十多这那的和由农]家(?:冲|坪|岭|湾|坳|垅|垸|洼|坝|墩|岗|塘|嘴|堡|畈)"
)
_REGION_ENDS = frozenset("省市区县镇乡")
_TEXTS_OF_NAMES = "lexicon/region_names.txt"


@cache
def _regions() -> frozenset[str]:
    """Return the short names of provinces and prefectures."""
    text = files("renda_nlp.resources").joinpath(_TEXTS_OF_NAMES).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())


@cache
def _region_edges() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which code points begin and which end such a name, each shape ``(0x110000,)``."""
    return marked(name[0] for name in _regions()), marked(name[-1] for name in _regions())


@cache
def common_words() -> frozenset[str]:
    """Return the words that many ordinary texts use."""
    text = files("renda_nlp.resources").joinpath("lexicon/common_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split()) - NAME_WORDS


def _is_stem(word: str) -> bool:
    """Return whether a name without its suffix can stand for the place."""
    return (
        len(word) >= _MIN_STEM
        and word[0] not in FUNCTION_CHARS
        and not any(word in words for words in (NOT_PLACES, STOP_WORDS, GENERIC, NAME_WORDS))
    )


def may_be_known(batch: TextBatch, tokens: TokenBatch) -> NDArray[np.bool_]:
    """Return which words may be names that the dictionary knows: by their tag or their first and last character."""
    at = batch.starts[tokens.owners()]
    first, last = _region_edges()
    edged = first[batch.codes[at + tokens.starts]] & last[batch.codes[at + tokens.ends - 1]]
    return tokens.tagged((_PLACE_TAG,)) | edged


def _known(words: Words, candidates: Sequence[int], spans: Sequence[Span]) -> list[Span]:
    """Return provinces, cities, and words tagged as places where only a place can stand."""
    ends = {span.end for span in spans}
    found: list[Span] = []
    text = words.text
    for index in candidates:
        start, end, word = words.starts[index], words.ends[index], words.word(index)
        if word in _regions():
            ends.add(end)
        elif (
            words.tag(index) != _PLACE_TAG
            or not (start in ends or text[start - 1 : start] in _LOCATIVES)
            or not _is_stem(word)
            or word in common_words()
        ):
            continue
        found.append(Span(start=start, end=end, label="PLACE", value=word))
    return found


def _of_families(scanned: Scanned) -> list[Span]:
    """Return the places named after the family that settled there: 涂家冲."""
    return [
        Span(start=match.start(), end=match.end(), label="PLACE", value=match.group())
        for match in scanned.matches(FAMILY)
    ]


def _stems(text: str, spans: Sequence[Span]) -> dict[str, str]:
    """Return the value of each place by its name without the suffix."""
    stems: dict[str, str] = {}
    for span in spans:
        name = text[span.start : span.end]
        suffix = next((s for s in _STEMMED if name.endswith(s)), "")
        stem = name[: -len(suffix)] if suffix else ""
        if _is_stem(stem):
            stems.setdefault(stem, span.value)
    return stems


def _again(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return other mentions of a place, whole or without its suffix: 泉塘 after 泉塘街道."""
    found: list[Span] = []
    names = {text[s.start : s.end]: s.value for s in spans if s.end - s.start >= _MIN_WHOLE}
    for stem, value in {**names, **_stems(text, spans)}.items():
        at = text.find(stem)
        while at >= 0:
            found.append(Span(start=at, end=at + len(stem), label="PLACE", value=value))
            at = text.find(stem, at + len(stem))
    return found


def _trimmed(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each cut to a shorter name of the text that it ends with: 振兴云龙新区."""
    values = {text[s.start : s.end]: s.value for s in spans if s.end - s.start >= _MIN_WHOLE}
    values.update(_stems(text, spans))
    made: list[Span] = []
    for span in spans:
        name = text[span.start : span.end]
        for cut in range(1, len(name) - 1):
            if (value := values.get(name[cut:])) and name[cut - 1] not in _REGION_ENDS:
                span = Span(start=span.start + cut, end=span.end, label="PLACE", value=value)
                break
        made.append(span)
    return made


def complete(
    scanned: Scanned, words: Words, known: Sequence[int], spans: Sequence[Span]
) -> list[Span]:
    """Return ``spans`` and, where none lies, names of the dictionary and short names, sorted by start.

    Args:
        scanned: The text, asked for ``FAMILY``.
        words: The text and its words.
        known: Numbers of the words that ``may_be_known``.
        spans: Places that a suffix shows.
    """
    text = words.text
    made = _trimmed(text, spans)
    taken = bytearray(len(text))
    for span in made:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    more = (*_again(text, made), *_of_families(scanned), *_known(words, known, made))
    for span in sorted(more, key=lambda found: found.start):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            made.append(span)
    return sorted(made, key=lambda span: (span.start, span.end))
