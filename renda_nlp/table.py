"""All opinions of a run as columns: what whole-corpus stages work on.

Opinions arrive in batches with what the per-opinion stages found. Numbers live in numpy arrays,
texts and records as UTF-8 bytes in one spool file; a row becomes a record only when asked for.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from renda_nlp.batch import HASHES, LABELS, NO_DATE, NUMBERS, SETS, UNKNOWN, AnalysisBatch
from renda_nlp.columns import Growing, GrowingNames, GrowingRagged, Interner, Ragged, spool_of
from renda_nlp.packing import unpack_row
from renda_nlp.records import (
    Locator,
    Opinion,
    OpinionRow,
    TopicScores,
    map_records,
    opinion_key,
)
from renda_nlp.taxonomy import is_accusation

__all__ = ["NO_DATE", "OpinionTable"]

Rows = Sequence[int] | NDArray[np.int64]


def _author_code(name: str) -> int:
    """Return a number of 63 bits; among 10^7 authors two share one with a chance of 10^-5."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 1


class OpinionTable:
    """Columns over all opinions of a run, index 0 to n - 1 in reading order.

    Attributes:
        ids: Final id of each opinion.
        places: Codes of the places of each opinion; ``regions`` the administrative ones,
            ``severity`` the severe classes.
        words: Hashes of the content words and character pairs of each opinion, with repeats;
            ``title_words`` those of its title, ``names`` those that ordinary texts do not use.
        issue_ids: Issue of each opinion that is in one.
        parents: The message that each part of a list comes from.
    """

    def __init__(self) -> None:
        self._spool = spool_of(self)
        self._is_dirty = False  # rows are in the buffer that are not in the file
        self._lengths: Growing[np.int64] = Growing(np.zeros(0, np.int64))
        self._offsets: NDArray[np.int64] | None = None
        self.ids = GrowingNames()
        self._equals: dict[str, int] = {}  # how many opinions have an id, without the ordinal
        self.labels = Interner()
        self._columns: dict[str, Growing[np.int64]] = {
            name: Growing(np.zeros(0, np.int64)) for name in (*NUMBERS, *LABELS)
        }
        self._known_sets: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.places: list[tuple[int, ...]] = []
        self.regions: list[tuple[int, ...]] = []
        self.severity: list[tuple[int, ...]] = []
        self.words = GrowingRagged(np.uint32)
        self.title_words = GrowingRagged(np.uint32)
        self.names = GrowingRagged(np.uint32)
        self._matrices: dict[str, Growing[np.float16]] = {}
        self.issue_ids: dict[int, str] = {}
        self.parents: list[str] = []
        self._n_unknown = 0
        self._corrected: dict[int, TopicScores] = {}
        self._masked_table: OpinionTable | None = None  # set in the view of the internal edition
        self._source_table: OpinionTable | None = None  # set in a view with other names of files
        self._shown: Callable[[Locator], Locator] | None = None

    def unmasked(self) -> "OpinionTable":
        """Return a view of the same rows that shows every text as the source has it."""
        view = copy(self)
        view._masked_table = self  # noqa: SLF001 - of this class; keeps the spool open
        return view

    def renamed(self, shown: Callable[[Locator], Locator]) -> "OpinionTable":
        """Return a view of the same rows whose places are named as ``shown`` has them."""
        view = copy(self)
        view._source_table = self  # noqa: SLF001 - of this class; keeps the spool open
        view._shown = shown  # noqa: SLF001
        return view

    def __len__(self) -> int:
        return len(self.ids)

    def settle(self) -> None:
        """Forget what is only needed to add rows; it is found again when more come."""
        self._equals.clear()
        self._known_sets.clear()

    def _ordinal(self, base: str) -> int:
        ordinal = self._equals[base] = self._equals.get(base, 0) + 1
        return ordinal

    def append(self, batch: AnalysisBatch, ordinals: Sequence[int] | None = None) -> None:
        """Add a batch of analysed opinions; equal opinions get an ordinal behind their id.

        Args:
            batch: In reading order.
            ordinals: Of each opinion among its equals, where the table is a part of a collection;
                None counts the equals in the table.
        """
        if ordinals is None and not self._equals:
            self._equals.update(Counter(name.rpartition("-")[0] for name in self.ids))
        among = map(self._ordinal, batch.ids) if ordinals is None else ordinals
        self.ids.extend(f"{base}-{n}" for base, n in zip(batch.ids, among, strict=True))
        self._spool.seek(0, 2)
        self._spool.write(batch.packed.values.tobytes())
        self._is_dirty = True
        self._lengths.append(batch.packed.lengths)
        self._offsets = None
        code_of = self._codes(batch)
        for name, numbers in batch.numbers.items():
            self._columns[name].append(numbers)
        for name, labels in batch.labels.items():
            self._columns[name].append(
                self._authors(batch) if name == "authors" else code_of[labels]
            )
        for column, name in zip((self.places, self.regions, self.severity), SETS, strict=True):
            column.extend(self._sets(batch.sets[name], code_of))
        for hashes, name in zip((self.words, self.title_words, self.names), HASHES, strict=True):
            hashes.append(batch.hashes[name])
        for name, matrix in (("topics", batch.probabilities), ("vectors", batch.vectors)):
            self._matrices.setdefault(name, Growing(matrix[:0])).append(matrix)
        self.parents.extend(batch.parents)

    def _codes(self, batch: AnalysisBatch) -> NDArray[np.int64]:
        """Return the code of each name of a batch, -1 for authors: nearly as many as opinions."""
        authors = set(batch.labels["authors"].tolist())
        codes = (
            -1 if number in authors and name != UNKNOWN else self.labels.code(name)
            for number, name in enumerate(batch.names)
        )
        return np.fromiter(codes, np.int64, len(batch.names))

    def _authors(self, batch: AnalysisBatch) -> NDArray[np.int64]:
        """Return the authors of a batch as hashes; an unknown author is nobody else, below zero."""
        used, local = np.unique(batch.labels["authors"], return_inverse=True)
        names = [batch.names[number] for number in used.tolist()]
        hashes = np.fromiter(map(_author_code, names), np.int64, len(names))
        unknown = np.array([name == UNKNOWN for name in names], bool)[local]
        numbers = self._n_unknown + np.cumsum(unknown)
        self._n_unknown += int(unknown.sum())
        return np.where(unknown, -numbers, hashes[local])

    def _sets(
        self, rows: Ragged[np.int64], code_of: NDArray[np.int64]
    ) -> Iterator[tuple[int, ...]]:
        codes, at = code_of[rows.values].tolist() if len(rows.values) else [], 0
        for length in rows.lengths.tolist():
            own = tuple(codes[at : at + length])
            yield self._known_sets.setdefault(own, own)
            at += length

    def correct(self, index: int, scores: TopicScores, subtopic: str) -> None:
        """Put the topic and intent that staff gave in the place of the machine's."""
        self._corrected[index] = scores
        self._columns["topics"].put(index, self.code(scores.topic))
        self._columns["subtopics"].put(index, self.code(subtopic))
        self._columns["intents"].put(index, self.code(scores.intent))
        self._columns["undecided"].put(index, int(scores.undecided))

    def topics_seen(self) -> frozenset[str]:
        """Return every topic that some row has."""
        return frozenset(self.label(code) for code in np.unique(self.column("topics")).tolist())

    def index_of(self, opinion_id: str) -> int:
        """Return the index of the opinion of this id; KeyError when there is none."""
        return self.ids.find(opinion_id)

    def column(self, name: str) -> NDArray[np.int64]:
        """Return one numeric or label column, read-only, shape ``(n,)``.

        ``days`` are proleptic ordinals, ``NO_DATE`` when unknown; ``is_voice`` is 1 where a person
        speaks, not government or party; ``authors`` are hashes, of an unknown author a number
        below zero that nobody else has.
        """
        return self._columns[name].array()

    def column_at(self, name: str, rows: Rows) -> NDArray[np.int64]:
        """Return one numeric or label column at some rows, shape ``(len(rows),)``."""
        return self._columns[name].array()[np.asarray(rows, np.int64)]

    def probabilities(self, rows: Rows) -> NDArray[np.float32]:
        """Return the topic probabilities of some rows, shape ``(len(rows), n_topics)``."""
        return self._matrices["topics"].array()[np.asarray(rows, np.int64)].astype(np.float32)

    def vectors(self, rows: Rows) -> NDArray[np.float32]:
        """Return the word-space vectors of some rows, shape ``(len(rows), dim)``."""
        return self._matrices["vectors"].array()[np.asarray(rows, np.int64)].astype(np.float32)

    def center_vectors(self) -> None:
        """Subtract the mean vector and make every vector of length one again.

        Vectors of sentence encoders lie in a narrow cone, where all texts look alike (Mu &
        Viswanath 2018, All-but-the-Top).
        """
        if "vectors" not in self._matrices:
            return
        vectors = self._matrices["vectors"].array().astype(np.float32)
        vectors -= vectors.mean(axis=0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        self._matrices["vectors"] = Growing(vectors.astype(np.float16))

    def code(self, name: str) -> int:
        """Return the code of a string in the label columns."""
        return self.labels.code(name)

    def label(self, code: int) -> str:
        """Return the string behind a code of a label column."""
        return self.labels.names[code]

    def _packed(self, index: int) -> bytes:
        if self._offsets is None:
            self._offsets = np.concatenate(([0], np.cumsum(self._lengths.array())))
        start, end = self._offsets[index : index + 2].tolist()
        if self._is_dirty:
            self._spool.flush()
            self._is_dirty = False
        if sys.platform != "win32":  # copies of the process share the position in the file
            return os.pread(self._spool.fileno(), end - start, start)
        self._spool.seek(start)
        return self._spool.read(end - start)

    def opinion(self, index: int) -> Opinion:
        """Return the record of one row, with its final id."""
        return self._placed(unpack_row(self._packed(index), self.ids[index])[0])

    def _placed(self, opinion: Opinion) -> Opinion:
        return map_records(opinion, Locator, self._shown) if self._shown else opinion

    def row(self, index: int) -> OpinionRow:
        """Return one row with everything found out about it."""
        opinion, scores, masked_text, masked_reply = unpack_row(
            self._packed(index), self.ids[index]
        )
        subtopic = self.label(int(self.column("subtopics")[index]))
        scores = self._corrected.get(index, scores)
        day = opinion.date.isoformat() if opinion.date else ""
        masked = self._masked_table is None
        return OpinionRow(
            opinion=self._placed(opinion),
            scores=scores,
            masked_text=masked_text if masked else opinion.text,
            masked_reply=masked_reply if masked else opinion.reply,
            subtopic=subtopic,
            issue_id=self.issue_ids.get(index, ""),
            places=tuple(self.label(code) for code in self.places[index]),
            is_voice=bool(self.column("is_voice")[index]),
            withheld=masked and is_accusation(subtopic, scores.intent),
            key=opinion_key(masked_text, opinion.kind, day),
        )

    def rows(self, indices: Rows | None = None) -> Iterator[OpinionRow]:
        """Yield rows one by one, all of them or those asked for."""
        for index in range(len(self)) if indices is None else indices:
            yield self.row(int(index))
