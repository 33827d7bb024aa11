"""OFD (GB/T 33190): text objects of each page put into lines, with template and annotations."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import local_name, open_package, parse_xml, read_member
from renda_nlp.readers.radicals import restore_radicals
from renda_nlp.records import Block, Locator

__all__ = ["OfdReader"]

SAME_LINE = 0.5  # of the font size
DEFAULT_SIZE_MM = 4.0
SENTENCE_END = tuple("。！？!?；;：:")
FULL_LINE_SHARE = 0.85
ENCRYPTIONS = "Encryptions.xml"  # GM/T 0099-2020


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of text; millimetres from the page's top left corner."""

    y: float
    x: float
    size: float
    text: str


class OfdReader:
    """Reads the text of an OFD file, page by page."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs; the locator carries the page and the number on it.

        Raises:
            ReadError: The file is damaged or holds no text.
        """
        found = False
        with open_package(path) as package:
            if any(posixpath.basename(name) == ENCRYPTIONS for name in package.namelist()):
                raise ReadError("OFD 文件有密码，请去掉密码后再放入")
            for page, lines in enumerate(_Package(package).pages(), 1):
                for number, text in enumerate(_paragraphs(lines), 1):
                    found = True
                    yield Block(text=text, locator=Locator(file=file, page=page, paragraph=number))
        if not found:
            raise ReadError("OFD 文件没有文字（可能是扫描件）；请先用文字识别软件转换")


class _Package:
    """The parts of an OFD file by their paths, letter case ignored."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.lstrip("/").lower(): name for name in package.namelist()}

    def part(self, path: str) -> etree._Element | None:
        """Return a part's root, or None when it is absent."""
        name = self._names.get(path.lstrip("/").lower())
        return parse_xml(read_member(self._package, name)) if name else None

    def pages(self) -> Iterator[list[list[_Run]]]:
        """Yield the lines of each page."""
        root = self.part("OFD.xml")
        for body in root.iter() if root is not None else ():
            if local_name(body) == "DocRoot" and body.text:
                yield from self._document(_resolve("OFD.xml", body.text.strip()))

    def _document(self, path: str) -> Iterator[list[list[_Run]]]:
        document = self.part(path)
        if document is None:
            raise ReadError("OFD 文件已损坏，请用原软件重新导出")
        templates = {
            item.get("ID", ""): _resolve(path, item.get("BaseLoc", ""))
            for item in document.iter()
            if local_name(item) == "TemplatePage"
        }
        notes = self._annotations(document, path)
        for item in document.iter():
            if local_name(item) != "Page":
                continue
            page = self.part(_resolve(path, item.get("BaseLoc", "")))
            if page is None:
                yield []
                continue
            parts = [
                self.part(templates[used.get("TemplateID", "")])
                for used in page.iter()
                if local_name(used) == "Template" and used.get("TemplateID", "") in templates
            ]
            note = notes.get(item.get("ID", ""))
            parts += [page, self.part(note) if note else None]
            yield _lines([run for part in parts if part is not None for run in _runs(part)])

    def _annotations(self, document: etree._Element, path: str) -> dict[str, str]:
        found = {}
        for item in document.iter():
            if local_name(item) != "Annotations" or not (item.text or "").strip():
                continue
            index = _resolve(path, (item.text or "").strip())
            root = self.part(index)
            for page in root if root is not None else ():
                for place in page:
                    if local_name(place) == "FileLoc" and place.text:
                        found[page.get("PageID", "")] = _resolve(index, place.text.strip())
        return found


def _resolve(base: str, path: str) -> str:
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def _runs(root: etree._Element) -> Iterator[_Run]:
    for item in root.iter():
        if local_name(item) != "TextObject":
            continue
        box = _numbers(item.get("Boundary", ""), (0.0, 0.0, 0.0, 0.0))
        matrix = _numbers(item.get("CTM", ""), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
        size = _numbers(item.get("Size", ""), (DEFAULT_SIZE_MM,))[0]
        for code in item:
            if local_name(code) == "TextCode" and code.text:
                x = _numbers(code.get("X", ""), (0.0,))[0]
                y = _numbers(code.get("Y", ""), (0.0,))[0]
                yield _Run(
                    box[1] + matrix[1] * x + matrix[3] * y + matrix[5],
                    box[0] + matrix[0] * x + matrix[2] * y + matrix[4],
                    size * abs(matrix[3] or 1.0),
                    restore_radicals(code.text),
                )


def _numbers(text: str, default: tuple[float, ...]) -> tuple[float, ...]:
    try:
        values = tuple(float(value) for value in text.split())
    except ValueError:
        return default
    return values if len(values) >= len(default) else default


def _lines(runs: list[_Run]) -> list[list[_Run]]:
    """Put runs of about equal height into one line, from left to right."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda one: (one.y, one.x)):
        if lines and abs(lines[-1][-1].y - run.y) < SAME_LINE * max(run.size, 1.0):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda one: one.x) for line in lines]


def _paragraphs(lines: list[list[_Run]]) -> Iterator[str]:
    texts = ["".join(run.text for run in line) for line in lines]
    full = max((len(text) for text in texts), default=0) * FULL_LINE_SHARE
    current = ""
    is_open = False
    for text in texts:
        if not text.strip():
            continue
        if current and is_open:
            current += text
        else:
            if current:
                yield current
            current = text
        is_open = len(text) >= full and not text.endswith(SENTENCE_END)
    if current:
        yield current
