"""The workbook: typed, filtered, linked, with columns to fill in, and no live formula."""

import datetime
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from renda_nlp.records import Correction, ReplayedCorrection, Report
from renda_nlp.reports import workbook, xlsx
from renda_nlp.reports.wording import rank_range
from renda_nlp.reports.xlsx import XlsxWriter
from renda_nlp.table import OpinionTable

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def path(report: Report, table: OpinionTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("excel") / "report.xlsx"
    XlsxWriter().write(report, table, out)
    return out


def columns(sheet) -> dict[str, list[object]]:
    rows = list(sheet.iter_rows(values_only=True))
    return {heading: [row[at] for row in rows[1:]] for at, heading in enumerate(rows[0])}


def test_sheets_in_the_order_in_which_they_are_read(path: Path) -> None:
    names = load_workbook(path).sheetnames
    assert names[:5] == ["说明", "热点", "议题", "意见明细", "热点意见"]
    assert names[-2:] == ["未读取", "非意见内容"]


def test_columns_are_typed_frozen_and_filtered(path: Path) -> None:
    sheet = load_workbook(path)["意见明细"]
    found = columns(sheet)
    assert found["序号"] == [1, 2, 3, 4]
    assert found["日期"][0] == datetime.datetime(2025, 3, 1)  # noqa: DTZ001 - as openpyxl gives it
    assert found["把握程度"][0] == 0.9
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_columns_for_programs_are_hidden_and_those_to_fill_in_are_checked(path: Path) -> None:
    sheet = load_workbook(path)["意见明细"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    for heading in ("校对标识", "主题代码", "意见编号"):
        assert sheet.column_dimensions[letters[heading]].hidden
    rules = {str(r.sqref).split(":")[0]: r.formula1 for r in sheet.data_validations.dataValidation}
    assert rules[f"{letters['校对主题']}2"] == '"安全饮水"'
    assert rules[f"{letters['不是意见']}2"] == '"是"'


def test_an_issue_leads_to_its_opinions(path: Path) -> None:
    book = load_workbook(path)
    (cell,) = (cell for cell in book["热点"][2] if cell.value == "查看2件")
    assert cell.hyperlink.location == "'热点意见'!A2"
    assert columns(book["热点意见"])["热点问题"] == ["城郊村三组自来水每天停"] * 2
    assert columns(book["热点意见"])["明细序号"] == [1, 2]


def test_text_that_looks_like_a_formula_stays_text(
    report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    issue = replace(report.issues[0], title="=cmd|' /C calc'!A0")
    XlsxWriter().write(replace(report, issues=(issue,)), table, tmp_path / "f.xlsx")
    cell = load_workbook(tmp_path / "f.xlsx")["热点"]["F2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=cmd")


def test_a_long_list_goes_on_in_further_sheets(
    report: Report, table: OpinionTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (workbook, xlsx):
        monkeypatch.setattr(module, "SHEET_ROWS", 3)
    XlsxWriter().write(report, table, tmp_path / "long.xlsx")
    book = load_workbook(tmp_path / "long.xlsx")
    assert columns(book["意见明细"])["序号"] == [1, 2, 3]
    assert columns(book["意见明细2"])["序号"] == [4]


def test_no_personal_data_and_no_accusation(path: Path) -> None:
    words = [str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]  # fmt: skip
    assert not any("13812345678" in text or "贪污" in text for text in words)


def test_corrections_and_their_fate_travel_with_the_book(
    report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    made = Correction(field="topic", keys=("a" * 16,), label="停水", old="教育", new="安全饮水")
    done = ReplayedCorrection(correction=made, outcome="未采用", note="没有这条意见")
    XlsxWriter().write(replace(report, corrections=(done,)), table, tmp_path / "c.xlsx")
    found = columns(load_workbook(tmp_path / "c.xlsx")["校对记录"])
    assert found["结果"][0] == "未采用"
    assert found["校对标识"][0] == "a" * 16


def test_the_internal_edition_is_marked_on_every_sheet(
    report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    XlsxWriter().write(replace(report, internal=True), table.unmasked(), tmp_path / "in.xlsx")
    book = load_workbook(tmp_path / "in.xlsx")
    assert all("内部资料" in sheet.oddHeader.right.text for sheet in book)
    texts = columns(book["意见明细"])["意见内容"]
    assert "13812345678" in texts[0]
    assert "贪污" in texts[2]


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
def test_another_office_program_opens_it(path: Path, tmp_path: Path) -> None:
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again, before = load_workbook(tmp_path / "report.xlsx"), load_workbook(path)
    assert again.sheetnames == before.sheetnames
    assert columns(again["热点"])["热点问题"] == columns(before["热点"])["热点问题"]


@pytest.mark.parametrize(
    ("rank", "low", "high", "said"),
    [
        (1, 1, 1, "1"),
        (2, 1, 5, "1—5"),
        (3, 1, 10, "1—10"),
        (7, 5, 12, "5—12 不稳"),
        (14, 10, 21, "10—21 不稳"),
        (20, 11, 40, "11—40"),
    ],
)
def test_a_rank_that_does_not_hold_is_marked(report, rank, low, high, said):
    issue = replace(report.issues[0], rank=rank, rank_low=low, rank_high=high)
    assert rank_range(issue) == said
