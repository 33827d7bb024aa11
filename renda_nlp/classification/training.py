"""Training of the linear model: features, SVM and naive Bayes, temperature, thresholds.

The weights are those of a linear SVM, one label against the rest, plus a share of the log odds of
multinomial naive Bayes over the n-grams: what tells labels apart and what is usual in each.

References:
    Wang & Manning (2012), Baselines and Bigrams, ACL.
"""

from collections.abc import Mapping, Sequence
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
_BAYES_SPREAD, _SMOOTHING = 0.15, 0.1
_FOLDS = 5
_UNDECIDED_SHARE = 0.05
_MIN_SECONDARY = 0.18
_PRIOR_TRUST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled text.

    Attributes:
        official: A sentence of official prose; a model that saw some judges such prose apart.
        realistic: Counts for the calibration; rows that seek the hard cases do not.
    """

    text: str
    topic: str
    title_end: int = 0
    intent: str = ""
    weight: float = 1.0
    official: bool = False
    realistic: bool = True


def inverse_frequency(counts: NDArray[np.int64], n: int) -> NDArray[np.float32]:
    """Return ``log((1 + n) / (1 + count)) + 1``, zero for what occurs in one text only."""
    idf = np.log((1 + n) / (1 + counts)) + 1
    return np.where(counts > 1, idf, 0.0).astype(np.float32)


def fit_margins(
    features: csr_matrix,
    labels: NDArray[np.int64],
    n: int,
    weight: Floats,
    n_grams: int,
    cost: float = _COST,
) -> tuple[Floats, Floats]:
    """Return weights ``(n_features, n)`` and bias ``(n,)``; a label without rows never wins.

    Args:
        features: Their first ``n_grams`` columns are n-grams, none negative.
        labels: Number of the label of each row.
        n: Number of labels.
        weight: Of each row.
        n_grams: Zero leaves naive Bayes out.
        cost: Of an error of the SVM; less suits more and noisier rows.
    """
    svm = LinearSVC(C=cost, class_weight=None, random_state=0)
    svm.fit(features, labels, sample_weight=weight)
    weights = np.zeros((features.shape[1], n))
    bias = np.full(n, -10.0)
    if len(svm.classes_) == 2:  # noqa: PLR2004 - one column stands for both
        weights[:, svm.classes_[1]], weights[:, svm.classes_[0]] = svm.coef_[0], -svm.coef_[0]
        bias[svm.classes_[1]], bias[svm.classes_[0]] = svm.intercept_[0], -svm.intercept_[0]
    else:
        weights[:, svm.classes_] = svm.coef_.T
        bias[svm.classes_] = svm.intercept_
    if n_grams:
        grams = features[:, :n_grams]
        weights[:n_grams, svm.classes_] += _bayes_weights(grams, labels, svm.classes_, weight)
    return weights, bias


def _bayes_weights(
    grams: csr_matrix, labels: NDArray[np.int64], classes: NDArray[np.int64], weight: Floats
) -> Floats:
    """Return the log odds of each n-gram in each class, scaled so that the scores spread alike."""
    sums = np.stack([grams.T @ (weight * (labels == label)) for label in classes], axis=1)
    odds = np.log((sums + _SMOOTHING) / (sums + _SMOOTHING).sum(axis=0))
    odds -= odds.mean(axis=1, keepdims=True)
    scores = grams @ odds
    scaled: Floats = odds * (_BAYES_SPREAD / max(float(scores.std()), 1e-9))
    return scaled


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
    """Return the confidence that one held-out row in twenty stays below, short ones among them."""
    scaled = np.exp((margins - margins.max(axis=1, keepdims=True)) / temperature)
    confidence = (1 / scaled.sum(axis=1)).astype(float)
    return round(float(np.quantile(confidence, _UNDECIDED_SHARE)), 4)


def _held_out(
    features: csr_matrix,
    labels: NDArray[np.int64],
    n: int,
    weight: Floats,
    n_grams: int,
    cost: float = _COST,
) -> Floats:
    """Return the margins of each row by a model that has not seen it."""
    margins = np.zeros((len(labels), n))
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(
        features, labels
    ):
        weights, bias = fit_margins(features[seen], labels[seen], n, weight[seen], n_grams, cost)
        margins[unseen] = features[unseen] @ weights + bias
    return margins


def _intent_columns(
    features: csr_matrix, examples: Sequence[Example], intents: Sequence[str]
) -> tuple[Floats, Floats]:
    """Return weights and bias of the intents, from the examples that state one."""
    voiced = np.array([i for i, e in enumerate(examples) if e.intent])
    if not len(voiced) or len(intents) == 1:
        return np.zeros((features.shape[1], len(intents))), np.zeros(len(intents))
    targets = np.array([intents.index(examples[i].intent) for i in voiced])
    return fit_margins(features[voiced], targets, len(intents), np.ones(len(targets)), 0)


def _official_columns(
    features: csr_matrix,
    labels: NDArray[np.int64],
    official: NDArray[np.bool_],
    n: int,
    n_grams: int,
) -> tuple[Floats, Floats, float]:
    """Return weights and bias of the official columns, and the temperature of their topics."""
    register = LinearSVC(C=_COST, class_weight="balanced", random_state=0).fit(features, official)
    own, own_labels = features[official], labels[official]
    even = np.ones(len(own_labels))
    temperature = fit_temperature(_held_out(own, own_labels, n, even, n_grams), own_labels)
    weights, bias = fit_margins(own, own_labels, n, even, n_grams)
    return (
        np.hstack([register.coef_.T, weights]),
        np.concatenate([register.intercept_, bias]),
        temperature,
    )


def _prior_shift(
    labels: NDArray[np.int64], weight: Floats, topics: Sequence[str], prior: Mapping[str, float]
) -> Floats:
    """Return what the log odds of each topic gain where topics are as frequent as ``prior`` says."""
    seen = np.bincount(labels, weight, minlength=len(topics))
    expected = np.array([prior[topic] for topic in topics])
    shift: Floats = np.log(expected / expected.sum()) - np.log(seen / seen.sum())
    return _PRIOR_TRUST * shift


def train_model(
    examples: Sequence[Example],
    *,
    n_bits: int = 18,
    prior: Mapping[str, float] | None = None,
    cost: float = _COST,
) -> LinearModel:
    """Train a model from labelled examples; the same examples give the same model.

    Args:
        examples: Official ones get columns of their own.
        n_bits: Size of the hash space of the features.
        prior: How frequent each topic is where the model will be used, in any unit; None means as
            among the examples. Half of the difference is believed: places differ.
        cost: Of an error, see ``fit_margins``; official columns keep the usual one.
    """
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
    realistic = np.array([e.realistic and not e.official for e in examples])
    margins = _held_out(features, labels, len(topics), weight, extractor.n_buckets, cost)
    temperature = fit_temperature(margins[realistic], labels[realistic])
    voices = np.array([not e.official for e in examples])
    weights, bias = fit_margins(features, labels, len(topics), weight, extractor.n_buckets, cost)
    if prior is not None:
        bias += temperature * _prior_shift(labels, weight, topics, prior)
    intent_weights, intent_bias = _intent_columns(features, examples, intents)
    columns, biases = [weights, intent_weights], [bias, intent_bias]
    official = np.array([e.official for e in examples])
    if official.any():
        more, more_bias, own = _official_columns(
            features, labels, official, len(topics), extractor.n_buckets
        )
        columns.append(more * (temperature / own))  # one temperature serves both
        biases.append(more_bias * (temperature / own))
    return LinearModel(
        topics=topics,
        intents=intents,
        official=bool(official.any()),
        weights=np.hstack(columns).astype(np.float32),
        bias=np.concatenate(biases).astype(np.float32),
        idf=idf,
        temperature=round(temperature, 4),
        min_confidence=undecided_threshold(margins[voices], temperature),
        min_secondary=_MIN_SECONDARY,
        n_bits=n_bits,
    )
