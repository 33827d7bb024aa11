"""From probabilities to a decision: one topic, up to two secondary ones, the intent, or undecided."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.classification.intent import stated_intent
from renda_nlp.protocols import Classifier
from renda_nlp.records import TopicScores

__all__ = ["Floats", "OpinionClassifier", "softmax"]

Floats = NDArray[np.float32]
_MAX_SECONDARY = 2


def softmax(margins: Floats) -> Floats:
    """Return probabilities, shape ``(n, k)``; each row adds up to one."""
    shifted = np.exp(margins - margins.max(axis=1, keepdims=True))
    total: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return total


class OpinionClassifier:
    """Decides topic, secondary topics and intent of texts by the probabilities of a backend.

    Args:
        backend: Gives the topics.
        intents: Gives the intents where the backend knows none.
    """

    def __init__(self, backend: Classifier, intents: Classifier | None = None) -> None:
        self._backend = backend
        self._intents = intents or backend
        self.topics = backend.topics

    def probabilities(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[Floats, Floats]:
        """Return topic and intent probabilities, shapes ``(n, topics)`` and ``(n, intents)``."""
        topics, intents = self._backend.probabilities(texts, title_ends)
        if self._intents is not self._backend:
            _, intents = self._intents.probabilities(texts, title_ends)
        return topics, intents

    def classify(
        self, texts: Sequence[str], title_ends: Sequence[int] | None = None
    ) -> list[TopicScores]:
        """Return the topics of each text, in order.

        Args:
            texts: Source texts, title first where there is one.
            title_ends: Where each title ends, 0 without title; None means no text has one.
        """
        if not texts:
            return []
        ends = title_ends if title_ends is not None else [0] * len(texts)
        return self.decide(texts, ends, *self.probabilities(texts, ends))

    def decide(
        self, texts: Sequence[str], title_ends: Sequence[int], topics: Floats, intents: Floats
    ) -> list[TopicScores]:
        """Return the topics of each text from the probabilities of ``probabilities``."""
        order = np.argsort(-topics, axis=1, kind="stable")
        return [
            self._scores(
                text,
                topics[row],
                order[row],
                stated_intent(text, title_ends[row])
                or self._intents.intents[int(intents[row].argmax())],
            )
            for row, text in enumerate(texts)
        ]

    def _scores(
        self, text: str, probabilities: Floats, order: NDArray[np.int64], intent: str
    ) -> TopicScores:
        best = int(order[0])
        empty = not any(char.isalnum() for char in text)
        confidence = 0.0 if empty else float(probabilities[best])
        second = (int(column) for column in order[1 : 1 + _MAX_SECONDARY])
        return TopicScores(
            topic="other" if empty and "other" in self.topics else self.topics[best],
            secondary=()
            if empty
            else tuple(
                self.topics[column]
                for column in second
                if probabilities[column] >= self._backend.min_secondary
            ),
            confidence=confidence,
            undecided=confidence < self._backend.min_confidence,
            intent="other" if empty else intent,
        )
