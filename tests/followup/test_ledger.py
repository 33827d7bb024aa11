"""renda follow on papers made here: items, clocks, statuses, votes, letters, all from their sources."""

from datetime import date

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.config import Config
from renda_nlp.errors import InputError
from renda_nlp.evidence import find_quotes, source_stretches
from renda_nlp.ledger import build_ledger
from renda_nlp.ledger.clock import days_after

ITEMS = (
    "1. 河东路路灯要尽快修复。请村建办6月底前完成线路更换。",
    "2. 老鹰岩水库渗漏严重，请水利站查明原因，提出除险加固方案。",
    "3. 村卫生室药品不全，请卫生院落实巡诊制度。",
)


def word(path, title, *paragraphs):
    document = docx.Document()
    document.add_heading(title, 1)
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)


@pytest.fixture
def papers(tmp_path):
    opinion = tmp_path / "审议意见.docx"
    closing = "请镇政府研究处理，并于两个月内将处理情况书面报告镇人大主席团。"
    word(opinion, "松岭镇人大关于民生工作的审议意见", "镇政府：", *ITEMS, closing, "2025年3月31日")
    folder = tmp_path / "办理材料"
    folder.mkdir()
    word(
        folder / "办理情况报告.docx",
        "松岭镇人民政府关于审议意见研究处理情况的报告",
        "镇人大主席团：",
        "一、已经办结的",
        "1. 河东路路灯线路5月20日全部更换，28盏灯恢复照明。",
        "二、正在办理的",
        "2. 老鹰岩水库除险加固方案正在编制，预计年底前报批。",
        "2025年5月28日",
    )
    book = openpyxl.Workbook()
    for row in (
        ["满意度测评表"],
        ["序号", "项目", "满意", "基本满意", "不满意"],
        ["1", "河东路路灯修复", 30, 5, 1],
        ["2", "老鹰岩水库渗漏", 8, 12, 16],
    ):
        book.active.append(row)
    book.save(folder / "测评.xlsx")
    return opinion, folder


@pytest.mark.slow
def test_the_ledger_says_item_by_item_where_things_stand(papers):
    ledger = build_ledger(*papers, Config())
    assert [item.status for item in ledger.items] == ["已办结", "办理中", "未回应"]
    assert [item.departments for item in ledger.items] == [("村建办",), ("水利站",), ("卫生院",)]
    assert {item.departments_from for item in ledger.items} == {"审议意见原文"}
    assert ledger.items[0].asked_by == "6月底前"
    assert {item.handed_over for item in ledger.items} == {date(2025, 3, 31)}
    assert {item.due for item in ledger.items} == {date(2025, 5, 31)}
    assert "两个月内" in ledger.due_from
    assert ledger.handled == pytest.approx(2 / 3)
    votes = ledger.satisfaction
    assert (votes.satisfied, votes.fairly, votes.dissatisfied) == (38, 17, 17)
    assert votes.rate == pytest.approx(55 / 72)
    assert ledger.items[2].satisfaction is None


@pytest.mark.slow
def test_every_quote_of_the_ledger_stands_in_its_file(papers):
    opinion, folder = papers
    ledger = build_ledger(opinion, folder, Config())
    quotes = list(find_quotes(ledger.items))
    assert len(quotes) >= 7
    for root in (folder, opinion.parent):
        files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        mine = [quote for quote in quotes if quote.passage.locator.file in files]
        assert mine
        texts = source_stretches({quote.passage for quote in mine}, root, Config().read)
        assert all(texts[quote.passage] == quote.text for quote in mine)


@pytest.mark.slow
def test_a_hand_over_letter_and_the_settings_move_the_clock(papers, tmp_path):
    _, folder = papers
    opinion = tmp_path / "意见.docx"
    word(opinion, "松岭镇人大的审议意见", *ITEMS, "2025年3月31日")
    word(folder / "交办函.docx", "关于交办审议意见的函", "现予交办。", "2025年4月10日")
    ledger = build_ledger(opinion, folder, Config())
    assert ledger.items[0].handed_over == date(2025, 4, 10)
    assert ledger.items[0].due == date(2025, 6, 9)  # 60 days by the settings
    assert "交办函.docx" in ledger.handed_over_from
    assert "deliberation_days=60" in ledger.due_from


@pytest.mark.slow
def test_the_command_writes_ledger_and_letters_twice_alike(papers, tmp_path):
    opinion, folder = papers
    notes = folder / "审议发言记录.txt"
    notes.write_text(
        "松岭镇人大第三次会议审议发言记录\n赵甲代表（河东村）：路灯坏了半年。建议村建办先修学校门口。\n",
        "utf-8",
    )
    contents = []
    for name in ("甲", "乙"):
        out = tmp_path / name / "台账.xlsx"
        result = CliRunner().invoke(app, ["follow", str(opinion), str(folder), "-o", str(out)])
        assert result.exit_code == 0, result.output
        assert "已办结1项，办理中1项，未回应1项" in result.output
        contents.append({path.name: path.read_bytes() for path in out.parent.iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {
        "台账.xlsx", "台账-交办函.docx", "台账-代表通报.docx", "台账-检查提纲.docx", "台账-审议意见草稿.docx",
    }  # fmt: skip
    text = "\n".join(
        p.text for p in docx.Document(tmp_path / "甲" / "台账-审议意见草稿.docx").paragraphs
    )
    assert "“建议村建办先修学校门口。”（来源：审议发言记录.txt" in text
    notice = docx.Document(tmp_path / "甲" / "台账-代表通报.docx")
    said = [p.text for p in notice.paragraphs]
    assert any("28盏灯恢复照明" in line for line in said)
    assert any("（来源：办理情况报告.docx 第4段）" in line for line in said)


@pytest.mark.slow
def test_without_material_everything_is_unanswered(papers):
    ledger = build_ledger(papers[0], None, Config())
    assert {item.status for item in ledger.items} == {"未回应"}
    assert ledger.handled == 0.0
    assert ledger.satisfaction is None


def test_what_cannot_be_used_is_said_in_words(tmp_path):
    empty = tmp_path / "空.docx"
    word(empty, "通知", "各村。")
    with pytest.raises(InputError, match="没有找到审议意见的条目"):
        build_ledger(empty, None, Config())
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no word file")
    with pytest.raises(InputError, match=r"坏\.docx"):
        build_ledger(broken, None, Config())
    result = CliRunner().invoke(app, ["follow", str(empty), "-o", str(tmp_path / "台账.docx")])
    assert result.exit_code == 2
    assert ".xlsx" in result.output


@pytest.mark.parametrize(
    ("number", "unit", "due"),
    [
        (2, "月", date(2026, 2, 28)),
        (10, "工作日", date(2026, 1, 14)),
        (30, "日", date(2026, 1, 30)),
    ],
)
def test_terms_end_on_a_day_that_exists(number, unit, due):
    assert days_after(date(2025, 12, 31), number, unit) == due
