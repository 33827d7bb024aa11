"""Rows to a file by its suffix, or to stdout as JSON Lines."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from renda_nlp.errors import InputError

__all__ = ["write_rows"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _flat(value: object) -> object:
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    if isinstance(value, Mapping):
        return ",".join(f"{key}={item}" for key, item in value.items())
    return value


def _safe(value: object) -> object:
    """Return a csv cell that no spreadsheet takes for a formula."""
    flat = _flat(value)
    return f"'{flat}" if isinstance(flat, str) and flat.startswith(_FORMULA_STARTS) else flat


def _jsonl(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow({key: _safe(value) for key, value in row.items()})


def _xlsx(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("结果")
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            if number == 1:
                sheet.write_row(0, 0, list(row))
            for column, value in enumerate(row.values()):
                sheet.write(number, column, _flat(value))


def _parquet(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError("写 parquet 需要 pyarrow：pip install 'renda-nlp[arrow]'") from error
    pq.write_table(pa.Table.from_pylist(list(rows)), path)


_WRITERS = {".jsonl": _jsonl, ".json": _jsonl, ".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}


def write_rows(rows: Iterable[Mapping[str, object]], output: Path | None) -> None:
    """Write rows to ``output`` by its suffix; None prints JSON Lines.

    Raises:
        InputError: The suffix is none of ours, or the file cannot be written.
    """
    if output is None:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = _WRITERS.get(output.suffix.lower())
    if writer is None:
        raise InputError(f"{output}：输出格式应为 {'、'.join(_WRITERS)}，请改后缀")
    draft = output.with_name(f".{output.name}.part")
    try:
        writer(rows, draft)
        draft.replace(output)
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{output}：无法写入（{reason}）；请检查磁盘空间和权限") from error
    finally:
        draft.unlink(missing_ok=True)
