"""All opinions of a run as columns: what whole-corpus stages work on.

Opinions arrive in batches with what the per-opinion stages found. Numbers live in numpy arrays,
texts and records as UTF-8 bytes in one spool file; a row becomes a record only when asked for.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from renda_nlp.records import (
    VOICE_CHANNELS,
    Locator,
    Opinion,
    OpinionRow,
    Passage,
    TopicScores,
)

__all__ = ["NO_DATE", "Analysis", "AnalysisBatch", "OpinionTable"]

NO_DATE = 0
"""Ordinal that stands for an unknown date."""


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
    stance: int  # +1 for, -1 against, 0 neither
    masked_text: str
    masked_reply: str
    words: NDArray[np.uint64]  # hashes of content words, with repeats
    title_words: NDArray[np.uint64]
    names: NDArray[np.uint64]  # hashes that ordinary texts do not use: parts of names
    topic_probabilities: NDArray[np.float16]  # (n_topics,)
    vector: NDArray[np.float16]  # (dim,) of the word space


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisBatch:
    """Opinions and their analyses, in the same order."""

    opinions: tuple[Opinion, ...]
    analyses: tuple[Analysis, ...]


def _jsonable(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(locator=Locator(**row["locator"]), start=row["start"], end=row["end"])


def _opinion(row: dict[str, Any]) -> Opinion:
    for key in ("date", "reply_date"):
        row[key] = date.fromisoformat(row[key]) if row[key] else None
    row["passages"] = tuple(_passage(item) for item in row["passages"])
    row["reply_passage"] = _passage(row["reply_passage"]) if row["reply_passage"] else None
    row["private_names"] = tuple(row["private_names"])
    row["attributes"] = tuple((key, value) for key, value in row["attributes"])
    return Opinion(**row)


class _Interner:
    """Strings to small numbers, in order of first appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._code_of: dict[str, int] = {}

    def code(self, name: str) -> int:
        known = self._code_of.get(name)
        if known is None:
            known = self._code_of[name] = len(self.names)
            self.names.append(name)
        return known


