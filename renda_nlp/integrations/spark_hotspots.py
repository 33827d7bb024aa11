"""Hotspot issues of any number of opinions on a Spark cluster (extra ``spark``).

The steps are those of one machine (``hotspots.finding``), each run where its rows lie: the counts of
``learn_collection`` over parts of the table, ``cluster_block`` over blocks, ``merge_block`` over what
stands for the groups at the borders, ``HotspotFinder.draft`` over the rows of one issue. The driver
holds what all opinions tell together (words and places, not opinions) and one line an issue.

Cost of 10^8 tickets of 140 characters: a paper plan, from 50,000 invented ones
(``scripts/benchmark_spark.py``; 1.4 KB an opinion as Parquet, 2.4 KB as Arrow).

* Processor: analysis 1,500 opinions a second and core, the three counts 10,000, clustering and wording
  1,250. In all 67,000 + 10,000 + 80,000 core seconds: 44 core hours, 50 minutes on 56 cores.
* Shuffle: 24 B an opinion for the ordinals; all rows once for the blocks, 240 GB; up to three members of
  each group for the borders and the members of issues once more, some 150 GB each. The stored
  table, 140 GB, is read six times.
* Executors: a Python worker holds 400 MB of code and models, what all opinions tell (2 MB at 50,000; growing
  with the root, 100 MB at 10^8) and one block, 8 KB an opinion: 2.5 GB at ``max_block`` = 300,000.
  An area with more is divided by topic. One topic of one area with still more is one block, and so is
  one subtopic at the borders: when 5 % of 4 * 10^7 groups have one subtopic, its worker needs 25 GB.
* Driver: what all opinions tell, and 3 KB an issue while ranks are resampled. Pairs make most issues:
  with ``hotspots.min_size`` = 5 there are some 10^6, 3 GB. ``spark.driver.maxResultSize`` must allow it.
"""

from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from renda_nlp.analysis import make_finder
from renda_nlp.config import Config
from renda_nlp.errors import ConfigError
from renda_nlp.hotspots import HotspotFinder
from renda_nlp.hotspots.blocks import SHOWN, border_keys, cluster_block, merge_block
from renda_nlp.hotspots.collection import (
    CollectionFacts,
    learn_collection,
    plan_blocks,
    voices_of,
)
from renda_nlp.hotspots.finding import Standing, issue_id, rank_issues
from renda_nlp.hotspots.gazetteer import add_aliases
from renda_nlp.hotspots.heat import N_SAMPLES
from renda_nlp.integrations.batches import SCHEMA
from renda_nlp.integrations.records import from_row, record_schema, to_row
from renda_nlp.integrations.spark_counting import Batches, count_in, open_part
from renda_nlp.records import Hotspot

__all__ = ["find_hotspots", "to_hotspots"]

_OPINIONS = pa.schema([("position", pa.int64()), ("ordinal", pa.int64()), *SCHEMA])
_BLOCKED = pa.schema([*_OPINIONS, ("block", pa.int64())])
_GROUPED = pa.schema(
    [
        ("position", pa.int64()),
        ("group", pa.string()),  # id of its first member
        ("number", pa.int64()),  # of the member in its group, from 0
        ("size", pa.int64()),
        ("topic", pa.string()),  # of the first member
        ("subtopic", pa.string()),
    ]
)
_MERGED = pa.schema([("group", pa.string()), ("joined", pa.string())])
_DRAFTS = pa.schema(
    [*record_schema(Hotspot), ("first", pa.string()), ("samples", pa.list_(pa.float32()))]
)
_PLACES = pa.schema(
    [
        ("first", pa.string()),
        ("issue_id", pa.string()),
        ("rank", pa.int64()),
        ("rank_low", pa.int64()),
        ("rank_high", pa.int64()),
    ]
)
_RANKED = ("issue_id", "rank", "rank_low", "rank_high")


