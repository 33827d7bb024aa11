"""The gazetteer of one run: villages and estates that the material itself names, found without suffix.

People write 高坎 for 高坎村 and 云溪 for 云溪花园. A stem counts as an alias when it is no ordinary
word, that is when a good part of its mentions in this material carry the suffix.
"""

from collections import Counter
from itertools import groupby
from operator import itemgetter

import numpy as np

from renda_nlp.columns import among_hashes, distinct
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["add_aliases"]

_SUFFIXES = (
    "村",
    "社区",
    "小区",
    "花园",
    "家园",
    "水库",
    "安置小区",
    "食品厂",
    "公司",
    "合作社",
    "路",
    "苑",
    "新村",
    "街道",
    "广场",
)
_MIN_STEM = 2
_MIN_MENTIONS = 2
_MIN_SHARE = 0.15
_CHUNK = 8192
_LOW = np.uint64(0xFFFFFFFF)


def _stems(names: Counter[str]) -> dict[str, str]:
    """Return stem to full name for every name with a suffix; the commonest name of a stem wins."""
    stems: dict[str, str] = {}
    for name, _ in sorted(names.items(), key=lambda item: (item[1], item[0])):
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= _MIN_STEM:
                stems[name[: -len(suffix)]] = name
                break
    return stems


def _found(table: OpinionTable, stems: list[str]) -> list[tuple[int, int]]:
    """Return row and number of every stem that a row names, by the hashes of its characters."""
    parts = [frozenset(own[1:].tolist()) for own in part_hashes(stems)]
    ending: dict[int, list[int]] = {}
    for number, own in enumerate(part_hashes(stems)):
        ending.setdefault(int(own[-1]), []).append(number)
    endings = np.array(sorted(ending), np.uint32)
    out = []
    for start in range(0, len(table), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(table)))
        words = table.words.take(rows)
        hits = among_hashes(words.values, endings)
        owner = np.searchsorted(np.cumsum(words.lengths), hits, side="right") + start
        keys = distinct(owner.astype(np.uint64) << np.uint64(32) | words.values[hits])
        pairs = zip((keys >> np.uint64(32)).tolist(), (keys & _LOW).tolist(), strict=True)
        for row, values in groupby(pairs, key=itemgetter(0)):
            named = set(table.words[row].tolist())
            out += [
                (row, number)
                for _, value in values
                for number in ending[value]
                if parts[number] <= named
            ]
    return out


def add_aliases(table: OpinionTable) -> None:
    """Add to the places of each opinion those that it names by their stem only."""
    names: Counter[str] = Counter(
        table.label(code)
        for labels, regions in zip(table.places, table.regions, strict=True)
        for code in set(labels) - set(regions)
    )
    addresses = [table.label(int(code)) for code in table.column("addresses")]
    names.update(address for address in addresses if address)
    stems = _stems(Counter({name: n for name, n in names.items() if n >= _MIN_MENTIONS}))
    if not stems:
        return
    known = sorted(stems)
    found = _found(table, known)
    mentions = Counter(number for _, number in found)
    usual = {k for k, n in mentions.items() if names[stems[known[k]]] >= _MIN_SHARE * n}
    codes = {number: table.code(stems[known[number]]) for number in sorted(usual)}
    added: dict[int, list[int]] = {}
    for row, number in found:
        if number in usual:
            added.setdefault(row, []).append(codes[number])
    for row, own in added.items():
        table.places[row] = tuple(dict.fromkeys((*table.places[row], *sorted(own))))
