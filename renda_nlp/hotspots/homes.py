"""Where each opinion speaks of: the places smaller than a town that it names, the first of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["Homes", "find_homes", "given_addresses", "named_places"]

Ints = NDArray[np.int64]
_LONG_LINES = ("号线", "国道", "省道", "高速", "高速公路")
_VILLAGES = ("村", "镇", "乡")
_SUFFIXES = frozenset("村镇乡县区市路街道巷园苑城场学院校站桥河湖组厦厂库")


def given_addresses(table: OpinionTable, rows: Ints) -> Ints:
    """Return the place smaller than a town that the register gives for each row, -1 when none."""
    given, none = table.column_at("addresses", rows), table.code("")
    pairs = zip(rows.tolist(), given.tolist(), strict=True)
    own = (-1 if code == none or code in table.regions[i] else code for i, code in pairs)
    return np.fromiter(own, np.int64, len(rows))


def named_places(table: OpinionTable, rows: Ints) -> list[tuple[int, ...]]:
    """Return the places smaller than a town that each row names, or that the register gives it.

    A metro line or a motorway runs through too many matters to be the place of one.
    """
    none = table.code("")
    named = {code for i in rows.tolist() for code in table.places[i]}
    long = {code for code in named if table.label(code).endswith(_LONG_LINES)}
    return [
        tuple(
            dict.fromkeys(
                [c for c in table.places[i] if c not in long and c not in table.regions[i]]
                + [given] * (given != none)
            )
        )
        for i, given in zip(rows.tolist(), table.column_at("addresses", rows).tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Homes:
    """The first specific place that each row names, in its title when that names one.

    Attributes:
        owner: Row of each name part.
        hashes: Name parts: of a village all, of others those that ordinary texts do not use.
        sure: Whether the title names the place, or the row has no title, shape ``(n,)``.
    """

    owner: Ints
    hashes: NDArray[np.uint32]
    sure: NDArray[np.bool_]


def find_homes(table: OpinionTable, rows: Ints, codes: list[tuple[int, ...]]) -> Homes:
    """Return the homes of some rows; ``codes`` are the places that each names."""
    every = sorted({code for own in codes for code in own})
    labels = [table.label(code) for code in every]
    pairs = dict(zip(every, (own[1:] for own in part_hashes(labels)), strict=True))
    stems = {
        code: own[:-1] if len(own) > 1 and label[-1] in _SUFFIXES else own
        for (code, own), label in zip(pairs.items(), labels, strict=True)
    }
    spelt = {code: frozenset(own.tolist()) for code, own in pairs.items()}
    sure = np.zeros(len(rows), bool)
    first: dict[int, int] = {}
    for number, own in enumerate(codes):
        if own:
            title = set(table.title_words[int(rows[number])].tolist())
            titled = [code for code in own if title and spelt[code] <= title]
            sure[number] = bool(titled) or not title
            first[number] = (titled or own)[0]
    parts = [stems[code] for code in first.values()]
    owner = np.repeat(np.array(list(first), np.int64), [len(own) for own in parts])
    hashes = np.concatenate([*parts, np.zeros(0, np.uint32)])
    village = [table.label(code).endswith(_VILLAGES) for code in first.values()]
    kept = among(_keyed(owner, hashes), _name_keys(table, rows))
    kept |= np.repeat(np.array(village, bool), [len(own) for own in parts])
    return Homes(owner[kept], hashes[kept], sure)


def _keyed(owner: Ints, hashes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return owner.astype(np.uint64) << np.uint64(32) | hashes


def _name_keys(table: OpinionTable, rows: Ints) -> NDArray[np.uint64]:
    names = table.names.take(rows)
    return np.sort(_keyed(np.repeat(np.arange(len(rows)), names.lengths), names.values))
