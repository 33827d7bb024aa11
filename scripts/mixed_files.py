"""Write files of every format with known text: for the fuzz run, the mixed folder and tests.

Each writer takes a path and paragraphs, and returns the text that a reader should find, in order.
``FORMATS`` are written by code alone; ``convert`` has LibreOffice write more, ``print_pdf`` Chromium,
``scan`` draws the pages of a PDF as pictures.
"""

import base64
import html
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

Paragraphs = Sequence[str]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
HEADER = ("编号", "意见内容", "时间")
BROWSER_SECONDS = 60
OFFICE_SECONDS = 180


def _text(encoding: str) -> Callable[[Path, Paragraphs], str]:
    def write(path: Path, paragraphs: Paragraphs) -> str:
        path.write_bytes("\r\n".join(paragraphs).encode(encoding))
        return "".join(paragraphs)

    return write


def _big5(path: Path, paragraphs: Paragraphs) -> str:
    import opencc

    convert_characters = opencc.OpenCC("s2t").convert
    lines = [convert_characters(text) for text in paragraphs]
    lines = [line.encode("big5hkscs", "ignore").decode("big5hkscs") for line in lines]
    return _text("big5hkscs")(path, lines)


def _rows(paragraphs: Paragraphs) -> list[tuple[str, str, str]]:
    return [HEADER, *((str(n), text, "2025年3月") for n, text in enumerate(paragraphs, 1))]


def _flat(rows: Sequence[Sequence[str]]) -> str:
    return "".join(cell for row in rows for cell in row)


def _delimited(delimiter: str, encoding: str) -> Callable[[Path, Paragraphs], str]:
    def write(path: Path, paragraphs: Paragraphs) -> str:
        import csv

        rows = _rows(paragraphs)
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return _flat(rows)

    return write


def _markdown(path: Path, paragraphs: Paragraphs) -> str:
    path.write_text("# 意见\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
    return "意见" + "".join(paragraphs)


def _html(path: Path, paragraphs: Paragraphs) -> str:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    page = f"<html><head><meta charset=utf-8><title>题</title></head><body>{body}</body></html>"
    path.write_text(page, "utf-8")
    return "".join(paragraphs)


def _docx(path: Path, paragraphs: Paragraphs) -> str:
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    rows = _rows(paragraphs[:2])
    table = document.add_table(rows=len(rows), cols=len(HEADER))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    document.save(str(path))
    return "".join(paragraphs) + _flat(rows)


def _xlsx(path: Path, paragraphs: Paragraphs) -> str:
    import xlsxwriter

    rows = _rows(paragraphs)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("登记表")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return _flat(rows)


def _jsonl(path: Path, paragraphs: Paragraphs) -> str:
    lines = [json.dumps({"内容": text}, ensure_ascii=False) for text in paragraphs]
    path.write_text("\n".join(lines), "utf-8")
    return "内容" + "".join(paragraphs)


def _package(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _pptx(path: Path, paragraphs: Paragraphs) -> str:
    names = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
    shapes = "".join(f"<a:p><a:r><a:t>{html.escape(t)}</a:t></a:r></a:p>" for t in paragraphs)
    parts = {
        "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId r:id="r1"/>'
        "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": '<Relationships><Relationship Id="r1" '
        'Target="slides/s.xml"/></Relationships>',
        "ppt/slides/s.xml": f"<p:sld {names}><p:sp>{shapes}</p:sp></p:sld>",
    }
    _package(path, parts)
    return "".join(paragraphs)


def _open_document(kind: str, body: str) -> dict[str, str]:
    names = (
        f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0"'
    )
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {names}><office:body>{body}</office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }


def _odt(path: Path, paragraphs: Paragraphs) -> str:
    body = "".join(f"<text:p>{html.escape(text)}</text:p>" for text in paragraphs)
    _package(path, _open_document("text", f"<office:text>{body}</office:text>"))
    return "".join(paragraphs)


def _ods(path: Path, paragraphs: Paragraphs) -> str:
    rows = _rows(paragraphs)
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        "<table:table-row>"
        + "".join(cell.format(html.escape(t)) for t in row)
        + "</table:table-row>"
        for row in rows
    )
    sheet = f'<office:spreadsheet><table:table table:name="表">{body}</table:table></office:spreadsheet>'
    _package(path, _open_document("spreadsheet", sheet))
    return _flat(rows)


def _ofd(path: Path, paragraphs: Paragraphs) -> str:
    lines = "".join(
        f'<TextObject Boundary="10 {10 * n} 180 6" Size="5"><TextCode X="0" Y="5">{html.escape(text)}'
        "</TextCode></TextObject>"
        for n, text in enumerate(paragraphs, 1)
    )
    parts = {
        "OFD.xml": "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": '<Document><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>',
        "Doc_0/P.xml": f"<Page>{lines}</Page>",
    }
    _package(path, parts)
    return "".join(paragraphs)


