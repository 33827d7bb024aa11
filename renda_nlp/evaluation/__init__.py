"""Scores: gold and predicted in, figures out."""

from renda_nlp.evaluation.topics import (
    bootstrap_interval,
    calibration_error,
    macro_f1,
    topic_scores,
)

__all__ = ["bootstrap_interval", "calibration_error", "macro_f1", "topic_scores"]
