"""Titles, summaries and quotes of an issue, built from its members' own words."""

import re
from collections import Counter
from collections.abc import Sequence

from renda_nlp.protocols import Segmenter

__all__ = ["Clause", "clauses_of", "content_words", "make_title", "people_of", "spread"]

_CLAUSE = re.compile(r"[^，,。！？!?；;：:\n\t]+")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_OPENING = re.compile(
    r"^(?:\d{1,2}[.、．]\s*|（\d{1,2}月）|关于|有关|对于|针对|就|来电人?|来信人?|来访人?|市民|群众|居民|村民|选民.?|业主|家长|网友|代表|职工|"
    r"多名|部分|再次|强烈|继续|第.次|称|说|问问|询问|反映|反应|咨询|投诉|举报|请求|请问|恳请|希望|建议|要求|求助|质问|质疑|提出|提到|诉求|我想|我们|我|想|一下|请|能不能|"
    r"尽快|早日|认为|表示|：|:|，|、)+"
)
_CLOSING = re.compile(
    r"(?:的)?(?:问题|情况|事宜|咨询|建议|请求|投诉信?|反映|求助|诉求|质疑|报告|公开信|相关问题)*[的了吗呢啊吧呀？?！!。，,\s]*$"
)
_GREETING = re.compile(
    r"尊敬|您好|你好|书记|领导|市长|县长|谢谢|感谢|此致|敬礼|打扰|百忙|我是|本人|我们是|为此|特此|望回复|盼回复|\[|办理中"
)
_PEOPLE = (
    ("业主", "业主"), ("村民", "村民"), ("家长", "学生家长"), ("学生", "学生"), ("农民工", "农民工"), ("老人", "老年人"), ("老年人", "老年人"),
    ("商户", "商户"), ("租户", "租户"), ("司机", "司机"), ("出租车", "出租车司机"), ("教师", "教师"), ("老师", "教师"), ("残疾人", "残疾人"), ("退役军人", "退役军人"),
    ("退伍", "退役军人"), ("种植户", "种植户"), ("养殖户", "养殖户"), ("拆迁户", "拆迁户"), ("购房者", "购房人"), ("住户", "住户"), ("居民", "居民"),
    ("职工", "职工"), ("消费者", "消费者"), ("考生", "考生"), ("患者", "患者"), ("贫困户", "困难群众"), ("低保户", "困难群众"),
)  # fmt: skip
_PERSON = re.compile(r"[我你他她您咱俺]|老公|媳妇|婆娘|老婆|儿子|娃儿|谢谢|[吗呢嘛吧哈]$")
_NO_PROBLEM_TITLE = 0.7
_SHORT_TITLE, _CUT_OFF = 10, 0.7
_NO_PROBLEM = 0.35  # a clause without a word of the topic names no problem
_FIRST_PERSON = 0.6  # a clause about one's own family names no matter of many
_MIN_TITLE, _MAX_TITLE = 6, 30
_ASKED = re.compile(
    r"^(?:早日|尽早|尽快|继续|协调|帮助|帮忙)*(?:解决|处理|关注|重视|反映|呼吁|回复|询问)(?:一下)?"
)
_LOOSE_END = re.compile(r"[和与及或、，,（(“《]+$")
_ABOUT = re.compile(
    r"(?:的)?(?:相关|有关|几个|一些)*(?:的)?(?:问题|情况|事宜|事情|事项)(?:的)?(?:咨询|反映|投诉|质疑|建议|请求)*[？?！!。，,\s]*$"
)
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
            if clause.member in used or clause.text in texts or _is_greeting(clause.text):
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


def _is_greeting(text: str) -> bool:
    return len(text.strip()) < _MIN_TITLE or _GREETING.search(text[:12]) is not None


def _bare(text: str) -> str:
    """Return the clause without 关于…, 反映…; what is called a problem or a matter ends with 问题."""
    plain = _OPENING.sub("", text.strip(" \t、，。“”\"'（）()【】·-—"))
    about = _ABOUT.search(plain)
    plain = _ASKED.sub("", plain[: about.start()] if about else plain)
    plain = _LOOSE_END.sub("", plain if about else _CLOSING.sub("", plain))
    for opened, closed in ("（）", "()", "“”", "《》"):
        if plain.count(opened) != plain.count(closed):
            plain = plain.replace(opened, "").replace(closed, "")
    return f"{plain}问题" if about and plain and not plain.endswith("问题") else plain


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TITLE else text[:_MAX_TITLE]


def make_title(
    clauses: Sequence[Clause],
    titles: Sequence[Clause],
    place: str,
    known: frozenset[str],
    cues: frozenset[str],
) -> str:
    """Return place and problem in about 10-30 characters, from the members' own clauses.

    Empty when no clause will do.

    Args:
        clauses: Clauses of all members.
        titles: Their title clauses; where there are any, one of them is taken, because people write
            them as names.
        place: The place that the members share, may be empty.
        known: Every place that a member names; a clause with one needs no other in front.
        cues: Words of the topic; a clause with one names the problem.
    """
    weights = word_weights([*clauses, *titles])
    best, best_score = "", 0.0
    stem = place.rstrip("村镇乡区县") if place else ""
    for group, no_problem in ((titles, _NO_PROBLEM_TITLE), (clauses, _NO_PROBLEM)):
        for clause in group if not best else ():
            text = _bare(clause.text)
            if not _MIN_TITLE <= len(text) <= _MAX_TITLE or _is_greeting(text):
                continue
            mass = sum(weights.get(word, 0.0) for word in sorted(clause.words))
            score = mass / (4 + len(clause.words)) ** 0.5
            score *= 1.2 if stem and stem in text else 1.0
            score *= _FIRST_PERSON if _PERSON.search(text) else 1.0
            score *= 1.0 if any(cue in text for cue in cues) else no_problem
            score *= _CUT_OFF if len(text) < _SHORT_TITLE else 1.0
            if (score, -len(text), text) > (best_score, -len(best), best):
                best, best_score = text, score
    plain = best.lower()
    named = stem.lower() in plain or any(name in plain for name in known)
    return _cut(best) if not stem or not best or named else f"{place}{_cut(best)}"


def people_of(texts: Sequence[str]) -> str:
    """Return the groups of people that a good part of the texts name, at most two."""
    votes: Counter[str] = Counter()
    for text in texts:
        votes.update({name for word, name in _PEOPLE if word in text})
    least = max(1, len(texts) // 3)
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(name for name, n in ranked[:2] if n >= least)
