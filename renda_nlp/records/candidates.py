"""Candidates for supervision topics 监督议题 and why each was chosen or not."""

from dataclasses import dataclass

from renda_nlp.records.opinions import Quote

__all__ = [
    "Candidate",
    "ChannelEvidence",
    "Criterion",
    "EarlierTopic",
    "FigureLine",
    "LivelihoodProject",
    "Sensitivity",
    "StatutoryEvidence",
    "VotedProject",
]


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
class StatutoryEvidence:
    """One cell of the matrix candidates × channels that the Supervision Law names."""

    number: int  # a key of STATUTORY_CHANNELS, 1-6
    n_opinions: int
    n_people: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A row of a table of money or indicators that concerns a candidate, as the table prints it."""

    table: str  # title of the document or sheet
    kind: str  # 预算 / 决算 / 指标 / 民生实事
    item: str
    amount: str  # 预算数、金额, with its unit; empty where the table has none
    executed: str  # 执行数、完成数
    rate: str  # 执行率、完成率
    target: str  # 目标
    quotes: tuple[Quote, ...]  # the row in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTopic:
    """A topic of an earlier plan, report or decision sheet, and what became of it."""

    year: int
    title: str
    method: str
    outcome: str  # 未办结 / 已办结 / 不详 / 建议 (proposed by a report, unknown whether adopted)
    source: str  # file
    candidate_id: str  # the candidate of this run on the same work, else empty
    relation: str  # 未办结 / 又有反映 / 未再集中反映
    sentence: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What another weight of one criterion changes in the list of chosen topics."""

    criterion: str
    label: str
    weight: float
    changed_weight: float
    entering: tuple[str, ...]  # titles
    leaving: tuple[str, ...]
    chosen: tuple[str, ...]  # candidate ids in their new order


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelihoodProject:
    """A candidate for the deputies' vote on projects for the people 民生实事项目."""

    number: int
    name: str  # 高坎村供水管网改造
    topic: str
    place: str
    n_people: int
    issue_ids: tuple[str, ...]
    departments: tuple[str, ...]
    reason: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedProject:
    """A project that the deputies voted for in an earlier year, with the latest word on it."""

    year: int
    name: str
    target: str
    status: str  # 已报告完成 / 部分完成 / 未完成 / 未提及
    n_issues: int  # hotspot issues that still concern it
    sentence: str
    quotes: tuple[Quote, ...]  # the project, then the report on it


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
    work: str = ""  # id of the piece of work in the taxonomy
    n_people: int = 0  # who raised its issues
    n_raised: int = 0  # who raised the same piece of work anywhere, those included
    lead_id: str = ""  # the issue that stands for it: the hottest that papers or deputies name too
    eligible: bool = True  # False when excluded whatever its score: other hands, thin evidence
    methods_reason: str = ""
    quarter_reason: str = ""
    authority_name: str = ""  # 镇本级 / 派驻站所 / 县级以上 / 不作监督议题
    matrix: tuple[StatutoryEvidence, ...] = ()  # always six cells, 1-6
    figures: tuple[FigureLine, ...] = ()
    figures_note: str = ""  # says that none was found, or from how many tables they come
    history: str = ""  # earlier supervision in words
    department_quotes: tuple[Quote, ...] = ()  # texts that name who is responsible
