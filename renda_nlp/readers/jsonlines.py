"""JSON Lines: a table of short records, or one document per line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.readers.encoding import read_lines
from renda_nlp.records import Block, Locator

__all__ = ["JsonLinesReader", "has_documents", "read_documents"]

CONTENT_KEYS = ("content", "text", "正文", "内容")
LONG_CONTENT_CHARACTERS = 1500
SAMPLE_LINES = 200
MIN_DOCUMENT_SHARE = 0.2
JsonObject = dict[str, object]


class JsonLinesReader:
    """Reads a file of JSON objects as a table: first the keys, then a row per line."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the header (row 1, without line) and a block per line.

        Raises:
            ReadError: A line is no JSON object.
        """
        keys: dict[str, None] = {}
        with suppress(ReadError):  # the second pass says so, behind the lines before it
            for _, record in _objects(path):
                keys.update(dict.fromkeys(record))
        header = tuple(keys)
        yield Block(text="\t".join(header), locator=Locator(file=file, row=1), cells=header)
        for line, record in _objects(path):
            cells = tuple(_text(record.get(key)) for key in header)
            if any(cells):
                yield Block(
                    text="\t".join(cells), locator=Locator(file=file, line=line), cells=cells
                )


def has_documents(path: Path) -> bool:
    """Whether the lines of a file are documents of their own: long running text each."""
    n_lines = n_long = 0
    with suppress(ReadError):  # the reader says where the file is damaged
        for _, record in islice(_objects(path), SAMPLE_LINES):
            n_lines += 1
            n_long += len(_content(record)) > LONG_CONTENT_CHARACTERS
    return n_long >= max(1, MIN_DOCUMENT_SHARE * n_lines)


def read_documents(path: Path, file: str) -> Iterator[tuple[str, str, list[Block]]]:
    """Yield (title, year or date, paragraphs) of each line.

    The locator carries the line and the number of the paragraph in it.
    """
    for line, record in _objects(path):
        blocks = [
            Block(text=text, locator=Locator(file=file, line=line, paragraph=number))
            for number, text in enumerate(_content(record).splitlines(), 1)
            if text.strip()
        ]
        title = _text(record.get("title") or record.get("标题"))
        day = _text(record.get("date") or record.get("日期") or record.get("year"))
        yield title, day, blocks


def _objects(path: Path) -> Iterator[tuple[int, JsonObject]]:
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"第{number}行不是完整的 JSON，此后的内容未读取；请检查该行") from error
        if not isinstance(value, dict):
            raise ReadError(f"第{number}行应为 JSON 对象，此后的内容未读取；请检查该行")
        yield number, value


def _content(record: JsonObject) -> str:
    for key in CONTENT_KEYS:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
