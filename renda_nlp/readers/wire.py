"""Documents and blocks as lines of JSON between the reading process and the main one.

JSON and not pickle: a reader overwhelmed by a hostile file must not be able to make the main
process run anything.
"""

import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from renda_nlp.config import ReadConfig
from renda_nlp.readers.source import FileEntry
from renda_nlp.records import Block, Document, Locator

__all__ = [
    "Request",
    "block_values",
    "decode",
    "document_values",
    "encode",
    "make_block",
    "make_document",
    "make_request",
    "open_request",
]

Request = dict[str, Any]


def encode(message: object) -> bytes:
    """Return a message as one line; lone surrogates of file names survive."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> Any:
    """Return the message that a line holds.

    Raises:
        ValueError: The line is none of ours.
    """
    return json.loads(line.decode("utf-8", "surrogatepass"))


def block_values(block: Block) -> list[object]:
    """Return a block without the name of its file."""
    at = block.locator
    return [
        "" if block.cells else block.text,
        list(block.cells),
        block.heading_level,
        at.page,
        at.paragraph,
        at.sheet,
        at.row,
        at.column,
        at.line,
        at.confidence,
    ]


def make_block(values: list[Any], file: str) -> Block:
    """Return the block of ``block_values``."""
    text, cells, level, page, paragraph, sheet, row, column, line, confidence = values
    locator = Locator(
        file=file,
        page=page,
        paragraph=paragraph,
        sheet=sheet,
        row=row,
        column=column,
        line=line,
        confidence=confidence,
    )
    text = "\t".join(cells) if cells else text
    return Block(text=text, locator=locator, heading_level=level, cells=tuple(cells))


def document_values(document: Document) -> dict[str, object]:
    """Return a document as JSON values."""
    values = asdict(document)
    values["date"] = document.date.isoformat() if document.date else None
    return values


def make_document(values: dict[str, Any]) -> Document:
    """Return the document of ``document_values``."""
    day = values["date"]
    return Document(**{**values, "date": datetime.date.fromisoformat(day) if day else None})


def make_request(entry: FileEntry, config: ReadConfig, *, as_table: bool) -> Request:
    """Return what the reading process must know to read one file."""
    return {
        "file": entry.file,
        "path": str(entry.path.absolute()),
        "n_bytes": entry.n_bytes,
        "fingerprint": entry.fingerprint,
        "as_table": as_table,
        "config": asdict(config),
    }


def open_request(request: Request) -> tuple[FileEntry, ReadConfig, bool]:
    """Return (file, settings, whether it is read as one table)."""
    entry = FileEntry(
        file=request["file"],
        path=Path(request["path"]),
        n_bytes=request["n_bytes"],
        fingerprint=request["fingerprint"],
    )
    settings = {key: _as_tuples(value) for key, value in request["config"].items()}
    return entry, ReadConfig(**settings), request["as_table"]


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list) else value
