"""Terms kept whole: the dictionary's compounds, and new ones put together in the same way."""

from collections import defaultdict
from functools import cache
from importlib.resources import files

from renda_nlp.protocols import Segmenter
from renda_nlp.records import Token

__all__ = ["TermSegmenter", "compounds"]

_MIN_FRONTS, _MIN_HEADS = 6, 3  # compounds that show a head, or a front, to be productive
_MIN_PART = 2  # characters


@cache
def _fronts() -> dict[str, tuple[str, ...]]:
    """Return the heads of the dictionary's compounds, each with what stands before it."""
    source = files("renda_nlp.resources").joinpath("dictionary/compounds.tsv")
    rows = (line.split("\t") for line in source.read_text("utf-8").splitlines() if line[0] != "#")
    return {head: tuple(fronts.split(" ")) for head, fronts in rows}


def compounds() -> tuple[tuple[str, str], ...]:
    """Return the compounds that name one thing (夜间施工, 首套住房贷款) with their tags, sorted."""
    words = {
        head if front == "-" else front + head
        for head, fronts in _fronts().items()
        for front in fronts
    }
    return tuple((word, "n") for word in sorted(words))


@cache
def _productive() -> tuple[frozenset[str], frozenset[str]]:
    """Return the fronts and the heads that several compounds of the dictionary share."""
    heads = {head: set(fronts) - {"-"} for head, fronts in _fronts().items()}
    of_front: dict[str, set[str]] = defaultdict(set)
    for head, fronts in heads.items():
        for front in fronts:
            of_front[front].add(head)
    return (
        frozenset(front for front, own in of_front.items() if len(own) >= _MIN_HEADS),
        frozenset(head for head, own in heads.items() if len(own) >= _MIN_FRONTS),
    )


class TermSegmenter:
    """Joins two neighbouring words into a term when both are productive in compounds.

    绿化 stands before 工程 and 养护, 施工 after 道路 and 夜间: 绿化施工 is a term, too, though no
    dictionary lists it (productivity by the number of types: Baayen 1992, Quantitative aspects of
    morphological productivity). A term of the dictionary takes no further word in front.

    Args:
        engine: A segmenter that has the ``compounds`` among its words.
    """

    def __init__(self, engine: Segmenter) -> None:
        self._engine = engine
        self._fronts, self._heads = _productive()

    def segment(self, text: str) -> list[Token]:
        """Return the words and terms of ``text``; they cover it once and in order."""
        out: list[Token] = []
        front = ""  # the word before, where it may still take a head
        for token in self._engine.segment(text):
            word = text[token.start : token.end]
            if front and word in self._heads and len(word) >= _MIN_PART:
                out[-1] = Token(out[-1].start, token.end, token.tag)
                front = ""
            else:
                out.append(token)
                front = word if len(word) >= _MIN_PART and word in self._fronts else ""
        return out
