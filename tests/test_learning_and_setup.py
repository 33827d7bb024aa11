import json

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.config import Config, load_config

ROWS = [
    ("水管漏水没人修", "水"), ("自来水停了三天", "水"), ("水压太小洗不了澡", "水"), ("水费收得不明不白", "水"),
    ("路面坑洼摔了人", "路"), ("村道没有硬化", "路"), ("路灯不亮看不见路", "路"), ("大车压坏了公路", "路"),
] * 3  # fmt: skip


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "标注.xlsx"
    book = Workbook()
    book.active.append(["编号", "意见内容", "标签"])
    for number, (text, label) in enumerate(ROWS):
        book.active.append([number, f"{text}，第{number}次反映", label])
    book.save(path)
    return path


@pytest.fixture
def runner():
    return CliRunner()


def test_a_model_of_own_labels_is_trained_used_and_judged(runner, table, tmp_path):
    model = tmp_path / "模型"
    result = runner.invoke(app, ["train", str(table), "-o", str(model)])
    assert result.exit_code == 0, result.output
    assert "24条、2种标签" in result.stdout
    lines = runner.invoke(app, ["classify", str(table), "--model", str(model)]).stdout.splitlines()
    found = [json.loads(line)["topic"] for line in lines]
    assert found == [label for _, label in ROWS]
    judged = json.loads(runner.invoke(app, ["evaluate", str(model), str(table), "--json"]).stdout)
    assert judged["accuracy"][0] == 1.0
    assert judged["per_label"]["水"][3] == 12
    assert "宏平均F1 1.000" in runner.invoke(app, ["evaluate", str(model), str(table)]).stdout


def test_a_missing_label_column_is_told_with_the_choice(runner, table, tmp_path):
    result = runner.invoke(app, ["train", str(table), "-o", str(tmp_path / "m"), "--labels", "类"])
    assert result.exit_code == 2
    assert "“类”" in result.output
    assert "标签" in result.output


def test_doctor_says_what_is_there(runner):
    text = runner.invoke(app, ["doctor"]).stdout
    assert "自带模型：23个主题" in text
    assert "docx" in text


def test_the_written_settings_are_the_defaults(runner, tmp_path):
    path = tmp_path / "renda.toml"
    assert runner.invoke(app, ["config", "init", "-o", str(path)]).exit_code == 0
    assert load_config(path) == Config()
    again = runner.invoke(app, ["config", "init", "-o", str(path)])
    assert again.exit_code == 2
    assert "已存在" in again.output
