"""The topic lexicon: cue terms with weights for and against each topic."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import ahocorasick
import numpy as np
from numpy.typing import NDArray

__all__ = ["TopicLexicon", "default_cues"]

_WEIGHTS = {"w3": 3.0, "w2": 1.5, "w1": 0.5, "neg": -1.5}


@cache
def default_cues() -> dict[str, dict[str, float]]:
    """Return the shipped lexicon: topic id to cue term to weight."""
    source = files("renda_nlp.resources").joinpath("lexicon/topics.json")
    raw: dict[str, dict[str, list[str]]] = json.loads(source.read_text("utf-8"))
    return {
        topic: {term: _WEIGHTS[group] for group, terms in groups.items() for term in terms}
        for topic, groups in raw.items()
    }


class TopicLexicon:
    """Finds cue terms in a text; of overlapping terms the longest at a place counts."""

    def __init__(self, cues: Mapping[str, Mapping[str, float]], topics: Sequence[str]) -> None:
        self.topics = tuple(topics)
        weights: dict[str, NDArray[np.float32]] = {}
        for column, topic in enumerate(topics):
            for term, weight in cues.get(topic, {}).items():
                row = weights.setdefault(term.lower(), np.zeros(len(topics), np.float32))
                row[column] += weight
        self._terms = sorted(weights)
        self._weights = np.array(
            [weights[term].tolist() for term in self._terms] or [[0.0] * len(topics)], np.float32
        )
        self._automaton = ahocorasick.Automaton()
        for number, term in enumerate(self._terms):
            self._automaton.add_word(term, (number, len(term)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return ``(start, end, term number)`` of each cue in a normalised text."""
        if not self._terms:
            return []
        return [
            (end + 1 - length, end + 1, number)
            for end, (number, length) in self._automaton.iter_long(text)
        ]

    def term(self, number: int) -> str:
        """Return the cue term of this number."""
        return self._terms[number]

    def scores(self, text: str, zones: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Return the summed cue weights per topic, over the text and over its request zones.

        Repeats of a term count with the square root of their number.

        Returns:
            Shape ``(2, n_topics)``: row 0 the whole text, row 1 the zones.
        """
        found = self.find(text)
        out = np.zeros((2, len(self.topics)), np.float32)
        asked = [n for a, b, n in found if any(x <= a and b <= y for x, y in zones)]
        for row, numbers in enumerate(([n for _, _, n in found], asked)):
            if numbers:
                terms, counts = np.unique(numbers, return_counts=True)
                out[row] = np.sqrt(counts) @ self._weights[terms]
        return out
