"""Legacy Word and WPS documents (doc, wps): piece table, tracked deletions, field codes, cells."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from renda_nlp.errors import ReadError
from renda_nlp.records import Block, Locator

__all__ = ["DocReader"]

WORD_97 = (0xA5EC, 0xA5DC)
ENCRYPTED = 0x0100
SECOND_TABLE = 0x0200
CLX, CHPX, CCP = 0x1A2, 0xFA, 0x4C  # offsets in the file information block
COMPRESSED = 0x40000000
DELETED_MARK = 0x0800  # sprmCFRMarkDel
PAGE_BYTES = 512
OPERAND_BYTES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
MAX_STREAM_BYTES = 300_000_000
DAMAGED = "Word 文件已损坏或版本太旧，请用 Word 或 WPS 打开后另存为 docx"
PARTS = ("text", "footnote", "header", "macro", "comment", "endnote", "textbox", "header textbox")
READ_PARTS = ("text", "textbox", "footnote", "endnote")
CELL_END = "\x07"
DROPPED = dict.fromkeys(map(ord, "\x00\x01\x02\x05\x08\x1f"))
Ranges = list[tuple[int, int]]


class DocReader:
    """Reads body, text boxes and notes of a binary Word file."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator counts them as paragraphs.

        Raises:
            ReadError: The file is damaged, encrypted or older than Word 97.
        """
        try:
            with olefile.OleFileIO(path) as ole:
                parts = _parts(ole)
        except (OSError, struct.error, IndexError, ValueError) as error:
            raise ReadError(DAMAGED) from error
        number = 0
        for name in READ_PARTS:
            for text, cells in _blocks(_without_fields(parts.get(name, ""))):
                number += 1
                yield Block(text=text, locator=Locator(file=file, paragraph=number), cells=cells)


def _parts(ole: olefile.OleFileIO) -> dict[str, str]:
    """Return the text of each part of the document."""
    word = ole.openstream("WordDocument").read(MAX_STREAM_BYTES)
    identity, flags = struct.unpack_from("<H", word, 0)[0], struct.unpack_from("<H", word, 0x0A)[0]
    if identity not in WORD_97:
        raise ReadError(DAMAGED)
    if flags & ENCRYPTED:
        raise ReadError("文件有密码，请去掉密码后再放入")
    table = ole.openstream("1Table" if flags & SECOND_TABLE else "0Table").read(MAX_STREAM_BYTES)
    full = _text(word, table, _deleted(word, table))
    parts, start = {}, 0
    for name, length in zip(PARTS, struct.unpack_from("<8i", word, CCP), strict=True):
        parts[name] = full[start : start + length]
        start += length
    return parts


def _text(word: bytes, table: bytes, deleted: Ranges) -> str:
    """Return the text by the piece table; deleted characters become NUL."""
    offset, length = struct.unpack_from("<ii", word, CLX)
    clx = table[offset : offset + length]
    position = 0
    while clx[position] == 1:
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    size = struct.unpack_from("<i", clx, position + 1)[0]
    pieces = clx[position + 5 : position + 5 + size]
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}i", pieces, 0)
    texts = []
    for index in range(count):
        raw = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * index + 2)[0]
        n_characters = bounds[index + 1] - bounds[index]
        narrow = bool(raw & COMPRESSED)
        start = (raw & 0x3FFFFFFF) // 2 if narrow else raw
        width = 1 if narrow else 2
        data = word[start : start + n_characters * width]
        text = data.decode("cp1252" if narrow else "utf-16-le", "replace")
        text = (text + "\0" * n_characters)[:n_characters]
        texts.append(_blank(text, start, width, deleted))
    return "".join(texts)


def _blank(text: str, start: int, width: int, deleted: Ranges) -> str:
    for first, last in deleted:
        left = max(0, (first - start) // width)
        right = min(len(text), (last - start) // width)
        if left < right:
            text = text[:left] + "\0" * (right - left) + text[right:]
    return text


def _deleted(word: bytes, table: bytes) -> Ranges:
    """Return the byte ranges of tracked deletions, from the character property pages."""
    offset, length = struct.unpack_from("<ii", word, CHPX)
    plex = table[offset : offset + length]
    count = max(0, (length - 4) // 8)
    ranges: Ranges = []
    for index in range(count):
        number = struct.unpack_from("<i", plex, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = word[number * PAGE_BYTES : (number + 1) * PAGE_BYTES]
        if len(page) == PAGE_BYTES:
            ranges.extend(_deleted_on_page(page))
    return ranges


def _deleted_on_page(page: bytes) -> Iterator[tuple[int, int]]:
    n_runs = page[PAGE_BYTES - 1]
    bounds = struct.unpack_from(f"<{n_runs + 1}I", page, 0)
    for run in range(n_runs):
        where = page[4 * (n_runs + 1) + run] * 2
        if where and _marks_deletion(page[where + 1 : where + 1 + page[where]]):
            yield bounds[run], bounds[run + 1]


def _marks_deletion(properties: bytes) -> bool:
    position = 0
    while position + 2 <= len(properties):
        code = struct.unpack_from("<H", properties, position)[0]
        position += 2
        operand = properties[position] if position < len(properties) else 0
        if code == DELETED_MARK and operand:
            return True
        position += OPERAND_BYTES.get(code >> 13, 1 + operand)
    return False


def _without_fields(text: str) -> str:
    """Drop the instructions of fields (0x13 ... 0x14) and keep their results."""
    kept, depth = [], [True]
    for char in text:
        if char == "\x13":
            depth.append(False)
        elif char == "\x14":
            depth[-1] = True
        elif char == "\x15":
            depth = depth[:-1] if len(depth) > 1 else depth
        elif all(depth):
            kept.append(char)
    return "".join(kept).translate(DROPPED)


def _blocks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cut at paragraph marks; a cell ends with 0x07, a row with one more.

    The first cell of a table takes only its own last paragraph: nothing in the text says where
    the paragraphs before a table end.
    """
    text = text.replace("\x0b", "\n").replace("\x1e", "-")
    row: list[str] = []
    buffer: list[str] = []  # paragraphs since the last cell mark
    start = 0
    for found in re.finditer(r"[\x07\r\x0c\x0e]", text + "\r"):
        part = text[start : found.start()]
        start = found.end()
        if found[0] != CELL_END:
            buffer.append(part)
            continue
        if not part and not buffer and row:  # the mark that ends a row
            yield from _row(row)
            row = []
            continue
        if not row:
            yield from _paragraphs(buffer)  # text before the table's first cell
            buffer = []
        row.append("\n".join([*buffer, part]).strip())
        buffer = []
    yield from _row(row)
    yield from _paragraphs(buffer)


def _row(cells: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if any(cell.strip() for cell in cells):
        yield "\t".join(cells), tuple(cells)


def _paragraphs(texts: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in texts:
        if text.strip():
            yield text, ()
