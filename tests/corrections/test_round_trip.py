"""Export, fill in as a person would, replay: the effect is there, nothing is dropped silently."""

import csv
import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from renda_nlp import build_report
from renda_nlp.cli import app
from renda_nlp.corrections import labelled_texts, read_corrections
from renda_nlp.errors import InputError

ROWS = [
    ("2025-03-01", "张三", "云溪花园小区3栋电梯停了四次，老人下不了楼，请物业维修。"),
    ("2025-03-05", "李四", "云溪花园3栋的电梯又停运，物业说没钱修，老人下不了楼。"),
    ("2025-03-09", "王五", "云溪花园小区电梯坏了一个星期，物业不修，请督促。"),
    ("2025-04-01", "赵六", "高坎村三组自来水每天停水，水压不足，请供水站解决。"),
    ("2025-04-03", "钱七", "高坎村三组天天停水，自来水压力太小，洗衣机都用不了。"),
    ("2025-04-08", "孙八", "高坎村三组的自来水又停了，水压不足，电话13812345678，请尽快修。"),
    ("2025-05-01", "周九", "桥头没有路灯，晚上看不见路，请安装。"),
    ("2025-05-02", "吴十", "中心小学门口早上堵车，接送孩子不安全。"),
    ("2025-05-03", "郑一", "今天天气不错，路过看看你们。"),
]


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    folder = tmp_path_factory.mktemp("material")
    with (folder / "登记表.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("来访日期", "姓名", "反映内容"), *ROWS])
    return folder


@pytest.fixture(scope="module")
def first(material, tmp_path_factory):
    out = tmp_path_factory.mktemp("first")
    return out, build_report(material, out)


def filled(path, sheet, column, entries):
    """Fill in one column of a sheet by (heading, words in the row): value."""
    book = load_workbook(path)
    page = book[sheet]
    headings = [cell.value for cell in page[1]]
    for words, value in entries.items():
        hits = [row for row in page.iter_rows(min_row=2) if any(words in str(c.value) for c in row)]
        assert len(hits) == 1, words
        hits[0][headings.index(column)].value = value
    book.save(path)


def rows_of(out):
    lines = (out / "opinions.jsonl").read_text("utf-8").splitlines()
    return {row["text"][:8]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def corrected(material, first, tmp_path_factory):
    """The whole road: export, fill in, replay."""
    out, run = first
    sheet, again = out / "校对.xlsx", tmp_path_factory.mktemp("again")
    made = CliRunner().invoke(app, ["review", "export", str(out), "-o", str(sheet)])
    assert made.exit_code == 0, made.output
    lift = next(issue for issue in run.report.issues if "电梯" in issue.title)
    filled(
        sheet,
        "意见校对",
        "校对主题",
        {"桥头没有路灯": "道路交通", "中心小学": "教育", "云溪花园小区3栋": "没有的主题"},
    )
    filled(sheet, "意见校对", "校对意图", {"桥头没有路灯": "建议"})
    filled(sheet, "意见校对", "校对地点", {"中心小学": "中心小学"})
    filled(sheet, "意见校对", "不是意见", {"天气不错": "是"})
    filled(
        sheet,
        "意见校对",
        "校对热点",
        {"桥头没有路灯": "出行安全", "中心小学": "出行安全", "水又停了": "单列"},
    )
    filled(sheet, "热点校对", "校对名称", {lift.issue_id: "云溪花园电梯停运无人修"})
    filled(sheet, "热点校对", "已办结", {lift.issue_id: "是"})
    done = CliRunner().invoke(
        app, ["report", str(material), "-o", str(again), "--corrections", str(sheet), "--jobs", "1"]
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return again, sheet, done


@pytest.mark.slow
def test_corrections_take_effect(corrected):
    out, _, done = corrected
    report, rows = json.loads((out / "report.json").read_text("utf-8")), rows_of(out)
    assert rows["桥头没有路灯，晚"]["topic_name"] == "道路交通"
    assert rows["桥头没有路灯，晚"]["intent"] == "建议"
    assert not any(text.startswith("今天天气") for text in rows)
    assert [item["reason"] for item in report["set_aside"]].count("校对注明不是意见") == 1
    titles = {issue["title"]: issue for issue in report["issues"]}
    assert titles["云溪花园电梯停运无人修"]["settled"]
    assert titles["出行安全"]["n_opinions"] == 2
    assert rows["高坎村三组的自来"]["issue_id"] == ""
    counts = report["counts"]
    assert counts["rows_in"] == counts["rows_with_opinions"] + counts["rows_set_aside"]
    assert "未采用1处" in done.output
    assert "没有名为“没有的主题”的主题" in done.output


@pytest.mark.slow
def test_the_report_says_what_became_of_each_correction(corrected):
    out, _, _ = corrected
    book = load_workbook(out / "report.xlsx")
    said = [[cell.value for cell in row] for row in book["校对记录"].iter_rows(min_row=2)]
    assert sum(1 for row in said if row[0] == "未采用") == 1
    assert {row[2] for row in said if row[0] == "已采用"} >= {
        "校对意图",
        "校对地点",
        "不是意见",
        "校对热点",
        "校对名称",
        "已办结",
    }
    page = (out / "report.html").read_text("utf-8")
    assert "校对记录" in page
    assert "没有名为“没有的主题”的主题" in page
    check = json.loads((out / "report.json").read_text("utf-8"))["model_check"]
    assert check["n_opinions"] == 2
    assert 0 <= check["f1_low"] <= check["f1"] <= check["f1_high"] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("carrier", ["校对.xlsx", "report.xlsx"])
def test_replaying_again_changes_nothing(material, corrected, tmp_path, carrier):
    """The sheet once more, or the report made with it: the same topics, issues and choices."""
    out, sheet, _ = corrected
    again = sheet if carrier == "校对.xlsx" else out / "report.xlsx"
    run = build_report(material, tmp_path / "out", corrections=[again])
    before = json.loads((out / "report.json").read_text("utf-8"))
    after = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    for part in ("issues", "topics", "candidates", "counts"):
        assert after[part] == before[part]
    assert rows_of(tmp_path / "out") == rows_of(out)
    assert sum(item.failed for item in run.report.corrections) == 1


@pytest.mark.slow
def test_corrections_fit_a_folder_that_changed(corrected, tmp_path):
    """Other file name and order, one row gone, two new: the rest is found, the lost one is listed."""
    _, sheet, _ = corrected
    kept = [row for row in reversed(ROWS) if not row[2].startswith("中心小学")]
    new = [
        ("2025-06-01", "新一", "东街垃圾没人收，臭得很。"),
        ("2025-06-02", "新二", "云溪花园3栋电梯还是停着，老人下不了楼。"),
    ]
    with (tmp_path / "改名.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("来访日期", "姓名", "反映内容"), *new, *kept])
    run = build_report(tmp_path, corrections=[sheet])
    assert "云溪花园电梯停运无人修" in {issue.title for issue in run.report.issues}
    failed = [item for item in run.report.corrections if item.failed]
    assert {item.note for item in failed} >= {"这次的材料中没有这条意见"}
    assert all(item.correction.source.startswith("校对.xlsx 工作表“") for item in failed)


@pytest.mark.slow
def test_labels_for_training_come_from_the_sheet_without_personal_data(corrected):
    _, sheet, _ = corrected
    labels = dict(labelled_texts(read_corrections([sheet])))
    assert labels["桥头没有路灯，晚上看不见路，请安装。"] == "道路交通"
    assert len(labels) == 3


def test_a_workbook_that_is_no_sheet_of_ours_is_refused(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["姓名", "内容"])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(InputError, match="不是校对表"):
        read_corrections([tmp_path / "别的.xlsx"])
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    with pytest.raises(InputError, match="校对表打不开"):
        read_corrections([tmp_path / "坏.xlsx"])


def test_export_needs_a_report_folder(tmp_path):
    made = CliRunner().invoke(app, ["review", "export", str(tmp_path)])
    assert made.exit_code == 2
    assert "请先运行 renda report" in made.output
