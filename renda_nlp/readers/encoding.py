"""Find the encoding of Chinese text: BOM, strict UTF-8, UTF-16 by parity, GB18030 against Big5."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from renda_nlp.errors import ReadError
from renda_nlp.readers.common_characters import COMMON_CHARACTERS

__all__ = ["decode_text", "detect_encoding", "read_lines", "read_text"]

SAMPLE_BYTES = 262_144
MAX_LINE_CHARACTERS = 1_000_000
HEAD_CHARACTERS = 20_000
MAX_TEXT_BYTES = 100_000_000
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MIN_ZERO_SHARE = 0.05  # zero bytes on one side: Latin text in UTF-16
UTF16_SAMPLE_BYTES = 8192
MIN_UTF16_SHARE = 0.7
MARKS = frozenset("\r\n\t\u3000，。、；：？！“”‘’（）《》【】—…·％")
MIN_HAN_SHARE = 0.85  # of the letters that are common Chinese
MAX_BAD_SHARE = 0.01  # undecodable characters a candidate may have


def detect_encoding(data: bytes) -> str:
    """Return the Python name of the encoding of ``data``, a sample from the start of a file."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data" and error.start >= len(data) - 4
        if cut_off and error.start:  # the sample ends inside a character
            return "utf-8"
    else:
        if b"\0" not in data:
            return "gb18030" if _is_gbk_in_disguise(data) else "utf-8"
    return _utf16_by_characters(data) or _utf16_by_parity(data) or _legacy_encoding(data)


def _is_gbk_in_disguise(data: bytes) -> bool:
    """Whether bytes that pass as UTF-8 are common Chinese in GBK: 联通, 停水 are such pairs."""
    text = data.decode("utf-8")
    strange = [char for char in text if "\x80" <= char <= "\u07ff"]
    if not strange or any(char > "\u07ff" for char in text):
        return False
    try:
        letters = [char for char in data.decode("gb18030") if char > "\x7f"]
    except UnicodeDecodeError:
        return False
    return sum(char in COMMON_CHARACTERS for char in letters) > MIN_HAN_SHARE * len(letters)


def _utf16_by_parity(data: bytes) -> str:
    """Return the UTF-16 of Latin text by the side of its zero bytes; 一 (U+4E00) has one as well."""
    half = max(1, len(data) // 2)
    zeros = [data[side::2].count(0) / half for side in (0, 1)]
    if max(zeros) > MIN_ZERO_SHARE and zeros[0] != zeros[1]:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return ""


def _utf16_by_characters(data: bytes) -> str:
    """Return the UTF-16 in which nearly all characters are common ones, more than in GB18030."""
    if len(data) % 2:
        return ""
    sample = data[:UTF16_SAMPLE_BYTES]
    shares = {
        name: _common_share(sample.decode(name, "replace"))
        for name in ("utf-16-le", "utf-16-be", "gb18030")
    }
    best = max(shares, key=lambda name: shares[name])
    return best if best != "gb18030" and shares[best] > MIN_UTF16_SHARE else ""


def _common_share(text: str) -> float:
    return sum(
        " " <= char <= "~" or char in MARKS or char in COMMON_CHARACTERS for char in text
    ) / max(1, len(text))


def _legacy_encoding(data: bytes) -> str:
    best = (-1.0, "gb18030")
    for name in ("gb18030", "big5hkscs"):
        text = data.decode(name, "replace")
        bad = text.count("\ufffd")
        if bad > max(1, len(text) * MAX_BAD_SHARE):
            continue
        letters = [char for char in text if _is_han_or_private(char)]
        common = sum(char in COMMON_CHARACTERS for char in letters)
        share = common / len(letters) if letters else 0.0
        if share > best[0]:
            best = (share, name)
    return best[1]


def _is_han_or_private(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\ue000" <= char <= "\uf8ff" or char >= "\U00010000"


def decode_text(data: bytes) -> str:
    """Decode ``data`` by its detected encoding; bytes that do not decode become U+FFFD."""
    return data.decode(detect_encoding(data[:SAMPLE_BYTES]), "replace")


def read_text(path: Path, *, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """Return the whole text of a file.

    Raises:
        ReadError: The file is larger than ``max_bytes``.
    """
    with path.open("rb") as handle:
        data = handle.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ReadError(f"文件超过{max_bytes // 1_000_000}兆，无法整份读入；请拆成几个文件")
    return decode_text(data)


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line without its end); an endless line comes in pieces."""
    with path.open("rb") as raw:
        encoding = detect_encoding(raw.read(SAMPLE_BYTES))
    with path.open("r", encoding=encoding, errors="replace", newline=None) as handle:
        number = 1
        while line := handle.readline(MAX_LINE_CHARACTERS):
            yield number, line.rstrip("\n")
            number += line.endswith("\n")
