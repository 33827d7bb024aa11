"""Formats are told by content; the smaller formats give their text."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers import read_file, sniff_format
from renda_nlp.readers.radicals import restore_radicals

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.doc", b"<html><body><p>x</p></body></html>", "html"),
        ("a.xls", "编号,内容\n1,停水\n2,断电\n".encode(), "csv"),
        ("a.txt", "今天停水，明天断电，后天路坏。\n又停水，又断电。\n".encode(), "txt"),
        ("a.docx", b"{\\rtf1 x}", "rtf"),
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("a.jpg", b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.md", "# 标题\n正文\n".encode(), "md"),
        ("a.txt", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a.txt", b"From: a@b\nTo: c\nSubject: x\nDate: y\n\nhi", "eml"),
        ("a.docx", b"PK\x03\x04broken", "docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "doc"),
    ],
)
def test_content_decides(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert sniff_format(path) == expected


def test_html_text_and_tables(tmp_path: Path, read) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        "<html><head><meta charset=gb2312><title>题</title><style>x{}</style></head><body><nav>菜单</nav>"
        "<h2>留言</h2><p>第一行<br>第二行 <b>加粗</b></p><script>alert(1)</script>"
        "<table><tr><th rowspan=2>村</th><td colspan=2>合并</td></tr><tr><td>停水</td><td>断电</td></tr></table>"
        "<table><tr><td><p>版面</p></td></tr></table><p style='display:none'>藏</p>尾</body></html>".encode("gbk")
    )  # fmt: skip
    blocks = read(path)
    assert [block.cells or block.text for block in blocks] == [
        "留言",
        "第一行",
        "第二行 加粗",
        ("村", "合并", "合并"),
        ("村", "停水", "断电"),
        "版面",
        "尾",
    ]
    assert blocks[0].heading_level == 2


def test_markdown(tmp_path: Path, read) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 标题\n\n- **项**目\n\n| 村 | 事 |\n|---|---|\n| 高坎 | 停水 |\n", "utf-8")
    blocks = read(path)
    assert [block.cells or block.text for block in blocks] == [
        "标题",
        "项目",
        ("村", "事"),
        ("高坎", "停水"),
    ]
    assert [block.locator.line for block in blocks] == [1, 3, 5, 7]


def test_rtf_code_page_unicode_tables(tmp_path: Path, read) -> None:
    text = "".join(f"\\'{byte:02x}" for byte in "停水".encode("gbk"))
    path = tmp_path / "a.rtf"
    path.write_text(
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 x;}}" + text + "\\u36335?\\par {\\deleted gone}"
        "{\\*\\generator y}{\\field{\\*\\fldinst PAGE}{\\fldrslt one}}\\par "
        "\\trowd a\\cell b\\cell\\row }",
        "ascii",
    )  # fmt: skip
    assert [block.cells or block.text for block in read(path)] == ["停水路", "one", ("a", "b")]


def test_mail_with_attachment(tmp_path: Path) -> None:
    import base64

    body = base64.b64encode("请修路，朱镕基路太烂。".encode("gb18030")).decode()
    table = base64.b64encode("编号,内容\n1,停水\n2,断电\n".encode()).decode()
    subject = base64.b64encode("关于修路".encode("gbk")).decode()
    path = tmp_path / "a.eml"
    path.write_text(
        f"From: a@b.c\nTo: d@e.f\nSubject: =?gb2312?B?{subject}?=\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain; charset=gb2312\n'
        f"Content-Transfer-Encoding: base64\n\n{body}\n--x\nContent-Type: text/csv; name=\"t.csv\"\n"
        f'Content-Disposition: attachment; filename="t.csv"\nContent-Transfer-Encoding: base64\n\n{table}\n--x--\n',
        "ascii",
    )  # fmt: skip
    texts = [
        (source.document.file, [block.text for block in source.blocks])
        for source in read_file(path, "a.eml", ReadConfig())
    ]
    assert texts[0] == ("a.eml", ["关于修路", "请修路，朱镕基路太烂。"])
    assert texts[1] == ("a.eml!t.csv", ["编号\t内容", "1\t停水", "2\t断电"])


def test_pptx_slides(tmp_path: Path, read) -> None:
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "ppt/presentation.xml",
            f'<p:presentation {names}><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>',
        )
        package.writestr(
            "ppt/_rels/presentation.xml.rels",
            '<Relationships><Relationship Id="r1" Target="slides/s.xml"/></Relationships>',
        )
        package.writestr(
            "ppt/slides/s.xml",
            f'<p:sld {names}><p:sp><p:nvSpPr><p:ph type="title"/></p:nvSpPr><a:p><a:r><a:t>题</a:t></a:r></a:p></p:sp>'
            "<p:grpSp><p:sp><a:p><a:r><a:t>组内</a:t></a:r></a:p></p:sp></p:grpSp>"
            "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>村</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>事</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:sld>",
        )  # fmt: skip
    blocks = read(path)
    assert [block.cells or block.text for block in blocks] == ["题", "组内", ("村", "事")]
    assert blocks[0].locator.page == 1


def test_ofd_lines(tmp_path: Path, read) -> None:
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
        )
        package.writestr(
            "Doc_0/Document.xml",
            '<Document><Pages><Page ID="1" BaseLoc="Pages/P.xml"/></Pages></Document>',
        )
        package.writestr(
            "Doc_0/Pages/P.xml",
            '<Page><TextObject Boundary="10 30 9 9" Size="5"><TextCode X="0" Y="5">第二行。</TextCode></TextObject>'
            '<TextObject Boundary="30 10 9 9" Size="5"><TextCode X="0" Y="5">⺠代表：</TextCode></TextObject>'
            '<TextObject Boundary="10 10 9 9" Size="5"><TextCode X="0" Y="5">⼈</TextCode></TextObject></Page>',
        )  # fmt: skip
    assert [block.text for block in read(path)] == ["人民代表：", "第二行。"]


def test_radicals_become_characters() -> None:
    assert restore_radicals("⼈⼤⺠⻓⻛⻝⻔") == "人大民长风食门"


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="corpora/sample is absent")
def test_pdf_paragraphs(read) -> None:
    path = SAMPLE / "05选民意见" / "群众来信转办件（冬季）.pdf"
    texts = [block.text for block in read(path)]
    assert any(text.startswith("一、大垭村来信") and text.endswith("一罚了之。") for text in texts)


def test_pdf_of_blank_pages(tmp_path: Path, read) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    document.save(tmp_path / "a.pdf")
    with pytest.raises(ReadError, match="没有认出文字"):
        read(tmp_path / "a.pdf")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_office_formats_equal_docx(tmp_path: Path, make_docx, paragraph, read, suffix: str) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("村", "意见"))
    path = make_docx(
        paragraph("第一段。") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + paragraph("末段。")
    )
    import docx

    document = docx.Document()
    document.add_paragraph("第一段。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "村", "意见"
    document.add_paragraph("末段。")
    document.save(path)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", suffix, path.name],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    blocks = read(tmp_path / f"a.{suffix}")
    assert [block.cells or block.text for block in blocks] == ["第一段。", ("村", "意见"), "末段。"]


def test_every_format_gives_its_text_whole(tmp_path: Path, mixed_files) -> None:
    texts = [
        "高坎村三组自来水每天停水，水压不足。",
        "石沙路破损严重，请维修 A 段 3 公里。",
        "路灯不亮＆已有两个月。",
    ]
    for suffix, write in mixed_files.FORMATS.items():
        path = tmp_path / f"a.{suffix}"
        wanted = "".join(write(path, texts).split())
        sources = read_file(path, path.name, ReadConfig(isolated=False))
        found = "".join(block.text for source in sources for block in source.blocks)
        assert "".join(found.split()) == wanted, suffix


PDF_PASSWORD = (
    'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"x"}}'
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
def test_password_of_a_pdf_is_named(tmp_path: Path, mixed_files, failures_of) -> None:
    mixed_files.FORMATS["docx"](tmp_path / "a.docx", ["停水三天"])
    (path,) = mixed_files.convert([tmp_path / "a.docx"], PDF_PASSWORD, tmp_path)
    (failure,) = failures_of(path)
    assert "有密码" in failure.reason


@pytest.mark.parametrize("suffix", ["odt", "ods"])
def test_password_of_open_document_is_named(
    tmp_path: Path, mixed_files, failures_of, suffix: str
) -> None:
    good, path = tmp_path / f"good.{suffix}", tmp_path / f"a.{suffix}"
    mixed_files.FORMATS[suffix](good, ["停水三天"])
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        target.writestr("mimetype", source.read("mimetype"))
        target.writestr("content.xml", bytes(range(256)) * 20)
        target.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
            "<m:encryption-data/></m:file-entry></m:manifest>",
        )  # fmt: skip
    (failure,) = failures_of(path)
    assert "有密码" in failure.reason
