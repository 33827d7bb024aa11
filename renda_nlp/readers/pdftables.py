"""Tables of a PDF page whose cells are ruled: lines make a grid, characters fall into its cells."""

import ctypes
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

__all__ = ["RuledTable", "find_tables"]

NEAR = 2.5  # points: lines so near are one
SHORTEST = 5.0
MAX_SEGMENTS = 20_000  # more is a drawing
MAX_LINES = 1_500
MAX_DEPTH = 4  # of forms in forms
MIN_EDGES = 3  # of columns: two columns
MIN_ROWS = 2
Edge = tuple[float, float, float]  # place across, from, to
Cell = tuple[int, int]  # row, column
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The grid of a table: edges from left to right and from top to bottom, merged cells.

    ``owners`` names for each (row, column) the first cell of the merged area it belongs to.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]  # falling: PDF counts from the bottom
    owners: dict[Cell, Cell]

    def cell_at(self, x: float, y: float) -> Cell | None:
        """Return the cell (its merged area's first) that holds a point, or None outside."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-edge for edge in self.ys], -y) - 1
        return self.owners.get((row, column))

    def rows(self, texts: dict[Cell, str]) -> list[tuple[str, ...]]:
        """Return the rows; the text of a merged area is in each of its cells."""
        columns = range(len(self.xs) - 1)
        return [
            tuple(texts.get(self.owners[row, column], "") for column in columns)
            for row in range(len(self.ys) - 1)
        ]


def find_tables(page: pdfium.PdfPage) -> list[RuledTable]:
    """Return the tables of a page, top to bottom."""
    across: list[Edge] = []
    down: list[Edge] = []
    for (x0, y0), (x1, y1) in _segments(page):
        if abs(y0 - y1) < 1.0 and abs(x0 - x1) >= SHORTEST:
            across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1.0 and abs(y0 - y1) >= SHORTEST:
            down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    across, down = _joined(across), _joined(down)
    if max(len(across), len(down)) > MAX_LINES:
        return []
    tables = [_table(*lines) for lines in _crossing(across, down)]
    return sorted((table for table in tables if table), key=lambda table: -table.ys[0])


def _segments(page: pdfium.PdfPage) -> Iterator[tuple[Point, Point]]:
    """Yield the straight pieces of the drawn paths of a page, as pairs of points."""
    count = 0
    for path, matrix in _paths(page):
        n_segments = raw.FPDFPath_CountSegments(path)
        count += n_segments
        if count > MAX_SEGMENTS:
            return
        start = last = (0.0, 0.0)
        for index in range(n_segments):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_LINETO and _is_finite(last, point):
                yield last, point
            elif kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            last = point
            if raw.FPDFPathSegment_GetClose(segment) and _is_finite(last, start):
                yield last, start


def _paths(page: pdfium.PdfPage) -> Iterator[tuple[Any, pdfium.PdfMatrix]]:
    """Yield (path, matrix to the page), also inside forms; raw, as most objects are characters."""
    plain = pdfium.PdfMatrix()
    waiting = [
        (raw.FPDFPage_GetObject(page, index), plain, 0)
        for index in reversed(range(raw.FPDFPage_CountObjects(page)))
    ]
    while waiting:
        item, outer, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        matrix = pdfium.PdfMatrix(own.a, own.b, own.c, own.d, own.e, own.f).multiply(outer)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        elif depth < MAX_DEPTH:
            waiting += [
                (raw.FPDFFormObj_GetObject(item, index), matrix, depth + 1)
                for index in reversed(range(raw.FPDFFormObj_CountObjects(item)))
            ]


def _is_finite(*points: Point) -> bool:
    return all(math.isfinite(value) for point in points for value in point)


def _joined(edges: list[Edge]) -> list[Edge]:
    """Join pieces that lie on one line and touch; the two sides of a thin bar are one line."""
    lines: list[list[float]] = []
    for place, start, end in sorted(edges):
        for line in reversed(lines):
            if place - line[0] > NEAR:
                lines.append([place, start, end])
                break
            if start <= line[2] + NEAR and end >= line[1] - NEAR:
                line[1], line[2] = min(line[1], start), max(line[2], end)
                break
        else:
            lines.append([place, start, end])
    return [(place, start, end) for place, start, end in lines if end - start >= SHORTEST]


def _crossing(across: list[Edge], down: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Yield the lines of each grid: lines that cross or touch belong together."""
    group = list(range(len(across) + len(down)))

    def find(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down):
            if x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR:
                group[find(i)] = find(len(across) + j)
    for root in sorted({find(index) for index in range(len(group))}):
        yield (
            [line for i, line in enumerate(across) if find(i) == root],
            [line for j, line in enumerate(down) if find(len(across) + j) == root],
        )


def _places(values: Iterable[float]) -> list[float]:
    """Return rising places, those nearer than a line's width once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _table(across: list[Edge], down: list[Edge]) -> RuledTable | None:
    xs, ys = _places(x for x, *_ in down), _places(y for y, *_ in across)[::-1]
    if len(xs) < MIN_EDGES or len(ys) < MIN_ROWS + 1:
        return None
    owners: dict[Cell, Cell] = {}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            center = (xs[column] + xs[column + 1]) / 2
            owner = (row, column)
            if column and not _is_ruled(down, xs[column], middle):
                owner = owners[row, column - 1]
            elif row and not _is_ruled(across, ys[row], center):
                owner = owners[row - 1, column]
            owners[row, column] = owner
    return RuledTable(tuple(xs), tuple(ys), owners)


def _is_ruled(lines: Sequence[Edge], place: float, at: float) -> bool:
    """Whether a line at ``place`` covers the point ``at``."""
    return any(abs(line - place) <= NEAR and start <= at <= end for line, start, end in lines)
