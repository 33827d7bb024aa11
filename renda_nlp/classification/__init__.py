"""Topics and intent of a text: lexicon, hashed n-grams, the request sentence, a linear model."""

from renda_nlp.classification.linear import LinearModel, TopicClassifier, load_model, save_model
from renda_nlp.classification.subtopics import SubtopicFinder

__all__ = ["LinearModel", "SubtopicFinder", "TopicClassifier", "load_model", "save_model"]
