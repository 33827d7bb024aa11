"""Rich Text Format: paragraphs and table rows; Chinese bytes decoded by the code page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.readers.rtffonts import FontTable
from renda_nlp.records import Block, Locator

__all__ = ["SIGNS", "SKIPPED", "TOKEN", "RtfReader", "rtf_blocks"]

MAX_BYTES = 200_000_000
TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z0-9'])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore "
    b"latentstyles header footer headerl headerr headerf footerl footerr footerf listtable "
    b"listoverridetable rsidtbl generator xmlnstbl fldinst nonshppict annotation filetbl revtbl "
    b"bkmkstart bkmkend mmathPr pgptbl listtext sp nonesttables".split()
)
SET_APART = frozenset((b"footnote", b"shptxt"))  # notes and text boxes, read behind the text
READ_ANYWAY = SET_APART | {b"shpinst"}  # though marked as what old programs may leave out
SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
}  # fmt: skip
ROW_WORDS = (b"trowd", b"clvmrg", b"cellx")
BREAKS = (b"par", b"sect", b"page")
UNICODE_RANGE = 65_536


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces."""

    skip: bool = False
    unicode_skip: int = 1
    deleted: bool = False
    apart: bool = False
    encoding: str = "gb18030"


@dataclass(slots=True)
class _State:
    encoding: str
    pending: bytearray = field(default_factory=bytearray)  # bytes not decoded yet
    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: str = ""  # text of a cell before a table inside it
    nested: list[str] = field(default_factory=list)  # cells of a table inside a cell
    inner: list[tuple[str, ...]] = field(default_factory=list)  # its rows
    continues: list[bool] = field(default_factory=list)  # per cell of the row: goes on from above
    merged: bool = False  # said of the cell whose edge comes next
    above: tuple[str, ...] = ()
    in_table: bool = True
    to_skip: int = 0  # replacement characters after \\u
    body: list[str] = field(default_factory=list)  # waits while a note is read
    apart: list[str] = field(default_factory=list)

    def begin_apart(self) -> None:
        """Put the text of a note or text box aside from the paragraph it is anchored in."""
        self.flush()
        self.body, self.text = self.text, []

    def end_apart(self) -> None:
        """Go on with the paragraph."""
        self.apart.append(self.take())
        self.body, self.text = [], self.body

    def speak(self, encoding: str) -> None:
        """Read the bytes that follow in an encoding."""
        if encoding != self.encoding:
            self.flush()
            self.encoding = encoding

    def add(self, text: str) -> None:
        self.flush()
        self.text.append(text)

    def flush(self) -> None:
        if self.pending:
            self.text.append(self.pending.decode(self.encoding, "replace"))
            self.pending.clear()

    def take(self) -> str:
        self.flush()
        text = "".join(self.text)
        self.text.clear()
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class RtfReader:
    """Reads the text of an RTF file."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs and table rows; the locator counts them as paragraphs.

        Raises:
            ReadError: The file is too large or ends too early.
        """
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ReadError("RTF 文件过大，未读取；请另存为 docx")
        for number, (text, cells) in enumerate(rtf_blocks(data), 1):
            yield Block(text=text, locator=Locator(file=file, paragraph=number), cells=cells)


