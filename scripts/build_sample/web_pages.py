"""Blocks of text to an HTML page, and through Chromium to a .pdf file."""

import re
import subprocess
import tempfile
from html import escape
from pathlib import Path

from markup import Heading, Table, parse_blocks

CHROMIUM_TIMEOUT_SECONDS = 180
PDF_STAMP = b"20251231090000"
STYLE = (
    '<style>body{font-family:"Noto Sans CJK SC",SimSun;font-size:15px;line-height:1.8}'
    "table{border-collapse:collapse}</style>"
)
NAVIGATION = (
    '<div class="nav"><a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; 正文</div>\n'
    "<script>var visited = 1;</script>\n"
)
FOOT = '<div class="foot">主办：柏渡镇人民政府　打印本页　关闭窗口</div>\n'


def write_html(path: Path, lines: list[str]) -> None:
    """Write marked-up lines as a page of the town's web site."""
    path.write_text(_render_page(lines, NAVIGATION, FOOT), "utf-8", newline="\n")


def write_pdf(path: Path, lines: list[str]) -> None:
    """Print marked-up lines with Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "a.html", Path(folder) / "a.pdf"
        page.write_text(_render_page(lines), "utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/u",
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            str(page),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=CHROMIUM_TIMEOUT_SECONDS)
        data = printed.read_bytes()
    stamped = re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:" + PDF_STAMP, data)
    path.write_bytes(stamped)


def _render_page(lines: list[str], navigation: str = "", foot: str = "") -> str:
    """Return a whole HTML page; its title is the first block that is not a table."""
    title, parts = "", []
    for block in parse_blocks(lines):
        if isinstance(block, Table):
            parts.append(_render_table(block.rows))
            continue
        title = title or block.text
        tag = f"h{block.level}" if isinstance(block, Heading) else "p"
        parts.append(f"<{tag}>{escape(block.text)}</{tag}>")
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>\n{STYLE}</head>\n"
        f"<body>\n{navigation}{body}\n{foot}</body></html>\n"
    )


def _render_table(rows: list[list[str]]) -> str:
    """Return an HTML table whose first row is the header."""
    lines = ['<table border="1">']
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        lines.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>")
    return "\n".join([*lines, "</table>"])
