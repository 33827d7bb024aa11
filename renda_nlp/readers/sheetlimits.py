"""Refuse workbooks whose few cells span a huge area, before a parser makes room for it."""

import re
import zipfile
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import DAMAGED, check_password

__all__ = ["check_area"]

CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')
CHUNK_BYTES = 1 << 20
OVERLAP_BYTES = 200  # a tag cut in two by a chunk
MAX_AREA = 60_000_000  # cells; a million rows of sixty columns
N_LETTERS = 26


def check_area(path: Path) -> None:
    """Raise ReadError when a sheet of an xlsx file spans more cells than memory may hold."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as package:
            check_password(package)
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_sheet(package, name)
    except DAMAGED as error:
        raise ReadError("表格已损坏，请用 Excel 或 WPS 打开后另存为 xlsx") from error
    except RuntimeError as error:  # zipfile says so for encrypted members
        raise ReadError("表格有密码，请去掉密码后再放入") from error


def _check_sheet(package: zipfile.ZipFile, name: str) -> None:
    last_column, last_row, tail = 0, 0, b""
    with package.open(name) as handle:
        while chunk := handle.read(CHUNK_BYTES):
            for letters, row in CELL.findall(tail + chunk):
                last_column = max(last_column, _column(letters))
                last_row = max(last_row, int(row))
            tail = chunk[-OVERLAP_BYTES:]
            if last_column * last_row > MAX_AREA:
                raise ReadError(
                    "表格占用的行列过大（误填了最末行列），未读取；请删去空白行列后另存"
                )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * N_LETTERS + letter - ord("A") + 1
    return number
