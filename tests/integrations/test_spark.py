"""On a real Spark engine the rows and issues are those of a run on one machine."""

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="extra arrow is not installed")
pytest.importorskip("pyspark", reason="extra spark is not installed")

import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import functions as sql  # noqa: E402

from renda_nlp.analysis import Analyzer, fill_table, make_finder  # noqa: E402
from renda_nlp.config import Config, HotspotConfig, ReadConfig  # noqa: E402
from renda_nlp.errors import ConfigError, InputError  # noqa: E402
from renda_nlp.framing import find_period  # noqa: E402
from renda_nlp.integrations.batches import from_arrow, to_arrow  # noqa: E402
from renda_nlp.integrations.spark import _first_row, analyse, to_table  # noqa: E402
from renda_nlp.integrations.spark_hotspots import find_hotspots, to_hotspots  # noqa: E402
from renda_nlp.table import OpinionTable  # noqa: E402
from renda_nlp.tabular import read_rows  # noqa: E402

GROUPS = Path(__file__).parents[2] / "corpora" / "hotspots" / "groups.jsonl"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java runtime is installed"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("spark") / "热线工单.parquet"
    groups = [json.loads(line) for line in GROUPS.read_text("utf-8").splitlines()][:300]
    numbers = [*range(len(groups)), *range(9)]  # equal opinions, in other parts of the table
    columns = {
        "编号": [str(number) for number in numbers],
        "来信人": [f"U{number % 40}" for number in numbers],
        "日期": [f"2025-{1 + number % 9:02d}-03" for number in numbers],
        "内容": [groups[number]["text"] for number in numbers],
    }
    pq.write_table(pa.table(columns), path)
    return path


@pytest.fixture(scope="module")
def local(register):
    rows = read_rows(register, ReadConfig(), text_column=None, id_column=None)
    return fill_table(rows, Config())


@pytest.fixture(scope="module")
def analysed(spark, register, tmp_path_factory):
    """Return the path of the analysed table, from four parts of the input."""
    path = str(tmp_path_factory.mktemp("analysed") / "table.parquet")
    frame = spark.read.parquet(str(register)).withColumn("n", sql.monotonically_increasing_id())
    parts = frame.repartitionByRange(4, "n").sortWithinPartitions("n").drop("n")
    analyse(parts, name=register.name).write.parquet(path)
    return path


def test_rows_of_parts_are_those_of_one_machine(spark, analysed, local):
    frame = spark.read.parquet(analysed)
    assert frame.select(sql.spark_partition_id()).distinct().count() > 1
    table = to_table(frame)
    assert list(table.ids) == list(local.ids)
    assert len({name.rpartition("-")[0] for name in table.ids}) == len(table) - 9
    for here, there in zip(local.rows(), table.rows(), strict=True):
        assert there == here


@pytest.mark.parametrize("max_block", [1000, 40])
def test_issues_are_those_of_one_machine(spark, analysed, local, max_block):
    """In one block, and in several whose groups are compared in blocks too."""
    config = Config(hotspots=HotspotConfig(max_block=max_block))
    day = find_period(local, config.report, None).as_of
    period = (date(2025, 1, 1), day)
    expected = make_finder(config).find(local, day, period)
    local.issue_ids.clear()
    shuffled = spark.read.parquet(analysed).repartition(3, "topics")
    found = to_hotspots(find_hotspots(shuffled, config, as_of=day, period=period))
    assert found == expected
    assert len(found) >= 20


def test_a_stored_table_is_the_table(tmp_path, register):
    """Analysed opinions come back from Parquet byte for byte, without Spark."""
    config = Config()
    opinions = tuple(read_rows(register, ReadConfig(), text_column=None, id_column=None))
    batch = Analyzer(config)(opinions)
    pq.write_table(pa.Table.from_batches([to_arrow(batch)]), tmp_path / "a.parquet")
    stored = pq.read_table(tmp_path / "a.parquet").to_batches()[0]
    one, two = OpinionTable(), OpinionTable()
    one.append(batch)
    two.append(from_arrow(stored))
    assert list(one.rows()) == list(two.rows())
    assert one.labels.names == two.labels.names
    for name in ("words", "title_words", "names"):
        assert [row.tolist() for row in getattr(one, name)] == [
            row.tolist() for row in getattr(two, name)
        ]
    assert to_arrow(from_arrow(stored)).equals(stored)


def test_a_sentence_encoder_is_refused_before_anything_runs():
    config = Config(hotspots=HotspotConfig(encoder="句向量"))
    with pytest.raises(ConfigError, match=r"hotspots\.encoder 不能用于集群"):
        find_hotspots(None, config, as_of=date(2025, 6, 1))


def test_partitions_that_changed_are_told():
    bounds = {0: (0, 5), 3: (5, 9)}
    assert _first_row((3 << 33) + 1, 3, bounds) == 6
    for number, n_rows in ((2 << 33, 1), ((3 << 33) + 1, 4)):
        with pytest.raises(InputError, match="请先把表存成 Parquet"):
            _first_row(number, n_rows, bounds)
