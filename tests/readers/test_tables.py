"""Spreadsheets, csv and jsonl: cells as people read them, rows kept apart, nothing in memory."""

import datetime
import json
from pathlib import Path

import pytest
import xlsxwriter

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_file, read_table

HERE = ReadConfig(isolated=False)


def test_workbook_cells(tmp_path: Path, read) -> None:
    path = tmp_path / "登记表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("一季度")
        sheet.merge_range("A1:C1", "接待登记表")
        sheet.write_row("A3", ["编号", "时间", "意见内容"])
        sheet.write_number("A4", 2549.0)
        sheet.write_datetime("B4", datetime.date(2025, 3, 1), day)
        sheet.write_string("C4", "路灯不亮")
        sheet.merge_range("A5:A6", "高坎村")
        sheet.write("C5", "停水")
        sheet.write("C6", "断电")
        hidden = book.add_worksheet("备份")
        hidden.write("A1", "藏着的")
        hidden.hide()
    blocks = read(path)
    assert [block.cells for block in blocks] == [
        ("接待登记表",) * 3,
        ("编号", "时间", "意见内容"),
        ("2549", "2025-03-01", "路灯不亮"),
        ("高坎村", "", "停水"),
        ("高坎村", "", "断电"),
        ("藏着的",),
    ]
    assert blocks[2].locator.describe() == "工作表“一季度”第4行"
    assert blocks[5].locator.sheet == "备份"


def test_carriage_returns_of_workbooks_leave_no_sign(tmp_path: Path, read) -> None:
    path = tmp_path / "来信.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string("A1", "路灯不亮\r\n请来修")
        sheet.write_string("B1", "路灯不亮_x000D_\n请来修")  # exported by way of another program
    assert [block.cells for block in read(path)] == [("路灯不亮\n请来修",) * 2]


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "gb18030"),
        ("a.csv", ";", "utf-8"),
        ("b.tsv", "\t", "utf-16"),
        ("c.xls", ",", "gbk"),
    ],
)
def test_delimited_text(tmp_path: Path, read, name: str, delimiter: str, encoding: str) -> None:
    rows = [
        ["编号", "意见内容", "时间"],
        ["1", '停水"三天"\n没人管', "2025-3-1"],
        ["2", "路坏", ""],
    ]
    path = tmp_path / name
    quoted = [delimiter.join('"' + c.replace('"', '""') + '"' for c in row) for row in rows]
    path.write_bytes("\r\n".join(quoted).encode(encoding))
    blocks = read(path)
    assert [block.cells for block in blocks] == [tuple(row) for row in rows]
    assert [block.locator.row for block in blocks] == [1, 2, 3]


def test_unclosed_quote_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编号,内容\n1,好\n2,"' + "很长" * 100_000, encoding="utf-8")
    failures = []
    source = next(read_file(path, "a.csv", HERE, failures))
    assert len(list(source.blocks)) == 2
    assert "第3条" in failures[0].reason


def test_short_records_are_a_table(tmp_path: Path, read) -> None:
    path = tmp_path / "a.jsonl"
    lines = [{"id": 7.0, "text": "停水"}, {"text": "断电", "赞": 3}]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    header, first, second = read(path)
    assert header.cells == ("id", "text", "赞")
    assert (first.cells, first.locator.line) == (("7", "停水", ""), 1)
    assert second.cells == ("", "断电", "3")


def test_long_records_are_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    content = "各位代表：\n\n现在，我代表县人民政府报告政府工作，请予审议。\n" + "工作。" * 600
    lines = [
        {"title": f"{year}年政府工作报告", "year": year, "content": content}
        for year in (2024, 2025)
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    sources = list(read_file(path, "a.jsonl", HERE))
    assert [source.document.kind for source in sources] == ["work_report"] * 2
    assert [source.document.date for source in sources] == [
        datetime.date(2024, 1, 1),
        datetime.date(2025, 1, 1),
    ]
    assert [(b.locator.line, b.locator.paragraph) for b in sources[1].blocks] == [
        (2, 1),
        (2, 3),
        (2, 4),
    ]
    assert len(list(read_table(path, "a.jsonl", ReadConfig()).blocks)) == 3


def test_blocks_are_not_read_ahead(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,内容\n" + "1,停水了\n" * 50_000 + '2,"' + "长" * 200_000, encoding="utf-8"
    )
    failures = []
    source = next(read_file(path, "a.csv", HERE, failures))
    next(source.blocks)
    assert failures == []  # the damage at the end is not reached yet
    assert len(list(source.blocks)) == 50_000
    assert len(failures) == 1


def test_a_far_corner_does_not_eat_the_memory(tmp_path: Path, failures_of) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "内容")
        sheet.write("XFD1048576", "远")
    (failure,) = failures_of(path)
    assert "行列过大" in failure.reason
