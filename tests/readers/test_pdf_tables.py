"""Ruled tables in PDF files that Chromium and LibreOffice print: rows with cells, whole over pages."""

import shutil

import pytest

from renda_nlp.readers.pagelines import Line, join_pages

pytestmark = pytest.mark.slow
needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is absent")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
MATTERS = [
    "三组水渠垮塌二十米，春灌用不上水，请水利站尽快派人来修。",
    "一组路灯不亮，老人夜里摔跤。",
    "村小学围墙裂缝，怕塌下来。1.请加固；2.请设警示牌。",
]
STYLE = (
    '<meta charset=utf-8><style>@page{size:A4;margin:20mm}body{font:14px/1.7 "Noto Serif CJK SC"}'
    "table{border-collapse:collapse}td,th{border:1px solid;padding:3px}</style>"
)


def _print(mixed_files, tmp_path, body):
    (tmp_path / "a.html").write_text(STYLE + body, "utf-8")
    mixed_files.print_pdf(tmp_path / "a.html", tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


@needs_browser
def test_wrapped_cells_and_text_around(tmp_path, mixed_files, read):
    rows = "".join(
        f"<tr><td>{n}</td><td>2024-03-0{n}</td><td style='width:180px'>{text}</td><td></td></tr>"
        for n, text in enumerate(MATTERS, 1)
    )
    path = _print(
        mixed_files,
        tmp_path,
        f"<h1>热线工单</h1><p>以下是三月的来电。</p><table><tr><th>序号</th><th>日期</th><th>内容</th>"
        f"<th>备注</th></tr>{rows}</table><p>填表人说明：以上均已转办。</p>",
    )
    blocks = read(path)
    assert [block.cells or block.text for block in blocks] == [
        "热线工单",
        "以下是三月的来电。",
        ("序号", "日期", "内容", "备注"),
        *((str(n), f"2024-03-0{n}", text, "") for n, text in enumerate(MATTERS, 1)),
        "填表人说明：以上均已转办。",
    ]
    assert [block.locator.paragraph for block in blocks] == list(range(1, 8))


@needs_browser
def test_merged_cells_are_filled(tmp_path, mixed_files, read):
    path = _print(
        mixed_files,
        tmp_path,
        "<table><tr><th rowspan=2>村</th><th colspan=2>意见</th></tr><tr><th>标题</th><th>内容</th></tr>"
        "<tr><td rowspan=2>大石村</td><td>饮水</td><td>停水三天。</td></tr>"
        "<tr><td>道路</td><td>塌方半年。</td></tr></table>",
    )
    assert [block.cells for block in read(path)] == [
        ("村", "意见", "意见"),
        ("村", "标题", "内容"),
        ("大石村", "饮水", "停水三天。"),
        ("大石村", "道路", "塌方半年。"),
    ]


@needs_browser
def test_frames_and_underlines_are_no_tables(tmp_path, mixed_files, read):
    path = _print(
        mixed_files,
        tmp_path,
        "<div style='border:1px solid;padding:4px'><p>框里的第一段话没有表格。</p></div>"
        "<p><u>划线的字</u>后面的话。</p><hr><table><tr><td>只有一格的说明文字</td></tr></table>",
    )
    assert all(not block.cells for block in read(path))
    whole = "".join(block.text for block in read(path))
    assert whole == "框里的第一段话没有表格。划线的字后面的话。只有一格的说明文字"


@needs_browser
def test_slanted_watermarks_are_left_out(tmp_path, mixed_files, read):
    path = _print(
        mixed_files,
        tmp_path,
        "<div style='position:fixed;top:30%;transform:rotate(-40deg);font-size:50px;color:#ddd'>水印</div>"
        + "".join(f"<p>{text}</p>" for text in MATTERS),
    )
    whole = "".join(block.text for block in read(path))
    assert whole == "".join(MATTERS)


@needs_office
def test_a_register_of_libreoffice_over_two_pages(tmp_path, mixed_files, read):
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("序号", "意见建议", "承办单位"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    wanted = []
    for number in range(1, 31):
        text = f"第{number}件：" + MATTERS[number % 3] * 2
        wanted.append((str(number), text, "镇村建办"))
        for cell, value in zip(table.add_row().cells, wanted[-1], strict=True):
            cell.text = value
    document.save(tmp_path / "a.docx")
    (path,) = mixed_files.convert([tmp_path / "a.docx"], "pdf", tmp_path)
    blocks = read(path)
    assert {block.locator.page for block in blocks} > {1, 2}
    assert [block.cells for block in blocks] == [("序号", "意见建议", "承办单位"), *wanted]


def test_a_row_that_a_page_cuts_is_one_row():
    head = ("序号", "意见", "单位")
    pages = [
        (1, [Line("", -1, 0, cells=head), Line("", -1, 0, cells=("1", "停水三天，", "水站"))]),
        (2, [Line("", -1, 0, cells=head), Line("", -1, 0, cells=("", "请派人来修。", "")),
             Line("", -1, 0, cells=("2", "", "")), Line("", -1, 0, cells=("3", "路灯不亮。", ""))]),
        (3, [Line("", -1, 0, cells=head), Line("", -1, 0, cells=("", "补充一句。", ""))]),
    ]  # fmt: skip
    assert [block.cells for block in join_pages(pages, frozenset(), "a.pdf")] == [
        head,
        ("1", "停水三天，请派人来修。", "水站"),
        ("2", "", ""),
        ("3", "路灯不亮。", ""),
        ("3", "补充一句。", ""),
    ]


def test_a_merged_cell_reaches_over_the_page():
    def rows(*cells):
        return [Line("\t".join(row), -1, 0, cells=row) for row in (("村", "意见"), *cells)]

    pages = [
        (1, rows(("白沙村", "停水。"))),
        (2, rows(("", "断电。"), ("", "塌方。"), ("小河村", "缺药。"), ("", "另一件。"))),
    ]
    found = [block.cells[0] for block in join_pages(pages, frozenset(), "a.pdf")]
    assert found == ["村", "白沙村", "白沙村", "白沙村", "小河村", ""]
