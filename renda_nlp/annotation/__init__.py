"""Spans of a text: PLACE, AGENCY, LAW, DATE, AMOUNT, HEADCOUNT, and personal data."""

from collections.abc import Sequence

from renda_nlp.annotation.agencies import AgencyAnnotator, may_end_agency
from renda_nlp.annotation.patterns import SHAPES, PatternAnnotator, head_count, parse_number
from renda_nlp.annotation.personal_data import (
    MASKS,
    find_personal_data,
    mask,
    mask_batch,
    mask_text,
)
from renda_nlp.annotation.place_mentions import FAMILY, may_be_known
from renda_nlp.annotation.places import (
    PlaceAnnotator,
    address_key,
    is_region,
    may_end_place,
    place_key,
)
from renda_nlp.annotation.regions import cut_at_regions
from renda_nlp.ngrams import TextBatch
from renda_nlp.records import Span, Token
from renda_nlp.scanning import Scanned, Scanner
from renda_nlp.tokens import TokenBatch, Words

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
    """Runs every annotator over texts."""

    def __init__(self) -> None:
        self._places = PlaceAnnotator()
        self._agencies = AgencyAnnotator()
        self._patterns = PatternAnnotator()
        self._scanner = Scanner((*SHAPES, FAMILY))

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the spans of ``text``, sorted by start."""
        return self.annotate_batch(TextBatch([text]), TokenBatch.of([tokens]))[0]

    def annotate_batch(self, batch: TextBatch, tokens: TokenBatch) -> list[list[Span]]:
        """Return the spans of each text of a batch, sorted by start."""
        scanned = self._scanner.scan(batch)
        texts = [each.plain for each in scanned]
        tokens = cut_at_regions(texts, tokens)
        candidates = (
            tokens.where(which(batch, tokens))
            for which in (may_end_place, may_end_agency, may_be_known)
        )
        return list(map(self._annotate, scanned, tokens.of_texts(texts), *candidates))

    def _annotate(
        self,
        scanned: Scanned,
        words: Words,
        place_ends: Sequence[int],
        agency_ends: Sequence[int],
        known: Sequence[int],
    ) -> list[Span]:
        spans = self._places.annotate(scanned, words, place_ends, known)
        spans += self._agencies.annotate(words, agency_ends)
        spans += self._patterns.annotate(scanned)
        dates = [span for span in spans if span.label == "DATE"]
        if dates:
            spans = [_behind_dates(words.text, span, dates) for span in spans]
        return sorted(spans, key=lambda span: (span.start, span.end, span.label))
