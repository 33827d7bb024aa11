"""Candidates for supervision topics 监督议题 and why each was chosen or not."""

from dataclasses import dataclass

from renda_nlp.records.opinions import Quote

__all__ = ["Candidate", "ChannelEvidence", "Criterion"]


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
