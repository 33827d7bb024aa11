"""The level-2 topic of a text, by the cue terms of the taxonomy, inside its level-1 topic."""

from collections import Counter

import ahocorasick

from renda_nlp.taxonomy import Taxonomy

__all__ = ["SubtopicFinder"]


class SubtopicFinder:
    """Finds the subtopic whose cue terms a text names most."""

    def __init__(self, taxonomy: Taxonomy) -> None:
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

    def find(self, text: str, topic: str) -> str:
        """Return the subtopic id, or "" when no cue of the topic occurs.

        Args:
            text: A normalised text.
            topic: The level-1 topic that the subtopic belongs to.
        """
        if not self._has_cues:
            return ""
        votes: Counter[str] = Counter()
        for _, (length, owners) in self._automaton.iter(text):
            for owner, subtopic in owners:
                if owner == topic:
                    votes[subtopic] += length
        return min(votes, key=lambda name: (-votes[name], name)) if votes else ""
