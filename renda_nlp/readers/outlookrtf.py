"""Bodies of Outlook messages in RTF: unpacked by [MS-OXRTFCP], pages inside by [MS-OXRTFEX].

Own code and not ``compressed-rtf`` of PyPI (MIT, one author): that has no bound on what it unpacks
and raises bare ``Exception``. The tests unpack what it packs.
"""

import html
import struct

from renda_nlp.errors import ReadError
from renda_nlp.readers.rtf import SIGNS, SKIPPED, TOKEN, rtf_blocks
from renda_nlp.readers.rtffonts import FontTable

__all__ = ["body_as_html", "unpack_rtf"]

PACKED, PLAIN = b"LZFu", b"MELA"
HEADER = struct.Struct("<II4sI")  # packed size without itself, unpacked size, kind, checksum
START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
WINDOW = 4096
SHORTEST = 2
PIECES = 8  # governed by one control byte
MAX_BYTES = 50_000_000
DAMAGED = "Outlook 邮件正文已损坏，请在 Outlook 中另存为 eml 或 txt"
HEAD_BYTES = 400


def unpack_rtf(data: bytes) -> bytes:
    """Return the RTF of a body as the message keeps it; what is cut short is given up to the cut.

    Raises:
        ReadError: It is none, or larger than any letter.
    """
    if len(data) < HEADER.size:
        raise ReadError(DAMAGED)
    _, size, kind, _ = HEADER.unpack_from(data)
    if kind == PLAIN:
        return data[HEADER.size : HEADER.size + size]
    if kind != PACKED or size > MAX_BYTES:
        raise ReadError(DAMAGED)
    return _expand(data[HEADER.size :])


def _expand(data: bytes) -> bytes:
    """Return what control bytes, characters and references to earlier text stand for."""
    out, position = bytearray(START), 0
    while position < len(data) and len(out) < MAX_BYTES:
        control = data[position]
        position += 1
        for bit in range(PIECES):
            if not control >> bit & 1:
                out += data[position : position + 1]
                position += 1
                continue
            token = data[position : position + 2]
            position += 2
            if len(token) < len(b"xx"):
                break
            back = (len(out) - (int.from_bytes(token, "big") >> 4)) % WINDOW
            if back == 0:  # the sign of the end
                return bytes(out[len(START) :])
            _repeat(out, back, (token[1] & 0xF) + SHORTEST)
    return bytes(out[len(START) :])


def _repeat(out: bytearray, back: int, length: int) -> None:
    """Append what stands ``back`` bytes before the end; it may run into what is appended."""
    for _ in range(length):
        out.append(out[-back] if back <= len(out) else ord(" "))


def body_as_html(rtf: bytes) -> str:
    """Return a body as a page: the one that it was made from, else its paragraphs and tables.

    Raises:
        ReadError: The body ends too early.
    """
    if b"\\fromhtml" in rtf[:HEAD_BYTES]:
        return _enclosed_page(rtf)
    parts = []
    for text, cells in rtf_blocks(rtf):
        if cells:
            row = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
            parts.append(f"<tr>{row}</tr>")
        else:
            parts.append(f"<p>{html.escape(text)}</p>")
    page = "".join(parts)
    return page.replace("</p><tr>", "</p><table><tr>").replace("</tr><p>", "</tr></table><p>")


def _enclosed_page(rtf: bytes) -> str:
    """Return the page that Outlook wrapped into RTF: tags in ``htmltag``, without ``htmlrtf``."""
    page = _Page(rtf)
    for found in TOKEN.finditer(rtf):
        page.take(*found.groups())
    return page.text()


class _Page:
    """The page as it comes out, and what holds in the group being read."""

    def __init__(self, rtf: bytes) -> None:
        self._fonts = FontTable(rtf)
        self._encoding = self._fonts.default
        self._pending = bytearray()
        self._parts: list[str] = []
        self._stack: list[tuple[bool, bool, str]] = []
        self._skip = self._only_rtf = False
        self._starred = False
        self._to_skip = 0

    def take(
        self,
        word: bytes | None,
        number: bytes | None,
        code: bytes | None,
        sign: bytes | None,
        brace: bytes | None,
        plain: bytes | None,
    ) -> None:
        """Take one token."""
        if brace == b"{":
            self._stack.append((self._skip, self._only_rtf, self._encoding))
        elif brace == b"}" and self._stack:
            self._flush()
            self._skip, self._only_rtf, self._encoding = self._stack.pop()
        elif word is not None:
            self._word(word, int(number) if number else None)
        elif sign == b"*":
            self._starred = True
            return
        elif not (self._skip or self._only_rtf):
            data = (
                bytes([int(code, 16)]) if code else plain or (b" " if sign == b"~" else sign or b"")
            )
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            self._pending += data[skipped:]
        self._starred = False

    def _word(self, word: bytes, number: int | None) -> None:
        if word in SKIPPED or (self._starred and word != b"htmltag"):
            self._skip = True
        elif word == b"htmlrtf":
            self._only_rtf = number != 0
        elif word == b"f" and number is not None:
            self._flush()
            self._encoding = self._fonts.encoding(number)
        elif self._skip or self._only_rtf:
            return
        elif word == b"u" and number is not None:
            self._add(chr(number % 0x10000))
            self._to_skip = 1
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word == b"par":
            self._add("\n")

    def _add(self, text: str) -> None:
        self._flush()
        self._parts.append(text)

    def _flush(self) -> None:
        self._parts.append(self._pending.decode(self._encoding, "replace"))
        self._pending.clear()

    def text(self) -> str:
        """Return what came out."""
        self._flush()
        return "".join(self._parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
