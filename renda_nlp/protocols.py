"""What a backend of each stage must offer: one method each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from renda_nlp.records import Block, Report, Span, Token

if TYPE_CHECKING:
    from renda_nlp.table import OpinionTable

In = TypeVar("In")
Out = TypeVar("Out")

__all__ = ["Annotator", "Classifier", "Encoder", "Executor", "Reader", "Segmenter", "Writer"]


class Reader(Protocol):
    """Reads one file format."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the blocks of ``path`` in reading order; ``file`` is the name that locators carry.

        Raises:
            ReadError: The file is damaged, encrypted or not of this format.
        """
        ...


class Segmenter(Protocol):
    """Cuts text into words."""

    def segment(self, text: str) -> list[Token]:
        """Return the words of ``text`` with their tags; they cover it once and in order."""
        ...


class Annotator(Protocol):
    """Finds spans of some labels."""

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the spans of ``text``, sorted by start; spans of one label do not overlap."""
        ...


class Classifier(Protocol):
    """Gives texts the probabilities of topics and intents.

    Attributes:
        topics: Labels of the topic columns.
        intents: Labels of the intent columns; ``("other",)`` when it knows none.
        min_confidence: Below it a topic is undecided.
        min_secondary: From this probability on a second topic is named.
    """

    topics: tuple[str, ...]
    intents: tuple[str, ...]
    min_confidence: float
    min_secondary: float

    def probabilities(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return probabilities of shapes ``(n, topics)`` and ``(n, intents)``; rows add up to one.

        Args:
            texts: Source texts, title first where there is one.
            title_ends: Where each title ends, 0 without title.
        """
        ...


class Encoder(Protocol):
    """Turns texts into vectors of meaning."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length one per text, shape ``(n_texts, dim)``."""
        ...


class Executor(Protocol):
    """Says where the per-opinion work runs; results come in input order."""

    def map(self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]) -> Iterator[Out]:
        """Call ``build`` once per worker and its result on each item."""
        ...


class Writer(Protocol):
    """Writes a report in one format."""

    def write(self, report: Report, table: "OpinionTable", path: Path) -> None:
        """Write the report to ``path``; the caller renames it into place."""
        ...
