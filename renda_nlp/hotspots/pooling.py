"""What a group has of its members: means, what all or most of them share, first and last days."""

import numpy as np
from numpy.typing import NDArray

from renda_nlp.table import NO_DATE

__all__ = ["commonest", "extreme", "mean", "only", "unit"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_SAME_SHARE = 1e-6
_LEAST_SHARE = 1 / 3 - _SAME_SHARE  # of a group's members that share its subtopic or address


def mean(values: Floats, labels: Ints, weights: NDArray[np.float64], n: int) -> Floats:
    """Return the weighted sum of the values of each group's members, shape ``(n, dim)``."""
    out = np.zeros((n, values.shape[1]), np.float32)
    np.add.at(out, labels, values * weights[:, None].astype(np.float32))
    return out


def unit(values: Floats) -> Floats:
    """Return the rows of length one."""
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(norms, 1e-9), np.float32)


def only(values: Ints, labels: Ints, n: int, nothing: int) -> Ints:
    """Return the value that all rows of a group share, else ``nothing``."""
    low = np.full(n, np.iinfo(np.int64).max)
    high = np.full(n, np.iinfo(np.int64).min)
    np.minimum.at(low, labels, values)
    np.maximum.at(high, labels, values)
    return np.where(low == high, low, nothing)


def commonest(values: Ints, labels: Ints, weights: NDArray[np.float64], n: int) -> Ints:
    """Return the value that most members of a group have, -1 for a tie or less than a third."""
    order = np.lexsort((values, labels))
    label, value = labels[order], values[order]
    new = np.concatenate(([True], (label[1:] != label[:-1]) | (value[1:] != value[:-1])))
    at = np.flatnonzero(new)
    share = np.bincount(np.cumsum(new) - 1, weights[order], len(at))
    known = np.flatnonzero((value[at] >= 0) & (share >= _LEAST_SHARE))
    at, share = at[known], share[known]
    most = np.zeros(n)
    np.maximum.at(most, label[at], share)
    first = share > most[label[at]] - _SAME_SHARE
    alone = first & (np.bincount(label[at], first, n)[label[at]] == 1)
    out = np.full(n, -1, np.int64)
    out[label[at[alone]]] = value[at[alone]]
    return out


def extreme(days: Ints, labels: Ints, n: int, *, latest: bool) -> Ints:
    """Return the first or last known day of each group, ``NO_DATE`` when none is known."""
    known = days != NO_DATE
    out = np.full(n, -1 if latest else np.iinfo(np.int64).max)
    (np.maximum if latest else np.minimum).at(out, labels[known], days[known])
    return np.where((out < 0) | (out == np.iinfo(np.int64).max), NO_DATE, out)
