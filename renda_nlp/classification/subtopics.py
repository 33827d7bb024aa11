"""The level-2 topic of a text inside its level-1 topic: cue terms, and nearness in meaning."""

from collections import Counter

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from renda_nlp.taxonomy import Taxonomy

__all__ = ["SubtopicFinder"]

_CUE_WEIGHT = 0.1  # of a character of a cue term, in cosine
_MIN_LIKENESS = 0.3


class SubtopicFinder:
    """Finds the subtopic that a text names or means."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._of_topic: dict[str, list[tuple[int, str]]] = {}
        for number, sub in enumerate(taxonomy.subtopics):
            self._of_topic.setdefault(sub.topic_id, []).append((number, sub.subtopic_id))
        self._automaton = ahocorasick.Automaton()
        cues: dict[str, list[tuple[str, str]]] = {}
        for sub in taxonomy.subtopics:
            for cue in {*sub.cues, *sub.colloquial, sub.name}:
                cues.setdefault(cue.lower(), []).append((sub.topic_id, sub.subtopic_id))
        for cue in sorted(cues):
            self._automaton.add_word(cue, (len(cue), sorted(cues[cue])))
        self._has_cues = bool(cues)
        if cues:
            self._automaton.make_automaton()

    def find(self, text: str, topic: str, likeness: NDArray[np.float32]) -> str:
        """Return the subtopic id: most cue characters first, nearest in meaning among equals.

        Args:
            text: A normalised text.
            topic: The level-1 topic that the subtopic belongs to.
            likeness: Cosine of the text with each subtopic of the taxonomy, shape ``(n,)``.

        Returns:
            The id, "" when no cue of the topic occurs and no subtopic is near.
        """
        votes: Counter[str] = Counter()
        if self._has_cues:
            for _, (length, owners) in self._automaton.iter(text):
                for owner, sub in owners:
                    if owner == topic:
                        votes[sub] += length
        scored = [
            (votes[sub] * _CUE_WEIGHT + float(likeness[number]), sub)
            for number, sub in self._of_topic.get(topic, ())
            if number < len(likeness)
        ]
        best, name = max(scored, default=(0.0, ""))
        return name if best >= _MIN_LIKENESS else ""
