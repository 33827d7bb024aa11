"""On a real Spark engine the rows and issues are those of a run on one machine."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="extra arrow is not installed")
pytest.importorskip("pyspark", reason="extra spark is not installed")

import pyarrow.parquet as pq  # noqa: E402

from renda_nlp.analysis import Analyzer, fill_table, make_finder  # noqa: E402
from renda_nlp.assembling import find_period  # noqa: E402
from renda_nlp.config import Config, ReadConfig  # noqa: E402
from renda_nlp.integrations.batches import from_arrow, to_arrow  # noqa: E402
from renda_nlp.integrations.spark import analyse, to_table  # noqa: E402
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
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("spark") / "热线工单.parquet"
    groups = [json.loads(line) for line in GROUPS.read_text("utf-8").splitlines()][:60]
    texts = [row["text"] for row in groups]
    columns = {
        "编号": [str(number) for number in range(len(texts))],
        "来信人": [f"U{number % 40}" for number in range(len(texts))],
        "日期": [f"2025-{1 + number % 9:02d}-03" for number in range(len(texts))],
        "内容": texts,
    }
    pq.write_table(pa.table(columns), path)
    return path


def test_rows_and_issues_are_those_of_one_machine(spark, register):
    local = fill_table(
        read_rows(register, ReadConfig(), text_column=None, id_column=None), Config()
    )
    frame = spark.read.parquet(str(register)).repartition(1)
    table = to_table(analyse(frame, name=register.name))
    assert table.ids == local.ids
    for here, there in zip(local.rows(), table.rows(), strict=True):
        assert there == here
    day = find_period(table, Config().report, None).as_of
    found = make_finder(Config()).find(table, day, None)
    assert found == make_finder(Config()).find(local, day, None)
    assert len(found) >= 3


def test_parts_of_a_table_give_the_rows_of_the_whole(spark, register):
    local = fill_table(
        read_rows(register, ReadConfig(), text_column=None, id_column=None), Config()
    )
    parts = to_table(analyse(spark.read.parquet(str(register)).repartition(3), name=register.name))
    expected = {row.opinion.opinion_id: (row.scores.topic, row.masked_text) for row in local.rows()}
    assert expected == {
        row.opinion.opinion_id: (row.scores.topic, row.masked_text) for row in parts.rows()
    }


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
