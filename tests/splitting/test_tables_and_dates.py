"""Tables of the commands, dates, fingerprints."""

import datetime

import pytest

from renda_nlp.errors import InputError
from renda_nlp.records import Block, Document, Locator
from renda_nlp.splitting import author_hash, opinion_fingerprint, split_table
from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.fields import FIELDS, field_of, make_synonyms

DOCUMENT = Document(
    file="a.csv", format="csv", kind="other", kind_confidence=0.3, title="a", date=None, n_bytes=1, fingerprint=""
)  # fmt: skip


def _rows(*rows: tuple[str, ...]) -> list[Block]:
    return [
        Block(text="\t".join(row), locator=Locator(file="a.csv", row=number), cells=row)
        for number, row in enumerate(rows, 1)
    ]


def test_one_opinion_per_row() -> None:
    rows = _rows(
        ("留言编号", "留言主题", "留言详情"),
        ("2549.0", "停水", " 三天了 "),
        ("2550", "", ""),
        ("", "1、路灯坏了三个月没有人来修；2、垃圾桶满了一个星期没人清", ""),
    )
    opinions = list(split_table(DOCUMENT, rows))
    assert [opinion.row_id for opinion in opinions] == ["2549", "2550", "3"]
    assert [opinion.text for opinion in opinions][:2] == ["停水。三天了", ""]
    assert len(opinions) == 3


def test_named_columns() -> None:
    rows = _rows(("甲", "乙"), ("1.0", "停水"), ("2", "断电"))
    opinions = list(split_table(DOCUMENT, rows, text_column="乙", id_column="甲"))
    assert [(opinion.row_id, opinion.text) for opinion in opinions] == [
        ("1", "停水"),
        ("2", "断电"),
    ]
    with pytest.raises(InputError, match="现有的列：甲、乙"):
        list(split_table(DOCUMENT, rows, text_column="丙"))


def test_lines_of_a_text() -> None:
    blocks = [
        Block(text=t, locator=Locator(file="a.txt", line=n)) for n, t in ((1, "停水"), (3, "谢谢"))
    ]
    assert [(o.row_id, o.text) for o in split_table(DOCUMENT, blocks)] == [
        ("1", "停水"),
        ("2", "谢谢"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-3-1", (2025, 3, 1)), ("2025/3/1 10:21", (2025, 3, 1)), ("2025年3月1日", (2025, 3, 1)), ("20250301", (2025, 3, 1)),
        ("二〇二五年十二月三十一日", (2025, 12, 31)), ("45717", (2025, 3, 1)), ("45717.5", (2025, 3, 1)), ("3月1日", (2024, 3, 1)),
        ("3.1", (2024, 3, 1)), ("10月", (2024, 10, 1)), ("2025年3月", (2025, 3, 1)), ("2025-02-30", None), ("19900001111", None), ("", None),
    ],
)  # fmt: skip
def test_dates(text: str, expected: tuple[int, int, int] | None) -> None:
    day = datetime.date(*expected) if expected else None
    assert parse_date(text, year=2024, is_date_column=True) == day


def test_synonyms() -> None:
    assert sum(len(names.split()) for names in FIELDS.values()) >= 40
    known = make_synonyms((("text", ("心声",)),))
    cases = {
        "意见内容": "text", "反映的主要问题": "text", "联系电话（必填）": "phone", "姓 名": "name", "住址/村组": "address",
        "办理 答复": "reply", "答复时间": "reply_date", "心声": "text", "天气": "", "留言主题": "title", "来访日期": "date",
    }  # fmt: skip
    assert {name: field_of(name, known) for name in cases} == cases


def test_fingerprint_and_author() -> None:
    day = datetime.date(2025, 3, 1)
    one = opinion_fingerprint("停水", "feedback", "", day)
    assert len(one) == 16
    assert one == opinion_fingerprint("停水", "feedback", "", day)
    assert one != opinion_fingerprint("停水", "feedback", "", None)
    assert author_hash("", "", b"k") == ""
    assert author_hash("王", "1", b"k") != author_hash("王", "1", b"j")
