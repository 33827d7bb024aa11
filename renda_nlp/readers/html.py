"""HTML pages, also those saved as .doc or .xls."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import local_name
from renda_nlp.readers.encoding import SAMPLE_BYTES, detect_encoding
from renda_nlp.records import Block, Locator

__all__ = ["HtmlReader", "parse_html"]

MAX_BYTES = 100_000_000
MAX_SPAN = 100
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "footer", "select", "button", "iframe", "object", "svg")
)  # fmt: skip
BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "header", "aside", "blockquote",
     "pre", "figure", "figcaption", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "form", "fieldset", "hr",
     "center", "body", "address", "caption")
)  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
WRAPPED = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t]*(?=[\u3000-\u9fff\uff00-\uffef])"
)


class HtmlReader:
    """Reads the visible text of a page in order; tables row by row."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs, headings and table rows; the locator counts them.

        Raises:
            ReadError: The page is too large or cannot be parsed.
        """
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ReadError(f"网页超过{MAX_BYTES // 1_000_000}兆，未读取；请拆成几个文件")
        yield from parse_html(data, file)


def parse_html(data: bytes, file: str) -> Iterator[Block]:
    """Yield the blocks of a page given as bytes."""
    text = data.decode(_encoding(data), "replace").replace("\0", "")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("网页内容为空或已损坏，请在浏览器中打开后另存") from error
    for number, (level, cells, text) in enumerate(_Walker().walk(root), 1):
        yield Block(
            text=text,
            locator=Locator(file=file, paragraph=number),
            heading_level=level,
            cells=cells,
        )


def _encoding(data: bytes) -> str:
    found = CHARSET.search(data[:4096])
    detected = detect_encoding(data[:SAMPLE_BYTES])
    if found and detected == "gb18030" and found[1].lower() in (b"big5", b"big5-hkscs"):
        return "big5hkscs"
    return detected


class _Walker:
    """Collects text between block boundaries; holds what belongs to the current paragraph."""

    def __init__(self) -> None:
        self._buffer: list[str] = []
        self._level = 0

    def walk(self, root: etree._Element) -> Iterator[tuple[int, tuple[str, ...], str]]:
        """Yield (heading level, cells, text) in document order."""
        skip: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skip is not None:
                if event == "end" and element is skip:
                    skip = None
                    self._buffer.append(element.tail or "")
                continue
            name = local_name(element)
            if event == "start":
                if _is_hidden(element, name) or _is_data_table(element, name):
                    yield from self._flush()
                    if name == "table":
                        yield from _table_rows(element)
                    skip = element
                    continue
                yield from self._open(name)
                self._buffer.append(element.text or "")
            else:
                yield from self._close(name)
                self._buffer.append(element.tail or "")
        yield from self._flush()

    def _open(self, name: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
        if name in BLOCKS or name == "br" or _heading_level(name):
            yield from self._flush()
        self._level = _heading_level(name) or self._level

    def _close(self, name: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
        if name in BLOCKS or _heading_level(name):
            yield from self._flush()
            if _heading_level(name):
                self._level = 0

    def _flush(self) -> Iterator[tuple[int, tuple[str, ...], str]]:
        text = _plain("".join(self._buffer))
        self._buffer.clear()
        if text.strip():
            yield self._level, (), text


def _plain(text: str) -> str:
    """Return a text with its white space as a browser shows it; lines of Chinese join closely."""
    return SPACE.sub(" ", WRAPPED.sub("", text)).strip()


def _heading_level(name: str) -> int:
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0  # noqa: PLR2004 h1-h6


def _is_hidden(element: etree._Element, name: str) -> bool:
    return name in SKIPPED or bool(HIDDEN.search(element.get("style") or ""))


def _is_data_table(element: etree._Element, name: str) -> bool:
    """A table that holds no other table and has a row of two cells; others are page layout."""
    if name != "table" or element.find(".//table") is not None:
        return False
    return any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in element.iter("tr"))


def _table_rows(table: etree._Element) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield the rows of a table; cells that span rows or columns are repeated."""
    spans: dict[int, tuple[int, str]] = {}  # column -> (rows still to fill, text)
    for row in table.iter("tr"):
        cells: list[str] = []
        waiting = [cell for cell in row if local_name(cell) in ("td", "th")]
        while waiting or spans.get(len(cells), (0, ""))[0]:
            left, text = spans.get(len(cells), (0, ""))
            if left:
                spans[len(cells)] = (left - 1, text)
                cells.append(text)
                continue
            cell = waiting.pop(0)
            text = _plain("".join(cell.itertext()))
            for _ in range(_span(cell, "colspan")):
                spans[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        if any(cells):
            yield 0, tuple(cells), "\t".join(cells)


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), MAX_SPAN)) if value.isascii() and value.isdigit() else 1