class OpinionTable:
    """Columns over all opinions of a run, index 0 to n - 1 in reading order.

    Attributes (after ``freeze``):
        days: Proleptic ordinal of each date, ``NO_DATE`` when unknown, shape ``(n,)``.
        authors: Code of each author; unknown authors have a code of their own, shape ``(n,)``.
        is_voice: Whether a person speaks, not government or party, shape ``(n,)``.
    """

    def __init__(self) -> None:
        self._spool = TemporaryFile()  # noqa: SIM115 - lives as long as the table
        finalize(self, self._spool.close)
        self._offsets: list[int] = [0]
        self.ids: list[str] = []
        self._index_of: dict[str, int] = {}
        self.labels = _Interner()
        self._equals: dict[str, int] = {}
        self._columns: dict[str, list[int]] = {
            name: []
            for name in (
                "days",
                "authors",
                "channels",
                "kinds",
                "topics",
                "subtopics",
                "intents",
                "files",
                "endorsements",
                "heads",
                "is_voice",
                "addresses",
                "undecided",
                "stances",
                "roles",
            )
        }
        self.places: list[tuple[int, ...]] = []
        self.regions: list[tuple[int, ...]] = []
        self.severity: list[tuple[int, ...]] = []
        self.words: list[NDArray[np.uint64]] = []
        self.title_words: list[NDArray[np.uint64]] = []
        self.names: list[NDArray[np.uint64]] = []
        self._probabilities: list[NDArray[np.float16]] = []
        self._vectors: list[NDArray[np.float16]] = []
        self.issue_ids: dict[int, str] = {}
        self.parents: list[str] = []  # the message that each part of a list comes from
        self._n_unknown = 0

    def __len__(self) -> int:
        return len(self.ids)

    def append(self, batch: AnalysisBatch) -> None:
        """Add a batch of analysed opinions; equal opinions get an ordinal behind their id."""
        for opinion, analysis in zip(batch.opinions, batch.analyses, strict=True):
            self._append(opinion, analysis)

    def _append(self, opinion: Opinion, analysis: Analysis) -> None:
        ordinal = self._equals[opinion.opinion_id] = self._equals.get(opinion.opinion_id, 0) + 1
        opinion_id = f"{opinion.opinion_id}-{ordinal}"
        self._index_of[opinion_id] = len(self.ids)
        self.ids.append(opinion_id)
        record = asdict(opinion) | {
            "scores": asdict(analysis.scores),
            "masked_text": analysis.masked_text,
            "masked_reply": analysis.masked_reply,
        }
        data = json.dumps(record, ensure_ascii=False, default=_jsonable).encode(
            "utf-8", "surrogatepass"
        )
        self._spool.seek(0, 2)
        self._spool.write(data)
        self._offsets.append(self._offsets[-1] + len(data))
        code = self.labels.code
        if not opinion.author:
            self._n_unknown += 1
        values = {
            "days": opinion.date.toordinal() if opinion.date else NO_DATE,
            "authors": code(f"author:{opinion.author}") if opinion.author else -self._n_unknown,
            "channels": code(opinion.channel),
            "kinds": code(opinion.kind),
            "topics": code(analysis.scores.topic),
            "subtopics": code(analysis.subtopic),
            "intents": code(analysis.scores.intent),
            "files": code(opinion.passages[0].locator.file),
            "endorsements": opinion.endorsements,
            "heads": analysis.heads,
            "addresses": code(analysis.address),
            "is_voice": int(opinion.channel in VOICE_CHANNELS),
            "undecided": int(analysis.scores.undecided),
            "stances": analysis.stance,
            "roles": code(opinion.role),
        }
        for name, value in values.items():
            self._columns[name].append(value)
        self.places.append(tuple(code(name) for name in analysis.places))
        self.regions.append(tuple(code(name) for name in analysis.regions))
        self.severity.append(tuple(code(name) for name in analysis.severity))
        if opinion.parent_id:
            place = opinion.passages[0].locator
            row = place.row if place.row is not None else ""  # two equal rows are two messages
            self.parents.append(f"{opinion.parent_id} {place.file} {place.sheet} {row}")
        self.words.append(analysis.words)
        self.title_words.append(analysis.title_words)
        self.names.append(analysis.names)
        self._probabilities.append(analysis.topic_probabilities)
        self._vectors.append(analysis.vector)

    def index_of(self, opinion_id: str) -> int:
        """Return the index of the opinion of this id; KeyError when there is none."""
        return self._index_of[opinion_id]

    def column(self, name: str) -> NDArray[np.int64]:
        """Return one numeric column, shape ``(n,)``."""
        return np.array(self._columns[name], np.int64)

    def column_at(self, name: str, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return one numeric column at some rows, shape ``(len(rows),)``."""
        column = self._columns[name]
        return np.fromiter((column[i] for i in rows), np.int64, len(rows))

    def probabilities(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the topic probabilities of some rows, shape ``(len(rows), n_topics)``."""
        return np.stack([self._probabilities[i] for i in rows]).astype(np.float32)

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the word-space vectors of some rows, shape ``(len(rows), dim)``."""
        return np.stack([self._vectors[i] for i in rows]).astype(np.float32)

    def code(self, name: str) -> int:
        """Return the code of a string in the label columns."""
        return self.labels.code(name)

    def label(self, code: int) -> str:
        """Return the string behind a code of a label column."""
        return self.labels.names[code]

    def _record(self, index: int) -> dict[str, Any]:
        self._spool.seek(self._offsets[index])
        data = self._spool.read(self._offsets[index + 1] - self._offsets[index])
        row: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
        return row

    def opinion(self, index: int) -> Opinion:
        """Return the record of one row, with its final id."""
        return self.row(index).opinion

    def row(self, index: int) -> OpinionRow:
        """Return one row with everything found out about it."""
        record = self._record(index)
        scores = record.pop("scores")
        scores["secondary"] = tuple(scores["secondary"])
        masked_text, masked_reply = record.pop("masked_text"), record.pop("masked_reply")
        record["opinion_id"] = self.ids[index]
        return OpinionRow(
            opinion=_opinion(record),
            scores=TopicScores(**scores),
            masked_text=masked_text,
            masked_reply=masked_reply,
            subtopic=self.label(self._columns["subtopics"][index]),
            issue_id=self.issue_ids.get(index, ""),
            places=tuple(self.label(code) for code in self.places[index]),
            is_voice=bool(self._columns["is_voice"][index]),
        )

    def rows(self, indices: Sequence[int] | None = None) -> Iterator[OpinionRow]:
        """Yield rows one by one, all of them or those asked for."""
        for index in range(len(self)) if indices is None else indices:
            yield self.row(index)
