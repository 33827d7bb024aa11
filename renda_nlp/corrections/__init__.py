"""Corrections of staff: read from the sheets of a report, replayed on any later run."""

from renda_nlp.corrections.reading import labelled_texts, read_corrections
from renda_nlp.corrections.replay import Replay

__all__ = ["Replay", "labelled_texts", "read_corrections"]
