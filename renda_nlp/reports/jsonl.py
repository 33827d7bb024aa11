"""opinions.jsonl: one line per opinion, masked, after one line that marks the file as ours."""

import json
from pathlib import Path

from renda_nlp.records import Report
from renda_nlp.reports.rows import flat_row
from renda_nlp.table import OpinionTable

__all__ = ["JsonlWriter"]

_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonlWriter:
    """Writes opinions.jsonl."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:  # noqa: ARG002
        """Write the rows to ``path`` in reading order; each line carries the marker ``_renda``."""
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            for row in table.rows():
                line = {"_renda": "opinion", **flat_row(row)}
                file.write(_encode(line) + "\n")
