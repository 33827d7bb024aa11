"""Training of the linear model: features, one-against-rest SVM, temperature, thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import make_lexicons
from renda_nlp.classification.linear import LinearModel
from renda_nlp.taxonomy import default_taxonomy

__all__ = ["Example", "fit_margins", "fit_temperature", "train_model", "undecided_threshold"]

Floats = NDArray[np.float64]
_COST = 0.1
_FOLDS = 5
_UNDECIDED_SHARE = 0.04
_MIN_SECONDARY = 0.18


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled text."""

    text: str
    topic: str
    title_end: int = 0
    intent: str = ""
    weight: float = 1.0


def inverse_frequency(counts: NDArray[np.int64], n: int) -> NDArray[np.float32]:
    """Return ``log((1 + n) / (1 + count)) + 1``, zero for what occurs in one text only."""
    idf = np.log((1 + n) / (1 + counts)) + 1
    return np.where(counts > 1, idf, 0.0).astype(np.float32)


def fit_margins(
    features: csr_matrix, labels: NDArray[np.int64], n: int, weight: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return weights ``(n_features, n)`` and bias ``(n,)`` of one linear SVM per label."""
    svm = LinearSVC(C=_COST, class_weight=None, random_state=0)
    svm.fit(features, labels, sample_weight=weight)
    weights = np.zeros((features.shape[1], n))
    bias = np.full(n, -10.0)
    if len(svm.classes_) == 2:  # noqa: PLR2004 - one column stands for both
        weights[:, svm.classes_[1]], weights[:, svm.classes_[0]] = svm.coef_[0], -svm.coef_[0]
        bias[svm.classes_[1]], bias[svm.classes_[0]] = svm.intercept_[0], -svm.intercept_[0]
        return weights, bias
    weights[:, svm.classes_] = svm.coef_.T
    bias[svm.classes_] = svm.intercept_
    return weights, bias


def _log_loss(margins: Floats, labels: NDArray[np.int64], temperature: float) -> float:
    scaled = margins / temperature
    top = scaled.max(axis=1)
    log_sum = np.log(np.exp(scaled - top[:, None]).sum(axis=1)) + top
    return float((log_sum - scaled[np.arange(len(labels)), labels]).mean())


def fit_temperature(margins: Floats, labels: NDArray[np.int64]) -> float:
    """Return the temperature that makes held-out margins honest (least log loss)."""
    best = minimize_scalar(
        lambda t: _log_loss(margins, labels, t), bounds=(0.05, 5.0), method="bounded"
    )
    return float(best.x)


def undecided_threshold(margins: Floats, temperature: float) -> float:
    """Return the confidence that one held-out row in twenty-five stays below."""
    scaled = np.exp((margins - margins.max(axis=1, keepdims=True)) / temperature)
    confidence = (1 / scaled.sum(axis=1)).astype(float)
    return round(float(np.quantile(confidence, _UNDECIDED_SHARE)), 4)


def _held_out(features: csr_matrix, labels: NDArray[np.int64], n: int, weight: Floats) -> Floats:
    """Return the margins of each row by a model that has not seen it."""
    margins = np.zeros((len(labels), n))
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(
        features, labels
    ):
        weights, bias = fit_margins(features[seen], labels[seen], n, weight[seen])
        margins[unseen] = features[unseen] @ weights + bias
    return margins


def train_model(examples: Sequence[Example], *, n_bits: int = 18) -> LinearModel:
    """Train a model from labelled examples; the same examples give the same model."""
    taxonomy_ids = default_taxonomy().topic_ids
    seen = {example.topic for example in examples}
    topics = tuple(t for t in taxonomy_ids if t in seen) + tuple(sorted(seen - set(taxonomy_ids)))
    intents = tuple(sorted({e.intent for e in examples if e.intent})) or ("other",)
    texts, ends = [e.text for e in examples], [e.title_end for e in examples]
    plain = FeatureExtractor((), n_bits=n_bits)
    idf = inverse_frequency(plain.count_documents(texts, ends), len(texts))
    extractor = FeatureExtractor(make_lexicons(), n_bits=n_bits, idf=idf)
    features = extractor.transform(texts, ends)
    labels = np.array([topics.index(e.topic) for e in examples])
    weight = np.array([e.weight for e in examples])
    margins = _held_out(features, labels, len(topics), weight)
    temperature = fit_temperature(margins, labels)
    weights, bias = fit_margins(features, labels, len(topics), weight)
    voiced = np.array([i for i, e in enumerate(examples) if e.intent])
    if len(voiced) and len(intents) > 1:
        targets = np.array([intents.index(examples[i].intent) for i in voiced])
        intent_weights, intent_bias = fit_margins(features[voiced], targets, len(intents))
    else:
        intent_weights, intent_bias = np.zeros((features.shape[1], len(intents))), np.zeros(1)
    return LinearModel(
        topics=topics,
        intents=intents,
        weights=np.hstack([weights, intent_weights]).astype(np.float32),
        bias=np.concatenate([bias, intent_bias]).astype(np.float32),
        idf=idf,
        temperature=round(temperature, 4),
        min_confidence=undecided_threshold(margins, temperature),
        min_secondary=_MIN_SECONDARY,
        n_bits=n_bits,
    )
