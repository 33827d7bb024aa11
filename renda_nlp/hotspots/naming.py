"""Clauses of an issue's members, those that cover it together, and the people they name."""

import re
from collections import Counter
from collections.abc import Sequence

from renda_nlp.protocols import Segmenter

__all__ = [
    "MIN_CLAUSE",
    "Clause",
    "clauses_of",
    "content_words",
    "is_greeting",
    "people_of",
    "spread",
    "word_weights",
]

MIN_CLAUSE = 6
"""Characters below which a clause says nothing."""


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


class Clause:
    """A stretch of an opinion's text with its content words."""

    __slots__ = ("end", "member", "start", "text", "words")

    def __init__(self, member: int, start: int, end: int, text: str, words: frozenset[str]) -> None:
        self.member, self.start, self.end = member, start, end
        self.text, self.words = text, words


def content_words(segmenter: Segmenter, text: str) -> list[str]:
    """Return the words of ``text`` that carry matter: two characters or more, no function words."""
    return [
        text[token.start : token.end]
        for token in segmenter.segment(text)
        if token.end - token.start > 1 and token.tag not in _STOP_TAGS
    ]


def clauses_of(segmenter: Segmenter, member: int, text: str, *, sentences: bool) -> list[Clause]:
    """Return the clauses (or whole sentences) of one text."""
    pattern = _SENTENCE if sentences else _CLAUSE
    return [
        Clause(
            member, m.start(), m.end(), m.group(), frozenset(content_words(segmenter, m.group()))
        )
        for m in pattern.finditer(text)
    ]


def word_weights(clauses: Sequence[Clause]) -> dict[str, float]:
    """Return how typical each word is: the share of members that use it, squared words first."""
    users: dict[str, set[int]] = {}
    for clause in clauses:
        for word in clause.words:
            users.setdefault(word, set()).add(clause.member)
    n_members = len({clause.member for clause in clauses})
    return {word: len(members) / n_members for word, members in users.items()}


def spread(clauses: Sequence[Clause], n: int) -> list[Clause]:
    """Return up to ``n`` clauses of different members that together cover the common words."""
    weights = word_weights(clauses)
    chosen: list[Clause] = []
    covered: set[str] = set()
    used: set[int] = set()
    texts: set[str] = set()
    for _ in range(n):
        best, best_gain = None, 0.0
        for clause in clauses:
            if clause.member in used or clause.text in texts or is_greeting(clause.text):
                continue
            gain = sum(weights[w] * (0.25 if w in covered else 1.0) for w in sorted(clause.words))
            gain /= 1 + max(0, len(clause.text) - 60) / 60
            if gain > best_gain:
                best, best_gain = clause, gain
        if best is None:
            break
        chosen.append(best)
        used.add(best.member)
        texts.add(best.text)
        covered |= best.words
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
