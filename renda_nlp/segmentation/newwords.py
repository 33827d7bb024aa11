"""New words of a folder: stretches that hold together inside and are free at both ends.

Cohesion is the least pointwise mutual information over the cuts of a stretch, freedom the lesser of
its left and right branching entropy (Jin & Tanaka-Ishii 2006; 顾森 2012, 互联网时代的社会语言学).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import jieba

from renda_nlp.segmentation.dictionary import domain_words

__all__ = ["NewWord", "find_new_words"]

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 7
_MIN_COHESION = 3.0
_MIN_FREEDOM = 1.0
_NAME = re.compile(
    r"(?:村|组|镇|乡|县|区|社区|小区|花园|家园|新村|路|街|大道|桥|水库|河|渠|水厂|学校|小学|中学|幼儿园|医院|卫生院|工程|项目|公司|合作社|基地|园区|产业园|市场)$"
)
_FUNCTION = frozenset(
    "的了是在我你他们这那有和就都也很不没要会能可以去来到说吗呢吧啊把被让给对从向与及或"
)


_COUNT = frozenset("一二三四五六七八九十百千万两几半个次每第只前")  # begins a phrase, not a word


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWord:
    """A proposed word."""

    text: str
    count: int
    score: float  # cohesion (bits) x freedom (bits)
    is_name: bool  # ends like a place, project or organisation


def _entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    return -sum(n / total * math.log2(n / total) for n in neighbours.values())


def _count(
    texts: Iterable[str],
) -> tuple[Counter[str], dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Count the stretches of up to seven characters, and what stands left and right of them."""
    counts: Counter[str] = Counter()
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for run in (run for text in texts for run in _HAN.findall(text)):
        counts.update(run)
        for start in range(len(run)):
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                stretch = run[start:end]
                counts[stretch] += 1
                left[stretch][run[start - 1] if start else "^"] += 1
                right[stretch][run[end] if end < len(run) else "$"] += 1
    return counts, left, right


@cache
def _general_words() -> frozenset[str]:
    """Return the words of jieba's general dictionary."""
    with jieba.get_dict_file() as file:
        return frozenset(line.split(b" ", 1)[0].decode() for line in file)


def find_new_words(texts: Iterable[str], *, min_count: int = 5) -> list[NewWord]:
    """Return the words of the texts that no dictionary has, names first, then by falling score."""
    counts, left, right = _count(texts)
    total = sum(n for stretch, n in counts.items() if len(stretch) == 1)
    known = _general_words() | {word for word, _ in domain_words()}
    found = []
    for stretch, n in counts.items():
        if n < min_count or len(stretch) < 2 or stretch in known:  # noqa: PLR2004 - a word
            continue
        is_name = _NAME.search(stretch) is not None
        if stretch[0] in (_FUNCTION if is_name else _FUNCTION | _COUNT) or stretch[-1] in _FUNCTION:
            continue
        cohesion = min(
            math.log2(n * total / (counts[stretch[:cut]] * counts[stretch[cut:]]))
            for cut in range(1, len(stretch))
        )
        freedom = min(_entropy(left[stretch]), _entropy(right[stretch]))
        if cohesion >= _MIN_COHESION and freedom >= _MIN_FREEDOM:
            found.append(
                NewWord(
                    text=stretch,
                    count=n,
                    score=round(cohesion * freedom, 3),
                    is_name=is_name,
                )
            )
    return sorted(found, key=lambda word: (not word.is_name, -word.score, word.text))
