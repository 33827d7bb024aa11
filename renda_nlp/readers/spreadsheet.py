"""Workbooks (xlsx, xlsm, xlsb, xls, et, ods) by python-calamine."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import python_calamine as calamine

from renda_nlp.errors import ReadError
from renda_nlp.readers.sheetlimits import check_area
from renda_nlp.records import Block, Locator

__all__ = ["SpreadsheetReader"]

_STRAY_RETURN = "_x000D_"  # a carriage return that a program exported without reading the escape
Merge = tuple[tuple[int, int], tuple[int, int]]  # (first row, column), (last row, column), from 0


class SpreadsheetReader:
    """Reads every sheet, hidden ones too; merged cells are filled with their value."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield a block per row that is not blank; the locator carries sheet and row.

        Raises:
            ReadError: The workbook is damaged, encrypted or no workbook.
        """
        check_area(path)
        try:
            workbook = calamine.CalamineWorkbook.from_path(path)
        except calamine.PasswordError as error:
            raise ReadError("表格有密码，请去掉密码后再放入") from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise ReadError(
                "表格已损坏或不是表格文件，请用 Excel 或 WPS 打开后另存为 xlsx"
            ) from error
        with workbook:
            for metadata in workbook.sheets_metadata:
                if metadata.typ == calamine.SheetTypeEnum.WorkSheet:
                    yield from _read_sheet(workbook, metadata.name, file)


def _read_sheet(workbook: calamine.CalamineWorkbook, name: str, file: str) -> Iterator[Block]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        merges = sheet.merged_cell_ranges or []
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ReadError(f"工作表“{name}”已损坏，请用 Excel 或 WPS 打开后另存为 xlsx") from error
    if sheet.start is None:
        return
    fill = _MergeFiller(merges)
    first_column = sheet.start[1]
    for row, values in enumerate(sheet.iter_rows(), sheet.start[0]):
        cells = [""] * first_column + [_text(value) for value in values]
        fill.fill(row, cells)
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            yield Block(
                text="\t".join(cells),
                locator=Locator(file=file, sheet=name, row=row + 1),
                cells=tuple(cells),
            )


class _MergeFiller:
    """Copies the value of each merged range into its cells, row after row."""

    def __init__(self, merges: list[Merge]) -> None:
        self._waiting = sorted(merges, reverse=True)
        self._active: list[tuple[Merge, str]] = []

    def fill(self, row: int, cells: list[str]) -> None:
        """Fill the cells of one row in place; rows must come in order."""
        self._active = [entry for entry in self._active if entry[0][1][0] >= row]
        while self._waiting and self._waiting[-1][0][0] <= row:
            merge = self._waiting.pop()
            column = merge[0][1]
            if merge[0][0] == row and column < len(cells):
                self._active.append((merge, cells[column]))
        for ((_, first), (_, last)), value in self._active:
            for column in range(first, min(last + 1, len(cells))):
                cells[column] = cells[column] or value


def _text(value: object) -> str:
    """Return a cell as people read it: dates as ISO text, whole numbers without decimals."""
    match value:
        case str():
            return value.replace(_STRAY_RETURN, "").replace("\r\n", "\n")
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.replace(microsecond=0).isoformat(sep=" ")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)
