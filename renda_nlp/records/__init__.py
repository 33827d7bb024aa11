"""The records that travel between the stages: frozen, keyword-only, with nothing but data.

Every offset is a code point of the text it belongs to, half-open ``[start, end)``.
A record is the view of one row; a million rows live in ``renda_nlp.table`` as columns.
"""

from renda_nlp.records.candidates import (
    Candidate,
    ChannelEvidence,
    Criterion,
    EarlierTopic,
    FigureLine,
    LivelihoodProject,
    Sensitivity,
    StatutoryEvidence,
    VotedProject,
)
from renda_nlp.records.documents import Block, Document, Failure, Locator, Passage, SetAside
from renda_nlp.records.issues import HeatTerm, Hotspot, IssueMatch, Side
from renda_nlp.records.opinions import (
    Opinion,
    OpinionRow,
    Quote,
    Sentence,
    Span,
    Token,
    TopicScores,
)
from renda_nlp.records.promises import Commitment, Reply
from renda_nlp.records.report import Report, TopicCount
from renda_nlp.records.vocabulary import (
    CHANNELS,
    INTENTS,
    ISSUE_STATUSES,
    KINDS,
    SECTION_ROLES,
    STATUTORY_CHANNELS,
    VOICE_CHANNELS,
)

__all__ = [
    "CHANNELS",
    "INTENTS",
    "ISSUE_STATUSES",
    "KINDS",
    "SECTION_ROLES",
    "STATUTORY_CHANNELS",
    "VOICE_CHANNELS",
    "Block",
    "Candidate",
    "ChannelEvidence",
    "Commitment",
    "Criterion",
    "Document",
    "EarlierTopic",
    "Failure",
    "FigureLine",
    "HeatTerm",
    "Hotspot",
    "IssueMatch",
    "LivelihoodProject",
    "Locator",
    "Opinion",
    "OpinionRow",
    "Passage",
    "Quote",
    "Reply",
    "Report",
    "Sensitivity",
    "Sentence",
    "SetAside",
    "Side",
    "Span",
    "StatutoryEvidence",
    "Token",
    "TopicCount",
    "TopicScores",
    "VotedProject",
]
