"""From odd material to opinions: traditional characters, previews, overrides, encodings."""

import json

from typer.testing import CliRunner

from renda_nlp.cli import app

SIMPLIFIED = "高坎村三组自来水经常停水，水压不足，请供水站尽快维修水管。"
TRADITIONAL = "高坎村三組自來水經常停水，水壓不足，請供水站儘快維修水管。"


def _lines(*arguments):
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_traditional_text_is_analysed_as_simplified_and_quoted_as_written(tmp_path):
    path = tmp_path / "来信.txt"
    path.write_bytes(f"{TRADITIONAL}\n{TRADITIONAL}\n".encode("big5"))
    plain = tmp_path / "plain.txt"
    plain.write_text(f"{SIMPLIFIED}\n", "utf-8")
    old, new = _lines("classify", path)[0], _lines("classify", plain)[0]
    assert old.pop("text") == TRADITIONAL
    assert new.pop("text") == SIMPLIFIED
    assert old == new


def test_preview_says_what_each_column_is_taken_for(tmp_path):
    table = "序号,来访人,电话,收集时间,反映事项,天气,单位答复\n1,张三,13812345678,2025-03-01,停水三天,晴,已修\n2,李四,,2025-03-02,路灯不亮,雨,\n"
    (tmp_path / "登记表.csv").write_bytes(table.encode("gb18030"))
    (line,) = _lines("read", tmp_path, "--preview")
    assert line["columns"] == {
        "序号": "编号", "来访人": "反映人（遮盖）", "电话": "电话（遮盖）", "收集时间": "日期", "反映事项": "意见内容",
        "天气": "附加信息（保留）", "单位答复": "答复",
    }  # fmt: skip
    assert (line["kind_name"], line["opinions"]) == ("选民意见", 2)


def test_kind_can_be_set_for_files_by_pattern(tmp_path):
    (tmp_path / "镇要点.txt").write_text(
        "今年要完成高坎片区管网改造，年底前实现全天供水。\n", "utf-8"
    )
    (tmp_path / "renda.toml").write_text(
        '[read]\nkind_overrides = [["*要点*", "study"]]\n', "utf-8"
    )
    (line,) = _lines("read", tmp_path, "--preview")
    assert (line["kind"], line["kind_confidence"]) == ("study", 1.0)


def test_wrong_kind_in_the_settings_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("停水\n", "utf-8")
    (tmp_path / "renda.toml").write_text('[read]\nkind_overrides = [["*", "report"]]\n', "utf-8")
    result = CliRunner().invoke(app, ["read", str(tmp_path)])
    assert result.exit_code == 2
    assert "kind_overrides" in result.output
    assert "work_report" in result.output
