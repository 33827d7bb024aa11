import json
import re
import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from renda_nlp.cli import app, doctor
from renda_nlp.cli.doctor import EXTRAS, NEEDED
from renda_nlp.config import Config, load_config

ROOT = Path(__file__).parent.parent
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


@pytest.mark.slow
def test_a_report_takes_topics_of_the_offices_own(runner, table, tmp_path):
    model, folder = tmp_path / "模型", tmp_path / "资料"
    assert runner.invoke(app, ["train", str(table), "-o", str(model)]).exit_code == 0
    folder.mkdir()
    texts = ["高坎村自来水停了三天", "高坎村四组自来水又停了", "高坎村道没有硬化", "高坎村路面坑洼"]
    (folder / "意见箱.txt").write_text("".join(f"{text}，请解决。\n" for text in texts), "utf-8")
    (folder / "renda.toml").write_text(f'[classify]\nmodel = "{model.as_posix()}"\n', "utf-8")
    result = runner.invoke(
        app, ["report", str(folder), "-o", str(tmp_path / "报告"), "--jobs", "1"]
    )
    assert result.exit_code == 0, result.output
    made = json.loads((tmp_path / "报告" / "report.json").read_text("utf-8"))
    counts = {topic["topic"]: topic["n_opinions"] for topic in made["topics"]}
    assert {"水": 2, "路": 2}.items() <= counts.items()


def test_a_missing_label_column_is_told_with_the_choice(runner, table, tmp_path):
    result = runner.invoke(app, ["train", str(table), "-o", str(tmp_path / "m"), "--labels", "类"])
    assert result.exit_code == 2
    assert "“类”" in result.output
    assert "标签" in result.output


def test_doctor_says_what_is_there(runner):
    text = runner.invoke(app, ["doctor"]).stdout
    assert "自带模型：23个主题" in text
    assert "docx" in text
    found = json.loads(runner.invoke(app, ["doctor", "--json"]).stdout)
    assert found["formats"]["docx"] is True
    assert found["packages"]["jieba"] == "0.42.1"


def test_doctor_knows_every_dependency_and_extra():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    def names(lines):
        return {re.match(r"[\w-]+", line).group() for line in lines}

    assert set(NEEDED) == names(project["dependencies"])
    extras = project["optional-dependencies"]
    assert set(EXTRAS) == set(extras) - {"test", "dev"}
    for name, (_, packages) in EXTRAS.items():
        lines = extras[name]
        beside = [
            extras[found[1]] for line in lines if (found := re.match(r"renda-nlp\[(\w+)\]", line))
        ]
        assert set(packages) == names(sum(beside, lines)) - {"renda-nlp"}, name


def test_doctor_names_what_a_missing_extra_keeps_from_being_read(runner, monkeypatch):
    real = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name == "py7zr" else real(name))
    text = runner.invoke(app, ["doctor"]).stdout
    assert "未安装：pip install 'renda-nlp[7z]'" in text
    assert "暂不能读：7z，需要可选部件 7z" in text


def test_a_missing_needed_library_is_an_error(runner, monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name == "lxml" else "1")
    result = runner.invoke(app, ["doctor"])
    assert result.exit_code == 2
    assert "缺少必需的库：lxml" in result.output


def test_the_sample_is_written_out_and_can_be_read(runner, tmp_path):
    folder = tmp_path / "样例"
    assert runner.invoke(app, ["sample", "-o", str(folder)]).exit_code == 0
    assert len([p for p in folder.rglob("*") if p.is_file()]) > 20
    again = runner.invoke(app, ["sample", "-o", str(folder)])
    assert again.exit_code == 2
    assert "已存在" in again.output


def test_the_schema_is_written_for_editors(runner, tmp_path):
    path = tmp_path / "s.json"
    assert runner.invoke(app, ["config", "schema", "-o", str(path)]).exit_code == 0
    assert json.loads(path.read_text("utf-8"))["title"] == "renda.toml"


def test_help_is_grouped_and_chinese(runner):
    text = runner.invoke(app, ["--help"]).stdout
    for group in ("做报告", "分步使用", "自己的模型", "安装与设置"):
        assert group in text
    for arguments in ([], ["report"], ["train"], ["config"], ["config", "init"]):
        text = runner.invoke(app, [*arguments, "--help"]).stdout
        assert text.startswith("用法：")
        assert not re.search(r"Options|Usage|Commands:|Show |default|required", text)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts_are_printed(runner, shell):
    result = runner.invoke(app, [], prog_name="renda", env={"_RENDA_COMPLETE": f"source_{shell}"})
    assert result.exit_code == 0
    assert "_RENDA_COMPLETE" in result.stdout


def test_a_command_is_completed(runner):
    env = {"_RENDA_COMPLETE": "complete_bash", "COMP_WORDS": "renda rep", "COMP_CWORD": "1"}
    assert runner.invoke(app, [], prog_name="renda", env=env).stdout.split() == ["report"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["report"], "缺少参数"),
        (["report", "资料"], "缺少选项 '-o' / '--output'"),
        (["reprot"], "没有命令 'reprot'"),
        (["doctor", "--jsno"], "没有选项 --jsno"),
        (["doctor", "多余"], "多出的参数：多余"),
        (["train", "-o", "m", "--epochs", "x"], "'--epochs' 的值不对"),
        (["config", "ini"], "没有命令 'ini'"),
    ],
)
def test_usage_errors_are_chinese(runner, call, words):
    result = runner.invoke(app, call)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "用法见 --help" in result.stderr


def test_the_written_settings_are_the_defaults(runner, tmp_path):
    path = tmp_path / "renda.toml"
    assert runner.invoke(app, ["config", "init", "-o", str(path)]).exit_code == 0
    assert load_config(path) == Config()
    again = runner.invoke(app, ["config", "init", "-o", str(path)])
    assert again.exit_code == 2
    assert "已存在" in again.output
