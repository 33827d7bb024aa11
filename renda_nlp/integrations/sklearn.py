"""scikit-learn: the topic model as an estimator, for pipelines, grid searches and cross-validation."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from renda_nlp.classification import LinearClassifier
from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import make_lexicons
from renda_nlp.classification.training import Example, train_model
from renda_nlp.errors import ShapeError

__all__ = ["TopicClassifier"]


class TopicClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Labels texts; fitted on the same features as the shipped model.

    Args:
        n_bits: The hash space of the features has ``2**n_bits`` columns.
    """

    def __init__(self, n_bits: int = 18) -> None:
        self.n_bits = n_bits

    def fit(
        self, X: Sequence[str], y: Sequence[str], sample_weight: Sequence[float] | None = None
    ) -> "TopicClassifier":
        """Learn from texts ``X`` and their labels ``y``.

        Raises:
            ShapeError: ``X`` and ``y`` differ in length, or there are fewer than two labels.
        """
        texts, labels = [str(text) for text in X], np.asarray(y)
        if len(texts) != len(labels) or len(set(labels.tolist())) < 2:  # noqa: PLR2004 - a choice
            raise ShapeError(
                f"X has {len(texts)} texts, y {len(labels)} labels, {len(set(labels.tolist()))} different"
            )
        weights = sample_weight if sample_weight is not None else [1.0] * len(texts)
        self.classes_ = np.unique(labels)
        examples = [
            Example(text=text, topic=str(label), weight=float(weight))
            for text, label, weight in zip(texts, labels.tolist(), weights, strict=True)
        ]
        model = train_model(examples, n_bits=self.n_bits)
        extractor = FeatureExtractor(make_lexicons(), n_bits=model.n_bits, idf=model.idf)
        self.model_ = LinearClassifier(model, extractor)
        return self

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape ``(n_texts, n_classes)``, columns as ``classes_``."""
        check_is_fitted(self)
        texts = [str(text) for text in X]
        topics, _ = self.model_.probabilities(texts, [0] * len(texts))
        order = [self.model_.topics.index(str(label)) for label in self.classes_.tolist()]
        found = topics[:, order].astype(np.float64)
        return np.asarray(found / found.sum(axis=1, keepdims=True))

    def predict(self, X: Sequence[str]) -> NDArray[np.str_]:
        """Return the most probable label of each text, shape ``(n_texts,)``."""
        best = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[best])