def _rtf(path: Path, paragraphs: Paragraphs) -> str:
    def escaped(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = (
            int.from_bytes(units[at : at + 2], "little", signed=True)
            for at in range(0, len(units), 2)
        )
        return "".join(f"\\u{code}?" for code in codes)

    body = "\\par ".join(escaped(text) for text in paragraphs)
    path.write_text("{\\rtf1\\ansi " + body + "\\par}", "ascii")
    return "".join(paragraphs)


def _eml(path: Path, paragraphs: Paragraphs) -> str:
    body = base64.encodebytes("\n".join(paragraphs).encode("gb18030")).decode()
    head = "From: a@b.cn\nTo: c@d.cn\nSubject: =?utf-8?B?5oSP6KeB?=\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    path.write_text(head + kind + body, "ascii")
    return "意见" + "".join(paragraphs)


def _zip(path: Path, paragraphs: Paragraphs) -> str:
    _package(path, {"意见/一.txt": "\n".join(paragraphs)})
    return "".join(paragraphs)


def _word_xml(path: Path, paragraphs: Paragraphs) -> str:
    body = "".join(f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body>{body}</w:body></w:wordDocument>",
        "utf-8",
    )
    return "".join(paragraphs)


def _excel_xml(path: Path, paragraphs: Paragraphs) -> str:
    rows = _rows(paragraphs)
    cells = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{html.escape(cell)}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="表"><Table>{cells}</Table>'
        "</Worksheet></Workbook>",
        "utf-8",
    )
    return _flat(rows)


def _parquet(path: Path, paragraphs: Paragraphs) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"内容": list(paragraphs)}), path)
    return "内容" + "".join(paragraphs)


FORMATS: dict[str, Callable[[Path, Paragraphs], str]] = {
    "utf8.txt": _text("utf-8"),
    "bom.txt": _text("utf-8-sig"),
    "gb18030.txt": _text("gb18030"),
    "utf16.txt": _text("utf-16"),
    "utf16le.txt": _text("utf-16-le"),
    "utf16be.txt": _text("utf-16-be"),
    "big5.txt": _big5,
    "md": _markdown,
    "csv": _delimited(",", "utf-8"),
    "gb18030.csv": _delimited(",", "gb18030"),
    "tsv": _delimited("\t", "utf-8"),
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "pptx": _pptx,
    "odt": _odt,
    "ods": _ods,
    "ofd": _ofd,
    "rtf": _rtf,
    "eml": _eml,
    "zip": _zip,
    "word.xml": _word_xml,
    "excel.xml": _excel_xml,
}
"""Suffix to the writer that needs no other program."""


SLIDES = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>
 <draw:page draw:name="一"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="20cm" svg:height="2cm"><draw:text-box>
 <text:p>饮水专题</text:p><text:p>高坎村停水</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame
 presentation:class="notes" svg:width="9cm" svg:height="9cm"><draw:text-box><text:p>请供水站到会</text:p></draw:text-box>
 </draw:frame></presentation:notes></draw:page><draw:page draw:name="二"><draw:g><draw:frame svg:x="1cm" svg:y="4cm"
 svg:width="20cm" svg:height="5cm"><draw:text-box><text:p>Water 2025</text:p></draw:text-box></draw:frame></draw:g>
 </draw:page></office:presentation></office:body></office:document>"""
"""Two slides with a group and notes, for LibreOffice Impress to convert."""


def convert(paths: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Have LibreOffice write ``paths`` in another format into ``folder``."""
    profile = folder / ".office"
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{profile}",
        "--convert-to",
        suffix,
    ]
    names = [str(path) for path in paths]
    subprocess.run(
        [*command, "--outdir", str(folder), *names],
        check=True,
        capture_output=True,
        timeout=OFFICE_SECONDS,
    )
    shutil.rmtree(profile, ignore_errors=True)
    return [folder / f"{path.stem}.{suffix.split(':')[0]}" for path in paths]


def print_pdf(page: Path, path: Path) -> None:
    """Have Chromium print a page into a PDF."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={path}", page.absolute().as_uri()],
        check=True,
        capture_output=True,
        timeout=BROWSER_SECONDS,
        env={**os.environ, "HOME": str(path.parent)},
    )


def scan(pdf: Path, stem: Path, kind: str = "png", *, dpi: int = 150) -> list[Path]:
    """Draw the pages of a PDF as pictures: png, jpeg or tiff."""
    subprocess.run(["pdftoppm", "-r", str(dpi), f"-{kind}", str(pdf), str(stem)], check=True)
    return sorted(stem.parent.glob(f"{stem.name}-*"))


def edit_distance(left: str, right: str) -> int:
    """Return the least number of insertions, deletions and substitutions (Levenshtein 1966)."""
    previous = list(range(len(right) + 1))
    for row, one in enumerate(left, 1):
        current = [row]
        for column, two in enumerate(right, 1):
            cost = previous[column - 1] + (one != two)
            current.append(min(previous[column] + 1, current[-1] + 1, cost))
        previous = current
    return previous[-1]
