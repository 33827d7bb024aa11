"""The heat index: a weighted sum of nine terms, each between 0 and 1, shown one by one.

``heat = 100 * sum(weight * value) / sum(weight)``. Counts enter as ``log(1 + x) / log(1 + cap)``,
cut at 1: the tenth voice adds less than the second. Recency is the mean of ``2 ** (-age / half_life)``.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HeatWeights
from renda_nlp.records import HeatTerm

__all__ = ["FORMULA", "HeatFacts", "heat_index", "heat_terms", "rank_intervals"]

FORMULA = (
    "热度指数 = 100 ×（各项得分 × 权重之和）÷ 权重之和。人数、地点数、渠道数、附议数、文中提到的人（户）数按 "
    "log(1+x)÷log(1+封顶值) 计分，封顶值依次为 100、10、6、200、2000；新近程度为各件 2^(−距今天数÷半衰期) 的平均；"
    "增长为近90天件数占近180天件数的比重；持续性为有意见的月份数÷12；严重性为提到死伤、坍塌、水污染等情形的件数比重（最少计0.5）。"
)

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
_PERTURBATIONS = 200
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


def _values(facts: HeatFacts, half_life_days: float) -> dict[str, tuple[float, float]]:
    """Return raw figure and value in [0, 1] of each term."""
    out: dict[str, tuple[float, float]] = {}
    for name, cap in _CAPS.items():
        raw = float(getattr(facts, name))
        out[name] = (raw, min(1.0, float(np.log1p(raw) / np.log1p(cap))))
    ages = np.array(facts.ages_days, float)
    recency = float(np.exp2(-np.maximum(ages, 0) / half_life_days).mean()) if len(ages) else 0.0
    recent = int((ages <= _QUARTER_DAYS).sum())
    half_year = int((ages <= 2 * _QUARTER_DAYS).sum())
    growth = recent / half_year if half_year else 0.0
    out["recency"] = (recency, recency)
    out["growth"] = (growth, growth)
    out["persistence"] = (float(facts.months), min(1.0, facts.months / _MONTHS))
    share = facts.severe_share
    out["severity"] = (share, max(share, _MIN_SEVERE) if share else 0.0)
    return out


def heat_terms(
    facts: HeatFacts, weights: HeatWeights, half_life_days: float
) -> tuple[HeatTerm, ...]:
    """Return every term of the heat index with its contribution in points of 100."""
    values = _values(facts, half_life_days)
    total = sum(asdict(weights).values()) or 1.0
    return tuple(
        HeatTerm(
            name=name,
            label=_LABELS[name],
            raw=round(values[name][0], 4),
            value=round(values[name][1], 4),
            weight=weight,
            contribution=round(100 * weight * values[name][1] / total, 2),
        )
        for name, weight in asdict(weights).items()
    )


def heat_index(terms: tuple[HeatTerm, ...]) -> float:
    """Return the heat index, 0-100, to one decimal."""
    return round(sum(term.contribution for term in terms), 1)


def rank_intervals(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> list[tuple[int, int]]:
    """Return the 5-95 % interval of each issue's rank when weights and counts are shaken.

    Weights are multiplied by ``exp(N(0, 0.25))`` and values by ``1 + N(0, 0.1)``, 200 times with a
    fixed seed.

    Args:
        values: Term values, shape ``(n_issues, n_terms)``.
        weights: Shape ``(n_terms,)``.
    """
    if not len(values):
        return []
    rng = np.random.default_rng(20250101)
    ranks = np.empty((_PERTURBATIONS, len(values)))
    for row in range(_PERTURBATIONS):
        shaken = weights * np.exp(rng.normal(0, _WEIGHT_NOISE, len(weights)))
        noisy = values * (1 + rng.normal(0, 0.1, values.shape))
        ranks[row, np.argsort(-(noisy @ shaken), kind="stable")] = np.arange(1, len(values) + 1)
    low, high = np.percentile(ranks, [5, 95], axis=0)
    return [(int(np.floor(a)), int(np.ceil(b))) for a, b in zip(low, high, strict=True)]
