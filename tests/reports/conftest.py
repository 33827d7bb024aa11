"""A small report made by hand, and the table beside it."""

import datetime
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from renda_nlp.batch import Analysis, make_batch
from renda_nlp.columns import Ragged
from renda_nlp.records import (
    Candidate,
    ChannelEvidence,
    Commitment,
    Criterion,
    Document,
    Failure,
    HeatTerm,
    Hotspot,
    IssueGroup,
    Locator,
    Opinion,
    Passage,
    Quote,
    Reply,
    Report,
    Sentence,
    SetAside,
    Side,
    TopicCount,
    TopicScores,
)
from renda_nlp.table import OpinionTable

SCRIPT = "<script>alert(1)</script>"
SECRET_PHONE = "13812345678"
ACCUSATION = "村主任贪污了修路的钱"
_TEXTS = (
    (
        "三组自来水每天停，电话13812345678，请修",
        "三组自来水每天停，电话***********，请修",
        "drinking_water",
        "pipe_leak",
        "complaint",
    ),
    (f"三组水压不足 {SCRIPT}", f"三组水压不足 {SCRIPT}", "drinking_water", "pipe_leak", "request"),
    (ACCUSATION, ACCUSATION, "governance", "corruption", "complaint"),
    (
        "建议给桥头装路灯\n晚上看不见",
        "建议给桥头装路灯\n晚上看不见",
        "urban_construction",
        "",
        "suggestion",
    ),
)


def passage(row: int, size: int = 10) -> Passage:
    locator = Locator(file="登记表&2025.xlsx", sheet="上半年", row=row, column=3)
    return Passage(locator=locator, start=0, end=size)


def make_analysis(**known: object) -> Analysis:
    """Return an analysis whose other fields are empty, whatever fields there are."""
    for field in fields(Analysis):
        kind = str(field.type)
        known.setdefault(field.name, () if "tuple" in kind else ("" if "str" in kind else 0))
    return Analysis(**known)  # type: ignore[arg-type]


def make_table() -> OpinionTable:
    table = OpinionTable()
    opinions, analyses = [], []
    for number, (text, masked, topic, subtopic, intent) in enumerate(_TEXTS):
        opinions.append(
            Opinion(
                opinion_id=f"{number:016x}",
                text=text,
                passages=(passage(number + 2, len(text)),),
                kind="feedback",
                channel="hotline",
                date=datetime.date(2025, 3, number + 1),
                place="城郊村3栋2单元501",
                author=f"a{number}",
            )
        )
        analyses.append(
            make_analysis(
                scores=TopicScores(
                    topic=topic, secondary=(), confidence=0.9, undecided=False, intent=intent
                ),
                subtopic=subtopic,
                places=("城郊村",),
                regions=("城郊村",),
                masked_text=masked,
            )
        )
    nothing = Ragged(np.zeros(0, np.uint32), np.zeros(len(opinions), np.int64))
    hashes = {"words": nothing, "title_words": nothing, "names": nothing}
    empty = np.zeros((len(opinions), 1), np.float16)
    table.append(make_batch(opinions, analyses, hashes, empty, empty))
    table.issue_ids = {0: "2025-001", 1: "2025-001"}
    return table


def _issue(quotes: tuple[Quote, ...]) -> Hotspot:
    return Hotspot(
        issue_id="2025-001",
        rank=1,
        title="城郊村三组自来水每天停",
        summary=(
            Sentence(text="共2件、2人反映。", opinion_ids=(f"{0:016x}-1", f"{1:016x}-1")),
            Sentence(text="主要反映：三组自来水每天停。", opinion_ids=(f"{0:016x}-1",)),
        ),
        heat=42.5,
        heat_terms=(
            HeatTerm(
                name="people", label="人数", raw=2.0, value=0.24, weight=40.0, contribution=9.5
            ),
            HeatTerm(
                name="places", label="地点分布", raw=1.0, value=0.3, weight=8.0, contribution=2.3
            ),
        ),
        n_opinions=2,
        n_people=2,
        n_places=1,
        n_channels=1,
        n_duplicates=0,
        flood="",
        first_date=datetime.date(2025, 3, 1),
        last_date=datetime.date(2025, 3, 2),
        place="城郊村",
        people="村民",
        topic="drinking_water",
        subtopic="pipe_leak",
        trend="新出现",
        monthly=(("2025-03", 2),),
        members=(f"{0:016x}-1", f"{1:016x}-1"),
        channels=(("hotline", 2),),
        quotes=quotes,
        departments=("供水站",),
        authority="township",
        severity=("水质污染",),
        rank_low=1,
        rank_high=3,
        sides=(Side(label="支持", n_opinions=1, quotes=quotes[:1]),),
    )