def rtf_blocks(data: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (text, cells) of each paragraph and row; cells are empty for paragraphs.

    Raises:
        ReadError: The text ends too early.
    """
    fonts = FontTable(data)
    state = _State(fonts.default)
    stack: list[_Group] = [_Group(encoding=fonts.default)]
    for found in TOKEN.finditer(data):
        word, number, code, sign, brace, plain = found.groups()
        if brace == b"{":
            stack.append(stack[-1])
        elif brace == b"}":
            _close(state, stack)
        elif word is not None:
            if word == b"f" and number:
                stack[-1] = replace(stack[-1], encoding=fonts.encoding(int(number)))
            yield from _word(state, stack, word, int(number) if number else None)
        elif sign == b"*":
            stack[-1] = replace(stack[-1], skip=True)
        elif not stack[-1].skip and not stack[-1].deleted:
            state.speak(stack[-1].encoding)
            _characters(state, code, sign, plain)
    yield from _end(state, stack)


def _close(state: _State, stack: list[_Group]) -> None:
    """End a group; a note ends with the group that began it."""
    if len(stack) > 1:
        group = stack.pop()
        if group.apart and not stack[-1].apart:
            state.end_apart()


def _end(state: _State, stack: list[_Group]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if state.cells:
        _cell(state)
    yield from _row(state)
    yield from _paragraph(state)
    for note in state.apart:
        for text in note.splitlines():
            if text.strip():
                yield text.strip(), ()
    if len(stack) > 1:
        raise ReadError("RTF 文件在末尾被截断，前面的内容已读；请用原软件打开后另存")


def _characters(state: _State, code: bytes | None, sign: bytes | None, plain: bytes | None) -> None:
    """Add hexadecimal bytes, escaped signs or plain characters."""
    data = bytes([int(code, 16)]) if code else plain or b""
    if sign is not None:
        data = {b"~": b" ", b"_": b"-", b"-": b""}.get(sign, sign)
    skipped = min(state.to_skip, len(data))
    state.to_skip -= skipped
    state.pending.extend(data[skipped:])


def _word(
    state: _State, stack: list[_Group], word: bytes, number: int | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    before = stack[-1]
    stack[-1] = group = _changed(before, word, number)
    if group.apart and not before.apart:
        state.begin_apart()
    if word == b"nestrow":  # stands among properties that are skipped
        state.inner.append(tuple(state.nested))
        state.nested = []
    elif group.skip or group.deleted:
        return
    elif word == b"u" and number is not None:
        state.add(chr(number % UNICODE_RANGE))
        state.to_skip = group.unicode_skip
    elif word in SIGNS:
        state.add(SIGNS[word])
    else:
        yield from _structure(state, word, apart=group.apart)


def _changed(group: _Group, word: bytes, number: int | None) -> _Group:
    """Return the group after a control word that says what holds inside it."""
    if word in SKIPPED:
        return replace(group, skip=True)
    if word in READ_ANYWAY:
        return replace(group, skip=False, apart=group.apart or word in SET_APART)
    if word == b"deleted":
        return replace(group, deleted=number != 0)
    if word == b"uc" and number is not None:
        return replace(group, unicode_skip=max(0, number))
    return group


def _structure(state: _State, word: bytes, *, apart: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """End a paragraph, a cell or a row."""
    if apart:
        state.add("\n" if word in (*BREAKS, b"cell", b"row") else "")
    elif word in (b"pard", b"intbl"):
        state.in_table = word == b"intbl"
    elif word in BREAKS:
        if state.cells and state.in_table:
            state.add("\n")
            return
        yield from _row(state)  # a table that ends without the mark of its last row
        yield from _paragraph(state)
    elif word in CELLS:
        CELLS[word](state)
    elif word in ROW_WORDS:
        _define(state, word)
    elif word == b"row":
        yield from _row(state)


def _define(state: _State, word: bytes) -> None:
    """Take what a row says of its cells: which go on from the row above."""
    if word == b"trowd":
        state.continues, state.merged = [], False
    elif word == b"clvmrg":
        state.merged = True
    else:
        state.continues.append(state.merged)
        state.merged = False


def _filled(state: _State) -> tuple[str, ...]:
    """Return the cells of the row that ends; merged ones hold what the cell above them says."""
    above, cells = state.above, state.cells
    for index, merged in enumerate(state.continues[: min(len(cells), len(above))]):
        if merged and not cells[index]:
            cells[index] = above[index]
    if cells:
        state.above = tuple(cells)
    return tuple(cells)


def _cell(state: _State) -> None:
    """End a cell: what stands before a table inside it, and what stands behind."""
    parts = [state.cell.strip(), state.take().strip()]
    state.cells.append("\n".join(part for part in parts if part))
    state.cell = ""


def _nested_cell(state: _State) -> None:
    """End a cell of a table inside a cell."""
    before, _, cell = state.take().rpartition("\n")
    state.nested.append(cell.strip())
    state.cell += before


CELLS = {b"cell": _cell, b"nestcell": _nested_cell}


def _row(state: _State) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the row that is open, then the rows of tables inside its cells."""
    if state.cell:
        state.cells.append(state.cell.strip())
        state.cell = ""
    cells, state.cells = _filled(state), []
    inner, state.inner = state.inner, []
    for row in (cells, *inner):
        if any(row):
            yield "\t".join(row), row


def _paragraph(state: _State) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = state.take()
    if text.strip():
        yield text.strip("\n"), ()
