"""The gazetteer of one run: villages and estates that the material itself names, found without suffix.

People write 高坎 for 高坎村 and 云溪 for 云溪花园. A stem counts as an alias when it is no ordinary
word, that is when a good part of its mentions in this material carry the suffix.
"""

from collections import Counter

import ahocorasick

from renda_nlp.ngrams import normalise
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


def _stems(names: Counter[str]) -> dict[str, str]:
    """Return stem to full name for every name with a suffix; the commonest name of a stem wins."""
    stems: dict[str, str] = {}
    for name, _ in sorted(names.items(), key=lambda item: (item[1], item[0])):
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= _MIN_STEM:
                stems[name[: -len(suffix)]] = name
                break
    return stems


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
    automaton = ahocorasick.Automaton()
    for stem in sorted(stems):
        automaton.add_word(stem, stem)
    automaton.make_automaton()
    mentions: Counter[str] = Counter()
    found: list[set[str]] = []
    for row in table.rows():
        text = normalise(row.opinion.text)
        stems_here = {stem for _, stem in automaton.iter_long(text)}
        mentions.update(stems_here)
        found.append(stems_here)
    usual = {stem for stem, n in mentions.items() if names[stems[stem]] >= _MIN_SHARE * n}
    for index, stems_here in enumerate(found):
        codes = {table.code(stems[stem]) for stem in stems_here & usual}
        table.places[index] = tuple(dict.fromkeys((*table.places[index], *sorted(codes))))
