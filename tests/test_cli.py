import csv
import json
import re
import subprocess
import sys

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.taxonomy import default_taxonomy

FIELDS = ["id", "text", "topic", "topic_name", "secondary", "confidence", "undecided", "intent"]
SPOT_FIELDS = ["rank", "issue_id", "title", "heat", "n_opinions", "n_people", "first_date", "last_date",
               "place", "topic", "trend", "members"]  # fmt: skip
ROWS = [
    (
        2549.0,
        "云溪花园电梯又停了",
        "云溪花园小区3栋电梯这个月停了四次，老人下不了楼，请物业尽快维修。",
        "2025-03-01",
    ),
    (
        2550.0,
        "云溪花园电梯停运",
        "云溪花园3栋的电梯停了，物业说没钱修，老人下不了楼，请督促物业维修电梯。",
        "2025-03-09",
    ),
    (2551.0, "高坎村停水", "高坎村三组自来水每天停水，水压不足，请供水站解决。", "2025-04-01"),
    (2552.0, "", "请问异地社保怎么转移？", "2025-04-02"),
    (2553.0, "", "", "2025-04-03"),
]


@pytest.fixture
def runner():
    return CliRunner()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "工单.xlsx"
    book = Workbook()
    book.active.append(["留言编号", "留言主题", "留言详情", "留言时间"])
    for row in ROWS:
        book.active.append(list(row))
    book.save(path)
    return path


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_help_is_chinese_and_names_every_command(runner):
    text = runner.invoke(app, ["--help"]).stdout
    for name in ("report", "read", "segment", "words", "mask", "classify", "hotspots", "select"):
        assert name in text
    assert "监督议题" in text


def test_classify_gives_one_result_per_row_with_ids_as_given(runner, table):
    result = runner.invoke(app, ["classify", str(table)])
    rows = lines(result.stdout)
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == ["2549", "2550", "2551", "2552", "2553"]
    assert all(list(row) == FIELDS for row in rows)
    assert rows[0]["text"].startswith("云溪花园电梯又停了。云溪花园小区3栋")
    assert rows[2]["topic"] == "drinking_water"
    assert rows[2]["topic_name"] == "安全饮水"
    assert rows[4]["undecided"] is True
    assert {row["topic"] for row in rows} <= set(default_taxonomy().topic_ids)


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "xlsx", "parquet"])
def test_output_format_follows_the_suffix(runner, table, tmp_path, suffix):
    out = tmp_path / f"结果.{suffix}"
    assert runner.invoke(app, ["classify", str(table), "-o", str(out)]).exit_code == 0
    if suffix == "jsonl":
        rows = lines(out.read_text("utf-8"))
    elif suffix == "csv":
        rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    elif suffix == "xlsx":
        head, *body = load_workbook(out).active.iter_rows(values_only=True)
        rows = [dict(zip(head, row, strict=True)) for row in body]
    else:
        import pyarrow.parquet as pq

        rows = pq.read_table(out).to_pylist()
    assert [str(row["id"]) for row in rows] == ["2549", "2550", "2551", "2552", "2553"]


def test_classify_reads_a_text_file_line_by_line(runner, tmp_path):
    path = tmp_path / "意见.txt"
    path.write_text("路灯不亮\n工资三个月没发\n", "gb18030")
    rows = lines(runner.invoke(app, ["classify", str(path)]).stdout)
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[1]["topic"] == "employment"


