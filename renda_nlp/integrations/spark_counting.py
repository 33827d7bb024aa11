"""Counts over the parts of a table on a Spark cluster, each where it lies (extra ``spark``)."""

from collections import Counter
from collections.abc import Callable, Iterator
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema

from renda_nlp.hotspots.collection import SHARD_SHIFTS, Counting
from renda_nlp.hotspots.counts import Counts, Tally, merge_counts
from renda_nlp.integrations.batches import from_arrow
from renda_nlp.table import OpinionTable

__all__ = ["Batches", "count_in", "open_part"]

Batches = Iterator[pa.RecordBatch]

_SHARDS = 64
_COUNTS = pa.schema(
    [
        ("shard", pa.int64()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("key", pa.int64()),
        ("n", pa.int64()),
    ]
)


def open_part(data: pa.Table | pa.RecordBatch) -> OpinionTable:
    """Return opinions as a table of their own, with their ids in the whole."""
    table = OpinionTable()
    for batch in data.to_batches() if isinstance(data, pa.Table) else [data]:
        table.append(from_arrow(batch), batch.column("ordinal").to_pylist())
    return table


def _count_table(counts: Counts) -> pa.Table:
    """Return counts as rows; what is told of one word lies in one shard."""
    named = [
        (crc32(name.encode()) % _SHARDS, kind, name, None, n)
        for kind, counter in counts.names.items()
        for name, n in counter.items()
    ]
    columns = list(zip(*named, strict=True)) or [()] * len(_COUNTS)
    arrays = [pa.array(own, field.type) for own, field in zip(columns, _COUNTS, strict=True)]
    tables = [pa.Table.from_arrays(arrays, schema=_COUNTS)]
    for kind, tally in counts.tallies.items():
        n, shards = len(tally.keys), (tally.keys >> SHARD_SHIFTS.get(kind, 0)) % _SHARDS
        numbers = [shards, pa.repeat(kind, n), pa.nulls(n, pa.string()), tally.keys, tally.counts]
        tables.append(pa.Table.from_arrays([pa.array(own) for own in numbers], schema=_COUNTS))
    return pa.concat_tables(tables)


def _counts_of(data: pa.Table) -> Counts:
    """Return the counts of rows of ``_count_table``, those of one thing summed."""
    counts = Counts()
    for kind in sorted(pc.unique(data.column("kind")).to_pylist()):
        own = data.filter(pc.equal(data.column("kind"), kind))
        if own.column("name").null_count:
            keys, numbers = (np.asarray(own.column(name), np.int64) for name in ("key", "n"))
            counts.tallies[kind] = Tally.summed(keys, numbers)
        else:
            counter = counts.names[kind] = Counter[str]()
            for name, n in zip(own["name"].to_pylist(), own["n"].to_pylist(), strict=True):
                counter[name] += n
    return counts


def count_in(opinions: DataFrame) -> Counting:
    """Return what counts over all parts of the opinions, each where it lies."""

    def count(
        counter: Callable[[OpinionTable], Counts], finish: Callable[[Counts], Counts]
    ) -> Counts:
        def count_part(batches: Batches) -> Batches:
            parts = [counter(open_part(batch)) for batch in batches]
            yield from _count_table(merge_counts(parts)).to_batches()

        def finish_shard(shard: pa.Table) -> pa.Table:
            return _count_table(finish(_counts_of(shard)))

        schema = from_arrow_schema(_COUNTS)
        shards = opinions.mapInArrow(count_part, schema).groupBy("shard")
        return _counts_of(shards.applyInArrow(finish_shard, schema).toArrow())

    return count
