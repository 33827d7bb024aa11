"""How the bytes of an RTF file are read: by the code page it names, and by its Chinese fonts."""

import re

__all__ = ["FontTable"]

FONT = re.compile(rb"\\f(\d{1,5})(?:(?!\\f\d)[^;{}]|\{[^{}]*\}){0,200}?\\fcharset(\d{1,3})")
ANSI_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
CHARACTER_SETS = {134: "gb18030", 136: "big5hkscs"}  # of fonts; others speak the document's
FONT_TABLE_BYTES = 100_000  # of the head of the file
CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 1252: "cp1252"}


class FontTable:
    """The encoding that the document names, and that of each Chinese font."""

    def __init__(self, data: bytes) -> None:
        head = data[:FONT_TABLE_BYTES]
        page = ANSI_PAGE.search(head)
        self.default = CODE_PAGES.get(int(page[1]), "gb18030") if page else "gb18030"
        self._fonts = {
            int(number): CHARACTER_SETS[int(charset)]
            for number, charset in FONT.findall(head)
            if int(charset) in CHARACTER_SETS
        }

    def encoding(self, font: int) -> str:
        """Return the encoding of the text in a font."""
        return self._fonts.get(font, self.default)
