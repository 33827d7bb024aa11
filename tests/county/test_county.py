import csv
import json
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.config import Config
from renda_nlp.county import partition
from renda_nlp.county.partition import _town_of
from renda_nlp.errors import InputError
from renda_nlp.pipeline import read_material
from renda_nlp.records import Opinion

RUNNER = CliRunner()
WATER = (
    "自来水天天停水，水压太小，请供水站解决",
    "自来水又停水三天了，老人没水喝",
    "停水从来不通知，自来水管网老化",
    "自来水晚上才来一点点，水压小",
)
ROAD = (
    "通村公路路面坑洼破损，摩托车摔了",
    "通村公路路面坑洼破损一年没人修",
    "通村公路路面坑洼，下雨没法走",
)
PLAN = """临江县人大常委会2025年监督工作计划
（2025年1月17日通过）
一、听取和审议专项工作报告
1. 听取和审议县人民政府关于农村饮水安全工作情况的报告。时间：8月。
2. 听取和审议县人民政府关于义务教育学校建设情况的报告。时间：10月。
"""
REPORT = """{town}人民政府工作报告
——2025年1月14日在{town}人民代表大会会议上
各位代表：现在，我代表镇人民政府向大会报告工作，请予审议。
一、存在的困难和问题
一是{village}自来水管网老化，经常停水，群众意见较大。
"""


def rows_of(town, village, texts):
    return [
        (f"{town}{village}", f"2025-0{n + 2}-1{n}", f"反映人{town}{n}", f"{village}二组{text}")
        for n, text in enumerate(texts)
    ]


def write_register(path, rows, heading="乡镇"):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([heading, "日期", "姓名", "反映内容"])
        writer.writerows(rows)


@pytest.fixture(scope="module")
def county_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("县") / "资料"
    said = {
        "云溪镇": rows_of("云溪镇", "石桥村", WATER),
        "高桥乡": [*rows_of("高桥乡", "双河村", WATER), *rows_of("高桥乡", "上坝村", ROAD)],
    }
    for (town, rows), village in zip(said.items(), ("石桥村", "双河村"), strict=True):
        own = folder / f"1、{town}"
        own.mkdir(parents=True)
        write_register(own / "接待选民登记表.csv", rows)
        (own / "政府工作报告.txt").write_text(REPORT.format(town=town, village=village), "utf-8")
    (folder / "县级").mkdir()
    (folder / "县级" / "临江县人大常委会2025年监督工作计划.txt").write_text(PLAN, "utf-8")
    return folder


@pytest.fixture(scope="module")
def county_run(county_folder, tmp_path_factory):
    output = tmp_path_factory.mktemp("报告")
    command = [
        "report",
        str(county_folder),
        "-o",
        str(output),
        "--by",
        "folder",
        "--as-of",
        "2025-12-31",
    ]
    result = RUNNER.invoke(app, command)
    assert result.exit_code == 0, result.output
    return output


def sheet_of(output, name):
    book = openpyxl.load_workbook(output / "县级汇总.xlsx")
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


@pytest.mark.slow
def test_each_town_has_its_own_report(county_run):
    for town in ("云溪镇", "高桥乡"):
        data = json.loads((county_run / town / "report.json").read_text("utf-8"))
        assert data["created_from"]["area"] == town
        titles = [c["title"] for c in data["candidates"] if c["chosen"]]
        assert titles[0] == f"关于{town}农村饮水安全巩固提升工作情况"
        files = {document["file"] for document in data["documents"]}
        assert [f for f in files if town not in f and not f.startswith("县级/")] == []
        assert any(file.startswith("县级/") for file in files)


@pytest.mark.slow
def test_the_counts_of_the_towns_add_up(county_run):
    header, *rows = sheet_of(county_run, "乡镇×主题")
    assert header[:4] == ["主题", "云溪镇", "高桥乡", "合计"]
    water = next(row for row in rows if row[0] == "安全饮水")
    assert water[1:4] == [4, 4, 8]


