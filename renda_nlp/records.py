"""The records that travel between the stages: frozen, keyword-only, with nothing but data.

Every offset is a code point of the text it belongs to, half-open ``[start, end)``.
A record is the view of one row; a million rows live in ``renda_nlp.table`` as columns.
"""

import datetime
from dataclasses import dataclass

__all__ = [
    "CHANNELS",
    "INTENTS",
    "KINDS",
    "SECTION_ROLES",
    "VOICE_CHANNELS",
    "Block",
    "Candidate",
    "ChannelEvidence",
    "Commitment",
    "Criterion",
    "Document",
    "Failure",
    "HeatTerm",
    "Hotspot",
    "Locator",
    "Opinion",
    "OpinionRow",
    "Passage",
    "Quote",
    "Reply",
    "Report",
    "Sentence",
    "SetAside",
    "Side",
    "Span",
    "Token",
    "TopicCount",
    "TopicScores",
]

KINDS: dict[str, str] = {
    "work_report": "工作报告",
    "party_plan": "党委计划",
    "congress_plan": "上级人大计划",
    "deliberation": "审议意见",
    "suggestion": "代表建议",
    "feedback": "选民意见",
    "reply": "办理答复",
    "study": "调研文章",
    "other": "其他",
}
"""Document kinds, id to Chinese name."""

CHANNELS: dict[str, tuple[str, int]] = {
    "inspection": ("执法检查", 1),
    "suggestion": ("代表建议", 2),
    "liaison": ("代表联络站", 2),
    "contact": ("接待选民", 2),
    "member": ("常委会组成人员/主席团成员", 3),
    "deliberation": ("审议发言", 3),
    "study": ("专题调研/代表小组", 4),
    "petition": ("来信来访", 5),
    "hotline": ("热线工单", 5),
    "mailbox": ("意见箱", 5),
    "chat": ("微信群", 6),
    "media": ("媒体", 6),
    "online": ("网络留言", 6),
    "government": ("政府自报", 0),
    "party": ("党委部署", 0),
}
"""Channels, id to (Chinese name, statutory channel 1-6 of the Supervision Law; 0 = no voice of the people)."""

VOICE_CHANNELS = frozenset(name for name, (_, law) in CHANNELS.items() if law)
"""Channels through which people speak; government and party count apart."""

INTENTS: dict[str, str] = {
    "complaint": "反映",
    "request": "求助",
    "question": "咨询",
    "suggestion": "建议",
    "praise": "表扬",
    "other": "其他",
}
"""What the speaker wants, id to Chinese name."""

