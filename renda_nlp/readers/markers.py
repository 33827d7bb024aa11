"""Recognise files that are no material: the product's own outputs and office lock files."""

import json
import zipfile
from pathlib import Path

from renda_nlp.readers.containers import DAMAGED

__all__ = ["OCR_FOLDER", "OUTPUT_FOLDER_MARKER", "ignored_name", "is_own_output"]

OUTPUT_FOLDER_MARKER = ".renda-output"
OCR_FOLDER = ".renda-ocr"
"""Where a run keeps recognised pages below its output; holds unmasked text."""

HEAD_BYTES = 8192
TAIL_BYTES = 65_536  # holds the directory of every office file of ours
MAX_REPORT_BYTES = 1_000_000_000
CORE_PART = "docProps/core.xml"
KEYWORD = b"renda_nlp-output"
GENERATOR = b'<meta name="generator" content="renda_nlp"'
IGNORED_NAMES = frozenset(("thumbs.db", ".ds_store", "desktop.ini", "renda.toml"))


def ignored_name(name: str) -> str:
    """Return why a file of this name is passed over in silence, or an empty string."""
    if name.startswith(("~$", ".~lock")) or (name.startswith(".~") and "." in name[2:]):
        return "办公软件的临时文件"
    return "系统或设置文件" if name.lower() in IGNORED_NAMES else ""


def is_own_output(path: Path) -> bool:
    """Whether a file was written by this product.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as handle:
        head = handle.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _package_says_so(path)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"{"):
        first_line = start.splitlines()[0]
        return b'"_renda"' in first_line or _is_report_json(path, start)
    return GENERATOR in head


def _package_says_so(path: Path) -> bool:
    with path.open("rb") as handle:
        handle.seek(max(0, path.stat().st_size - TAIL_BYTES))
        if CORE_PART.encode() not in handle.read():
            return False  # and the directory of a hostile archive is not even parsed
    try:
        with zipfile.ZipFile(path) as package, package.open(CORE_PART) as member:
            return KEYWORD in member.read(HEAD_BYTES)
    except (*DAMAGED, KeyError, RuntimeError):
        return False


def _is_report_json(path: Path, start: bytes) -> bool:
    if b'"schema"' not in start and b'"created_from"' not in start:
        return False
    if path.stat().st_size > MAX_REPORT_BYTES:
        return False
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(value, dict)
        and "created_from" in value
        and str(value.get("schema", "")).startswith("renda_nlp")
    )