def test_named_columns_win_and_a_wrong_name_is_told(runner, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n一号,路灯不亮\n", "utf-8")
    rows = lines(
        runner.invoke(
            app, ["classify", str(path), "--text-column", "乙", "--id-column", "甲"]
        ).stdout
    )
    assert rows[0]["id"] == "一号"
    result = runner.invoke(app, ["classify", str(path), "--text-column", "丙"])
    assert result.exit_code == 2
    assert "丙" in result.output
    assert "甲、乙" in result.output


def test_hotspots_lists_each_row_at_most_once(runner, table):
    result = runner.invoke(app, ["hotspots", str(table)])
    spots = lines(result.stdout)
    assert result.exit_code == 0
    assert all(list(spot) == SPOT_FIELDS for spot in spots)
    assert sorted(spots[0]["members"]) == ["2549", "2550"]
    members = [m for spot in spots for m in spot["members"]]
    assert len(members) == len(set(members))
    assert "云溪花园" in spots[0]["title"]
    assert "电梯" in spots[0]["title"]
    assert spots[0]["first_date"] == "2025-03-01"


def test_the_order_of_rows_does_not_change_the_hotspots(runner, table, tmp_path):
    book = load_workbook(table)
    head, *rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    other = Workbook()
    for row in [head, *reversed(rows)]:
        other.active.append(row)
    other.save(tmp_path / "b.xlsx")
    one, two = (
        {frozenset(s["members"]) for s in lines(runner.invoke(app, ["hotspots", str(p)]).stdout)}
        for p in (table, tmp_path / "b.xlsx")
    )
    assert one == two


def test_the_two_tables_are_written(runner, table, tmp_path):
    out = tmp_path / "热点表.xlsx"
    runner.invoke(app, ["hotspots", str(table), "--tables", str(out)])
    book = load_workbook(out)
    assert book.sheetnames[:2] == ["热点问题表", "热点问题留言明细表"]
    assert book.sheetnames[2:] == ["主题和地区", "单独意见", "严重个案"]
    assert [c.value for c in book["热点问题表"][1]] == [
        "热度排名", "问题ID", "热度指数", "时间范围", "地点/人群", "问题描述", "名次区间",
    ]  # fmt: skip
    upper = list(book["主题和地区"].iter_rows(min_row=2, values_only=True))
    ids = [name for *_, listed in upper for name in listed.split("、")]
    assert sorted(ids) == sorted(row[1].value for row in list(book["热点问题表"])[1:])


def test_mask(runner, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("请打19900001234\n=cmd|calc\n", "utf-8")
    out = tmp_path / "遮盖.csv"
    assert runner.invoke(app, ["mask", str(path), "-o", str(out)]).exit_code == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == {"id": "1", "masked_text": "请打[电话]"}
    assert rows[1]["masked_text"].startswith("'=")


def test_segment_prints_words(runner, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("主席团会议讨论审议意见\n", "utf-8")
    assert runner.invoke(app, ["segment", str(path)]).stdout.split() == [
        "主席团会议",
        "讨论",
        "审议意见",
    ]


def test_read_preview_and_rows(runner, tmp_path):
    (tmp_path / "意见箱.txt").write_text(
        "1. 高坎村三组天天停水，请解决。\n2. 石沙路坑太多了。\n", "utf-8"
    )
    preview = lines(runner.invoke(app, ["read", str(tmp_path), "--preview"]).stdout)
    assert preview[0]["file"] == "意见箱.txt"
    rows = lines(runner.invoke(app, ["read", str(tmp_path)]).stdout)
    assert any("停水" in row["text"] for row in rows)


def test_report_lists_what_was_left_out_and_strict_says_one(runner, tmp_path):
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "意见.txt").write_text("高坎村三组天天停水，请解决。\n", "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    result = runner.invoke(app, ["report", str(folder), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert "坏.docx" in result.stderr
    assert "共2个 = 读取1个 + 未读1个" in result.stdout
    strict = runner.invoke(app, ["report", str(folder), "-o", str(tmp_path / "out"), "--strict"])
    assert strict.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "没有这个文件夹", "-o", "x"], "没有这个文件夹"),
        (["classify", "没有.xlsx"], "没有.xlsx"),
    ],
)
def test_what_cannot_run_exits_with_two(runner, arguments, words):
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_a_wrong_day_and_a_wrong_suffix_are_told(runner, table, tmp_path):
    bad_day = runner.invoke(app, ["hotspots", str(table), "--as-of", "昨天"])
    assert bad_day.exit_code == 2
    assert "2025-12-31" in bad_day.output
    bad_suffix = runner.invoke(app, ["classify", str(table), "-o", str(tmp_path / "a.doc")])
    assert bad_suffix.exit_code == 2
    assert ".jsonl" in bad_suffix.output


HEAVY = ("jieba", "sklearn", "scipy", "spacy", "torch", "transformers", "datasets", "lxml", "docx")


def test_importing_the_package_and_the_command_line_loads_nothing_heavy():
    code = (
        f"import sys, renda_nlp, renda_nlp.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_input_format_gives_the_same_rows(runner, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"id": i, "title": t, "content": c} for i, t, c, _ in ROWS[:4]]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )
    with (tmp_path / "a.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, ["id", "title", "content"])
        writer.writeheader()
        writer.writerows(rows)
    found = [
        lines(runner.invoke(app, ["classify", str(tmp_path / f"a.{suffix}")]).stdout)
        for suffix in ("parquet", "jsonl", "csv")
    ]
    assert found[0] == found[1] == found[2]
    assert [row["id"] for row in found[0]] == ["2549", "2550", "2551", "2552"]
    assert found[0][0]["text"].startswith("云溪花园电梯又停了。云溪花园小区3栋")


def test_a_damaged_table_is_told(runner, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 broken PAR1")
    result = runner.invoke(app, ["classify", str(path)])
    assert result.exit_code == 2
    assert "parquet" in result.output


def test_annotate_gives_spans_that_stand_in_the_text(runner, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("2025年3月2日高坎村120户停水，依据《水法》请县水利局处理\n", "utf-8")
    row = lines(runner.invoke(app, ["annotate", str(path)]).stdout)[0]
    found = {(span["label"], span["text"]) for span in row["spans"]}
    assert {("LAW", "《水法》"), ("HEADCOUNT", "120户"), ("PLACE", "高坎村")} <= found
    assert all(row["text"][s["start"] : s["end"]] == s["text"] for s in row["spans"])


def test_a_terminal_sees_progress_and_a_pipe_does_not(monkeypatch, capsys):
    from renda_nlp.cli import progress as module

    clock = iter(range(100))
    monkeypatch.setattr(module.time, "monotonic", lambda: float(next(clock)))
    assert list(module.counted("ab")) == ["a", "b"]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(module.sys.stderr, "isatty", lambda: True, raising=False)
    assert list(module.counted("ab")) == ["a", "b"]
    assert "已分析2条，每秒" in capsys.readouterr().err
    watch = module.make_watch()
    watch.stage("读取和分析")
    watch.advance(50, 0.25)
    assert "读取和分析…" in (shown := capsys.readouterr().err)
    assert "约剩3秒" in shown  # a quarter took one second of this clock


def test_a_profile_names_each_stage_with_its_cost(runner, tmp_path):
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "登记.txt").write_text("高坎村三组停水，请修。\n高坎村停水三天了。\n", "utf-8")
    result = runner.invoke(app, ["report", str(folder), "-o", str(tmp_path / "报告"), "--profile"])
    assert result.exit_code == 0
    for stage in ("读取和分析", "找热点", "选议题", "核对引文", "写出"):
        assert re.search(rf"^{stage}：[\d.]+秒（处理器[\d.]+秒）", result.stderr, re.MULTILINE)
