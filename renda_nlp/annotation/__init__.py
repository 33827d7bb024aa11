"""Spans of a text: PLACE, AGENCY, LAW, DATE, AMOUNT, HEADCOUNT, and personal data."""

from collections.abc import Sequence

from renda_nlp.annotation.agencies import AgencyAnnotator
from renda_nlp.annotation.patterns import PatternAnnotator, head_count, parse_number
from renda_nlp.annotation.personal_data import MASKS, find_personal_data, mask, mask_text
from renda_nlp.annotation.places import PlaceAnnotator, address_key, is_region, place_key
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
    "mask_text",
    "parse_number",
    "place_key",
]

LABELS = ("PLACE", "AGENCY", "LAW", "DATE", "AMOUNT", "HEADCOUNT")
"""The labels of ``TextAnnotator``; spans of different labels may overlap."""


class TextAnnotator:
    """Runs every annotator over one text."""

    def __init__(self) -> None:
        self._annotators = (PlaceAnnotator(), AgencyAnnotator(), PatternAnnotator())

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the spans of ``text``, sorted by start."""
        spans = [span for each in self._annotators for span in each.annotate(text, tokens)]
        return sorted(spans, key=lambda span: (span.start, span.end, span.label))