def _candidate(number: int, quotes: tuple[Quote, ...], *, chosen: bool) -> Candidate:
    return Candidate(
        candidate_id=f"C{number:03d}",
        title=f"关于云溪镇第{number}项工作情况",
        topic="drinking_water",
        subtopic="pipe_leak",
        place="云溪镇",
        score=60.0 - number,
        chosen=chosen,
        rank=number if chosen else 0,
        reason="群众热点 × 政府难点" if chosen else "证据不足：只有1人反映（至少3人）",
        criteria=(
            Criterion(
                name="heat",
                label="群众热点",
                value=55.0,
                weight=30.0,
                sentence="2人反映。",
                quotes=quotes,
            ),
            Criterion(
                name="party",
                label="党委重点",
                value=0.0,
                weight=20.0,
                sentence="没有提到。",
                quotes=(),
            ),
        ),
        issue_ids=("2025-001",),
        channels=(ChannelEvidence(channel="hotline", n_opinions=2, quotes=quotes[:1]),),
        methods=("代表视察",),
        departments=("供水站",),
        quarter="第二季度",
        authority="township",
        authority_reason="镇本级可监督",
        laws=("《水法》",),
        questions=("什么时候修好？",),
        visits=("城郊村三组",),
    )


def make_report() -> Report:
    quotes = (
        Quote(opinion_id=f"{0:016x}-1", passage=passage(2), text="三组自来水每天停"),
        Quote(opinion_id=f"{1:016x}-1", passage=passage(3), text=f"水压不足 {SCRIPT}"),
    )
    return Report(
        title="云溪镇监督议题建议报告（建议稿）",
        level="township",
        as_of=datetime.date(2025, 12, 31),
        period=(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
        config_hash="0123456789abcdef",
        version="0.1.0",
        documents=(
            Document(
                file="登记表&2025.xlsx",
                format="xlsx",
                kind="feedback",
                kind_confidence=1.0,
                title="登记表",
                date=None,
                n_bytes=10,
                fingerprint="0" * 16,
            ),
        ),
        failures=(
            Failure(stage="read", source="坏文件.docx", reason="文件已损坏", remedy="请另存"),
        ),
        set_aside=(
            SetAside(
                locator=passage(9).locator, reason="问候语", text=f"您好，我的电话{SECRET_PHONE}"
            ),
        ),
        counts={
            "files_in": 2,
            "files_read": 1,
            "files_left_out": 1,
            "rows_in": 5,
            "rows_with_opinions": 4,
            "rows_set_aside": 1,
            "opinions": 4,
            "opinions_from_lists": 0,
            "voices": 4,
            "voices_in_period": 4,
            "official_sentences": 0,
            "in_issues": 2,
            "single": 2,
            "undecided": 0,
        },
        topics=(
            TopicCount(
                topic="drinking_water",
                name="安全饮水",
                n_opinions=2,
                n_people=2,
                n_undecided=0,
                share=0.5,
                n_official=1,
            ),
        ),
        issue_groups=(
            IssueGroup(
                topic="drinking_water",
                area="柏木片",
                issue_ids=("2025-001",),
                n_opinions=2,
                n_people=2,
            ),
        ),
        issues=(_issue(quotes),),
        severe=quotes[:1],
        candidates=(_candidate(1, quotes, chosen=True), _candidate(2, (), chosen=False)),
        commitments=(Commitment(quote=quotes[0], topic="drinking_water", year=2025),),
        replies=(
            Reply(
                opinion_id=f"{0:016x}-1",
                text="已安排检修",
                passage=passage(2),
                reply_date=datetime.date(2025, 4, 1),
                outcome="A",
            ),
        ),
        methods=(("局限", "机器归类会有错。"),),
    )


@pytest.fixture(scope="session")
def table() -> Iterator[OpinionTable]:
    made = make_table()
    yield made
    made._spool.close()


@pytest.fixture(scope="session")
def report() -> Report:
    return make_report()


@pytest.fixture(scope="session")
def bare_report() -> Report:
    """A run that found nothing."""
    full = make_report()
    return replace(
        full,
        issues=(),
        candidates=(),
        severe=(),
        commitments=(),
        replies=(),
        failures=(),
        set_aside=(),
        topics=(),
    )


@pytest.fixture(scope="session")
def page(report: Report, table: OpinionTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from renda_nlp.reports.html import HtmlWriter

    path = tmp_path_factory.mktemp("page") / "report.html"
    HtmlWriter().write(report, table, path)
    return path
