"""The page: safe, self-contained, complete, the same bytes each time."""

import json
import re
import subprocess
import zlib
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.records import Report
from renda_nlp.reports import embedding
from renda_nlp.reports.embedding import embed_json, pack
from renda_nlp.reports.gathering import fitting_characters
from renda_nlp.reports.html import HtmlWriter
from renda_nlp.table import OpinionTable

SCRIPT = "<script>alert(1)</script>"

CHROMIUM = Path("/usr/bin/chromium")


def data_of(text: str) -> dict[str, list[object]]:
    found = re.search(r'id="opinion-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def test_markup_in_an_opinion_stays_text(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "登记表&amp;2025.xlsx" in text


def test_nothing_leaves_the_page(page: Path) -> None:
    text = page.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", text)
    assert not re.search(r"<(link|img|iframe|object|embed)\b", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)


def test_policy_allows_exactly_the_inlined_style_and_script(page: Path) -> None:
    text = page.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    rules = policy.group(1).replace("&#39;", "'")
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules
    for tag in ("style", "script"):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(body) == 1
        digest = b64encode(sha256(body[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in rules


def test_first_8_kb_name_the_generator(page: Path) -> None:
    assert b'<meta name="generator" content="renda_nlp">' in page.read_bytes()[:8192]


def test_only_masked_text_is_embedded(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "13812345678" not in text
    assert "3栋2单元" not in text
    rows = data_of(text)["rows"]
    assert rows[0][1] == "三组自来水每天停，电话***********，请修"
    assert rows[3][1] == "建议给桥头装路灯 晚上看不见"


def test_words_that_accuse_a_person_are_counted_but_not_shown(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "贪污" not in text.split('id="opinion-data"')[1]
    assert len(data_of(text)["rows"]) == 4


@pytest.mark.parametrize(
    "words",
    [
        "件数是收到的意见数，不等于民意比例",
        "收到文件2份＝已读1份＋未读1份",
        "共有内容5行（段）＝成为意见4行＋单列1行",
        "城郊村三组自来水每天停",
        "2件／2人",
        "2025年3月1日至3月2日",
        "城郊村／村民",
        "按主题和地区看：1组",
        "柏木片",
        "区间 1—3",
        "42.5",
        "登记表&amp;2025.xlsx，工作表“上半年”第2行第3列",
        "已安排检修",
        "关于云溪镇第1项工作情况",
        "什么时候修好？",
        "城郊村三组",
        "证据不足：只有1人反映（至少3人）",
        "坏文件.docx",
        "请另存",
        "机器归类会有错。",
        "建议稿",
    ],
)
def test_the_page_says(page: Path, words: str) -> None:
    assert words in page.read_text("utf-8").split('id="opinion-data"')[0]


def test_set_aside_texts_are_counted_only(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "问候语<b>1</b>" in text
    assert "您好，我的电话" not in text


def test_every_link_has_its_target(page: Path) -> None:
    text = page.read_text("utf-8")
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    assert set(re.findall(r'(?:aria-labelledby|for)="([^"]+)"', text)) <= set(ids)


def test_equal_reports_give_equal_bytes(
    report: Report, table: OpinionTable, page: Path, tmp_path: Path
) -> None:
    HtmlWriter().write(report, table, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == page.read_bytes()


def test_a_run_that_found_nothing_reads_well(
    bare_report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    HtmlWriter().write(bare_report, table, tmp_path / "bare.html")
    text = (tmp_path / "bare.html").read_text("utf-8")
    for words in ("未形成热点问题", "证据不足以提出监督议题", "全部文件都已读取", "没有单列的内容"):
        assert words in text


@pytest.mark.parametrize(
    ("rows", "issues", "characters"), [(0, 0, 80), (20_000, 500, 80), (100_000, 16_000, 58)]
)
def test_excerpts_shorten_so_that_the_page_keeps_its_size(
    rows: int, issues: int, characters: int
) -> None:
    assert fitting_characters(rows, issues) == characters


def test_a_million_rows_are_cut_to_what_a_browser_holds() -> None:
    assert fitting_characters(1_000_000, 10) == 40


def test_a_long_list_is_deflated(
    report: Report, table: OpinionTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "_MAX_PLAIN", 10)
    HtmlWriter().write(report, table, tmp_path / "long.html")
    text = (tmp_path / "long.html").read_text("utf-8")
    packed = re.search(r'octet-stream" id="opinion-data">(.*?)</script>', text)
    assert packed
    rows = json.loads(zlib.decompress(b64decode(packed.group(1))))["rows"]
    assert len(rows) == 4
    assert "13812345678" not in str(rows)
    if CHROMIUM.exists():
        assert "共4件" in dump(tmp_path / "long.html", tmp_path).stdout.decode()


def test_many_issues_are_deflated_and_the_browser_shows_them_on_demand(
    report: Report, table: OpinionTable, tmp_path: Path
) -> None:
    many = tuple(
        replace(report.issues[0], issue_id=f"2025-{n:03d}", rank=n, title=f"第{n}个停水问题")
        for n in range(1, 361)
    )
    HtmlWriter().write(replace(report, issues=many), table, tmp_path / "many.html")
    text = (tmp_path / "many.html").read_text("utf-8")
    assert text.count('<li class="issue"') == 300
    packed = re.search(r'id="issue-data">(.*?)</script>', text)
    assert packed
    rest = zlib.decompress(b64decode(packed.group(1))).decode()
    assert rest.count('<li class="issue"') == 60
    assert "第360个停水问题" in rest
    assert SCRIPT not in rest
    assert "其余60个热点问题请看 report.xlsx" in text
    if CHROMIUM.exists():
        dom = dump(tmp_path / "many.html", tmp_path).stdout.decode()
        assert "显示300个，共360个" in dom


def dump(page: Path, profile: Path) -> subprocess.CompletedProcess[bytes]:
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={profile / 'chromium'}",
        "--enable-logging=stderr",
        "--virtual-time-budget=3000",
        "--dump-dom",
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, timeout=60, check=True)


def test_embedded_data_cannot_close_the_script_element() -> None:
    text = str(embed_json({"a": "</script><!-- \u2028 &"}))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!-- \u2028 &"}


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium on this machine")
def test_the_browser_fills_the_list_of_opinions(page: Path, tmp_path: Path) -> None:
    done = dump(page, tmp_path)
    dom = done.stdout.decode()
    assert "has-js" in dom
    assert "共4件" in dom
    assert "三组自来水每天停，电话***********，请修</p>" in dom
    assert "显示1个，共1个" in dom
    assert "CONSOLE" not in done.stderr.decode()


@given(st.lists(st.text("字 \n\t<", max_size=6), max_size=8), st.integers(1, 9))
def test_a_text_in_parts_is_deflated_like_the_whole(parts, piece):
    with patch("renda_nlp.reports.embedding._PIECE", piece):
        packed = zlib.decompress(b64decode(pack(parts))).decode()
    assert packed == re.sub(r"\s*\n\s*", "\n", "".join(parts))
