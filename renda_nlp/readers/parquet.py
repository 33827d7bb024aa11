"""Parquet tables (extra ``arrow``): the column names, then a row per record, in batches."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.records import Block, Locator

__all__ = ["ParquetReader", "arrow_blocks"]

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
            first = 2
            for batch in source.iter_batches(batch_size=_ROWS):
                yield from arrow_blocks(batch.to_pylist(), names, file, first)
                first += batch.num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            raise ReadError("parquet 文件已损坏或不完整；请重新导出") from error


def arrow_blocks(
    records: Iterable[dict[str, object]], names: Sequence[str], file: str, first: int
) -> Iterator[Block]:
    """Yield a block per record of an Arrow table; the first one stands in row ``first``."""
    for row, record in enumerate(records, first):
        cells = tuple(_text(record[name]) for name in names)
        yield Block(text="\t".join(cells), locator=Locator(file=file, row=row), cells=cells)


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
