"""The example package, installed as pip leaves it: its code and its entry points in one folder."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    copytree(EXAMPLE / "renda_example", folder / "renda_example")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    info = folder / f"renda_example-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: renda-example\nVersion: 1.0\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture
def renda(site):
    def call(*arguments):
        path = os.pathsep.join([str(site), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-m", "renda_nlp", *map(str, arguments)],
            capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip

    return call


def write_settings(folder, text):
    path = folder / "renda.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_segmenter_is_chosen_by_name(renda, tmp_path):
    settings = write_settings(tmp_path, '[segment]\nengine = "characters"\n')
    (tmp_path / "a.txt").write_text("自来水停了\n", "utf-8")
    found = renda("segment", tmp_path / "a.txt", "--fine", "--config", settings)
    assert found.stdout == "自 来 水 停 了\n", found.stderr


def test_a_classifier_is_chosen_by_name_and_gets_its_folder(renda, tmp_path):
    (tmp_path / "word.txt").write_text("龙头\n", "utf-8")
    settings = write_settings(
        tmp_path, f'[classify]\nengine = "water"\nmodel = "{tmp_path.as_posix()}"\n'
    )
    (tmp_path / "表.csv").write_text("编号,意见内容\n1,龙头不出水\n2,路灯不亮了\n", "utf-8")
    found = renda("classify", tmp_path / "表.csv", "--config", settings)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(row["topic"], row["confidence"]) for row in rows] == [
        ("drinking_water", 0.9), ("other", 0.8),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_report_reads_and_writes_by_plug_ins(renda, tmp_path):
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "选民意见箱.voice").write_text(
        "0|高坎村三组自来水每天停水，水压不足。\n9|高坎村四组自来水又停水了，水压太小。\n", "utf-8"
    )
    (folder / "坏录音.voice").write_text("没有时间\n", "utf-8")
    made = renda("report", folder, "-o", tmp_path / "报告")
    assert made.returncode == 0, made.stderr
    assert "坏录音.voice：第1行没有时间" in made.stderr
    text = (tmp_path / "报告" / "report.md").read_text("utf-8")
    assert "（2件）" in text
    rows = (tmp_path / "报告" / "opinions.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(row)["locator"] for row in rows} == {"第1行", "第2行"}


def test_doctor_lists_what_other_packages_add(renda):
    said = renda("doctor").stdout
    assert "voice" in said
    assert "characters" in said


def test_an_unknown_name_is_told_with_the_choice(renda, tmp_path):
    settings = write_settings(tmp_path, '[segment]\nengine = "hanlp"\n')
    (tmp_path / "a.txt").write_text("停水\n", "utf-8")
    found = renda("segment", tmp_path / "a.txt", "--fine", "--config", settings)
    assert found.returncode == 2
    assert "characters, jieba, rjieba" in found.stderr
