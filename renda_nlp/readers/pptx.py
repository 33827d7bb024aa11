"""Presentations (pptx): text of shapes, groups, tables and speaker notes, slide by slide."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import local_name, open_package, parse_xml, read_member
from renda_nlp.records import Block, Locator

__all__ = ["PptxReader"]

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TITLE_TYPES = ("title", "ctrTitle")
FURNITURE_TYPES = ("dt", "ftr", "sldNum", "sldImg")


class PptxReader:
    """Reads slides in the order of the presentation."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator carries slide (page) and number on it.

        Raises:
            ReadError: The file is damaged or declares entities.
        """
        with open_package(path) as package:
            for page, slide in enumerate(_slides(package), 1):
                for number, (level, cells, text) in enumerate(_slide_texts(package, slide), 1):
                    yield Block(
                        text=text,
                        locator=Locator(file=file, page=page, paragraph=number),
                        heading_level=level,
                        cells=cells,
                    )


def _slides(package: zipfile.ZipFile) -> list[str]:
    root = parse_xml(read_member(package, "ppt/presentation.xml"))
    targets = _relations(package, "ppt/presentation.xml")
    listed = [targets.get(item.get(R + "id", ""), "") for item in root.iter(P + "sldId")]
    names = set(package.namelist())
    slides = [name for name in listed if name in names]
    if listed and not slides:
        raise ReadError("演示文稿已损坏，请用原软件打开后另存")
    return slides


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    member = f"{folder}/_rels/{name}.rels"
    if member not in package.namelist():
        return {}
    root = parse_xml(read_member(package, member))
    return {
        item.get("Id", ""): posixpath.normpath(
            posixpath.join(folder, item.get("Target", ""))
        ).lstrip("/")
        for item in root
        if local_name(item) == "Relationship" and item.get("TargetMode") != "External"
    }


def _slide_texts(
    package: zipfile.ZipFile, slide: str
) -> Iterator[tuple[int, tuple[str, ...], str]]:
    yield from _texts(parse_xml(read_member(package, slide)), 0)
    for target in _relations(package, slide).values():
        if re.search(r"notesSlides/[^/]+\.xml$", target) and target in package.namelist():
            yield from _texts(parse_xml(read_member(package, target)), 0)


def _texts(element: etree._Element, level: int) -> Iterator[tuple[int, tuple[str, ...], str]]:
    for child in element:
        if child.tag == P + "sp":
            kind = next((item.get("type", "") for item in child.iter(P + "ph")), "")
            if kind not in FURNITURE_TYPES:
                yield from _texts(child, 1 if kind in TITLE_TYPES else 0)
        elif child.tag == A + "tbl":
            yield from _rows(child)
        elif child.tag == A + "p":
            if (text := _paragraph(child)).strip():
                yield level, (), text
        else:
            yield from _texts(child, level)


def _rows(table: etree._Element) -> Iterator[tuple[int, tuple[str, ...], str]]:
    for row in table.iter(A + "tr"):
        cells = tuple(
            "\n".join(_paragraph(item) for item in cell.iter(A + "p")).strip()
            for cell in row.iter(A + "tc")
        )
        if any(cells):
            yield 0, cells, "\t".join(cells)


def _paragraph(paragraph: etree._Element) -> str:
    return "".join(
        "\n" if item.tag == A + "br" else item.text or ""
        for item in paragraph.iter(A + "t", A + "br")
    )