SECTION_ROLES: dict[str, str] = {
    "achievement": "回顾成绩",
    "difficulty": "存在问题",
    "plan": "工作安排",
    "position": "表态",
}
"""What a section of an official document does, id to Chinese name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a block of text stands: the file and, as far as the format has them, the finer places.

    All numbers count from 1. ``file`` is the path below the input folder with ``/``; a member of an
    archive or an attachment is ``outer.zip!inner.docx``. Inside a table of a text document
    ``paragraph`` is the block number of the row and ``column`` the cell.
    """

    file: str
    page: int | None = None
    paragraph: int | None = None
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    line: int | None = None

    def describe(self) -> str:
        """Return the place in Chinese, without the file name: ``工作表“登记表”第5行第3列``."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.line is not None:
            parts.append(f"第{self.line}行")
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, line or table row of a file, as the file has it.

    ``cells`` is empty for running text; for a table row it holds the text of each cell (merged
    cells filled by the reader) and ``text`` is the cells joined by tabs.
    """

    text: str
    locator: Locator
    heading_level: int = 0  # 1-6 where the format marks headings, 0 = body
    cells: tuple[str, ...] = ()

    def text_at(self, column: int | None) -> str:
        """Return the text that a locator with this ``column`` (from 1; None = the block) names."""
        return self.text if column is None else self.cells[column - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source file and what was understood of it as a whole."""

    file: str
    format: str  # docx, xlsx, pdf, csv, txt ...
    kind: str  # a key of KINDS
    kind_confidence: float  # 0-1; 1.0 where the config says so
    title: str
    date: datetime.date | None  # the day the document bears, else None
    n_bytes: int
    fingerprint: str  # 16 hex of blake2b over the bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that was left out, with the reason and the remedy in Chinese."""

    stage: str  # read, split, quote ...
    source: str  # file, or file and place
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch ``[start, end)`` of the source text that ``locator`` names."""

    locator: Locator
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row or paragraph that is no opinion: kept, counted, and listed with its reason."""

    locator: Locator
    reason: str  # Chinese: 问候语, 落款, 广告, 测试数据, 空行, 标题 ...
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One opinion with everything its source says about it.

    ``text`` is the source text untouched: the texts of ``passages`` joined by ``。``.
    ``author`` is a keyed hash, never a name; ``private_names`` are names that the row itself gives
    (petitioner, contact), used to mask and never written.
    """

    opinion_id: str
    text: str
    passages: tuple[Passage, ...]
    kind: str
    channel: str
    date: datetime.date | None = None
    place: str = ""
    author: str = ""
    speaker: str = ""  # speakers of official records only
    endorsements: int = 0
    parent_id: str = ""
    row_id: str = ""
    section: str = ""  # headings above it, joined by " / "
    role: str = ""  # a key of SECTION_ROLES or empty
    reply: str = ""
    reply_passage: Passage | None = None
    reply_date: datetime.date | None = None
    outcome: str = ""  # 办理结果: A, B, C or the words of the file
    private_names: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()  # unknown columns

    @property
    def title_end(self) -> int:
        """Where the title ends in ``text``; 0 when the opinion has none."""
        first = self.passages[0]
        return first.end - first.start if len(self.passages) > 1 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a text with its part of speech in jieba's tag set."""

    start: int
    end: int
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A labelled stretch of a text. Labels: see ``renda_nlp.annotation``."""

    start: int
    end: int
    label: str
    value: str = ""  # normalised: a date as 2025-03-01, an amount in yuan, a head count


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScores:
    """The topics of one opinion."""

    topic: str
    secondary: tuple[str, ...]
    confidence: float  # calibrated probability of ``topic``
    undecided: bool
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """One opinion with everything found out about it: what the writers print, row by row."""

    opinion: Opinion
    scores: TopicScores
    masked_text: str
    masked_reply: str
    subtopic: str
    issue_id: str  # empty when it stands alone
    places: tuple[str, ...]
    is_voice: bool  # False for sentences of government and party papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an opinion that were found again at their place in the source."""

    opinion_id: str
    passage: Passage
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the report and the ids of the opinions it rests on."""

    text: str
    opinion_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTerm:
    """One term of the heat index: ``contribution = weight * value``, value in [0, 1]."""

    name: str
    label: str  # Chinese
    raw: float  # people, places, days ... before scaling
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One position on a disputed matter."""

    label: str  # 支持 / 反对
    n_opinions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """A hotspot issue 热点问题: many people about one concrete matter."""

    issue_id: str
    rank: int
    title: str
    summary: tuple[Sentence, ...]
    heat: float  # 0-100
    heat_terms: tuple[HeatTerm, ...]
    n_opinions: int
    n_people: int
    n_places: int
    n_channels: int
    n_duplicates: int
    flood: str  # Chinese note on copied texts or one author many times, else empty
    first_date: datetime.date | None
    last_date: datetime.date | None
    place: str
    people: str  # 人群 in words, else empty
    topic: str
    subtopic: str
    trend: str  # 新出现 / 升温 / 反复 / 回落 / 已平息 / 平稳 / 时间不详
    monthly: tuple[tuple[str, int], ...]  # (2025-03, opinions)
    members: tuple[str, ...]  # opinion ids
    channels: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]
    departments: tuple[str, ...]
    authority: str  # township / station / county / none
    severity: tuple[str, ...]  # Chinese names of severe classes
    rank_low: int
    rank_high: int
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of the selection, 0-100, with its sentence in words and its evidence."""

    name: str
    label: str
    value: float
    weight: float
    sentence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEvidence:
    """How many opinions reached a candidate through one channel, with a quote."""

    channel: str
    n_opinions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A candidate for a supervision topic 监督议题: a piece of work, chosen or not, with reasons."""

    candidate_id: str
    title: str  # 关于…工作情况
    topic: str
    subtopic: str
    place: str
    score: float  # 0-100
    chosen: bool
    rank: int  # among the chosen from 1; 0 when not chosen
    reason: str
    criteria: tuple[Criterion, ...]
    issue_ids: tuple[str, ...]
    channels: tuple[ChannelEvidence, ...]
    methods: tuple[str, ...]  # 监督方式
    departments: tuple[str, ...]
    quarter: str
    authority: str
    authority_reason: str
    laws: tuple[str, ...]
    questions: tuple[str, ...]
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise of a work report, as the report words it."""

    quote: Quote
    topic: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An official reply that stands beside its opinion."""

    opinion_id: str
    text: str
    passage: Passage
    reply_date: datetime.date | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCount:
    """How often a topic was raised."""

    topic: str
    name: str
    n_opinions: int  # voices only
    n_people: int
    n_undecided: int
    share: float  # of all voices
    n_official: int  # sentences of government and party papers on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that the writers need, ready to print; opinion rows come from the table beside it."""

    title: str
    level: str
    as_of: datetime.date
    period: tuple[datetime.date, datetime.date]
    config_hash: str
    version: str
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    set_aside: tuple[SetAside, ...]
    counts: dict[str, int]
    topics: tuple[TopicCount, ...]
    issues: tuple[Hotspot, ...]
    severe: tuple[Quote, ...]
    candidates: tuple[Candidate, ...]
    commitments: tuple[Commitment, ...]
    replies: tuple[Reply, ...]
    methods: tuple[tuple[str, str], ...]  # heading, paragraph
