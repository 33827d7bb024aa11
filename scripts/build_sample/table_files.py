"""Rows of cells to .xlsx, .xls and .csv files."""

import csv
import datetime as dt
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import xlsxwriter
from office_stamp import AUTHOR, STAMPED_AT, repack_zip
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | dt.date
Row = Sequence[Cell]

LIBREOFFICE_TIMEOUT_SECONDS = 180
NOTES_SHEET = "填表说明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Looks of a workbook.

    Attributes:
        title: Merged line over the header; none when empty.
        sheet: Name of the sheet.
        merge_first: Merge equal neighbours of the first column.
        notes: Lines of a second sheet with notes; no such sheet when empty.
    """

    title: str = ""
    sheet: str = "Sheet1"
    merge_first: bool = False
    notes: tuple[str, ...] = ()


def write_xlsx(path: Path, header: list[str], rows: Sequence[Row], layout: Layout) -> None:
    """Write a header and rows as an Excel workbook."""
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"author": AUTHOR, "created": STAMPED_AT})
    sheet = workbook.add_worksheet(layout.sheet)
    title_format = workbook.add_format({"bold": True, "align": "center", "font_size": 16})
    merged_format = workbook.add_format({"valign": "vcenter", "align": "center"})
    date_format = workbook.add_format({"num_format": "yyyy/m/d"})
    top = 0
    if layout.title:
        sheet.merge_range(0, 0, 0, len(header) - 1, layout.title, title_format)
        top = 1
    sheet.write_row(top, 0, header)
    for run in _split_runs(rows, merge_first=layout.merge_first):
        if layout.merge_first:
            _write_merged(sheet, top + 1, len(run), run[0][0], merged_format)
        for row in run:
            top += 1
            _write_row(sheet, top, row, int(layout.merge_first), date_format)
    if layout.notes:
        workbook.add_worksheet(NOTES_SHEET).write_column(0, 0, layout.notes)
    workbook.close()
    repack_zip(path)


def write_xls(path: Path, header: list[str], rows: Sequence[Row], layout: Layout) -> None:
    """Write a header and rows in the format of Excel 97, converted by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.xlsx"
        write_xlsx(source, header, rows, layout)
        command = [
            "libreoffice",
            f"-env:UserInstallation=file://{folder}/lo",
            "--headless",
            "--convert-to",
            "xls:MS Excel 97",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(
            command, check=True, capture_output=True, timeout=LIBREOFFICE_TIMEOUT_SECONDS
        )
        shutil.copyfile(source.with_suffix(".xls"), path)


def write_csv(path: Path, header: list[str], rows: Sequence[Row], encoding: str) -> None:
    """Write a header and rows as Excel saves them: UTF-16 has tabs and a byte order mark."""
    is_utf16 = encoding == "utf-16"
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if is_utf16 else ",", lineterminator="\r\n")
    writer.writerows([header, *rows])
    if is_utf16:  # little-endian on every machine
        path.write_bytes(("\ufeff" + text.getvalue()).encode("utf-16-le"))
    else:
        path.write_bytes(text.getvalue().encode(encoding))


def _split_runs(rows: Sequence[Row], *, merge_first: bool) -> Iterator[list[Row]]:
    """Yield neighbours that share the first cell, or each row alone if nothing is merged."""
    if merge_first:
        yield from (list(run) for _, run in groupby(rows, key=itemgetter(0)))
    else:
        yield from ([row] for row in rows)


def _write_merged(
    sheet: Worksheet, first_row: int, n_rows: int, value: Cell, merged_format: Format
) -> None:
    """Write the first cell of a run once, over all its rows."""
    if n_rows > 1:
        sheet.merge_range(first_row, 0, first_row + n_rows - 1, 0, value, merged_format)
    else:
        sheet.write(first_row, 0, value, merged_format)


def _write_row(
    sheet: Worksheet, at_row: int, row: Row, first_column: int, date_format: Format
) -> None:
    """Write the cells of a row from a column on; empty cells stay unwritten."""
    for column, value in enumerate(row[first_column:], first_column):
        if isinstance(value, dt.date):
            sheet.write_datetime(at_row, column, value, date_format)
        elif value != "":
            sheet.write(at_row, column, value)
