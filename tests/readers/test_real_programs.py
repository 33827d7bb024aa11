"""Files that LibreOffice and Chromium made: structure survives whatever the format."""

import shutil

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_file

HERE = ReadConfig(isolated=False)
pytestmark = pytest.mark.slow
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is absent")

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("number", "datastyle"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'  # fmt: skip


def _cell(text):
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


NESTED = f'<table:table table:name="内"><table:table-column table:number-columns-repeated="2"/><table:table-row>{_cell("内一")}{_cell("内二")}</table:table-row></table:table>'
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    "<dc:creator>甲</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info><text:p>三个月</text:p>"
    '</text:deletion></text:changed-region><text:changed-region text:id="c2"><text:insertion><office:change-info>'
    "<dc:creator>甲</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info></text:insertion>"
    "</text:changed-region></text:tracked-changes>"
)
LETTER = f"""<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES}
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties/><style:header-style/><style:footer-style/></style:page-layout>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
<text:list-level-style-number text:level="2" style:num-suffix="." style:num-format="1"/></text:list-style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p>页眉不读</text:p></style:header><style:footer><text:p>页脚不读</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{CHANGED}
<text:h text:outline-level="1">关于饮水问题的报告</text:h>
<text:p>请在<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>六个月<text:change-end text:change-id="c2"/>内解决<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注一则</text:p></text:note-body></text:note>。</text:p>
<text:list text:style-name="L"><text:list-item><text:p>回顾</text:p><text:list><text:list-item><text:p>水厂</text:p></text:list-item>
<text:list-item><text:p>管网</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>安排</text:p></text:list-item></text:list>
<table:table table:name="外"><table:table-column table:number-columns-repeated="2"/><table:table-row>{_cell("村")}{_cell("意见")}</table:table-row>
<table:table-row>{_cell("高坎村")}<table:table-cell><text:p>停水</text:p>{NESTED}</table:table-cell></table:table-row></table:table>
<text:p><draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box><text:p>文本框里的字</text:p></draw:text-box></draw:frame>末段。</text:p>
</office:text></office:body></office:document>"""


def _texts(path):
    failures = []
    blocks = [b for s in read_file(path, path.name, HERE, failures) for b in s.blocks]
    assert failures == []
    return [block.cells or block.text for block in blocks]


@pytest.fixture(scope="module")
def letters(tmp_path_factory, mixed_files):
    """Have LibreOffice write the same letter in its formats."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "信.fodt").write_text(LETTER, "utf-8")
    return {
        suffix: mixed_files.convert([folder / "信.fodt"], suffix, folder)[0]
        for suffix in ("docx", "doc", "odt", "rtf")
    }


@needs_office
@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "rtf"])
def test_a_letter_of_libreoffice(letters, suffix):
    found = _texts(letters[suffix])
    flat = ["".join(item) if isinstance(item, tuple) else item for item in found]
    whole = "".join("".join(flat).split())
    assert flat[0].strip() == "关于饮水问题的报告"
    assert "请在六个月内解决" in whole
    assert "三个月" not in whole
    assert "不读" not in whole
    for words in ("脚注一则", "文本框里的字", "末段。"):
        assert whole.count(words) == 1, words
    rows = [item for item in found if isinstance(item, tuple)]
    assert ("村", "意见") in rows
    assert any(row[0] == "高坎村" and "停水" in row[1] for row in rows)
    assert any("内一" in cell for row in rows for cell in row)


@needs_office
def test_automatic_numbers_of_libreoffice(letters):
    texts = [text for text in _texts(letters["docx"]) if isinstance(text, str)]
    assert [t for t in texts if t[-2:] in ("回顾", "水厂", "管网", "安排")] == [
        "一、回顾", "1.水厂", "2.管网", "二、安排",
    ]  # fmt: skip


def _number_cell(kind, value, text):
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{text}</text:p></table:table-cell>'


SHEETS = f"""<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES}
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles><number:date-style style:name="D"><number:year number:style="long"/><number:text>年</number:text><number:month/><number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="登记表">
<table:table-row><table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>接待选民登记表</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row>{_cell("编号")}{_cell("日期")}{_cell("意见内容")}</table:table-row>
<table:table-row>{_number_cell("float", 'office:value="2549"', "2549")}{_number_cell("date", 'office:date-value="2025-03-01" table:style-name="day"', "2025年3月1日")}{_cell("路灯不亮")}</table:table-row>
</table:table><table:table table:name="备份" table:style-name="hidden"><table:table-row>{_cell("藏着的")}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document>"""


@needs_office
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_register_of_libreoffice(tmp_path, mixed_files, suffix):
    (tmp_path / "表.fods").write_text(SHEETS, "utf-8")
    (path,) = mixed_files.convert([tmp_path / "表.fods"], suffix, tmp_path)
    rows = _texts(path)
    assert set(rows[0]) == {"接待选民登记表"}
    assert rows[1:] == [
        ("编号", "日期", "意见内容"),
        ("2549", "2025-03-01", "路灯不亮"),
        ("藏着的",),
    ]


PLACES = ["高坎村", "石沙村", "柳树坪村", "油坊村", "新民社区", "大垭村东", "渡口小区二期"]
SENTENCE = "第{0}件，{1}自来水每天停水，水压不足，群众用水困难，请第{0}组供水员尽快查明原因并给{1}一个答复。"


@needs_browser
def test_two_columns_and_running_heads_of_chromium(tmp_path, mixed_files):
    paragraphs = [SENTENCE.format(number, PLACES[number % 7]) for number in range(1, 121)]
    style = (
        "@page{size:A4;margin:25mm 20mm;@top-center{content:'柏渡镇人大简报';}"
        "@bottom-center{content:'第 ' counter(page) ' 页'}}"
        'div{columns:2;column-fill:auto;height:230mm;break-after:page;font:15px/1.8 "Noto Serif CJK SC"}'
        "p{text-indent:2em;margin:0}"
    )
    pages = [
        "".join(f"<p>{text}</p>" for text in paragraphs[at : at + 20]) for at in range(0, 120, 20)
    ]
    body = "".join(f"<div>{page}</div>" for page in pages)
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8><style>{style}</style>{body}", "utf-8")
    mixed_files.print_pdf(tmp_path / "a.html", tmp_path / "a.pdf")
    assert _texts(tmp_path / "a.pdf") == paragraphs
