import json
from datetime import date
from pathlib import Path

import pytest

import renda_nlp
from renda_nlp.errors import InputError
from renda_nlp.reports.rows import COLUMNS
from renda_nlp.taxonomy import default_taxonomy

ROOT = Path(__file__).parent.parent.parent
LINES = (
    "2025年6月1日 高坎村三组自来水每天停水，水压不足，请派人修。\n"
    "2025年6月3日 高坎村四组自来水又停水了，水压太小，电话13900001234。\n"
    "2025年6月5日 镇上的麻将馆通宵打牌，吵得睡不着。\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("资料")
    (path / "意见箱.txt").write_text(LINES, "utf-8")
    return path


@pytest.fixture(scope="module")
def finished(folder):
    return renda_nlp.build_report(folder, folder / "报告", internal=True)


@pytest.fixture(scope="module")
def dataset(finished):
    pytest.importorskip("datasets")
    return renda_nlp.to_dataset(finished)


def test_the_columns_are_typed_and_the_classes_are_chinese(dataset):
    import datasets

    assert len(dataset) == 3
    for name in ("topic", "intent", "kind", "channel"):
        assert isinstance(dataset.features[name], datasets.ClassLabel)
    assert dataset.features["topic"].names == [t.name for t in default_taxonomy().topics]
    assert dataset.features["topic"].int2str(dataset["topic"][:])[:2] == ["安全饮水"] * 2
    assert dataset["date"][0] is None or isinstance(dataset["date"][0], date)


def test_the_default_edition_is_masked_and_the_internal_one_is_not(finished, dataset):
    assert "13900001234" not in " ".join(dataset["text"][:])
    assert "13900001234" in " ".join(renda_nlp.to_dataset(finished.internal)["text"][:])


def test_opinions_come_back_and_give_the_same_hotspots(finished, dataset):
    inner = renda_nlp.to_dataset(finished.internal)
    opinions = renda_nlp.from_dataset(inner)
    source = [row.opinion for row in finished.table.rows()]
    for name in ("opinion_id", "text", "kind", "channel", "date", "author", "endorsements"):
        assert [getattr(o, name) for o in opinions] == [getattr(o, name) for o in source], name
    ours = {issue.members for issue in finished.report.issues}
    theirs = renda_nlp.find_hotspots(opinions)
    assert {frozenset(m[:-2] for m in issue.members) for issue in theirs} == {
        frozenset(members) for members in ours
    }


def test_a_dataset_survives_the_disk_and_arrow(dataset, tmp_path):
    import datasets

    dataset.save_to_disk(tmp_path / "d")
    again = datasets.load_from_disk(str(tmp_path / "d"))
    assert again.features == dataset.features
    assert again.to_list() == dataset.to_list()


def test_any_dataset_with_a_text_column_will_do():
    datasets = pytest.importorskip("datasets")
    given = datasets.Dataset.from_dict({"text": ["停水", "修路"], "score": [1, 2]})
    opinions = renda_nlp.from_dataset(given, kind="suggestion", channel="suggestion")
    assert [(o.text, o.kind, o.channel) for o in opinions] == [
        ("停水", "suggestion", "suggestion"), ("修路", "suggestion", "suggestion"),
    ]  # fmt: skip
    with pytest.raises(InputError, match="没有 text 列；现有的列：score"):
        renda_nlp.from_dataset(given.remove_columns("text"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "splits"),
    [("opinions", {"train", "validation", "test"}), ("hotspots", {"train"})],
)
def test_the_corpora_load_as_they_lie(name, splits, tmp_path):
    datasets = pytest.importorskip("datasets")
    folder = ROOT / "corpora" / name
    made = datasets.load_dataset(str(folder), cache_dir=str(tmp_path))
    assert isinstance(made, datasets.DatasetDict)
    assert set(made) == splits
    for split, rows in made.items():
        path = next(p for p in folder.glob("*.jsonl") if len(splits) == 1 or p.stem == split)
        lines = path.read_text("utf-8").splitlines()
        assert len(rows) == len(lines)
        assert rows[0]["text"] == json.loads(lines[0])["text"]


@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_other_libraries_read_our_parquet(finished, folder, library, dataset):
    reader = pytest.importorskip(library)
    parquet = pytest.importorskip("pyarrow.parquet")
    path = folder / "报告" / "opinions.parquet"
    if library == "duckdb":
        found = reader.sql(f"select * from '{path}'").to_arrow_table().to_pydict()
    elif library == "polars":
        found = reader.read_parquet(path).to_dict(as_series=False)
    else:
        found = reader.read_parquet(path).to_dict("list")
    assert list(found) == list(COLUMNS)
    assert found == parquet.read_table(path).to_pydict()
    assert found["text"] == dataset["text"][:]
