"""Spans of a text: PLACE, AGENCY, LAW, DATE, AMOUNT, HEADCOUNT, and personal data."""

from collections.abc import Sequence

from renda_nlp.annotation.agencies import AgencyAnnotator
from renda_nlp.annotation.patterns import PatternAnnotator, head_count, parse_number
from renda_nlp.annotation.personal_data import (
    MASKS,
    find_personal_data,
    mask,
    mask_batch,
    mask_text,
)
from renda_nlp.annotation.places import PlaceAnnotator, address_key, is_region, place_key
from renda_nlp.annotation.regions import cut_at_regions
from renda_nlp.records import Span, Token

__all__ = [
    "LABELS",
    "MASKS",
    "TextAnnotator",
    "address_key",
    "find_personal_data",
    "head_count",
    "is_region",
    "mask",
    "mask_batch",
    "mask_text",
    "parse_number",
    "place_key",
]

LABELS = ("PLACE", "AGENCY", "LAW", "DATE", "AMOUNT", "HEADCOUNT")
"""The labels of ``TextAnnotator``; spans of different labels may overlap."""


def _behind_dates(text: str, span: Span, dates: Sequence[Span]) -> Span:
    """Return a place or agency without the date that the segmenter glued to its front."""
    if span.label not in ("PLACE", "AGENCY"):
        return span
    start = max((d.end for d in dates if d.start <= span.start < d.end < span.end), default=0)
    if start <= span.start:
        return span
    name = text[start : span.end]
    value = place_key(name) if span.label == "PLACE" else name
    return Span(start=start, end=span.end, label=span.label, value=value)


class TextAnnotator:
    """Runs every annotator over one text."""

    def __init__(self) -> None:
        self._annotators = (PlaceAnnotator(), AgencyAnnotator(), PatternAnnotator())

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the spans of ``text``, sorted by start."""
        tokens = cut_at_regions(text, tokens)
        spans = [span for each in self._annotators for span in each.annotate(text, tokens)]
        dates = [span for span in spans if span.label == "DATE"]
        spans = [_behind_dates(text, span, dates) for span in spans]
        return sorted(spans, key=lambda span: (span.start, span.end, span.label))
