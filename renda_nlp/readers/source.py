"""What the reading stage hands on: files found, and documents with their blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from renda_nlp.records import Block, Document

__all__ = ["FileEntry", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file below the input folder.

    ``ignored`` says why a file is passed over in silence (office lock files, own outputs);
    ``problem`` says why it cannot be read. Both are Chinese, or empty for a file to read.
    """

    file: str  # relative, with "/"
    path: Path
    n_bytes: int
    fingerprint: str  # 16 hex of blake2b over the bytes; empty when they were not read
    ignored: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document and its blocks.

    The blocks can be iterated once, and before the next source is asked for.
    """

    document: Document
    blocks: Iterator[Block]
