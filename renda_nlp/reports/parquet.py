"""opinions.parquet: the rows of opinions.jsonl as a columnar table (extra ``arrow``)."""

from itertools import islice
from pathlib import Path

from renda_nlp.records import Report
from renda_nlp.reports.rows import COLUMNS, flat_row
from renda_nlp.table import OpinionTable

__all__ = ["ParquetWriter"]

_ROWS = 4096


class ParquetWriter:
    """Writes opinions.parquet."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:  # noqa: ARG002
        """Write the rows to ``path`` in reading order."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {"confidence": pa.float64(), "undecided": pa.bool_(), "endorsements": pa.int64()}
        schema = pa.schema(
            [(name, kinds.get(name, pa.string())) for name in COLUMNS],
            metadata={"generator": "renda_nlp-output"},
        )
        rows = (flat_row(row) for row in table.rows())
        with pq.ParquetWriter(path, schema) as writer:
            while part := list(islice(rows, _ROWS)):
                writer.write_table(pa.Table.from_pylist(part, schema=schema))
