"""Regions: in which town, county and city an opinion speaks, as far as it says so.

A region is its number among the names of the ``Gazetteer``, the same in every part of a collection.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import Ragged, among, distinct, stretches
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["Gazetteer", "Regions", "find_regions"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_LEVELS: tuple[tuple[str, ...], ...] = (("镇", "乡", "街道"), ("县", "区", "旗"), ("市", "州"))
_PARENTS = ("省", "市", "县", "区", "州", "旗")
_MIN_USERS = 2  # what one opinion alone calls a region may be none, unless it is a code: K4县
_CODE = re.compile(r"[a-z]{1,2}\d{0,2}[省市州县区旗]")
_NONE = -1


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of some opinions.

    Attributes:
        own: Number of the town, county and city that each speaks of, -1 where it says none or
            several, shape ``(n, 3)``.
        titled: Whether its title says so, shape ``(n,)``.
        named: Sorted keys ``row * n_regions + number`` of every region that each names.
        met: Sorted keys ``number * n_regions + number`` of the regions that some opinion names
            together.
        n_regions: Larger than every number.
    """

    own: Ints
    titled: Bools
    named: Ints
    met: Ints
    n_regions: int

    def _names(self, rows: Ints, codes: Ints) -> Bools:
        return among(rows * self.n_regions + codes, self.named)

    def conflict(self, first: Ints, second: Ints) -> NDArray[np.float64]:
        """Return how surely two opinions speak of different regions, 0.0 to 1.0.

        1.0 where both titles name different regions of one level, 0.3 where they are only named in
        passing, 0.5 where regions of two levels are never named together.
        """
        differ, apart = np.zeros(len(first), bool), np.zeros(len(first), bool)
        for level in range(len(_LEVELS)):
            for other in range(len(_LEVELS)):
                a, b = self.own[first, level], self.own[second, other]
                said = (a != _NONE) & (b != _NONE) & (a != b)
                said &= ~self._names(second, a) & ~self._names(first, b)
                if level == other:
                    differ |= said
                else:
                    apart |= said & ~among(a * self.n_regions + b, self.met)
        sure = self.titled[first] & self.titled[second]
        return np.where(
            differ, np.where(sure, 1.0, 0.3), np.where(apart, np.where(sure, 0.5, 0.15), 0.0)
        )

    def finest(self) -> Ints:
        """Return the county, else the city, else the town of each opinion, -1 when it has none."""
        out = self.own[:, 0].copy()
        for level in (2, 1):
            out = np.where(self.own[:, level] != _NONE, self.own[:, level], out)
        return out

    def pool(self, rows: Ints, labels: Ints, n: int) -> "Regions":
        """Return the regions of groups of some rows: what all members that name one agree on."""
        own = np.full((n, len(_LEVELS)), _NONE, np.int64)
        for level in range(len(_LEVELS)):
            values = self.own[rows, level]
            said = np.flatnonzero(values != _NONE)
            low, high = np.full(n, self.n_regions, np.int64), np.full(n, _NONE, np.int64)
            np.minimum.at(low, labels[said], values[said])
            np.maximum.at(high, labels[said], values[said])
            own[:, level] = np.where(low == high, high, _NONE)
        titled = np.zeros(n, bool)
        titled[labels[self.titled[rows]]] = True
        first, last = (
            np.searchsorted(self.named, (rows + after) * self.n_regions) for after in (0, 1)
        )
        group = np.repeat(labels, last - first)
        named = self.named[stretches(first, last - first)] % self.n_regions
        keys = distinct(group * self.n_regions + named)
        return Regions(own, titled, keys, self.met, self.n_regions)

    def joined(self, more: "Regions") -> "Regions":
        """Return the regions of these rows and then of some more."""
        return Regions(
            np.concatenate((self.own, more.own)),
            np.concatenate((self.titled, more.titled)),
            np.concatenate((self.named, more.named + len(self.own) * self.n_regions)),
            self.met,
            self.n_regions,
        )


def _level(name: str) -> int:
    return next((k for k, suffixes in enumerate(_LEVELS) if name.endswith(suffixes)), _NONE)


def _bare(name: str, known: set[str]) -> str:
    """Return 安沙镇 for 某县安沙镇, when the shorter name is known too."""
    for cut in range(2, len(name) - 1):
        if name[:cut].endswith(_PARENTS) and name[cut:] in known:
            return name[cut:]
    return name


class Gazetteer:
    """The regions that the opinions of a run name, to find them again inside longer names.

    Args:
        users: How many opinions name each region.

    Attributes:
        names: Of the regions, in order; what one opinion alone calls a region may be none.
        number: Number of each name.
        main: Number of the shorter name of each region: 安沙镇 for 某县安沙镇.
        level: Town, county or city (0-2), -1 when the name does not say.
    """

    def __init__(self, users: Mapping[str, int]) -> None:
        self.names = sorted(
            name for name, n in users.items() if n >= _MIN_USERS or _CODE.fullmatch(name)
        )
        self.number = {name: number for number, name in enumerate(self.names)}
        known = set(self.names)
        self.main = [self.number[_bare(name, known)] for name in self.names]
        self.level = [_level(name) for name in self.names]
        parts = part_hashes(self.names)
        self._pairs = [frozenset(own[1:].tolist()) for own in parts]
        self._ending: dict[int, list[int]] = {}
        for number, own in enumerate(parts):
            self._ending.setdefault(int(own[-1]), []).append(number)
        self._endings = np.array(sorted(self._ending), np.uint32)

    def in_titles(self, titles: Ragged[np.uint32]) -> dict[int, list[int]]:
        """Return by title the regions whose characters stand in it, the longest first."""
        starts = np.concatenate(([0], np.cumsum(titles.lengths)))
        hits = np.flatnonzero(among(titles.values, self._endings))
        owner = np.searchsorted(starts, hits, side="right") - 1
        found: dict[int, set[int]] = {}
        for row, value in zip(owner.tolist(), titles.values[hits].tolist(), strict=True):
            title = titles.values[starts[row] : starts[row + 1]]
            for number in self._ending[value]:
                pairs = self._pairs[number]
                if len(pairs) == 1 or pairs <= set(title.tolist()):
                    found.setdefault(row, set()).add(number)
        return {
            row: sorted(numbers, key=lambda number: (-len(self.names[number]), number))
            for row, numbers in found.items()
        }


def find_regions(table: OpinionTable, rows: Ints, gazetteer: Gazetteer) -> Regions:
    """Return the regions that some rows of a table speak of; ``met`` are those that these rows name."""
    own = np.full((len(rows), len(_LEVELS)), _NONE, np.int64)
    titled, named, met = np.zeros(len(rows), bool), [], set()
    n_regions = len(gazetteer.names) + 1
    number_of = gazetteer.number
    titles = gazetteer.in_titles(table.title_words.take(rows))
    for row, index in enumerate(rows.tolist()):
        in_title = titles.get(row, [])
        said = [number_of.get(table.label(code), _NONE) for code in table.regions[index]]
        body = [number for number in said if number != _NONE]
        if not in_title and not body:
            continue
        numbers = {gazetteer.main[number] for number in (*in_title, *body)}
        named += [row * n_regions + number for number in sorted(numbers)]
        met |= {a * n_regions + b for a in numbers for b in numbers if a != b}
        titled[row] = bool(in_title)
        for number in reversed(in_title or body):  # the first one stays
            if gazetteer.level[number] != _NONE:
                own[row, gazetteer.level[number]] = gazetteer.main[number]
    keys = np.array(sorted(met), np.int64)
    return Regions(own, titled, distinct(np.array(named, np.int64)), keys, n_regions)
