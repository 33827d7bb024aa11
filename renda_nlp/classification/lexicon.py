"""Cue lexicons: terms that speak for or against a topic or a subtopic."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from renda_nlp.taxonomy import Taxonomy, default_taxonomy

__all__ = ["CueLexicon", "default_cues", "make_lexicons", "subtopic_cues"]

_WEIGHTS = {"w3": 3.0, "w2": 1.5, "w1": 0.5, "neg": -1.5}
_TOPIC_CUES, _PHRASE_CUES, _SUBTOPIC_CUES = 0.2, 0.1, 0.15


@cache
def default_cues(name: str) -> dict[str, dict[str, float]]:
    """Return a shipped lexicon: topic id to cue term to weight.

    Args:
        name: ``topics``, the first lexicon, or ``phrases``, the wider second one.

    Returns:
        A term of several topics speaks less for each: its weight is divided by the square root of
        their number. Terms against a topic have negative weights.
    """
    source = files("renda_nlp.resources").joinpath(f"lexicon/{name}.json")
    raw: dict[str, dict[str, list[str]]] = json.loads(source.read_text("utf-8"))
    owners = Counter(
        term
        for groups in raw.values()
        for term in {t for group, terms in groups.items() if group != "neg" for t in terms}
    )
    return {
        topic: {
            term: _WEIGHTS[group] / (1.0 if group == "neg" else owners[term] ** 0.5)
            for group, terms in groups.items()
            for term in terms
        }
        for topic, groups in raw.items()
    }


def subtopic_cues(taxonomy: Taxonomy) -> dict[str, dict[str, float]]:
    """Return the cues of every subtopic: longer terms and terms of one subtopic weigh more."""
    owners = Counter(
        cue.lower() for sub in taxonomy.subtopics for cue in {*sub.cues, *sub.colloquial, sub.name}
    )
    return {
        sub.subtopic_id: {
            cue.lower(): (len(cue) - 0.5) / owners[cue.lower()] ** 0.5
            for cue in {*sub.cues, *sub.colloquial, sub.name}
        }
        for sub in taxonomy.subtopics
    }


class CueLexicon:
    """Finds cue terms in a text and sums their weights per label."""

    def __init__(self, cues: Mapping[str, Mapping[str, float]], labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        owners: dict[str, list[tuple[int, float]]] = {}
        for column, label in enumerate(labels):
            for term, weight in cues.get(label, {}).items():
                owners.setdefault(term.lower(), []).append((column, weight))
        self._automaton = ahocorasick.Automaton()
        for term in sorted(owners):
            self._automaton.add_word(term, (len(term), term, tuple(owners[term])))
        self._has_cues = bool(owners)
        if owners:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, str, tuple[tuple[int, float], ...]]]:
        """Return ``(start, end, term, ((column, weight), ...))`` of each cue in a normalised text."""
        if not self._has_cues:
            return []
        return [
            (end + 1 - length, end + 1, term, owners)
            for end, (length, term, owners) in self._automaton.iter(text)
        ]

    def scores(self, text: str, zones: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Return the summed cue weights per label, over the text and over its request zones.

        A term that is repeated counts with the square root of its number.

        Returns:
            Shape ``(2, n_labels)``: row 0 the whole text, row 1 the zones.
        """
        out = np.zeros((2, len(self.labels)), np.float32)
        found = self.find(text)
        asked = [hit for hit in found if any(a <= hit[0] and hit[1] <= b for a, b in zones)]
        for row, hits in enumerate((found, asked)):
            counts = Counter(term for _, _, term, _ in hits)
            owners_of = {term: owners for _, _, term, owners in hits}
            for term, count in counts.items():
                for column, weight in owners_of[term]:
                    out[row, column] += weight * count**0.5
        return out


def make_lexicons() -> tuple[tuple[CueLexicon, float], ...]:
    """Return the cue lexicons of topics and of subtopics with the weight of their scores.

    They serve models of any label set: what speaks for our topics tells other labels apart too.
    """
    taxonomy = default_taxonomy()
    topics = taxonomy.topic_ids
    subtopics = [sub.subtopic_id for sub in taxonomy.subtopics]
    return (
        (CueLexicon(default_cues("topics"), topics), _TOPIC_CUES),
        (CueLexicon(default_cues("phrases"), topics), _PHRASE_CUES),
        (CueLexicon(subtopic_cues(taxonomy), subtopics), _SUBTOPIC_CUES),
    )
