"""Word documents: order, tables, tracked changes, numbering, hostile XML."""

from collections.abc import Callable
from pathlib import Path

import pytest

from renda_nlp.errors import ReadError
from renda_nlp.readers.numbering import chinese_number, format_number

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
)  # fmt: skip


def _list(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'


def test_automatic_numbering_becomes_text(make_docx, paragraph, read) -> None:
    body = "".join(
        paragraph(text, _list(level))
        for text, level in (("回顾", 0), ("水", 1), ("路", 1), ("安排", 0), ("电", 1), ("甲", 2))
    )
    texts = [block.text for block in read(make_docx(body, numbering=NUMBERING))]
    assert texts == ["一、回顾", "（一）水", "（二）路", "二、安排", "（一）电", "1.甲"]


def test_tracked_changes_and_fallback(make_docx, read) -> None:
    body = (
        "<w:p><w:r><w:t>六</w:t></w:r><w:ins><w:r><w:t>个月</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>三个月</w:delText></w:r></w:del>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>内</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>副本</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert [block.text for block in read(make_docx(body))] == ["六个月内"]


def test_tables_keep_order_and_fill_merged_cells(make_docx, paragraph, read) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = (
        f"<w:tc><w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>{paragraph('外')}</w:tc>"
    )
    body = (
        paragraph("表前")
        + f"<w:tbl><w:tr>{cell('高坎村', start)}{cell('停水')}</w:tr>"
        + f"<w:tr>{cell('', go_on)}{cell('断电')}</w:tr>"
        + f"<w:tr>{cell('合并', '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"
        + f"<w:tr>{cell('左')}{nested}</w:tr></w:tbl>"
        + paragraph("表后")
    )
    blocks = read(make_docx(body))
    assert [block.cells or block.text for block in blocks] == [
        "表前",
        ("高坎村", "停水"),
        ("高坎村", "断电"),
        ("合并", "合并"),
        ("左", "外"),
        ("内一", "内二"),
        "表后",
    ]
    assert [block.locator.paragraph for block in blocks] == list(range(1, 8))


def test_headings_notes_and_controls(make_docx, paragraph, read) -> None:
    styles = '<w:style w:styleId="1"><w:name w:val="heading 2"/></w:style><w:style w:styleId="x"><w:name w:val="x"/><w:basedOn w:val="1"/></w:style>'  # fmt: skip
    body = paragraph("标题", '<w:pStyle w:val="x"/>') + f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"  # fmt: skip
    notes = f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("脚注")}</w:footnote>'  # fmt: skip
    blocks = read(make_docx(body, styles=styles, footnotes=notes))
    assert [(block.text, block.heading_level) for block in blocks] == [
        ("标题", 2),
        ("控件", 0),
        ("脚注", 0),
    ]


def test_entities_are_refused(make_docx: Callable[..., Path], read) -> None:
    head = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ReadError, match="实体"):
        read(make_docx("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head=head))


def test_truncated_file_says_what_to_do(make_docx, paragraph, failures_of) -> None:
    path = make_docx(paragraph("正文" * 500))
    path.write_bytes(path.read_bytes()[:120])
    (failure,) = failures_of(path)
    assert failure.stage == "read"
    assert "损坏" in failure.reason
    assert "另存" in failure.remedy


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_number_formats() -> None:
    assert format_number(3, "decimalEnclosedCircle") == "③"
    assert format_number(4, "upperRoman") == "IV"
    assert format_number(28, "lowerLetter") == "bb"
