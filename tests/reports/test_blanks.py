"""Blank registers: filled in as a clerk would, they are read without guessing."""

import datetime

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from renda_nlp import read_folder
from renda_nlp.cli import app
from renda_nlp.reports.blanks import BLANKS
from renda_nlp.splitting.fields import field_of, make_synonyms

DAY = datetime.date(2026, 3, 5)
ENTRIES = {
    "选民意见登记表": {"编号": 1, "来访日期": DAY, "渠道": "热线工单", "姓名": "王小明", "联系电话": "13812345678", "地址": "高坎村三组",
                "反映内容": "三组自来水每天停水，水压不足，请尽快修。", "附议人数": 4, "办理情况": "供水站已安排检修，下周换泵。", "办理结果": "A（已解决）"},
    "代表建议台账": {"建议编号": 7, "提出时间": DAY, "领衔代表": "李代表", "附议人数": 5, "案由": "关于修通高坎村组道路的建议",
               "建议内容": "高坎村三组道路没有硬化，下雨泥泞，建议列入今年计划。", "答复意见": "已列入计划。", "办理结果": "B（列入计划）"},
    "审议意见办理台账": {"编号": 2, "日期": DAY, "审议意见": "供水站要建立停水提前通知制度，公布抢修电话。", "责任单位": "供水站",
                 "办理情况": "已建立通知群。", "办理状态": "办理中"},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("blank")
    made = CliRunner().invoke(app, ["template", "-o", str(out)])
    assert made.exit_code == 0, made.output
    return out


def test_every_heading_is_known_or_a_plain_extra(folder):
    known = make_synonyms()
    for blank in BLANKS:
        unknown = {heading for heading in blank.headings if not field_of(heading, known)}
        assert unknown <= {"满意度", "交办日期", "办理期限"}


def test_filled_in_registers_are_read(folder):
    for title, entry in ENTRIES.items():
        path = folder / f"{title}.xlsx"
        book = load_workbook(path)
        headings = [cell.value for cell in book[title][1]]
        for heading, value in entry.items():
            book[title].cell(row=2, column=headings.index(heading) + 1, value=value)
        book.save(path)
    opinions, set_aside, failures = read_folder(folder)
    assert failures == []
    assert {item.reason for item in set_aside} == {"表头"}
    by_file = {opinion.passages[0].locator.file: opinion for opinion in opinions}
    assert len(opinions) == 3
    voter = by_file["选民意见登记表.xlsx"]
    assert (voter.channel, voter.place, voter.endorsements) == ("hotline", "高坎村三组", 4)
    assert voter.date == DAY
    assert voter.reply.startswith("供水站已安排")
    assert voter.outcome.startswith("A")
    suggestion = by_file["代表建议台账.xlsx"]
    assert (suggestion.kind, suggestion.speaker) == ("suggestion", "李代表")
    assert "没有硬化" in suggestion.text
    item = by_file["审议意见办理台账.xlsx"]
    assert item.kind == "deliberation"
    assert item.date == DAY


def test_boxes_and_dates_are_checked_by_the_sheet(folder):
    sheet = load_workbook(folder / "选民意见登记表.xlsx")["选民意见登记表"]
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"list", "date", None}  # None: only a word beside the cell
    assert any("什么地方" in (rule.prompt or "") for rule in sheet.data_validations.dataValidation)
    assert sheet.freeze_panes == "A2"


def test_a_register_that_is_there_is_not_overwritten(folder):
    made = CliRunner().invoke(app, ["template", "-o", str(folder)])
    assert made.exit_code == 2
    assert "未改动" in made.output
