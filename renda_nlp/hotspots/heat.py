"""The heat index: a weighted sum of nine terms, each between 0 and 1, shown one by one.

``heat = 100 * sum(weight * value) / sum(weight)``. Counts enter as ``log(1 + x) / log(1 + cap)``,
cut at 1: the tenth voice adds less than the second. Recency is the count of opinions, each worth
``2 ** (-age / half_life)``; growth counts in full from five opinions on, so that a fresh pair does
not pass an old large issue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HeatWeights
from renda_nlp.records import HeatTerm

Floats = NDArray[np.float64]

__all__ = [
    "FORMULA",
    "N_SAMPLES",
    "HeatFacts",
    "heat_index",
    "heat_terms",
    "rank_intervals",
    "resampled_heat",
]

FORMULA = (
    "热度指数 = 100 ×（各项得分 × 权重之和）÷ 权重之和。人数、地点数、渠道数、附议数、文中提到的人（户）数按 "
    "log(1+x)÷log(1+封顶值) 计分，封顶值依次为 100、10、6、200、2000；新近程度为每件按 2^(−距今天数÷半衰期) 折减后的件数，"
    "同样取对数，封顶20；增长为近90天件数占近180天件数的比重，近90天不足5件的按比例折减；持续性为有意见的月份数÷12；严重性为提到死伤、坍塌、水污染等情形的件数比重（最少计0.5）。"
)

N_SAMPLES = 200
"""Times that the ranks are found anew, see ``resampled_heat``."""

_CAPS = {"people": 100.0, "places": 10.0, "channels": 6.0, "endorsements": 200.0, "heads": 2000.0}
_LABELS = {
    "people": "人数",
    "places": "地点分布",
    "channels": "渠道分布",
    "recency": "新近程度",
    "growth": "增长",
    "endorsements": "附议",
    "heads": "涉及人（户）数",
    "persistence": "持续性",
    "severity": "严重性",
}
_QUARTER_DAYS = 90
_MONTHS = 12.0
_MIN_SEVERE = 0.5
_FRESH_CAP = 20.0
_ENOUGH = 5.0  # recent opinions from which growth counts in full
_SEED = 20250101
_WEIGHT_NOISE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatFacts:
    """The raw facts about one issue that the heat index weighs."""

    people: int
    places: int
    channels: int
    endorsements: int
    heads: int
    ages_days: tuple[int, ...]  # days before as_of, of the dated opinions
    months: int
    severe_share: float


def _fresh(ages: Floats, counts: Floats, half_life_days: float) -> Floats:
    """Return recency and growth, as values and raw, for each row of counts of the opinions.

    Args:
        ages: Days before the report of each dated opinion, shape ``(n,)``.
        counts: How often each opinion counts, shape ``(n_samples, n)``.
        half_life_days: Days after which an opinion is worth half.

    Returns:
        Shape ``(n_samples, 4)``: value of recency, value of growth, raw recency, raw growth.
    """
    worth = counts @ np.exp2(-np.maximum(ages, 0) / half_life_days)
    recent = counts @ (ages <= _QUARTER_DAYS)
    half_year = counts @ (ages <= 2 * _QUARTER_DAYS)
    growth = recent / np.maximum(half_year, 1.0)
    value = np.minimum(1.0, np.log1p(worth) / np.log1p(_FRESH_CAP))
    return np.stack((value, growth * np.minimum(1.0, recent / _ENOUGH), worth, growth), axis=1)


def _values(facts: HeatFacts, half_life_days: float) -> dict[str, tuple[float, float]]:
    """Return raw figure and value in [0, 1] of each term."""
    out: dict[str, tuple[float, float]] = {}
    for name, cap in _CAPS.items():
        raw = float(getattr(facts, name))
        out[name] = (raw, min(1.0, float(np.log1p(raw) / np.log1p(cap))))
    ages = np.array(facts.ages_days, float)
    fresh = _fresh(ages, np.ones((1, len(ages))), half_life_days)
    out["recency"] = (float(fresh[0, 2]), float(fresh[0, 0]))
    out["growth"] = (float(fresh[0, 3]), float(fresh[0, 1]))
    out["persistence"] = (float(facts.months), min(1.0, facts.months / _MONTHS))
    share = facts.severe_share
    out["severity"] = (share, max(share, _MIN_SEVERE) if share else 0.0)
    return out


def heat_terms(
    facts: HeatFacts, weights: HeatWeights, half_life_days: float
) -> tuple[HeatTerm, ...]:
    """Return every term of the heat index with its contribution in points of 100."""
    values, own = _values(facts, half_life_days), _by_name(weights)
    total = sum(own.values()) or 1.0
    return tuple(
        HeatTerm(
            name=name,
            label=_LABELS[name],
            raw=round(values[name][0], 4),
            value=round(values[name][1], 4),
            weight=weight,
            contribution=round(100 * weight * values[name][1] / total, 2),
        )
        for name, weight in own.items()
    )


def heat_index(terms: tuple[HeatTerm, ...]) -> float:
    """Return the heat index, 0-100, to one decimal."""
    return round(sum(term.contribution for term in terms), 1)


@cache
def _by_name(weights: HeatWeights) -> Mapping[str, float]:
    return asdict(weights)


@cache
def _shaken(weights: HeatWeights) -> Floats:
    """Return the weights of the terms in each sample, shape ``(n_samples, n_terms)``."""
    own = np.array(list(_by_name(weights).values()), float)
    rng = np.random.default_rng(_SEED)
    return own * np.exp(rng.normal(0, _WEIGHT_NOISE, (N_SAMPLES, len(own))))


def resampled_heat(
    facts: HeatFacts, weights: HeatWeights, half_life_days: float, key: str
) -> NDArray[np.float32]:
    """Return the heat of an issue under other weights, its opinions drawn anew, shape ``(N_SAMPLES,)``.

    In each sample every weight is multiplied by ``exp(N(0, 0.25))``, the same for all issues, and
    every opinion counts a Poisson(1) number of times (Poisson bootstrap: Hanley & MacGibbon 2006).

    Args:
        facts: Of the issue.
        weights: Of the terms.
        half_life_days: Days after which an opinion is worth half.
        key: Of the issue, such as the id of its first opinion; it seeds the draws.
    """
    seed = int.from_bytes(blake2b(key.encode(), digest_size=8).digest())
    rng = np.random.default_rng([_SEED, seed])
    names = list(_by_name(weights))
    known = _values(facts, half_life_days)
    values = np.tile([known[name][1] for name in names], (N_SAMPLES, 1))
    people = rng.poisson(facts.people, N_SAMPLES)
    values[:, names.index("people")] = np.minimum(1.0, np.log1p(people) / np.log1p(_CAPS["people"]))
    counts = rng.poisson(1.0, (N_SAMPLES, len(facts.ages_days))).astype(float)
    fresh = _fresh(np.array(facts.ages_days, float), counts, half_life_days)
    values[:, names.index("recency")], values[:, names.index("growth")] = fresh[:, 0], fresh[:, 1]
    heat: NDArray[np.float32] = (values * _shaken(weights)).sum(axis=1).astype(np.float32)
    return heat


def rank_intervals(samples: Sequence[NDArray[np.float32]]) -> list[tuple[int, int]]:
    """Return the 5-95 % interval of each issue's rank over the samples of its ``resampled_heat``."""
    if not samples:
        return []
    ranks = np.empty((N_SAMPLES, len(samples)), np.int32)
    for own, heat in zip(ranks, np.stack(samples, axis=1), strict=True):
        own[np.argsort(-heat, kind="stable")] = np.arange(1, len(samples) + 1)
    low, high = np.percentile(ranks, [5, 95], axis=0)
    return [(int(np.floor(a)), int(np.ceil(b))) for a, b in zip(low, high, strict=True)]
