"""Regions: in which town, county and city an opinion speaks, as far as it says so."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import Ragged, among, distinct
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["Regions", "find_regions"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_LEVELS: tuple[tuple[str, ...], ...] = (("镇", "乡", "街道"), ("县", "区", "旗"), ("市", "州"))
_PARENTS = ("省", "市", "县", "区", "州", "旗")
_MIN_USERS = 2  # what one opinion alone calls a region may be none
_NONE = -1


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of some opinions.

    Attributes:
        own: Code of the town, county and city that each speaks of, -1 where it says none or
            several, shape ``(n, 3)``.
        titled: Whether its title says so, shape ``(n,)``.
        named: Sorted keys ``row * n_codes + code`` of every region that each names.
        met: Sorted keys ``code * n_codes + code`` of the regions that some opinion names together.
        n_codes: Larger than every code.
    """

    own: Ints
    titled: Bools
    named: Ints
    met: Ints
    n_codes: int

    def _names(self, rows: Ints, codes: Ints) -> Bools:
        return among(rows * self.n_codes + codes, self.named)

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
                    apart |= said & ~among(a * self.n_codes + b, self.met)
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

    def pool(self, labels: Ints, n: int) -> "Regions":
        """Return the regions of groups: what all members that name one agree on."""
        own = np.full((n, len(_LEVELS)), _NONE, np.int64)
        for level in range(len(_LEVELS)):
            said = np.flatnonzero(self.own[:, level] != _NONE)
            low, high = np.full(n, self.n_codes, np.int64), np.full(n, _NONE, np.int64)
            np.minimum.at(low, labels[said], self.own[said, level])
            np.maximum.at(high, labels[said], self.own[said, level])
            own[:, level] = np.where(low == high, high, _NONE)
        titled = np.zeros(n, bool)
        titled[labels[self.titled]] = True
        named = labels[self.named // self.n_codes] * self.n_codes + self.named % self.n_codes
        return Regions(own, titled, distinct(named), self.met, self.n_codes)


def _level(name: str) -> int:
    return next((k for k, suffixes in enumerate(_LEVELS) if name.endswith(suffixes)), _NONE)


def _bare(name: str, known: set[str]) -> str:
    """Return 安沙镇 for 某县安沙镇, when the shorter name is known too."""
    for cut in range(2, len(name) - 1):
        if name[:cut].endswith(_PARENTS) and name[cut:] in known:
            return name[cut:]
    return name


class _Gazetteer:
    """The regions that the opinions of a run name, to find them again inside longer names."""

    def __init__(self, table: OpinionTable, rows: Ints) -> None:
        users = Counter(code for i in rows.tolist() for code in set(table.regions[i]))
        self.names = {
            code: table.label(code) for code, n in sorted(users.items()) if n >= _MIN_USERS
        }
        known = set(self.names.values())
        self.main = {code: table.code(_bare(name, known)) for code, name in self.names.items()}
        self.level = {code: _level(name) for code, name in self.names.items()}
        parts = part_hashes(list(self.names.values()))
        self.pairs = {
            code: frozenset(own[1:].tolist()) for code, own in zip(self.names, parts, strict=True)
        }
        self._ending: dict[int, list[int]] = {}
        for code, own in zip(self.names, parts, strict=True):
            self._ending.setdefault(int(own[-1]), []).append(code)
        self._endings = np.array(sorted(self._ending), np.uint32)

    def in_titles(self, titles: Ragged[np.uint32]) -> dict[int, list[int]]:
        """Return by title the regions whose characters stand in it, the longest first."""
        starts = np.concatenate(([0], np.cumsum(titles.lengths)))
        hits = np.flatnonzero(among(titles.values, self._endings))
        owner = np.searchsorted(starts, hits, side="right") - 1
        found: dict[int, set[int]] = {}
        for row, value in zip(owner.tolist(), titles.values[hits].tolist(), strict=True):
            title = titles.values[starts[row] : starts[row + 1]]
            for code in self._ending[value]:
                pairs = self.pairs[code]
                if len(pairs) == 1 or pairs <= set(title.tolist()):
                    found.setdefault(row, set()).add(code)
        return {
            row: sorted(codes, key=lambda code: (-len(self.names[code]), code))
            for row, codes in found.items()
        }


def find_regions(table: OpinionTable, rows: Ints) -> Regions:
    """Return the regions that some rows of a table speak of."""
    gazetteer = _Gazetteer(table, rows)
    own = np.full((len(rows), len(_LEVELS)), _NONE, np.int64)
    titled, named, met = np.zeros(len(rows), bool), [], set()
    n_codes = len(table.labels.names) + 1
    titles = gazetteer.in_titles(table.title_words.take(rows))
    for number, index in enumerate(rows.tolist()):
        in_title = titles.get(number, [])
        body = [code for code in table.regions[index] if code in gazetteer.names]
        if not in_title and not body:
            continue
        codes = {gazetteer.main[code] for code in (*in_title, *body)}
        named += [number * n_codes + code for code in sorted(codes)]
        met |= {(a, b) for a in codes for b in codes if a != b}
        titled[number] = bool(in_title)
        for code in reversed(in_title or body):  # the first one stays
            if gazetteer.level[code] != _NONE:
                own[number, gazetteer.level[code]] = gazetteer.main[code]
    keys = np.array([a * n_codes + b for a, b in sorted(met)], np.int64)
    return Regions(own, titled, distinct(np.array(named, np.int64)), np.sort(keys), n_codes)
