import re

import pytest
from typer.testing import CliRunner

from renda_nlp.annotation import LABELS
from renda_nlp.cli import app

pytest.importorskip("spacy")
from renda_nlp.integrations.display import LABEL_NAMES, render_page


def test_every_label_has_a_chinese_name():
    assert set(LABEL_NAMES) == set(LABELS)


def test_the_marks_are_the_spans_and_the_text_is_escaped():
    page = render_page([("<1>", "请市住建局2025年3月1日前修好<b>路</b>，投资120万元")])
    marks = re.findall(r"<mark.*?>\s*(.*?)\s*<span.*?>(.*?)</span>", page, re.DOTALL)
    assert ("2025年3月1日", "日期") in marks
    assert ("120万元", "数额") in marks
    assert "&lt;1&gt;" in page
    assert "<b>" not in page
    assert 'lang="zh"' in page
    assert '<meta charset="utf-8">' in page
    assert not re.search(r"https?://", page)


def test_renda_show_writes_a_page_without_personal_data(tmp_path):
    table = tmp_path / "表.csv"
    table.write_text("编号,意见内容\n1,高坎村停水，电话13900001234\n2,路灯不亮\n3,没有\n", "utf-8")
    page = tmp_path / "页.html"
    result = CliRunner().invoke(app, ["show", str(table), "-o", str(page), "--most", "2"])
    assert result.exit_code == 0, result.output
    text = page.read_text("utf-8")
    assert "13900001234" not in text
    assert "编号 2" in text
    assert "编号 3" not in text
