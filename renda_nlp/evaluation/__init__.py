"""Scores: gold and predicted in, figures out."""

from renda_nlp.evaluation.clusters import bcubed
from renda_nlp.evaluation.segmentation import boundary_f1, kept_whole, read_marked, word_f1
from renda_nlp.evaluation.topics import (
    bootstrap_interval,
    calibration_error,
    macro_f1,
    topic_scores,
)

__all__ = [
    "bcubed",
    "bootstrap_interval",
    "boundary_f1",
    "calibration_error",
    "kept_whole",
    "macro_f1",
    "read_marked",
    "topic_scores",
    "word_f1",
]
