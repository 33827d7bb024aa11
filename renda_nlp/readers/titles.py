"""The title a document bears and the day it bears."""

import datetime
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from renda_nlp.records import Block

__all__ = ["guess_date", "guess_title", "parse_day"]

MAX_TITLE_CHARACTERS = 60
MIN_TITLE_CHARACTERS = 4
HEAD_BLOCKS = 12
TAIL_BLOCKS = 12
MAX_SIGNATURE_CHARACTERS = 30
MIN_YEAR, MAX_YEAR = 1949, 2100
DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")
DAY = re.compile(
    r"(?<!\d)(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})(?!\d|\s*[月季])\s*[日号]?"
)
COMPACT_DAY = re.compile(r"(?<!\d)(20\d{2})([01]\d)([0-3]\d)(?!\d)")
CHINESE_DAY = re.compile(
    r"([12二一][0-9〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
MONTH = re.compile(r"(?<!\d)(20\d{2})\s*(?:年|[-.])\s*(\d{1,2})\s*月?(?!\d)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*年|(?=\D|$))")
NOT_A_TITLE = re.compile(
    r"[。；;：:]$|^(?:各位|尊敬的|时间|日期|当前位置|填表|单位|编号)|^[（(].*[)）]$"
)
DOCUMENT_WORD = re.compile(
    r"报告|总结|要点|计划|意见|建议|议案|答复|回复|记录|登记|汇总|思考|调研|方案|摘抄|转办件|简报|纪要|要闻|发言|台账|清单|函$"
)


def guess_title(file: str, blocks: Sequence[Block]) -> str:
    """Return the first heading, else an early line that looks like a title, else the file name."""
    stem = PurePosixPath(file.rpartition("!")[2] or file).stem
    candidates = [block for block in blocks[:HEAD_BLOCKS] if not _is_data_row(block)]
    for block in candidates:
        text = _first_cell(block).strip()
        fits = MIN_TITLE_CHARACTERS <= len(text) <= MAX_TITLE_CHARACTERS
        if fits and not NOT_A_TITLE.search(text) and DOCUMENT_WORD.search(text):
            return " ".join(text.split())
    for block in candidates[:3]:
        text = _first_cell(block).strip()
        fits = MIN_TITLE_CHARACTERS <= len(text) <= MAX_TITLE_CHARACTERS
        if fits and block.heading_level and not NOT_A_TITLE.search(text):
            return " ".join(text.split())
    return stem


def _is_data_row(block: Block) -> bool:
    return len({cell.strip() for cell in block.cells if cell.strip()}) > 1


def _first_cell(block: Block) -> str:
    return next((cell for cell in block.cells if cell.strip()), block.text)


def parse_day(text: str) -> datetime.date | None:
    """Return the first full day in ``text``: 2025年3月1日, 2025-3-1, 20250301, 二〇二五年三月一日."""
    for pattern in (DAY, COMPACT_DAY):
        for found in pattern.finditer(text.translate(DIGITS) if pattern is DAY else text):
            if day := _day(int(found[1]), int(found[2]), int(found[3])):
                return day
    if spelled := CHINESE_DAY.search(text):
        year = int(spelled[1].translate(DIGITS))
        return _day(year, _small_number(spelled[2]), _small_number(spelled[3]))
    return None


def guess_date(file: str, title: str, blocks: Sequence[Block]) -> datetime.date | None:
    """Return the day the document bears: head, file name, signature, then month or year alone."""
    texts = [block.text for block in blocks if not _is_data_row(block)]
    for text in texts[:HEAD_BLOCKS]:
        if len(text) <= MAX_SIGNATURE_CHARACTERS * 2 and (day := parse_day(text)):
            return day
    if day := parse_day(file):
        return day
    for text in reversed(texts[-TAIL_BLOCKS:]):
        if len(text) <= MAX_SIGNATURE_CHARACTERS and (day := parse_day(text)):
            return day
    return _month_or_year(title, file)


def _month_or_year(title: str, file: str) -> datetime.date | None:
    """Return the first day of the month, else of the year, that title or file name say."""
    for text in (title, file):
        if (found := MONTH.search(text)) and (day := _day(int(found[1]), int(found[2]), 1)):
            return day
    for text in (title, file):
        if (found := YEAR.search(text)) and (day := _day(int(found[1]), 1, 1)):
            return day
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _small_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    value = int(ones.translate(DIGITS)) if ones else 0
    return value + (10 * (int(tens.translate(DIGITS)) if tens else 1) if ten else 0)
