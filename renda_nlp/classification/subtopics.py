"""The level-2 topic of a text inside its level-1 topic: cue terms, and nearness in meaning."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.ngrams import TermIndex, TextBatch
from renda_nlp.taxonomy import Taxonomy

__all__ = ["SubtopicFinder"]

_CUE_WEIGHT = 0.1  # of a character of a cue term, in cosine
_MIN_LIKENESS = 0.3


class SubtopicFinder:
    """Finds the subtopics that texts name or mean."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        named = [(sub.subtopic_id, number) for number, sub in enumerate(taxonomy.subtopics)]
        named.sort(reverse=True)  # the last name wins among equals
        self._names = [name for name, _ in named]
        self._numbers = np.array([number for _, number in named], np.int64)
        subtopics = [taxonomy.subtopics[number] for _, number in named]
        self._topics = np.array([sub.topic_id for sub in subtopics], object)
        owners: dict[str, list[int]] = {}
        for column, sub in enumerate(subtopics):
            for cue in {*sub.cues, *sub.colloquial, sub.name}:
                owners.setdefault(cue.lower(), []).append(column)
        cues = sorted(owners)
        self._index = TermIndex(cues)
        self._n_owners = np.array([len(owners[cue]) for cue in cues], np.int64)
        self._owners = np.array([column for cue in cues for column in owners[cue]], np.int64)
        self._first = np.cumsum(self._n_owners) - self._n_owners

    def find(
        self, batch: TextBatch, topics: Sequence[str], likeness: NDArray[np.float32]
    ) -> list[str]:
        """Return the subtopic id of each text: most cue characters first, nearest in meaning among equals.

        Args:
            batch: The texts.
            topics: The level-1 topic that the subtopic of each text belongs to.
            likeness: Cosine of each text with each subtopic of the taxonomy, shape ``(n_texts, n)``.

        Returns:
            The ids, "" when no cue of the topic occurs and no subtopic is near.
        """
        near = np.full((len(batch), len(self._names)), -np.inf)
        known = self._numbers < likeness.shape[1]
        near[:, known] = likeness[:, self._numbers[known]]
        near += self._said(batch) * _CUE_WEIGHT
        near[np.array(topics, object)[:, None] != self._topics[None, :]] = -np.inf
        best = near.argmax(axis=1) if self._names else np.zeros(0, np.int64)
        return [
            self._names[column] if near[row, column] >= _MIN_LIKENESS else ""
            for row, column in enumerate(best.tolist())
        ]

    def _said(self, batch: TextBatch) -> NDArray[np.float64]:
        """Return how many characters of cue terms of each subtopic each text holds."""
        starts, ends, terms, texts = self._index.find(batch)
        times = self._n_owners[terms]
        first = np.repeat(self._first[terms] - np.cumsum(times) + times, times)
        columns = self._owners[first + np.arange(len(first))]
        cells = np.repeat(texts, times) * len(self._names) + columns
        shape = (len(batch), len(self._names))
        characters = np.repeat(ends - starts, times)
        said = np.bincount(cells, characters.astype(np.float64), shape[0] * shape[1])
        return np.asarray(said, np.float64).reshape(shape)
