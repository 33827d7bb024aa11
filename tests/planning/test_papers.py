import shutil
import subprocess
from datetime import date

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.config import Config, OfficeConfig, RunConfig
from renda_nlp.decisions import earlier_topics, read_decisions
from renda_nlp.errors import InputError
from renda_nlp.pipeline import run
from renda_nlp.reports.loading import load_report
from renda_nlp.writing import write_run

TOPIC = "关于云溪镇农村饮水安全巩固提升工作情况"
RUNNER = CliRunner()


def make_plan(report, output, *options):
    result = RUNNER.invoke(app, ["plan", str(report), "-o", str(output), *options])
    assert result.exit_code == 0, result.output
    return result


def words_of(path):
    document = docx.Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def fill(path, **by_heading):
    """Fill the first row of the sheet as a person would, in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book["决定登记表"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in by_heading.items():
        sheet.cell(2, places[heading], value)
    book.save(path)


def test_a_report_comes_back_from_its_json(town_run, town_report):
    loaded = load_report(town_report)
    assert loaded.candidates == town_run.report.candidates
    assert loaded.issues == town_run.report.issues
    assert (loaded.area, loaded.plan_year) == ("云溪镇", 2026)


def test_the_plan_has_its_parts_and_marks_what_people_write(town_report, tmp_path):
    make_plan(town_report / "report.json", tmp_path / "计划.docx")
    text = words_of(tmp_path / "计划.docx")
    for part in (
        "云溪镇人大主席团2026年监督工作计划", "（建议稿）", "一、指导思想", "【由工作人员",
        "二、监督议题", TOPIC, "三、季度安排", "召开主席团会议1次", "四、责任分工", "镇水管站",
        "视察检查常规不少于4次", "站所评议常规不少于2次", "380万元", "附件1", "民生实事",
    ):  # fmt: skip
        assert part in text, part


def test_quotes_of_the_plan_name_their_paper(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    text = words_of(tmp_path / "计划.docx")
    assert (
        "“石桥村自来水管网老化，枯水期经常停水，群众意见较大”（《云溪镇人民政府工作报告》）" in text
    )


def test_norms_are_settings(town_report, tmp_path):
    (tmp_path / "renda.toml").write_text("[plan]\ninspections = 9\n", "utf-8")
    make_plan(town_report, tmp_path / "计划.docx", "--config", str(tmp_path / "renda.toml"))
    assert "视察检查常规不少于9次，已排0次，还差9次" in words_of(tmp_path / "计划.docx")


def test_equal_reports_give_equal_bytes(town_report, tmp_path):
    for name in ("a", "b"):
        make_plan(town_report, tmp_path / name / "计划.docx")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_the_meeting_paper_has_two_pages_at_most(town_report, tmp_path):
    import pypdfium2

    make_plan(town_report, tmp_path / "计划.docx")
    paper = tmp_path / "计划-议题建议说明.docx"
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(paper),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pypdfium2.PdfDocument(str(paper.with_suffix(".pdf"))) as pages:
        assert 1 <= len(pages) <= 2


def test_decisions_are_read_back_and_become_the_plan(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(
        sheet,
        决定="调整",
        调整后的议题="关于石桥村供水情况",
        决定理由="先看石桥",
        决定日期=date(2026, 1, 8),
    )
    decision = read_decisions(sheet)[0]
    assert (decision.title, decision.decision, decision.day) == (TOPIC, "调整", date(2026, 1, 8))
    make_plan(town_report, tmp_path / "定稿.docx", "--decisions", str(sheet))
    text = words_of(tmp_path / "定稿.docx")
    assert "关于石桥村供水情况" in text
    assert "调整，先看石桥" in text


def test_a_topic_turned_down_leaves_the_plan(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(sheet, 决定="不采纳", 决定理由="县里已督办")
    make_plan(town_report, tmp_path / "定稿.docx", "--decisions", str(sheet))
    assert "宁缺毋滥" in words_of(tmp_path / "定稿.docx")


def test_a_sheet_that_people_filled_in_is_never_overwritten(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(sheet, 决定="采纳")
    before = sheet.read_bytes()
    assert "未改动" in make_plan(town_report, tmp_path / "计划.docx").output
    assert sheet.read_bytes() == before


def test_a_decision_sheet_serves_as_history(town, town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(sheet, 决定="采纳", 年底结果="未办结")
    topic = earlier_topics([sheet])[0]
    assert (topic.year, topic.title, topic.outcome) == (2026, TOPIC, "未办结")


def test_a_plan_serves_as_history(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    topics = earlier_topics([tmp_path / "计划.docx"])
    assert [(t.year, t.title, t.method) for t in topics] == [(2026, TOPIC, "跟踪督办")]


def test_a_sheet_stands_against_the_report_of_its_year(town_report, tmp_path):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(sheet, 决定="不采纳")
    assert [t.outcome for t in earlier_topics([town_report])] == ["建议"]
    fill(sheet, 决定="采纳", 年底结果="已办结")
    assert [t.outcome for t in earlier_topics([town_report, sheet])] == ["已办结"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"决定": "同意"}, "决定应为 采纳、调整、不采纳 之一，现为“同意”"),
        (
            {"决定": "采纳", "议题（建议稿）": "关于别处的工作"},
            "报告里没有“关于别处的工作”这项议题",
        ),
    ],
)
def test_a_wrong_sheet_is_named_with_its_row(town_report, tmp_path, change, message):
    make_plan(town_report, tmp_path / "计划.docx")
    sheet = tmp_path / "计划-决定登记表.xlsx"
    fill(sheet, **change)
    command = ["plan", str(town_report), "-o", str(tmp_path / "b.docx"), "--decisions", str(sheet)]
    result = RUNNER.invoke(app, command)
    assert result.exit_code == 2
    assert message in result.output
    assert "第2行" in result.output


@pytest.mark.parametrize("name", ["计划.txt", "没有.xlsx"])
def test_other_files_are_no_history(tmp_path, name):
    with pytest.raises(InputError):
        earlier_topics([tmp_path / name])


def test_only_word_files_are_plans(town_report, tmp_path):
    result = RUNNER.invoke(app, ["plan", str(town_report), "-o", str(tmp_path / "计划.pdf")])
    assert result.exit_code == 2
    assert ".docx" in result.output


def test_a_json_of_something_else_is_named(tmp_path):
    (tmp_path / "report.json").write_text('{"a": 1}', "utf-8")
    with pytest.raises(InputError, match="不是这一版"):
        load_report(tmp_path)


@pytest.mark.parametrize(
    ("level", "name", "words"),
    [
        (
            "county",
            "临江县人大常委会",
            (
                "临江县人大常委会2026年监督工作计划",
                "《中华人民共和国各级人民代表大会常务委员会监督法》",
                "每两个月至少1次",
                "县人民政府",
                "水利局",
            ),
        ),
        (
            "subdistrict",
            "云溪街道人大工委",
            ("云溪街道人大工委2026年监督工作计划", "街道办事处", "报街道党工委同意"),
        ),
    ],
)
def test_level_switches_wording_base_and_norms(town, tmp_path, level, name, words):
    config = Config(office=OfficeConfig(name=name, level=level), run=RunConfig(jobs=1))
    write_run(run(town, config, as_of=date(2025, 12, 31)), tmp_path)
    make_plan(tmp_path, tmp_path / "计划.docx")
    text = words_of(tmp_path / "计划.docx")
    assert [word for word in words if word not in text] == []
    assert ("主席团" in text.replace("云溪镇人大主席团", "")) is False
