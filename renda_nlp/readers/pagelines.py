"""Lines of a page, from a text layer or recognised, joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from renda_nlp.records import Block, Locator

__all__ = ["Line", "find_furniture", "join_pages"]

PAGE_NUMBER = re.compile(r"[\s\-—–―－·•~第]*\d{1,4}\s*(?:[/／]\s*\d{1,4})?[\s\-—–―－·•~页]*$")
NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是要]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\D|第[一二三四五六七八九十]+[章节条、])"
)
FURNITURE_LINES = 2  # lines at head and foot that may be running heads
MIN_REPEATS = 3
TITLE_SIZE = 1.3  # of the text: larger lines are titles, also where a form repeats them
MIN_REPEAT_SHARE = 0.3
FULL_LINE_SHARE = 0.86  # a shorter line ends its paragraph
INDENT_CHARACTERS = 1.3
MAX_INDENT_CHARACTERS = 4  # more is a centred or right-hand line
SAME_SIZE = 0.15
SAME_SIZE_RECOGNISED = 0.35  # boxes of recognised lines are less exact
MIN_SIZE = 0.1
MIN_COLUMN_CHARACTERS = 8  # between the starts of two columns
MIN_COLUMN_LINES = 5
MIN_COLUMN_SHARE = 0.15  # of the lines of the page begin a column's line
LAST_ASCII = 0x2E80
SHORT_CELL = 6  # characters of a number, a name, a day without its year
SENTENCE_END = re.compile(r"[。！？!?]$")
SENTENCE_GOES_ON = re.compile(r"[，、；：,;:]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    text: str
    left: float  # from the left edge; -1 when unknown
    size: float  # height of the characters in the same unit; 0 when unknown
    confidence: float | None = None  # of recognised characters, 0-1
    cells: tuple[str, ...] = ()  # of a row of a table


@dataclass(slots=True)
class _Paragraph:
    text: str
    page: int
    number: int
    first_on_page: bool
    indented: bool
    open: bool = True  # its last line is full
    confidences: list[tuple[float, int]] = field(default_factory=list)  # (value, characters)
    cells: tuple[str, ...] = ()
    last: Line | None = None
    first: Line | None = None

    def add(self, line: Line) -> None:
        """Take one more line."""
        self.text += _glue(self.text, line.text) + line.text
        self.note(line)

    def note(self, line: Line) -> None:
        """Keep the line as the last one, and how sure it is."""
        self.first, self.last = self.first or line, line
        if line.confidence is not None:
            self.confidences.append((line.confidence, len(line.text)))

    def runs_on(self, other: "_Paragraph") -> bool:
        """Whether ``other``, first on its page, continues this paragraph."""
        crosses = other.first_on_page and other.page != self.page
        if self.cells or other.cells:
            return crosses and _row_runs_on(self.cells, other.cells)
        if self.last and other.first and not _same_size(other.first, self.last.size):
            return False
        return crosses and self.open and not other.indented and not NUMBERED.match(other.text)

    def join(self, other: "_Paragraph") -> None:
        """Take the paragraph that continues this one on the next page."""
        if self.cells:
            pairs = zip(self.cells, other.cells, strict=True)
            self.cells = tuple(one + two for one, two in pairs)
            self.text = "\t".join(self.cells)
            return
        self.text += other.text
        self.open = other.open
        self.confidences += other.confidences

    def block(self, file: str) -> Block:
        """Return the paragraph as a block."""
        weight = sum(n for _, n in self.confidences)
        mean = sum(value * n for value, n in self.confidences) / weight if weight else None
        locator = Locator(
            file=file,
            page=self.page,
            paragraph=self.number,
            confidence=None if mean is None else round(mean, 3),
        )
        return Block(text=self.text, locator=locator, cells=self.cells)


def _row_runs_on(above: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """Whether the first row of a page ends a row that the page before it cuts.

    Numbers, names and days are whole above and blank below; what is below goes on from a cell
    above whose sentence is not at its end.
    """
    if len(above) != len(below) or below[0] or not any(below):
        return False
    return all(
        not two or len(one) > SHORT_CELL or bool(SENTENCE_GOES_ON.search(one))
        for one, two in zip(above, below, strict=True)
    ) and not any(two and SENTENCE_END.search(one) for one, two in zip(above, below, strict=True))


def find_furniture(pages: Iterable[Sequence[Line]], n_pages: int) -> frozenset[str]:
    """Return the lines, digits made equal, that repeat at the head or foot of the pages."""
    seen: Counter[str] = Counter()
    for lines in pages:
        edge = [*lines[:FURNITURE_LINES], *lines[FURNITURE_LINES:][-FURNITURE_LINES:]]
        size = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
        seen.update({_key(line.text) for line in edge if line.size <= size * TITLE_SIZE})
    needed = max(min(MIN_REPEATS, n_pages), MIN_REPEAT_SHARE * n_pages, 2)
    return frozenset(key for key, count in seen.items() if count >= needed)


def join_pages(
    pages: Iterable[tuple[int, Sequence[Line]]], furniture: frozenset[str], file: str
) -> Iterator[Block]:
    """Yield the paragraphs of pages (number from 1, lines); one may run on over a page's end."""
    pending: _Paragraph | None = None
    header: tuple[str, ...] = ()  # of the table that goes on over the page
    last: tuple[str, ...] = ()  # its last row so far
    for page, lines in pages:
        lines = _without_header(lines, header, last)
        header = _last_header(lines, header)
        last = next((line.cells for line in reversed(lines) if line.cells), ())
        for paragraph in _paragraphs(_without_furniture(lines, furniture), page):
            if pending is not None and pending.runs_on(paragraph):
                pending.join(paragraph)
                continue
            if pending is not None:
                yield pending.block(file)
            pending = paragraph
    if pending is not None:
        yield pending.block(file)


