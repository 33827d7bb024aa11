"""Everything that the writers print."""

import datetime
from dataclasses import dataclass

from renda_nlp.records.candidates import (
    Candidate,
    EarlierTopic,
    LivelihoodProject,
    Sensitivity,
    VotedProject,
)
from renda_nlp.records.corrections import ModelCheck, ReplayedCorrection
from renda_nlp.records.documents import Document, Failure, SetAside
from renda_nlp.records.issues import Hotspot, IssueGroup, IssueMatch
from renda_nlp.records.opinions import Quote
from renda_nlp.records.promises import (
    Claim,
    Commitment,
    CommitmentLink,
    Difficulty,
    PromiseGap,
    Reply,
    ReturnedMatter,
)

__all__ = ["Report", "TopicCount"]


UNDATED = datetime.date(2000, 1, 1)  # the day of a report whose material bears no date


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
    issue_groups: tuple[IssueGroup, ...] = ()  # topic by area, above the issues
    history: tuple[IssueMatch, ...] = ()  # against an earlier report
    area: str = ""  # 柏渡镇
    plan_year: int = 0  # the year that the topics are proposed for
    sensitivity: tuple[Sensitivity, ...] = ()
    earlier: tuple[EarlierTopic, ...] = ()
    livelihood: tuple[LivelihoodProject, ...] = ()
    voted: tuple[VotedProject, ...] = ()
    claims: tuple[Claim, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    links: tuple[CommitmentLink, ...] = ()  # one per commitment
    gaps: tuple[PromiseGap, ...] = ()
    returned: tuple[ReturnedMatter, ...] = ()
    corrections: tuple[ReplayedCorrection, ...] = ()  # what staff had corrected, in their order
    model_check: ModelCheck | None = None  # None when staff checked no topic
    internal: bool = False  # the edition that shows personal data
