"""What is counted of an issue before anything is worded: people, places, channels, days, severity."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from renda_nlp.hotspots.heat import HeatFacts
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["IssueFacts", "count_issue"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """One issue in figures.

    Attributes:
        members: Table indices inside the period, by date and id.
        days: Dates of all members, earlier years too, in order.
        terms: What the heat index weighs.
    """

    members: Ints
    days: tuple[date, ...]
    terms: HeatFacts


def count_issue(
    table: OpinionTable, group: Ints, as_of: date, period: tuple[date, date] | None
) -> IssueFacts:
    """Return the figures of a group of table indices.

    Args:
        table: The opinions.
        group: Indices of all members.
        as_of: The day that ages count from.
        period: First and last day that count; earlier opinions are history. None counts all.
    """
    days = table.column_at("days", group)
    inside = np.ones(len(group), bool)
    if period is not None:
        first, last = (day.toordinal() for day in period)
        inside = (days == NO_DATE) | ((days >= first) & (days <= last))
    members, own = group[inside], days[inside]
    dated = np.sort(days[days != NO_DATE]).tolist()
    authors = table.column_at("authors", members)
    severe = np.array([bool(table.severity[i]) for i in members.tolist()], bool)
    places = {
        code for i in members.tolist() for code in table.places[i] if code not in table.regions[i]
    }
    order = sorted(range(len(members)), key=lambda k: (int(own[k]), table.ids[int(members[k])]))
    terms = HeatFacts(
        people=len(np.unique(authors)),
        places=len(places),
        channels=len(np.unique(table.column_at("channels", members))),
        endorsements=int(table.column_at("endorsements", members).sum()),
        heads=int(table.column_at("heads", members).max(initial=0)),
        ages_days=tuple((as_of.toordinal() - own[own != NO_DATE]).tolist()),
        months=len({(day.year, day.month) for day in map(date.fromordinal, dated)}),
        severe_share=float(severe.mean()) if len(severe) else 0.0,
    )
    return IssueFacts(members[order], tuple(date.fromordinal(day) for day in dated), terms)
