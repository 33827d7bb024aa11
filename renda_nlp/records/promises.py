"""Promises of work reports, what later reports say of them, and official replies.

Every word of evidence is a ``Quote``: it is found again in its source before anything is written.
"""

import datetime
from dataclasses import dataclass

from renda_nlp.records.documents import Passage
from renda_nlp.records.opinions import Quote

__all__ = [
    "COMMITMENT_KINDS",
    "GAP_KINDS",
    "LINK_STATUSES",
    "REPLY_FLAGS",
    "REPLY_SCORES",
    "Claim",
    "Commitment",
    "CommitmentLink",
    "Difficulty",
    "PromiseGap",
    "Quantity",
    "Reply",
    "ReplyFlag",
    "ReplyScore",
    "ReturnedMatter",
]

COMMITMENT_KINDS = ("新建", "完成", "启动", "争取")
"""What a promise says it will do: set up, reach, start, or strive on."""

LINK_STATUSES = ("已报告完成", "部分", "未提及", "改口", "缺少下一年报告")
"""What the next year's report says of a promise; the last where that report is not there."""

GAP_KINDS = ("报告有承诺、群众仍反映", "群众反映集中、报告未提", "已报完成、反映又起")
"""How reports and the people's words part."""

REPLY_SCORES: dict[str, str] = {
    "relevance": "相关性",
    "completeness": "完整性",
    "explainability": "可解释性",
    "timeliness": "时效",
    "commitment": "承诺时限",
}
"""Scores of a reply, each 1-5, id to Chinese name."""

REPLY_FLAGS = ("答非所问", "只表态无措施", "推诿", "无时限", "逾期")
"""Warnings about a reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure with its unit: ``1200万人以上`` is 12000000.0 人 以上."""

    text: str  # as the report has it
    value: float  # 万 and 亿 multiplied out; the first figure of a range
    unit: str  # 人, 元, 公里, % ...; empty when the text has none
    bound: str = ""  # 以上, 左右, 以内, 超过 ... as the text has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise of a work report, as the report words it."""

    quote: Quote
    topic: str
    year: int | None  # of the report
    commitment_id: str = ""
    kind: str = ""  # one of COMMITMENT_KINDS
    object: str = ""  # what it is about: 农村饮水安全巩固提升工程
    quantities: tuple[Quantity, ...] = ()
    place: str = ""
    deadline: str = ""  # words of the text: 9月底前, 今年, 到2025年
    due: datetime.date | None = None  # last day of that time
    departments: tuple[str, ...] = ()
    heading: str = ""  # the short sentence that opens its paragraph: 完成石沙路改造
    subtopic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An achievement that a work report claims."""

    claim_id: str
    quote: Quote
    topic: str
    year: int | None
    object: str
    quantities: tuple[Quantity, ...] = ()
    place: str = ""
    heading: str = ""
    subtopic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """A difficulty that a work report admits."""

    difficulty_id: str
    quote: Quote
    topic: str
    year: int | None
    object: str
    quantities: tuple[Quantity, ...] = ()
    place: str = ""
    heading: str = ""
    subtopic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLink:
    """A promise and what the next year's report says of it."""

    commitment_id: str
    status: str  # one of LINK_STATUSES
    claim_ids: tuple[str, ...]  # of claims, and of difficulties that admit a promise as missed
    next_year: int | None  # year of the report that was searched; None when it is not there
    reason: str  # in Chinese: which words and figures the link rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseGap:
    """Where a report and the people's words part, with both sides."""

    kind: str  # one of GAP_KINDS
    issue_id: str
    title: str  # of the issue
    sentence: str
    commitment_ids: tuple[str, ...]  # empty for 群众反映集中、报告未提
    official: tuple[Quote, ...]  # the promise or claim
    voices: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyScore:
    """One score of a reply with the words that show it."""

    name: str  # a key of REPLY_SCORES
    label: str
    value: int  # 1-5; 0 = cannot be said (no dates for 时效)
    sentence: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFlag:
    """A warning about a reply with the words that show it."""

    label: str  # one of REPLY_FLAGS
    sentence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An official reply to an opinion: beside it in a table, or in a document of its own."""

    opinion_id: str  # of the matter replied to
    text: str  # masked
    passage: Passage  # its first passage
    reply_date: datetime.date | None
    outcome: str
    reply_opinion_id: str = ""  # of the unit of a reply document; empty when in the same row
    matched_by: str = "同一行"  # 同一行 / 同一编号 / 按文字
    asked: datetime.date | None = None
    days: int | None = None  # between question and reply
    departments: tuple[str, ...] = ()
    scores: tuple[ReplyScore, ...] = ()
    flags: tuple[ReplyFlag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMatter:
    """答复后又反映: the same issue raised again after its reply."""

    issue_id: str
    title: str
    opinion_id: str  # the first matter, which was answered
    asked: datetime.date | None
    reply_date: datetime.date
    again: datetime.date  # first day that it was raised again
    n_again: int  # opinions after the reply
    question: tuple[Quote, ...]
    reply: tuple[Quote, ...]
    later: tuple[Quote, ...]  # the first ones after the reply
    sentence: str
