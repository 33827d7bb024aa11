"""A trained model moved towards the labels that staff gave, and no further.

Biased regularisation (Kienzle & Chellapilla 2006, ICML, Personalized handwriting recognition):
the least change of the weights that makes the corrected rows likely, by the model's own calibrated
probabilities, so that rows it is already sure of change nothing. The corpus that the model was trained on is not needed; without rows nothing changes.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from renda_nlp.classification.linear import LinearClassifier, LinearModel
from renda_nlp.errors import InputError

__all__ = ["adapt_model", "cross_validate"]

Floats = NDArray[np.float64]
_FOLDS = 5


def _coefficients(
    kernel: Floats, margins: Floats, labels: NDArray[np.int64], temperature: float, cost: float
) -> Floats:
    """Return the coefficient of each row in the change of each topic, shape ``(n, n_topics)``."""
    gold = np.eye(margins.shape[1])[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        a = flat.reshape(margins.shape)
        change = kernel @ a
        logits = (margins + change) / temperature
        logits -= logits.max(axis=1, keepdims=True)
        total = np.exp(logits).sum(axis=1, keepdims=True)
        value = 0.5 * float((a * change).sum())
        value += cost * temperature * float((np.log(total) - (logits * gold).sum(1)[:, None]).sum())
        slope = kernel @ (a + cost * (np.exp(logits) / total - gold))
        return value, slope.ravel()

    solved = minimize(loss, np.zeros(margins.size), jac=True, method="L-BFGS-B")
    found: Floats = solved.x.reshape(margins.shape)
    return found


def _kernel(features: csr_matrix) -> Floats:
    return np.asarray((features @ features.T).todense(), np.float64)


def _rows(
    classifier: LinearClassifier, texts: Sequence[str], topics: Sequence[str]
) -> tuple[csr_matrix, Floats, NDArray[np.int64]]:
    """Return features, margins of the model as it is, and label numbers of labelled texts.

    Raises:
        InputError: A topic is none of the model's.
    """
    unknown = sorted(set(topics) - set(classifier.topics))
    if unknown:
        raise InputError(
            f"模型里没有这些主题：{'、'.join(unknown)}；可用：{'、'.join(classifier.topics)}"
        )
    features = classifier.features(texts, [0] * len(texts))
    margins = classifier.topic_margins(texts, [0] * len(texts))
    labels = np.array([classifier.topics.index(topic) for topic in topics])
    return features, np.asarray(margins, np.float64), labels


def adapt_model(
    classifier: LinearClassifier, texts: Sequence[str], topics: Sequence[str], *, cost: float
) -> LinearModel:
    """Return the model with topic weights that also satisfy the labelled texts.

    Args:
        classifier: The model as it is.
        texts: Texts whose topic is known.
        topics: Labels of the model, one a text.
        cost: What an unlikely label costs, against the change of the weights.

    Raises:
        InputError: A topic is none of the model's.
    """
    features, margins, labels = _rows(classifier, texts, topics)
    change = _coefficients(_kernel(features), margins, labels, classifier.model.temperature, cost)
    weights = classifier.model.weights.copy()
    used = np.unique(features.indices)  # only n-grams of these texts change
    step = (features[:, used].T @ change).astype(np.float32)
    for first in classifier.model.topic_starts():
        weights[used, first : first + margins.shape[1]] += step
    return replace(classifier.model, weights=weights)


def cross_validate(
    classifier: LinearClassifier, texts: Sequence[str], topics: Sequence[str], *, cost: float
) -> tuple[list[str], list[str]]:
    """Return what the model says of each text before it learnt, and after learning from the others.

    Five folds: a text never teaches the model that judges it.
    """
    features, margins, labels = _rows(classifier, texts, topics)
    kernel, after = _kernel(features), margins.copy()
    temperature = classifier.model.temperature
    folds = np.random.default_rng(0).permutation(len(texts)) % _FOLDS
    for fold in range(_FOLDS):
        seen, unseen = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(seen) and len(unseen):
            change = _coefficients(
                kernel[np.ix_(seen, seen)], margins[seen], labels[seen], temperature, cost
            )
            after[unseen] += kernel[np.ix_(unseen, seen)] @ change
    names = np.array(classifier.topics)
    return names[margins.argmax(axis=1)].tolist(), names[after.argmax(axis=1)].tolist()
