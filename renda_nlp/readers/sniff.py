"""Find the format of a file by its content; the suffix decides only between plain texts."""

import csv
import json
import re
import zipfile
from pathlib import Path

import olefile

from renda_nlp.readers.containers import DAMAGED
from renda_nlp.readers.encoding import SAMPLE_BYTES, detect_encoding

__all__ = ["sniff_delimiter", "sniff_format"]

HEAD_BYTES = 65_536
MIMETYPE_BYTES = 200
MAGIC = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"7z\xbc\xaf'\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "binary"),
    (b"\x7fELF", "binary"),
)
PHONE_PICTURES = frozenset((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif"))
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
    ("Encryptions.xml", "ofd"),  # GM/T 0099: all else is packed away
)
OPEN_DOCUMENT = (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|font)\b",
    re.IGNORECASE | re.DOTALL,
)
XML_HEAD = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
XML_FORMATS = (
    ("word/2003/wordml", "wordxml"),
    ("office/2006/xmlPackage", "wordxml"),
    ('<?mso-application progid="Word', "wordxml"),
    ("urn:schemas-microsoft-com:office:spreadsheet", "excelxml"),
    ("<html", "html"),
)
MAIL_FIELD = re.compile(
    r"(?:from|to|subject|date|received|mime-version|message-id|return-path|content-type|"
    r"x-[\w-]+|delivered-to|reply-to|cc|sender|dkim-signature):",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
DELIMITERS = ",\t;|"
SAMPLE_RECORDS = 30
MIN_RECORDS = 3
MIN_FIELDS = 3
MIN_AGREEMENT = 0.9
MAX_HEADER_CHARACTERS = 12
MAX_CONTROL_SHARE = 0.02


def sniff_format(path: Path) -> str:
    """Return the format of a file: docx, xlsx, csv, txt ...; ``binary`` when it is no document.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as handle:
        head = handle.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    if head.startswith(OLE_MAGIC):
        return _sniff_ole(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    if head[4:8] == b"ftyp" and head[8:12] in PHONE_PICTURES:
        return "image"
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    return _sniff_text(path, head)


def _sniff_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            mimetype = b""
            if "mimetype" in names:
                with package.open("mimetype") as handle:
                    mimetype = handle.read(MIMETYPE_BYTES)
    except (*DAMAGED, RuntimeError):
        return {".docx": "docx", ".xlsx": "xlsx", ".pptx": "pptx"}.get(path.suffix.lower(), "zip")
    for member, name in ZIP_MEMBERS:
        if member in names:
            return name
    for word, name in OPEN_DOCUMENT:
        if mimetype.startswith(b"application/vnd.oasis.opendocument." + word.encode()):
            return name
    return "zip"


def _sniff_ole(path: Path) -> str:
    try:
        with olefile.OleFileIO(path) as ole:
            for stream, name in OLE_STREAMS:
                if ole.exists(stream):
                    return name
    except (OSError, ValueError, IndexError, RecursionError):
        pass
    return {".xls": "xls", ".et": "xls", ".ppt": "ppt", ".msg": "msg"}.get(
        path.suffix.lower(), "doc"
    )


def _sniff_text(path: Path, head: bytes) -> str:
    text = head.decode(detect_encoding(head[:SAMPLE_BYTES]), "replace").lstrip("\ufeff")
    if len(CONTROL.findall(text)) + text.count("\ufffd") > max(2, len(text) * MAX_CONTROL_SHARE):
        return "binary"
    suffix = path.suffix.lower()
    if format_name := _sniff_markup(text):
        return format_name
    if suffix in (".csv", ".tsv"):
        return suffix[1:]
    if suffix in (".md", ".markdown"):
        return "md"
    delimiter = sniff_delimiter(text, strict=suffix not in (".xls", ".xlsx", ".et"))
    if delimiter:
        return "tsv" if delimiter == "\t" else "csv"
    return "txt"


def _sniff_markup(text: str) -> str:
    """Return html, eml, jsonl ... where the text is such, or an empty string."""
    if HTML_HEAD.match(text):
        return "html"
    if XML_HEAD.match(text):
        return next((name for mark, name in XML_FORMATS if mark in text), "xml")
    return "eml" if _is_mail(text) else _sniff_json(text)


def _is_mail(text: str) -> bool:
    lines = text.lstrip("\r\n").splitlines()[:30]
    return (
        bool(lines)
        and bool(MAIL_FIELD.match(lines[0]))
        and sum(bool(MAIL_FIELD.match(line)) for line in lines) >= MIN_RECORDS
    )


def _sniff_json(text: str) -> str:
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return ""
    first = start.splitlines()[0]
    try:
        value = json.loads(first)
    except ValueError:
        if first.startswith('{"') and len(first) == len(start):
            return "jsonl"  # one long line that the sample cuts off
        return "json" if re.match(r'[\[{]\s*(?:"|\{|\[|$)', start) else ""
    if isinstance(value, dict):
        return "jsonl"
    return "json" if isinstance(value, list) and value and isinstance(value[0], dict) else ""


def sniff_delimiter(text: str, *, strict: bool = False) -> str:
    """Return the delimiter that cuts the lines of ``text`` into equal rows, or an empty string.

    Args:
        text: The start of the file.
        strict: Ask for a row of short headings, at least three columns and three rows, so that
            prose with commas is no table.
    """
    lines = text.splitlines()[:-1] or text.splitlines()
    for delimiter in DELIMITERS:
        rows = []
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                if any(cell.strip() for cell in row):
                    rows.append(row)
                if len(rows) >= SAMPLE_RECORDS:
                    break
        except csv.Error:
            continue
        if _is_table(rows, strict=strict):
            return delimiter
    return ""


def _is_table(rows: list[list[str]], *, strict: bool) -> bool:
    if not rows or len(rows[0]) < (MIN_FIELDS if strict else 2):
        return False
    width = len(rows[0])
    agreeing = sum(len(row) == width for row in rows)
    if agreeing < MIN_AGREEMENT * len(rows):
        return False
    if not strict:
        return True
    return len(rows) >= MIN_RECORDS and all(
        0 < len(cell.strip()) <= MAX_HEADER_CHARACTERS for cell in rows[0]
    )