@pytest.mark.slow
def test_what_several_towns_share_is_proposed_for_joint_supervision(county_run):
    header, *rows = sheet_of(county_run, "共性问题和联动")
    shared = dict(zip(header, rows[0], strict=True))
    assert shared["工作"] == "农村饮水安全巩固提升工作情况"
    assert (shared["乡镇数"], shared["反映人数"]) == (2, 8)
    assert "县级计划已安排" in shared["联动建议"]


@pytest.mark.slow
def test_the_county_plan_stands_against_the_towns(county_run):
    header, *rows = sheet_of(county_run, "对照县级计划")
    first, second = (dict(zip(header, row, strict=True)) for row in rows[:2])
    assert first["云溪镇"] == first["高桥乡"] == "列为建议议题"
    assert second["云溪镇"] == "没有反映"
    assert "第4段" in first["出处"] or "第4行" in first["出处"]


@pytest.mark.slow
def test_a_column_divides_as_folders_do(county_folder, tmp_path):
    folder, output = tmp_path / "资料", tmp_path / "报告"
    folder.mkdir()
    rows = [*rows_of("云溪镇", "石桥村", WATER), *rows_of("高桥乡", "双河村", WATER)]
    write_register(
        folder / "热线工单.csv", [*rows, ("不详", "2025-03-01", "某人", "路灯不亮很久了没人来修")]
    )
    result = RUNNER.invoke(app, ["report", str(folder), "-o", str(output), "--by", "乡镇"])
    assert result.exit_code == 0, result.output
    assert (output / "云溪镇" / "report.html").is_file()
    assert "另有1条意见看不出属于哪个乡镇" in result.output


def test_opinions_are_divided_without_loss(county_folder):
    reading = read_material(county_folder, Config())
    total = len(list(reading.opinions))
    parts = partition(read_material(county_folder, Config()), "folder")
    divided = sum(len(own) for own in parts.towns.values())
    assert total == divided + len(parts.county) + len(parts.unplaced)
    assert sorted(parts.towns) == ["云溪镇", "高桥乡"]


def test_a_wrong_column_is_named(county_folder):
    with pytest.raises(InputError, match="没有一行的“片区2”列"):
        partition(read_material(county_folder, Config()), "片区2")


@pytest.mark.slow
def test_the_outputs_are_passed_over_when_they_lie_in_the_folder(county_folder, county_run):
    assert (county_run / ".renda-output").is_file()


@pytest.mark.slow
def test_towns_are_compared_with_their_own_earlier_report(county_folder, county_run, tmp_path):
    command = [
        "report",
        str(county_folder),
        "-o",
        str(tmp_path),
        "--by",
        "folder",
        "--history",
        str(county_run),
    ]
    assert RUNNER.invoke(app, [*command, "--as-of", "2025-12-31"]).exit_code == 0
    data = json.loads((tmp_path / "云溪镇" / "report.json").read_text("utf-8"))
    assert {match["status"] for match in data["history"]} == {"continuing"}


@pytest.mark.slow
def test_the_date_of_all_towns_is_the_same(county_run):
    days = {
        json.loads((county_run / town / "report.json").read_text("utf-8"))["created_from"]["as_of"]
        for town in ("云溪镇", "高桥乡")
    }
    assert days == {date(2025, 12, 31).isoformat()}


def test_what_a_county_run_cannot_do_is_said(county_folder, tmp_path):
    command = ["report", str(county_folder), "-o", str(tmp_path), "--by", "folder", "--internal"]
    result = RUNNER.invoke(app, command)
    assert result.exit_code == 2
    assert "--by 不能与" in result.output


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("云溪镇石桥村", "云溪镇"),
        ("临江县高桥乡双河村", "高桥乡"),
        ("东城街道幸福社区", "东城街道"),
        ("石桥村", ""),
    ],
)
def test_the_town_of_an_address(place, town):
    opinion = Opinion(
        opinion_id="0", text="停水", passages=(), kind="feedback", channel="contact", place=place
    )
    assert _town_of(opinion, "乡镇", {}) == town
