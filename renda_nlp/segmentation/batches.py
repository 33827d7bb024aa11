"""The words of many texts, by a segmenter that may have a faster way for a batch."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from renda_nlp.protocols import Segmenter
from renda_nlp.tokens import TokenBatch

__all__ = ["segment_batch"]


@runtime_checkable
class _BatchSegmenter(Protocol):
    def segment_batch(self, texts: Sequence[str]) -> TokenBatch: ...


def segment_batch(segmenter: Segmenter, texts: Sequence[str]) -> TokenBatch:
    """Return the words of each text."""
    if isinstance(segmenter, _BatchSegmenter):
        return segmenter.segment_batch(texts)
    return TokenBatch.of([segmenter.segment(text) for text in texts])
