"""Word and Excel files as one XML file: the 2003 formats, and packages laid flat.

Programs of offices write them from templates and name them .doc, .xls or .xml.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import local_name, parse_xml
from renda_nlp.readers.docx import W, docx_blocks
from renda_nlp.records import Block, Locator

__all__ = ["ExcelXmlReader", "WordXmlReader"]

WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_BYTES = 100_000_000
MAX_COLUMNS = 16_384
NOTES = ("footnote", "endnote")
RENAMED = {"vmerge": "vMerge"}  # as the later format spells it


def _parse(path: Path) -> etree._Element:
    with path.open("rb") as handle:
        data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadError("文件过大，未读取；请用 Word 或 Excel 打开后另存为 docx 或 xlsx")
    return parse_xml(data)


class WordXmlReader:
    """Reads Word documents that are one XML file."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator counts them as paragraphs.

        Raises:
            ReadError: The file is damaged, too large, or holds no document.
        """
        root = _parse(path)
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith("{" + WORD_2003):
                element.tag = W + RENAMED.get(local_name(element), local_name(element))
                _rename_values(element)
        parts = {name: root.find(f".//{W}{name}") for name in ("body", "styles", "numbering")}
        if parts["body"] is None:
            raise ReadError("文件里没有 Word 正文，请用 Word 打开后另存为 docx")
        notes = [
            note
            for name in NOTES
            for note in root.iter(W + name)
            if note.get(W + "type") in (None, "normal") and len(note)
        ]
        roots = [parts["body"], *(note for note in notes if _is_apart(note))]
        yield from docx_blocks(roots, parts["styles"], parts["numbering"], file)


def _rename_values(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        if name.startswith("{" + WORD_2003):
            element.set(W + etree.QName(name).localname, value)


def _is_apart(note: etree._Element) -> bool:
    """Whether a note stands outside the text; the 2003 format has it where it is called."""
    return all(parent.tag != W + "body" for parent in note.iterancestors())


class ExcelXmlReader:
    """Reads workbooks that are one XML file (XML Spreadsheet 2003)."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield a block per row that is not blank; the locator carries sheet and row.

        Raises:
            ReadError: The file is damaged or too large.
        """
        for sheet in _parse(path).iter(SHEET + "Worksheet"):
            name = sheet.get(SHEET + "Name", "")
            number, spans = 0, dict[int, tuple[int, str]]()
            for row in sheet.iter(SHEET + "Row"):
                number = _integer(row.get(SHEET + "Index"), number + 1)
                cells = _cells(row, spans)
                if any(cells):
                    locator = Locator(file=file, sheet=name, row=number)
                    yield Block(text="\t".join(cells), locator=locator, cells=cells)


def _cells(row: etree._Element, spans: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    """Return the cells of a row; ``spans`` holds what cells above say of it, by column."""
    found: dict[int, str] = {}
    for column, (left, text) in list(spans.items()):
        found[column] = text
        spans[column] = (left - 1, text)
        if left <= 1:
            del spans[column]
    column = -1
    for cell in row.iter(SHEET + "Cell"):
        column += 1
        while column in found:
            column += 1
        column = _integer(cell.get(SHEET + "Index"), column + 1) - 1
        data = cell.find(SHEET + "Data")
        text = "".join(data.itertext()).strip() if data is not None else ""
        if text.endswith("T00:00:00.000"):
            text = text.partition("T")[0]
        across = min(_integer(cell.get(SHEET + "MergeAcross"), 0), MAX_COLUMNS)
        down = _integer(cell.get(SHEET + "MergeDown"), 0)
        for index in range(column, min(column + across + 1, MAX_COLUMNS)):
            found[index] = text
            if down:
                spans[index] = (down, text)
        column += across
    last = max((index for index, text in found.items() if text), default=-1)
    return tuple(found.get(index, "") for index in range(last + 1))


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else default
