"""What the per-opinion stages found out about some opinions, as columns: what workers hand over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import Interner, Ragged
from renda_nlp.packing import pack_row
from renda_nlp.records import VOICE_CHANNELS, Opinion, TopicScores

__all__ = [
    "HASHES",
    "LABELS",
    "NO_DATE",
    "NUMBERS",
    "SETS",
    "UNKNOWN",
    "Analysis",
    "AnalysisBatch",
    "intern_rows",
    "make_batch",
]

NO_DATE = 0
"""Ordinal that stands for an unknown date."""

NUMBERS = ("days", "endorsements", "heads", "is_voice", "undecided", "stances")
LABELS = (
    "authors", "channels", "kinds", "topics", "subtopics", "intents", "files", "addresses", "roles",
)  # fmt: skip
SETS = ("places", "regions", "severity")
HASHES = ("words", "title_words", "names")
UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the per-opinion stages found out about one opinion."""

    scores: TopicScores
    subtopic: str
    places: tuple[str, ...]  # keys, in order of appearance, without repeats
    regions: tuple[str, ...]  # the administrative ones among them
    address: str  # key of the place that the row gives, "" when none
    heads: int  # people or households that the text names, 0 when none
    severity: tuple[str, ...]
    stance: int  # number of the disputed thing, negative when against, 0 for no position
    masked_text: str
    masked_reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisBatch:
    """Analysed opinions as columns, in their order: what a worker hands over.

    Attributes:
        ids: Ids without the ordinal among equals.
        numbers: Numeric columns by name, each of shape ``(n,)``.
        names: The strings behind ``labels`` and ``sets``.
        labels: Columns of positions in ``names``, each of shape ``(n,)``.
        sets: Columns of several positions in ``names`` a row.
        hashes: Word hashes by column name.
        probabilities: Of the topics, shape ``(n, n_topics)``.
        vectors: In the word space, shape ``(n, dim)``.
        parents: The message that each part of a list comes from.
        packed: The rows as bytes, one after the other.
    """

    ids: tuple[str, ...]
    numbers: dict[str, NDArray[np.int64]]
    names: tuple[str, ...]
    labels: dict[str, NDArray[np.int64]]
    sets: dict[str, Ragged[np.int64]]
    hashes: dict[str, Ragged[np.uint32]]
    probabilities: NDArray[np.float16]
    vectors: NDArray[np.float16]
    parents: tuple[str, ...]
    packed: Ragged[np.uint8]


def _numbers_of(opinion: Opinion, analysis: Analysis) -> tuple[int, ...]:
    return (
        opinion.date.toordinal() if opinion.date else NO_DATE,
        opinion.endorsements,
        analysis.heads,
        int(opinion.channel in VOICE_CHANNELS),
        int(analysis.scores.undecided),
        analysis.stance,
    )


def _labels_of(opinion: Opinion, analysis: Analysis) -> tuple[str, ...]:
    return (
        f"author:{opinion.author}" if opinion.author else UNKNOWN,
        opinion.channel,
        opinion.kind,
        analysis.scores.topic,
        analysis.subtopic,
        analysis.scores.intent,
        opinion.passages[0].locator.file,
        analysis.address,
        opinion.role,
    )


def _parent_of(opinion: Opinion) -> str:
    place = opinion.passages[0].locator
    row = place.row if place.row is not None else ""  # two equal rows are two messages
    return f"{opinion.parent_id} {place.file} {place.sheet} {row}"


def make_batch(
    opinions: Sequence[Opinion],
    analyses: Sequence[Analysis],
    hashes: dict[str, Ragged[np.uint32]],
    probabilities: NDArray[np.float16],
    vectors: NDArray[np.float16],
) -> AnalysisBatch:
    """Put the findings on some opinions into columns."""
    pairs = list(zip(opinions, analyses, strict=True))
    numbers = np.array([_numbers_of(*pair) for pair in pairs], np.int64).reshape(-1, len(NUMBERS))
    names, labels, sets = intern_rows(
        [_labels_of(*pair) for pair in pairs],
        [(found.places, found.regions, found.severity) for found in analyses],
    )
    packed = [pack_row(o, a.scores, a.masked_text, a.masked_reply) for o, a in pairs]
    return AnalysisBatch(
        ids=tuple(opinion.opinion_id for opinion in opinions),
        numbers={name: numbers[:, k] for k, name in enumerate(NUMBERS)},
        names=names,
        labels=labels,
        sets=sets,
        hashes=hashes,
        probabilities=probabilities,
        vectors=vectors,
        parents=tuple(_parent_of(opinion) for opinion in opinions if opinion.parent_id),
        packed=Ragged(
            np.frombuffer(b"".join(packed), np.uint8), np.array([*map(len, packed)], np.int64)
        ),
    )


def intern_rows(
    labels: Sequence[Sequence[str]], sets: Sequence[Sequence[Sequence[str]]]
) -> tuple[tuple[str, ...], dict[str, NDArray[np.int64]], dict[str, Ragged[np.int64]]]:
    """Return names, label columns and set columns of a batch from its rows of strings.

    Args:
        labels: Of each row, in the order of ``LABELS``.
        sets: Of each row, in the order of ``SETS``.
    """
    code = (known := Interner()).code
    coded = []
    for row_labels, row_sets in zip(labels, sets, strict=True):
        own = [code(name) for name in row_labels]
        coded.append((own, [[*map(code, names)] for names in row_sets]))
    matrix = np.array([own for own, _ in coded], np.int64).reshape(-1, len(LABELS))
    return (
        tuple(known.names),
        {name: matrix[:, k] for k, name in enumerate(LABELS)},
        {name: Ragged.of([row[k] for _, row in coded], np.int64) for k, name in enumerate(SETS)},
    )
