"""Clauses of an issue's members, those that cover it together, and the people they name."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from renda_nlp.protocols import Segmenter

__all__ = [
    "MIN_CLAUSE",
    "Clause",
    "ClauseCutter",
    "is_greeting",
    "people_of",
    "spread",
    "word_weights",
]

MIN_CLAUSE = 6
"""Characters below which a clause says nothing."""


_REMEMBERED = 128  # texts, more than an issue is worded from
_CLAUSE = re.compile(r"[^，,。！？!?；;：:\n\t]+")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_GREETING = re.compile(
    r"尊敬|您好|你好|书记|领导|市长|县长|谢谢|感谢|此致|敬礼|打扰|百忙|我是|本人|我们是|为此|特此|望回复|盼回复|\[|办理中"
)
_PEOPLE = (
    ("业主", "业主"), ("村民", "村民"), ("家长", "学生家长"), ("学生", "学生"), ("农民工", "农民工"), ("老人", "老年人"), ("老年人", "老年人"),
    ("商户", "商户"), ("租户", "租户"), ("司机", "司机"), ("出租车", "出租车司机"), ("教师", "教师"), ("老师", "教师"), ("残疾人", "残疾人"), ("退役军人", "退役军人"),
    ("退伍", "退役军人"), ("种植户", "种植户"), ("养殖户", "养殖户"), ("拆迁户", "拆迁户"), ("购房者", "购房人"), ("住户", "住户"), ("居民", "居民"),
    ("职工", "职工"), ("消费者", "消费者"), ("考生", "考生"), ("患者", "患者"), ("贫困户", "困难群众"), ("低保户", "困难群众"),
)  # fmt: skip
_STOP_TAGS = frozenset(
    ("x", "u", "uj", "ul", "p", "c", "r", "d", "y", "e", "o", "m", "q", "t", "f")
)


class Clause(NamedTuple):
    """A stretch of an opinion's text with its content words, sorted, each once."""

    member: int
    start: int
    end: int
    text: str
    words: tuple[str, ...]


class ClauseCutter:
    """Cuts texts into clauses; each of the last texts once, because several parts of an issue need it.

    Content words have two characters or more and are no function words. A text is cut into words as
    a whole: no word goes over the punctuation that ends a clause.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._words = lru_cache(maxsize=_REMEMBERED)(self._find_words)
        self._clauses = lru_cache(maxsize=2 * _REMEMBERED)(self._find_clauses)

    def cut(self, member: int, text: str, *, sentences: bool) -> Sequence[Clause]:
        """Return the clauses (or whole sentences) of the text of one member."""
        return self._clauses(member, text, sentences=sentences)

    def _find_words(self, text: str) -> tuple[list[int], list[str]]:
        """Return where the content words of a text start, and the words."""
        found = [
            (start, end)
            for start, end, tag in self._segmenter.segment(text)
            if end - start > 1 and tag not in _STOP_TAGS
        ]
        return [start for start, _ in found], [text[start:end] for start, end in found]

    def _find_clauses(self, member: int, text: str, *, sentences: bool) -> tuple[Clause, ...]:
        (starts, words), at, clauses = self._words(text), 0, []
        for found in (_SENTENCE if sentences else _CLAUSE).finditer(text):
            start, end = found.span()
            first, at = bisect_left(starts, start, at), bisect_left(starts, end, at)
            own = tuple(sorted(set(words[first:at])))
            clauses.append(Clause(member, start, end, found.group(), own))
        return tuple(clauses)


def word_weights(clauses: Iterable[Clause]) -> dict[str, float]:
    """Return how typical each word is: the share of members that use it."""
    words_of: dict[int, list[tuple[str, ...]]] = {}
    for clause in clauses:
        words_of.setdefault(clause.member, []).append(clause.words)
    users = Counter(chain.from_iterable(set().union(*own) for own in words_of.values()))
    return {word: n / len(words_of) for word, n in users.items()}


def spread(clauses: Sequence[Clause], n: int) -> list[Clause]:
    """Return up to ``n`` clauses of different members that together cover the common words."""
    weights = word_weights(clauses)
    left_of = dict(weights)  # what each word still adds

    def gain_of(clause: Clause) -> float:
        gain = sum(map(left_of.__getitem__, clause.words))
        return gain / (1 + max(0, len(clause.text) - 60) / 60)

    # What is covered only lowers a gain: the first gain bounds the later ones (Minoux 1978).
    bounds = [gain_of(clause) for clause in clauses]
    order = sorted(range(len(clauses)), key=lambda k: -bounds[k])
    left = [k for k in order if bounds[k] > 0]
    chosen: list[Clause] = []
    while left and len(chosen) < n:
        best, best_gain = -1, 0.0
        for k in left:
            if bounds[k] < best_gain:
                break
            gain = gain_of(clauses[k]) if chosen else bounds[k]
            if (gain, -k) > (best_gain, -best) and not is_greeting(clauses[k].text):
                best, best_gain = k, gain
        if best < 0:
            break
        chosen.append(clauses[best])
        left_of |= {word: 0.25 * weights[word] for word in chosen[-1].words}
        used, texts = chosen[-1].member, {clause.text for clause in chosen}
        left = [k for k in left if clauses[k].member != used and clauses[k].text not in texts]
    return chosen


def is_greeting(text: str) -> bool:
    """Return whether a clause is too short to say something or only addresses the reader."""
    return len(text.strip()) < MIN_CLAUSE or _GREETING.search(text[:12]) is not None


def people_of(texts: Sequence[str]) -> str:
    """Return the groups of people that a good part of the texts name, at most two."""
    votes: Counter[str] = Counter()
    for text in texts:
        votes.update({name for word, name in _PEOPLE if word in text})
    least = max(1, len(texts) // 3)
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(name for name, n in ranked[:2] if n >= least)
