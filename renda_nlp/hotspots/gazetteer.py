"""The gazetteer of one run: places that the material itself names, found by their other names.

People write 高坎 for 高坎村 and 云溪 for 云溪花园. A stem counts as an alias when it is no ordinary
word, that is when a good part of its mentions in this material carry the suffix. A rare name that is
a frequent one with something in front (石渡镇白果村), or one character off, is the frequent one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from renda_nlp.columns import among, among_hashes, distinct
from renda_nlp.ngrams import part_hashes
from renda_nlp.table import OpinionTable

__all__ = ["add_aliases", "count_mentions", "find_stems", "main_names", "usual_stems"]

_SUFFIXES = tuple(
    "村 社区 小区 花园 家园 水库 安置小区 食品厂 公司 合作社 路 苑 新村 街道 广场 小学 中学 幼儿园 医院 养老院 敬老院 大厦 公寓 国际 名都 市场 水厂 石场 酒店".split()
)
_NAMED_AFTER = tuple(
    "小学 中学 幼儿园 医院 养老院 敬老院 市场 广场 大厦 酒店 水厂 石场 水库 食品厂 路 街道".split()
)  # the lake, the village or the estate that these are called after has the name too
_BORDERS = tuple("省市区县镇乡")
_VILLAGES = tuple("村镇乡组寨屯")
_TELLING = frozenset(
    "东西南北中上下大小新老前后高长双零一二三四五六七八九十0123456789"
)  # two places, not one
_MORE_OFTEN = 4
_LONG_NAME = 5
_MIN_STEM = 2
_MIN_MENTIONS = 2
_MIN_SHARE = 0.15
_MIN_OWN_SHARE = 0.6  # of the mentions of a stem that something else may have given its name
_CHUNK = 2048
_LOW = np.uint64(0xFFFFFFFF)


def _front_is_loose(front: str, name: str, n_name: int, n_own: int) -> bool:
    """Return whether what stands before a known name is no part of it."""
    if front.endswith(_BORDERS) and len(front) > 1:
        return True
    telling = front[0] in _TELLING or front[-1] in _TELLING or name.endswith(_VILLAGES)
    return not telling and n_name >= _MORE_OFTEN * n_own


def _without_front(names: Mapping[str, int]) -> dict[str, str]:
    """Return the known name that each name ends on, of those with something loose in front."""
    out: dict[str, str] = {}
    for name, n_own in names.items():
        for cut in range(1, len(name) - _MIN_STEM):
            rest = name[cut:]
            if rest in names and _front_is_loose(name[:cut], rest, names[rest], n_own):
                out[name] = rest
                break
    return out


def _misspelt(names: Mapping[str, int]) -> dict[str, str]:
    """Return the usual spelling of rare long names that are one character off."""
    holes: dict[str, list[str]] = {}
    for name in names:
        for at in range(len(name) if len(name) >= _LONG_NAME else 0):
            if name[at] not in _TELLING:
                holes.setdefault(f"{name[:at]}*{name[at + 1 :]}", []).append(name)
    out: dict[str, str] = {}
    for like in (own for own in holes.values() if len(own) > 1):
        usual = max(like, key=lambda name: (names[name], name))
        out |= {name: usual for name in like if names[usual] >= _MORE_OFTEN * names[name]}
    return out


def main_names(names: Mapping[str, int]) -> dict[str, str]:
    """Return the usual name of each place that the material also calls otherwise.

    Args:
        names: Places and how many opinions name each.
    """
    out = _misspelt(names) | _without_front(names)
    for name in sorted(out):
        while out[name] in out:  # what is usual is more frequent or shorter: no circle
            out[name] = out[out[name]]
    return out


def find_stems(names: Mapping[str, int], unusual: NDArray[np.uint32]) -> dict[str, str]:
    """Return stem to full name: what ordinary texts do not use, or whose full name stands often.

    The commonest name of a stem wins.

    Args:
        names: Places and how often the collection names each.
        unusual: Sorted hashes of what ordinary texts do not use.
    """
    stems: dict[str, str] = {}
    for name, _ in sorted(names.items(), key=lambda item: (item[1], item[0])):
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= _MIN_STEM:
                stems[name[: -len(suffix)]] = name
                break
    keys = sorted(stems)
    parts = part_hashes(keys)
    owner = np.repeat(np.arange(len(keys)), [len(own) for own in parts])
    odd = np.bincount(owner, among(np.concatenate([*parts, unusual[:0]]), unusual), len(keys)) > 0
    often = (names[stems[key]] >= _MIN_MENTIONS for key in keys)
    return {key: stems[key] for key, a, b in zip(keys, odd.tolist(), often, strict=True) if a or b}


def usual_stems(
    stems: Mapping[str, str], names: Mapping[str, int], mentions: Mapping[str, int]
) -> dict[str, str]:
    """Return the stems that are other names of places: those that often carry the suffix.

    Args:
        stems: Stem to full name.
        names: Places and how often the collection names each.
        mentions: How many opinions name each stem, see ``count_mentions``.
    """

    def is_usual(stem: str, name: str) -> bool:
        if name.endswith(_NAMED_AFTER):  # of two mentions, one with the suffix may be enough
            return names[name] + 1 >= _MIN_OWN_SHARE * (mentions[stem] + 1)
        return names[name] >= _MIN_SHARE * mentions[stem]

    return {
        stem: name
        for stem, name in sorted(stems.items())
        if stem in mentions and is_usual(stem, name)
    }


def count_mentions(table: OpinionTable, stems: Sequence[str]) -> Counter[str]:
    """Return how many rows name each stem, with its suffix or without."""
    return Counter(stems[number] for _, number in _found(table, stems))


def _found(table: OpinionTable, stems: Sequence[str]) -> list[tuple[int, int]]:
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


def add_aliases(table: OpinionTable, usual: Mapping[str, str], aliases: Mapping[str, str]) -> None:
    """Give the places of each opinion their usual names, and add those that it names by their stem.

    Args:
        table: The opinions; to do it twice changes nothing more.
        usual: Other name to usual name, see ``main_names``.
        aliases: Stem to full name, see ``usual_stems``.
    """
    usual_of = {
        code: table.code(usual[name])
        for code, name in enumerate(list(table.labels.names))
        if name in usual
    }
    for row, own in enumerate(table.places):
        if any(code in usual_of for code in own):
            regions = table.regions[row]
            called = (code if code in regions else usual_of.get(code, code) for code in own)
            table.places[row] = tuple(dict.fromkeys(called))
    stems = sorted(aliases)
    added: dict[int, set[str]] = {}
    for row, number in _found(table, stems) if stems else ():
        added.setdefault(row, set()).add(aliases[stems[number]])
    for row, names in added.items():
        codes = [table.code(name) for name in sorted(names)]
        table.places[row] = tuple(dict.fromkeys((*table.places[row], *codes)))
