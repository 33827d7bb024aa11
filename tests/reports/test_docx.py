"""The Word file: layout of official papers, content, fixed bytes."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from renda_nlp.records import Report
from renda_nlp.reports.docx import DocxWriter
from renda_nlp.table import OpinionTable


@pytest.fixture(scope="module")
def path(report: Report, table: OpinionTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("word") / "report.docx"
    DocxWriter().write(report, table, out)
    return out


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "words",
    [
        "云溪镇监督议题建议报告",
        "一、基本情况",
        "二、建议监督议题",
        "三、热点问题",
        "四、承诺和答复",
        "五、未选事项及理由",
        "六、未能读取的材料",
        "七、方法与局限",
        "附件1　原文依据",
        "附件2　计算方法",
        "收到文件2份＝已读1份＋未读1份",
        "共有内容5行（段）＝成为意见4行＋单列1行",
        "件数是收到的意见数，不等于民意比例",
        "城郊村三组自来水每天停",
        "“三组自来水每天停”（登记表&2025.xlsx，工作表“上半年”第2行第3列）",
        "<script>alert(1)</script>",
        "1. 什么时候修好？",
        "证据不足：只有1人反映（至少3人）",
        "坏文件.docx",
    ],
)
def test_the_document_says(path: Path, words: str) -> None:
    assert words in words_of(path)


def test_ends_with_the_draft_note(path: Path) -> None:
    assert docx.Document(str(path)).paragraphs[-1].text.startswith("建议稿：")


def test_page_follows_the_standard(path: Path) -> None:
    document = docx.Document(str(path))
    section = document.sections[0]
    sizes = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer.paragraphs[0]._p.xml
    normal = document.styles["Normal"]
    assert normal.font.size.pt == 16
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_every_table_repeats_its_header_row(path: Path) -> None:
    tables = docx.Document(str(path)).tables
    assert tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_core_properties_mark_the_file_and_bear_no_clock(path: Path) -> None:
    properties = docx.Document(str(path)).core_properties
    assert properties.keywords == "renda_nlp-output"
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2000-01-01"
    with zipfile.ZipFile(path) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_no_personal_data(path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"13812345678" not in everything


def test_equal_reports_give_equal_bytes(
    report: Report, table: OpinionTable, path: Path, tmp_path: Path
) -> None:
    DocxWriter().write(report, table, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()


def test_a_run_that_found_nothing_reads_well(
    bare_report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    DocxWriter().write(bare_report, table, tmp_path / "bare.docx")
    words = words_of(tmp_path / "bare.docx")
    for expected in ("未形成热点问题", "证据不足", "全部文件都已读取"):
        assert expected in words


def test_charts_are_pictures_with_words_for_those_who_cannot_see_them(path: Path) -> None:
    shapes = docx.Document(str(path)).inline_shapes
    assert len(shapes) == 1
    assert shapes[0]._inline.docPr.get("descr") == "安全饮水2件"


def test_the_internal_edition_is_marked_on_every_page(
    report: Report, table: OpinionTable, path: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    DocxWriter().write(replace(report, internal=True), table, tmp_path / "in.docx")
    section = docx.Document(str(tmp_path / "in.docx")).sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text.startswith("内部资料")
    assert not docx.Document(str(path)).sections[0].header.paragraphs[0].text


def test_control_signs_do_not_break_the_file(
    report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    from dataclasses import replace

    issue = replace(report.issues[0], title="停水\x0b\x00\x1f问题")
    DocxWriter().write(replace(report, issues=(issue,)), table, tmp_path / "odd.docx")
    assert "停水问题" in words_of(tmp_path / "odd.docx")
