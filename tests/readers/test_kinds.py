"""Document kinds, titles and days are guessed from names and content."""

import datetime
import json
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.readers import guess_kind, read_folder
from renda_nlp.readers.titles import guess_date, guess_title
from renda_nlp.records import Block, Locator

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"


def _blocks(*texts: str) -> list[Block]:
    return [
        Block(text=text, locator=Locator(file="a", line=number))
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("title", "header", "expected"),
    [
        ("2025年镇人民政府工作报告", (), "work_report"),
        ("镇党委2025年工作要点", (), "party_plan"),
        ("县人大常委会2025年监督工作计划", (), "congress_plan"),
        ("第一代表团审议发言记录", (), "deliberation"),
        ("关于修建路灯的建议", ("案由", "领衔代表"), "suggestion"),
        ("接待选民登记表", (), "feedback"),
        ("台账", ("姓名", "电话", "意见内容", "来访日期"), "feedback"),
        ("关于第12号代表建议的答复", (), "reply"),
        ("农村养老情况调研报告", (), "study"),
        ("食堂菜单", (), "other"),
    ],
)
def test_kind(title: str, header: tuple[str, ...], expected: str) -> None:
    assert guess_kind("x.docx", title, [], header)[0] == expected


def test_title_and_day() -> None:
    blocks = _blocks("时间:2022-07-05 12:07", "关于饮水安全的调研报告", "正文。")
    assert guess_title("a/b.docx", blocks) == "关于饮水安全的调研报告"
    assert guess_date("b.docx", "x", blocks) == datetime.date(2022, 7, 5)
    assert guess_date("工单2025年7-12月.csv", "工单", []) == datetime.date(2025, 7, 1)
    assert guess_date("b.docx", "x", _blocks("正文。", "二〇二五年三月十二日")) == datetime.date(
        2025, 3, 12
    )


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="corpora/sample is absent")
def test_kinds_of_the_sample() -> None:
    gold = json.loads(SAMPLE.with_suffix(".planted.json").read_text("utf-8"))["kinds"]
    found = {
        source.document.file: source.document.kind
        for source in read_folder(SAMPLE, ReadConfig(), [])
    }
    right = sum(found.get(file) == kind for file, kind in gold.items())
    assert right >= 0.95 * len(gold)
