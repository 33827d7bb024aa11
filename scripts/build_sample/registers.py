"""Registers of residents' opinions: one row per opinion, in the formats offices really use."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from markup import format_row
from register_rows import RegisterRow, parse_register_row
from table_files import Layout, Row, write_csv, write_xls, write_xlsx
from web_pages import write_html
from workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register.

    Attributes:
        source: File of the content folder.
        file: File of the sample; its suffix is the format.
        year: Year of the dates that have none.
        columns: Attribute of ``RegisterRow`` per column header, in order.
        layout: Looks of a workbook; for .html only the title counts.
        encoding: Encoding of a .csv.
    """

    source: str
    file: str
    year: int = 2025
    columns: dict[str, str]
    layout: Layout = field(default_factory=Layout)
    encoding: str = "utf-8"


def build_registers(workspace: Workspace, registers: Iterable[Register]) -> None:
    """Write every register and enter it in the ledger."""
    for register in registers:
        rows = [
            parse_register_row(line, register.year, workspace.people)
            for line in workspace.read_rows(register.source)
        ]
        _build_register(workspace, register, _order_rows(rows, register))


def _build_register(workspace: Workspace, register: Register, rows: list[RegisterRow]) -> None:
    """Write one register from its ordered rows."""
    ledger, file = workspace.ledger, register.file
    for row in rows:
        ledger.note_opinion(file, row.tags, row.text)
    read_cells = attrgetter(*register.columns.values())
    table: list[Row] = [read_cells(row) for row in rows]
    ledger.note_file(file, "feedback", "\n".join("\t".join(map(str, cells)) for cells in table))
    ledger.n_rows[file] = len(rows)
    path = workspace.make_path(file)
    if not workspace.keeps(path):
        _write_register(path, register, table)


def _order_rows(rows: list[RegisterRow], register: Register) -> list[RegisterRow]:
    """Sort rows by date, or by village and date where village cells are merged, and number them."""
    ordered = sorted(rows, key=attrgetter("date"))
    if register.layout.merge_first:
        villages = list(dict.fromkeys(row.village for row in ordered))  # by first date
        ordered.sort(key=lambda row: villages.index(row.village))
    return [replace(row, number=number) for number, row in enumerate(ordered, 1)]


def _write_register(path: Path, register: Register, table: list[Row]) -> None:
    """Write the cells of a register in the format of its file name."""
    header = list(register.columns)
    match path.suffix:
        case ".xlsx":
            write_xlsx(path, header, table, register.layout)
        case ".xls":
            write_xls(path, header, table, register.layout)
        case ".html":
            lines = [format_row([str(cell) for cell in row]) for row in [header, *table]]
            write_html(path, [f"# {register.layout.title}", *lines])
        case ".csv":
            write_csv(path, header, table, register.encoding)
        case suffix:
            raise ValueError(f"{path}: no writer for registers in {suffix}")