def _with_ordinals(analysed: DataFrame) -> DataFrame:
    """Return the opinions with their ordinals among equals, in the order of the input."""
    equals = Window.partitionBy("opinion_id").orderBy("position")
    later = (
        analysed.select("position", "opinion_id")
        .withColumn("ordinal", sql.row_number().over(equals).cast("long"))
        .where("ordinal > 1")
        .drop("opinion_id")
    )
    joined = analysed.join(sql.broadcast(later), "position", "left").fillna({"ordinal": 1})
    return joined.select(*_OPINIONS.names)


def _with_blocks(opinions: DataFrame, collection: CollectionFacts) -> DataFrame:
    """Return what people say, with all names of their places and their blocks."""

    def number(batches: Batches) -> Batches:
        for batch in batches:
            table = open_part(batch)
            add_aliases(table, collection.usual, collection.aliases)
            places = [[table.label(code) for code in own] for own in table.places]
            blocks = collection.find_blocks(table, np.arange(len(table)))
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            columns |= {"places": places, "block": blocks}
            arrays = [pa.array(columns[field.name], field.type) for field in _BLOCKED]
            yield pa.RecordBatch.from_arrays(arrays, schema=_BLOCKED)

    return opinions.where("is_voice = 1").mapInArrow(number, from_arrow_schema(_BLOCKED))


def _cluster_blocks(blocked: DataFrame, collection: CollectionFacts) -> DataFrame:
    """Return the group of each opinion inside its block."""

    def cluster(block: pa.Table) -> pa.Table:
        table = open_part(block)
        rows = voices_of(table)
        labels = cluster_block(table, rows, collection)
        order = np.argsort(labels, kind="stable")
        ordered = labels[order]
        start = np.searchsorted(ordered, ordered)
        sizes = np.bincount(labels, minlength=len(rows))
        topics, subtopics = zip(*border_keys(table, rows[ordered]), strict=True)
        columns = [
            np.asarray(block.column("position"), np.int64)[rows[order]],
            [table.ids[row] for row in rows[ordered].tolist()],
            np.arange(len(order)) - start,
            sizes[ordered],
            topics,
            subtopics,
        ]
        arrays = [pa.array(own, field.type) for own, field in zip(columns, _GROUPED, strict=True)]
        return pa.Table.from_arrays(arrays, schema=_GROUPED)

    return blocked.groupBy("block").applyInArrow(cluster, from_arrow_schema(_GROUPED))


def _merge_borders(
    grouped: DataFrame, blocked: DataFrame, collection: CollectionFacts
) -> DataFrame:
    """Return the groups after those of several blocks have been compared."""

    def merge(shown: pa.Table) -> pa.Table:
        table = open_part(shown)
        rows = voices_of(table)
        names, sizes = (shown.column(name).to_pylist() for name in ("group", "size"))
        size_of = dict(zip(names, sizes, strict=True))
        heads = sorted(size_of)  # ids of first members: in the order in which groups appear
        number_of = {name: number for number, name in enumerate(heads)}
        groups = np.array([number_of[names[row]] for row in rows.tolist()], np.int64)
        members = np.array([size_of[name] for name in heads], np.int64)
        joined = merge_block(table, rows, groups, members, collection)
        columns = [heads, [heads[first] for first in joined.tolist()]]
        return pa.Table.from_arrays([pa.array(own) for own in columns], schema=_MERGED)

    counted = grouped.where("number = 0").groupBy("topic", "subtopic").count().collect()
    counts = {(row.topic, row.subtopic): row["count"] for row in counted}
    plan = [(*pair, block) for pair, block in plan_blocks(counts, collection.max_block).items()]
    session = grouped.sparkSession
    border = session.createDataFrame(plan, "topic string, subtopic string, border long")
    shown = grouped.where(sql.col("number") < SHOWN).join(
        sql.broadcast(border), ["topic", "subtopic"]
    )
    shown = shown.select("position", "group", "size", "border").join(blocked, "position")
    merged = shown.groupBy("border").applyInArrow(merge, from_arrow_schema(_MERGED))
    return grouped.join(merged, "group").select("position", sql.col("joined").alias("group"))


