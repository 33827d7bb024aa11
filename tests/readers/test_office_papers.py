"""What programs of offices write beside plain Word and Excel files."""

import pytest

from renda_nlp.readers import sniff_format

WORD_2003 = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">
<w:styles><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style></w:styles>
<w:body><wx:sect><w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr><w:r><w:t>群众来信</w:t></w:r></w:p>
<w:p><w:r><w:t>桃园村饮水困难</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>见附件</w:t></w:r></w:p></w:footnote></w:r></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>桃园村</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>停水</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>断电</w:t></w:r></w:p></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"""
FLAT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>桃园村饮水困难</w:t></w:r></w:p></w:body></w:document>
</pkg:xmlData></pkg:part><pkg:part pkg:name="/word/footnotes.xml"><pkg:xmlData><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>见附件</w:t></w:r></w:p></w:footnote></w:footnotes></pkg:xmlData></pkg:part></pkg:package>"""
EXCEL_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">登记表</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">村</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell><Cell><Data ss:Type="String">意见内容</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">桃园村</Data></Cell><Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="String">停水<![CDATA[三天]]></Data></Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="String">断电</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("suffix", ["doc", "xml", "wps"])
def test_word_documents_that_are_one_xml_file(tmp_path, read, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_text(WORD_2003, "utf-8")
    blocks = read(path)
    assert blocks[0].heading_level == 1
    assert [block.cells or block.text for block in blocks] == [
        "群众来信",
        "桃园村饮水困难见附件",
        ("桃园村", "停水"),
        ("桃园村", "断电"),
    ]
    path.write_text(FLAT, "utf-8")
    assert [block.text for block in read(path)] == ["桃园村饮水困难", "见附件"]


@pytest.mark.parametrize("suffix", ["xls", "xml"])
def test_workbooks_that_are_one_xml_file(tmp_path, read, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_text(EXCEL_2003, "utf-8")
    assert [(block.locator.sheet, block.locator.row, block.cells) for block in read(path)] == [
        ("台账", 1, ("登记表", "登记表", "登记表")),
        ("台账", 3, ("村", "日期", "意见内容")),
        ("台账", 4, ("桃园村", "2024-03-05", "停水三天")),
        ("台账", 5, ("桃园村", "", "断电")),
    ]


@pytest.mark.parametrize(
    "content",
    ['<?xml version="1.0"?><office:document xmlns:office="x"/>', '<?xml version="1.0"?>\n<svg/>'],
)
def test_other_xml_is_listed_and_no_text(tmp_path, failures_of, content):
    path = tmp_path / "a.txt"
    path.write_text(content, "utf-8")
    assert sniff_format(path) == "xml"
    (failure,) = failures_of(path)
    assert "另存为" in failure.remedy


@pytest.mark.parametrize(
    "content",
    [
        WORD_2003[:600],
        WORD_2003.replace("w:body", "w:none"),
        WORD_2003.replace("<w:wordDocument", '<!DOCTYPE a [<!ENTITY b "c">]><w:wordDocument'),
        EXCEL_2003[:600],
    ],
)
def test_damaged_xml_files_are_listed(tmp_path, failures_of, content):
    path = tmp_path / "a.xml"
    path.write_text(content, "utf-8")
    (failure,) = failures_of(path)
    assert failure.remedy


def test_hidden_runs_and_sounds_of_characters_are_not_text(make_docx, read):
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>yang</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>养</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    hidden = run.format("<w:rPr><w:vanish/></w:rPr>", "隐藏")
    shown = run.format('<w:rPr><w:vanish w:val="0"/></w:rPr>', "老")
    body = f"<w:p>{ruby}{shown}{hidden}{run.format('', '院')}</w:p>"
    assert [block.text for block in read(make_docx(body))] == ["养老院"]


def test_lines_of_chinese_in_html_join_closely(tmp_path, read):
    path = tmp_path / "a.html"
    path.write_text(
        "<meta charset=utf-8><p>经常爆管，\n  一停就是\r\n两三天。Word\nand</p><table><tr><td>停\n水</td><td>b</td></tr></table>",
        "utf-8",
    )
    assert [block.text for block in read(path)] == ["经常爆管，一停就是两三天。Word and", "停水\tb"]


LETTER = [
    "尊敬的领导：",
    "　　我是黄桷村的村民，写信反映我们村办砖厂的问题。砖厂每天晚上十点以后偷偷点火，烟囱冒黑烟，"
    "家家不敢开窗，老人孩子咳嗽不止。我们向镇上反映过两次，每次检查之前砖厂就停火。",
    "　　请环保部门装一个在线监测，晚上突击检查，给群众一个说法。",
    "一、PM2.5 已经超过 300 了，请公布监测的结果，也请告诉我们什么时候能够恢复正常的生产生活秩序。",
    "　　　　　　　　　　　　　　黄桷村村民",
    "　　　　　　　　　　　　　　2024年3月12日",
]


def _wrap(text, columns):
    lines = [""]
    for char in text:
        if len(lines[-1].encode("gb18030")) + len(char.encode("gb18030")) > columns:
            lines.append("")
        lines[-1] += char
    return lines


@pytest.mark.parametrize("columns", [44, 57, 70])
def test_lines_that_a_program_broke_are_joined(tmp_path, read, columns):
    path = tmp_path / "来信.txt"
    lines = [line for text in LETTER for line in _wrap(text, columns)]
    path.write_text("\r\n".join(lines), "utf-8")
    blocks = read(path)
    assert [block.text for block in blocks] == LETTER
    assert [block.locator.line for block in blocks] == [
        lines.index(_wrap(text, columns)[0]) + 1 for text in LETTER
    ]


def test_lines_that_somebody_wrote_stay(tmp_path, read):
    path = tmp_path / "意见.txt"
    lines = [f"第{n}组的路灯坏了{n}个月没有人来修，晚上出门都要打手电。" for n in range(1, 9)]
    lines += ["高坎村三组停水", "石沙路塌了", "学校门口没有减速带孩子过马路很危险"]
    path.write_text("\n".join(lines), "utf-8")
    assert [block.text for block in read(path)] == lines


def test_attachments_named_in_raw_bytes(tmp_path):
    from renda_nlp.config import ReadConfig
    from renda_nlp.readers import read_file

    path = tmp_path / "a.eml"
    name = "台账 一.csv".encode("gb18030")
    path.write_bytes(
        b"From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: application/octet-stream; name="' + name + b'"\r\n'
        b'Content-Disposition: attachment; filename="' + name + b'"\r\n\r\n'
        + "编号,内容\r\n1,停水\r\n".encode("gb18030")
        + b"--b--\r\n"
    )  # fmt: skip
    files = [s.document.file for s in read_file(path, "a.eml", ReadConfig(isolated=False))]
    assert files == ["a.eml!台账 一.csv"]


def test_heads_and_feet_of_two_pages_are_dropped():
    from renda_nlp.readers.pagelines import Line, find_furniture, join_pages

    def page(words):
        text = [Line(words, 50, 12)] + [Line("正文一行写满了这一页的宽度没有句号" * 2, 50, 12)] * 4
        return [Line("主席团文件", 50, 9), *text, Line("内部资料", 50, 9)]

    pages = [page("甲"), page("乙")]
    text = "".join(b.text for b in join_pages(enumerate(pages, 1), find_furniture(pages, 2), "a"))
    assert "主席团文件" not in text
    assert "内部资料" not in text
    titled = [[Line("建议表", 50, 20), *lines[1:]] for lines in pages]
    kept = [b.text for b in join_pages(enumerate(titled, 1), find_furniture(titled, 2), "a")]
    assert kept.count("建议表") == 2


def test_a_message_whose_folders_hold_themselves_is_listed(
    tmp_path, ole_files, failures_of, monkeypatch
):
    import olefile

    def endless(*_args, **_options):
        raise RecursionError

    path = tmp_path / "a.msg"
    ole_files.write_message(path, "主题", "正文", {})
    monkeypatch.setattr(olefile.OleFileIO, "listdir", endless)
    (failure,) = failures_of(path)
    assert "损坏" in failure.reason