def _without_header(
    lines: Sequence[Line], header: tuple[str, ...], last: tuple[str, ...]
) -> Sequence[Line]:
    """Drop the header row that a table repeats at the head of a page."""
    at = next((index for index, line in enumerate(lines) if line.cells), None)
    if header and at is not None and lines[at].cells == header:
        return [*lines[:at], *_with_group(lines[at + 1 :], last)]
    return lines


def _with_group(lines: Sequence[Line], last: tuple[str, ...]) -> Iterator[Line]:
    """Fill the first cell of the rows that a merged cell of the page before reaches down to."""
    rest = iter(lines)
    for line in rest:
        if line.cells and last and not line.cells[0] and not _row_runs_on(last, line.cells):
            cells = (last[0], *line.cells[1:])
            line = replace(line, text="\t".join(cells), cells=cells)
        elif line.cells and line.cells[0]:
            yield line
            break
        yield line
    yield from rest


def _last_header(lines: Sequence[Line], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first row of the table at the end of a page; one of that page or of one before."""
    rows = [line.cells for line in lines if line.cells]
    if not rows:
        return ()
    first = next((row for row in rows if len(row) == len(rows[-1])), rows[-1])
    return before if len(before) == len(first) else first


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _without_furniture(lines: Sequence[Line], furniture: frozenset[str]) -> list[Line]:
    """Drop running heads and page numbers from both ends of a page."""
    kept = list(lines)
    for end in (0, -1):
        for _ in range(FURNITURE_LINES):
            if not kept or kept[end].cells:
                break
            if _key(kept[end].text) in furniture or PAGE_NUMBER.match(kept[end].text):
                del kept[end]
    return kept


def _paragraphs(lines: list[Line], page: int) -> Iterator[_Paragraph]:
    if not lines:
        return
    plain = [line for line in lines if not line.cells] or lines
    margins = _margins(plain)
    ends = sorted(_end(line, margins) for line in plain)
    full = ends[int(0.9 * (len(ends) - 1))] * FULL_LINE_SHARE
    number = 0
    current: _Paragraph | None = None
    previous_size = 0.0
    for line in lines:
        if line.cells:
            if current is not None:
                yield current
            number += 1
            yield _Paragraph(line.text, page, number, number == 1, indented=False, cells=line.cells)
            current = None
            continue
        indented = _indent(line, margins) > INDENT_CHARACTERS
        starts = indented or bool(NUMBERED.match(line.text))
        if current and current.open and _same_size(line, previous_size) and not starts:
            current.add(line)
        else:
            if current is not None:
                yield current
            number += 1
            current = _Paragraph(line.text, page, number, number == 1, indented)
            current.note(line)
        current.open = _end(line, margins) >= full
        previous_size = line.size
    if current is not None:
        yield current


def _margins(lines: list[Line]) -> list[float]:
    """Return where the columns of a page begin: starts of many lines, far apart."""
    known = sorted(line.left for line in lines if line.left >= 0)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    margins = known[:1]
    for left in known:
        near = sum(abs(other - left) < size for other in known)
        far = left - margins[-1] > MIN_COLUMN_CHARACTERS * max(size, MIN_SIZE)
        if far and near >= max(MIN_COLUMN_LINES, MIN_COLUMN_SHARE * len(lines)):
            margins.append(left)
    return margins


def _indent(line: Line, margins: list[float]) -> float:
    """Return how far a line begins behind the margin of its column, in characters."""
    size = max(line.size, MIN_SIZE)
    margin = max((left for left in margins if left <= line.left + size), default=line.left)
    return max(0.0, (line.left - margin) / size)


def _end(line: Line, margins: list[float]) -> float:
    """Return where a line ends, in characters from the margin of its column."""
    indent = _indent(line, margins)
    return _width(line.text) + (indent if indent <= MAX_INDENT_CHARACTERS else 0.0)


def _same_size(line: Line, previous: float) -> bool:
    share = SAME_SIZE if line.confidence is None else SAME_SIZE_RECOGNISED
    return abs(line.size - previous) < share * max(line.size, 1.0)


def _width(text: str) -> float:
    return sum(1.0 if ord(char) >= LAST_ASCII else 0.5 for char in text)


def _glue(before: str, after: str) -> str:
    """Return the space between two joined lines: one between Latin words, none in Chinese."""
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() else ""
