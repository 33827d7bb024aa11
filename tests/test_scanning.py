"""Patterns in many texts at once: the matches of ``finditer``."""

import re
from pathlib import Path

import pytest

from renda_nlp.annotation import names, numbers
from renda_nlp.ngrams import TextBatch
from renda_nlp.patternheads import heads
from renda_nlp.scanning import Scanner, Sought

ROOT = Path(__file__).parent.parent
TEXTS = (
    "",
    "我家住3栋2单元301室，电话13812345678，找王女士。",
    "姓名：扎西次仁 电话 0731-8765 4321；车牌湘A12345，微信号abc_12345",
    "李 芳的妈妈桂芳说：𠮷野家的\r\n二狗子家欠12万元（附3号）",
    "壹",
    "孙子壮壮",
    "１２－３０５室 Lily老师 a@b.cn",
)


def _spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]


def _check(patterns: list[Sought], texts: list[str]) -> int:
    found = 0
    for scanned in Scanner(patterns).scan(TextBatch(texts)):
        for each in patterns:
            wanted = _spans(each.pattern.finditer(scanned.plain))
            assert _spans(scanned.matches(each)) == wanted, each.pattern.pattern
            found += len(wanted)
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        "ab?c*d",
        "(?:ab|c)+[^d]",
        r"(?<=[他她])家(?=里|$)",
        r"(?<!\d)\d{1,2}[楼层]",
        r"(?P<x>[一二])(?P=x)",
        r"[，,\s]{1,3}(?=1[3-9])",
        r"(?<=号)(?:\w|\W)",
        r".(?!\S)",
        r"(?:(?<=a)b|c)",
        r"@\w+|(?<![^\n])[他二][家狗]|(?<![a-c])d",
        r"[^\d\s]\D?",
        "𠮷.",
        r"(?:(?:ab)?c){2}|二(?:狗|娃)*子",
    ],
)
def test_matches_are_those_of_finditer(pattern: str) -> None:
    texts = [
        "",
        "a",
        "abcd",
        "aabdcbcc cd",
        "他家里她家",
        "12楼3层 一一二",
        "，， 13，1",
        "号a号",
        "b𠮷野a b",
        "二狗狗子ababcc",
    ]
    assert _check([Sought(pattern)], texts) > 0


def test_patterns_of_personal_data_are_found_as_by_finditer() -> None:
    patterns = [*numbers.SOUGHT, *names.SOUGHT]
    cases = (ROOT / "tests/annotation").rglob("*.json*")
    texts = [
        *TEXTS,
        *(line for path in sorted(cases) for line in path.read_text("utf-8").splitlines()),
    ]
    assert _check(patterns, texts[:1500]) > 1_000


def test_what_can_begin_a_match() -> None:
    ((_, first, second, third),) = heads(re.compile("(?:ab|c)d"), 3)
    assert [bin(chars).count("1") for chars in (first, second)] == [2, 2]
    assert third & (1 << ord("d"))
    (known, _), (other, _) = heads(re.compile(r"(?<=[xy])z|(?<![^\n])a"), 1)
    assert known == 1 << ord("x") | 1 << ord("y")
    assert other & 0x7FFFFFFFFF == 1 << ord("\n") | 1 << ord(" ")


@pytest.mark.parametrize("pattern", ["a*", "(?i)a"])
def test_patterns_that_cannot_be_sought(pattern: str) -> None:
    with pytest.raises(ValueError, match="a"):
        Scanner([Sought(pattern)])
