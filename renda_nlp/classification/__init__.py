"""Topics and intent of a text: lexicon, hashed n-grams, the request sentence, a linear model."""

from renda_nlp.classification.card import card_scores
from renda_nlp.classification.deciding import OpinionClassifier
from renda_nlp.classification.linear import (
    LinearClassifier,
    LinearModel,
    load_classifier,
    load_model,
    save_model,
)
from renda_nlp.classification.own_topics import CueClassifier, load_own_topics
from renda_nlp.classification.subtopics import SubtopicFinder
from renda_nlp.classification.transformer import is_transformer

__all__ = [
    "CueClassifier",
    "LinearClassifier",
    "LinearModel",
    "OpinionClassifier",
    "SubtopicFinder",
    "card_scores",
    "is_transformer",
    "load_classifier",
    "load_model",
    "load_own_topics",
    "save_model",
]