@cache
def _finder(config: Config) -> HotspotFinder:
    """Return the finder of this Python worker, built at its first issue."""
    return make_finder(config)


def _draft_issues(
    grouped: DataFrame,
    blocked: DataFrame,
    config: Config,
    as_of: date,
    period: tuple[date, date] | None,
) -> DataFrame:
    """Return the issues without their ranks."""

    def draft(issue: pa.Table) -> pa.Table:
        table = open_part(issue)
        found = _finder(config).draft(table, voices_of(table), as_of, period)
        if found is None:
            return _DRAFTS.empty_table()
        row = to_row(found.issue) | {"first": found.issue.members[0], "samples": found.samples}
        return pa.Table.from_pylist([row], schema=_DRAFTS)

    sizes = grouped.groupBy("group").count().where(sql.col("count") >= config.hotspots.min_size)
    members = grouped.join(sizes, "group").select("position", "group").join(blocked, "position")
    return members.groupBy("group").applyInArrow(draft, from_arrow_schema(_DRAFTS))


def _rank(drafts: DataFrame, as_of: date) -> DataFrame:
    """Return the issues with their ranks, which the driver finds from one line an issue."""
    lines = drafts.select("heat", "n_people", "first", "samples").toArrow()
    samples = lines["samples"].combine_chunks().flatten().to_numpy().reshape(-1, N_SAMPLES)
    told = [lines[name].to_pylist() for name in ("heat", "n_people", "first")]
    standings = [Standing(*own) for own in zip(*told, samples, strict=True)]
    rows = [
        {
            "first": standing.first,
            "issue_id": issue_id(as_of, place.rank),
            "rank": place.rank,
            "rank_low": place.low,
            "rank_high": place.high,
        }
        for standing, place in zip(standings, rank_issues(standings), strict=True)
    ]
    session = drafts.sparkSession
    places = session.createDataFrame(pa.Table.from_pylist(rows, schema=_PLACES))
    ranked = drafts.drop(*_RANKED, "samples").join(sql.broadcast(places), "first")
    return ranked.select(*record_schema(Hotspot).names)


def find_hotspots(
    analysed: DataFrame,
    config: Config | None = None,
    *,
    as_of: date,
    period: tuple[date, date] | None = None,
) -> DataFrame:
    """Return the hotspot issues of an analysed table, those that one machine finds on it.

    The table is read several times: store what ``spark.analyse`` gives as Parquet first.

    Args:
        analysed: ``position`` and the columns of ``integrations.batches.SCHEMA``, one opinion a row.
        config: Every setting that changes a result; ``hotspots.max_block`` opinions are compared in
            one go, in the memory of one Python worker.
        as_of: The day that ages count from.
        period: First and last day that count; earlier opinions are history. None counts all.

    Returns:
        One issue a row, the fields of ``records.Hotspot``; ``to_hotspots`` makes records of them.

    Raises:
        ConfigError: ``hotspots.encoder`` is set.
    """
    settings = config or Config()
    if settings.hotspots.encoder:
        raise ConfigError("hotspots.encoder 不能用于集群；请去掉这一项，用自带的词向量")
    opinions = _with_ordinals(analysed)
    collection = learn_collection(count_in(opinions), settings.hotspots)
    blocked = _with_blocks(opinions, collection)
    grouped = _cluster_blocks(blocked, collection).persist(StorageLevel.DISK_ONLY)
    if len(set(collection.blocks.values())) > 1:
        grouped = _merge_borders(grouped, blocked, collection).persist(StorageLevel.DISK_ONLY)
    drafts = _draft_issues(grouped, blocked, settings, as_of, period)
    return _rank(drafts.persist(StorageLevel.DISK_ONLY), as_of)


def to_hotspots(issues: DataFrame) -> tuple[Hotspot, ...]:
    """Return the issues of ``find_hotspots`` as records of this process, by rank."""
    rows = issues.sort("rank").toArrow().to_pylist()
    return tuple(from_row(Hotspot, row) for row in rows)
