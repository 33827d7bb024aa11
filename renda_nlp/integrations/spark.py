"""The toolkit on a Spark cluster (extra ``spark``): the same stages, the same ids, the same answer.

``analyse`` runs segment, annotate, classify and mask as Arrow batch functions on the executors
(``mapInArrow``); each Python worker builds its models once. The result is a table in the form of
``integrations.batches`` that Parquet keeps.

``integrations.spark_hotspots`` finds the issues there; what both cost for 10^8 tickets stands in it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from renda_nlp.analysis import Analyzer
from renda_nlp.config import Config
from renda_nlp.errors import InputError
from renda_nlp.integrations.batches import SCHEMA, from_arrow, to_arrow
from renda_nlp.readers.parquet import arrow_blocks
from renda_nlp.records import Block, Document, Locator
from renda_nlp.splitting import TablePlan, plan_table
from renda_nlp.table import OpinionTable

__all__ = ["analyse", "to_table"]

_HEAD_ROWS = 12
_POSITION = "position"
_ROW_BITS = 33  # of the row in its partition, in ``monotonically_increasing_id``
_analyzers: dict[str, Analyzer] = {}


def _document(name: str, kind: str) -> Document:
    return Document(
        file=name,
        format="parquet",
        kind=kind,
        kind_confidence=1.0,
        title="",
        date=None,
        n_bytes=0,
        fingerprint="",
    )


def _analyzer(config: Config) -> Analyzer:
    """Return the analyzer of this Python worker, built at its first batch."""
    key = repr(config)
    if key not in _analyzers:
        _analyzers.clear()
        _analyzers[key] = Analyzer(config)
    return _analyzers[key]


def _count_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the number of a partition and of its rows; all columns are asked for, as in the analysis."""
    counts: Counter[int] = Counter()
    for batch in batches:
        if batch.num_rows:
            counts[batch.column(_POSITION)[0].as_py() >> _ROW_BITS] += batch.num_rows
    columns = [pa.array(counts.keys(), pa.int64()), pa.array(counts.values(), pa.int64())]
    yield pa.RecordBatch.from_arrays(columns, names=["partition", "n_rows"])


def _bounds(numbered: DataFrame) -> dict[int, tuple[int, int]]:
    """Return the first row of each partition in the whole table, and the end."""
    rows = numbered.mapInArrow(_count_batches, "partition long, n_rows long").collect()
    sizes = sorted((row.partition, row.n_rows) for row in rows)
    ends = accumulate((n_rows for _, n_rows in sizes), initial=0)
    return {partition: both for (partition, _), both in zip(sizes, pairwise(ends), strict=True)}


def _first_row(number: int, n_rows: int, bounds: dict[int, tuple[int, int]]) -> int:
    """Return the row in the whole table of the first row of a batch.

    Args:
        number: ``monotonically_increasing_id`` of that row.
        n_rows: Of the batch.
        bounds: Of the partitions.
    """
    partition, row = divmod(number, 1 << _ROW_BITS)
    start, end = bounds.get(partition, (0, 0))
    if start + row + n_rows > end:
        raise InputError("表的分区每次计算都不一样，行号无法确定；请先把表存成 Parquet 再分析")
    return start + row


def _analyse_batches(
    plan: TablePlan, config: Config, names: tuple[str, ...], bounds: dict[int, tuple[int, int]]
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what an executor runs on its part of the table."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        analyzer = _analyzer(config)
        for batch in batches:
            for start in range(0, batch.num_rows, config.run.batch_size):
                part = batch.slice(start, config.run.batch_size)
                row = _first_row(part.column(_POSITION)[0].as_py(), part.num_rows, bounds)
                positions = pa.array(range(row, row + part.num_rows), pa.int64())
                file = plan.context.document.file  # whose row 1 is the header
                blocks = arrow_blocks(part.to_pylist(), names, file, row + 2)
                analysed = to_arrow(analyzer(tuple(plan.opinions(blocks, row + 1))))
                yield pa.RecordBatch.from_arrays(
                    [positions, *analysed.columns],
                    names=[_POSITION, *analysed.schema.names],
                )

    return run


def analyse(
    frame: DataFrame,
    config: Config | None = None,
    *,
    name: str = "工单.parquet",
    kind: str = "feedback",
    text_column: str | None = None,
    id_column: str | None = None,
) -> DataFrame:
    """Return the opinions of a table, one per row, with everything that the stages find out.

    Args:
        frame: One message a row; columns are guessed by their names as ``renda hotspots`` does.
        config: Every setting that changes a result.
        name: Name of the table; tells the channel (热线 ...) where no column does.
        kind: Document kind of the table.
        text_column: The column with the text; guessed when None.
        id_column: The column with the id of the row; guessed when None.

    Returns:
        ``position`` (the row of the input, from 0) and the columns of ``integrations.batches.SCHEMA``.

    Raises:
        InputError: A named column is not there, or (in a task) the rows come in other partitions each
            time that Spark computes them.
    """
    settings, names = config or Config(), tuple(frame.columns)
    first = [row.asDict() for row in frame.limit(_HEAD_ROWS).collect()]
    header = Block(text="\t".join(names), locator=Locator(file=name, row=1), cells=names)
    plan = plan_table(
        _document(name, kind),
        [header, *arrow_blocks(first, names, name, 2)],
        text_column=text_column,
        id_column=id_column,
    )
    schema = pa.schema([(_POSITION, pa.int64()), *SCHEMA])
    numbered = frame.withColumn(_POSITION, sql.monotonically_increasing_id())
    run = _analyse_batches(plan, settings, names, _bounds(numbered))
    return numbered.mapInArrow(run, from_arrow_schema(schema))


def to_table(analysed: DataFrame) -> OpinionTable:
    """Return an analysed table as the columns of this process, in the order of the input.

    What ``HotspotFinder`` finds on it is what a run on one machine finds.
    """
    table = OpinionTable()
    ordered = analysed.sort(_POSITION)
    for batch in ordered.toArrow().to_batches():
        table.append(from_arrow(batch))
    return table
