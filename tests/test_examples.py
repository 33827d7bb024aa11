"""The examples run, and print what they promise."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "scripts" / "examples"
NEEDS = {"spacy_pipeline": ("spacy",), "tables_and_datasets": ("duckdb", "polars", "datasets")}
PROMISED = {
    "five_tasks": ["1 报告：", "2 分类：drinking_water", "3 训练：“水压太小”判为 水", "4 热点：", "5 选题："],
    "spacy_pipeline": ["PLACE\t高坎村", "AMOUNT\t120万元", "主题： 安全饮水"],
    "tables_and_datasets": ["pandas： ", "polars： ", "DuckDB： ", "datasets： ", "回到意见： "],
}  # fmt: skip


def test_every_example_is_tested():
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(PROMISED)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROMISED))
def test_an_example_runs(name, tmp_path):
    for library in NEEDS.get(name, ()):
        pytest.importorskip(library)
    done = subprocess.run(
        [sys.executable, EXAMPLES / f"{name}.py", *([tmp_path] if name != "spacy_pipeline" else [])],
        capture_output=True, text=True, check=False, cwd=EXAMPLES.parent.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for words in PROMISED[name]:
        assert words in done.stdout
