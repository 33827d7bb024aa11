"""Parquet tables (extra ``arrow``): the column names, then a row per record, in batches."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.records import Block, Locator

__all__ = ["ParquetReader"]

_ROWS = 4096


class ParquetReader:
    """Reads a Parquet file as a table; whole numbers come without decimals, dates as ISO text."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield the header and a block per row.

        Raises:
            ReadError: pyarrow is not installed, or the file is damaged.
        """
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise ReadError(
                "读 parquet 需要 pyarrow；请运行 pip install 'renda-nlp[arrow]'"
            ) from error
        try:
            source = pq.ParquetFile(path)
            names = tuple(source.schema_arrow.names)
            yield Block(text="\t".join(names), locator=Locator(file=file, row=1), cells=names)
            row = 1
            for batch in source.iter_batches(batch_size=_ROWS):
                for record in batch.to_pylist():
                    row += 1
                    cells = tuple(_text(record[name]) for name in names)
                    place = Locator(file=file, row=row)
                    yield Block(text="\t".join(cells), locator=place, cells=cells)
        except (pa.ArrowException, OSError) as error:
            raise ReadError("parquet 文件已损坏或不完整；请重新导出") from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list | tuple):
        return "、".join(_text(item) for item in value)
    return str(value)
