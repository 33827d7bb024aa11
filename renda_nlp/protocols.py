"""What a backend of each stage must offer: one method each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from renda_nlp.records import Block, Report, Span, Token, TopicScores

if TYPE_CHECKING:
    from renda_nlp.table import OpinionTable

In = TypeVar("In")
Out = TypeVar("Out")

__all__ = ["Annotator", "Classifier", "Executor", "Reader", "Segmenter", "Writer"]


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
    """Gives texts their topics."""

    def classify(self, texts: Sequence[str]) -> list[TopicScores]:
        """Return the topics of each text, in order."""
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
