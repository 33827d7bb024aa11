"""Paragraph styles of Word documents: heading levels and lists."""

import re
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

__all__ = ["WordStyles", "read_styles"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
TITLE_NAMES = ("title", "标题")
MAX_HEADING = 6
MAX_CHAIN = 12
N_LEVELS = 9
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WordStyles:
    """What each paragraph style says about heading level and list, basedOn resolved."""

    heading: dict[str, int]
    lists: dict[str, tuple[str, int]]

    def of_paragraph(self, paragraph: etree._Element) -> tuple[int, str, int]:
        """Return (heading level, list id, list level) of a paragraph."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return 0, "", 0
        style = properties.find(W + "pStyle")
        style_id = style.get(W + "val", "") if style is not None else ""
        level = _outline(properties) or self.heading.get(style_id, 0)
        inherited = self.lists.get(style_id, ("", 0))
        list_id, list_level = _list(properties) or inherited
        return level, "" if list_id == "0" else list_id or inherited[0], list_level


def read_styles(root: etree._Element | None) -> WordStyles:
    """Return the paragraph styles that ``word/styles.xml`` defines."""
    heading: dict[str, int] = {}
    lists: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in root.findall(W + "style") if root is not None else ():
        style_id = style.get(W + "styleId", "")
        parents[style_id] = _value(style, "basedOn")
        properties = style.find(W + "pPr")
        name = _value(style, "name")
        level = _named_level(name) or (_outline(properties) if properties is not None else 0)
        if level:
            heading[style_id] = level
        if properties is not None and (found := _list(properties)):
            lists[style_id] = found
    return WordStyles(_inherit(heading, parents), _inherit(lists, parents))


def _inherit(values: dict[str, T], parents: dict[str, str]) -> dict[str, T]:
    resolved = dict(values)
    for style_id in parents:
        ancestor = style_id
        for _ in range(MAX_CHAIN):
            if ancestor in values:
                resolved[style_id] = values[ancestor]
                break
            ancestor = parents.get(ancestor, "")
    return resolved


def _named_level(name: str) -> int:
    if name.lower() in TITLE_NAMES:
        return 1
    found = HEADING_NAME.match(name)
    return int(found[1]) if found else 0


def _outline(properties: etree._Element) -> int:
    value = _value(properties, "outlineLvl")
    return int(value) + 1 if value in tuple("012345") else 0


def _list(properties: etree._Element) -> tuple[str, int] | None:
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return None
    level = _value(numbering, "ilvl")
    index = int(level) if level.isascii() and level.isdigit() else 0
    return _value(numbering, "numId"), min(index, N_LEVELS - 1)


def _value(element: etree._Element, name: str) -> str:
    child = element.find(W + name)
    return child.get(W + "val", "") if child is not None else ""
