"""Topic scores against hand labels, with several accepted topics a row."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from renda_nlp.errors import ShapeError

__all__ = ["bootstrap_interval", "calibration_error", "macro_f1", "topic_scores"]

_RESAMPLES = 1000
_PERCENTILES = (2.5, 97.5)


def macro_f1(gold: Sequence[str], predicted: Sequence[str], *, min_rows: int = 1) -> float:
    """Return the mean F1 over the labels with at least ``min_rows`` gold rows.

    Raises:
        ShapeError: The sequences differ in length or are empty.
    """
    if len(gold) != len(predicted) or not gold:
        raise ShapeError(f"gold has {len(gold)} rows, predicted {len(predicted)}")
    rows, named = Counter(gold), Counter(predicted)
    right = Counter(g for g, p in zip(gold, predicted, strict=True) if g == p)
    scored = [2 * right[t] / (rows[t] + named[t]) for t in rows if rows[t] >= min_rows]
    return float(np.mean(scored)) if scored else 0.0


def topic_scores(
    accepted: Sequence[Sequence[str]],
    secondary: Sequence[Sequence[str]],
    predicted: Sequence[str],
    *,
    min_rows: int = 5,
) -> dict[str, float]:
    """Return accuracy, hit (primary or secondary) and macro-F1.

    Args:
        accepted: Accepted primary topics of each row, the first one being the gold label.
        secondary: Secondary topics of each row.
        predicted: Predicted primary topic of each row.
        min_rows: Labels with fewer gold rows do not enter the macro-F1.
    """
    pairs = list(zip(accepted, secondary, predicted, strict=True))
    gold = [topic if topic in own else own[0] for own, _, topic in pairs]
    return {
        "accuracy": float(np.mean([topic in own for own, _, topic in pairs])),
        "hit": float(np.mean([topic in (*own, *other) for own, other, topic in pairs])),
        "macro_f1": macro_f1(gold, predicted, min_rows=min_rows),
    }


def calibration_error(
    confidence: NDArray[np.float64], correct: NDArray[np.bool_], n_bins: int = 10
) -> float:
    """Return the expected calibration error over bins of equal mass.

    References:
        Naeini et al. (2015), AAAI; Nguyen & O'Connor (2015), EMNLP (equal-mass bins).
    """
    order = np.argsort(confidence, kind="stable")
    bins = np.array_split(order, n_bins)
    return float(
        sum(
            len(part) * abs(confidence[part].mean() - correct[part].mean())
            for part in bins
            if len(part)
        )
        / len(confidence)
    )


def bootstrap_interval(
    score: Callable[[NDArray[np.int64]], float], n: int, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of a score over resampled rows.

    Args:
        score: Gives the score of the rows whose indices it gets.
        n: Number of rows.
        seed: Of the resampling.
    """
    rng = np.random.default_rng(seed)
    values = [score(rng.integers(0, n, n)) for _ in range(_RESAMPLES)]
    low, high = np.percentile(values, _PERCENTILES)
    return float(low), float(high)
