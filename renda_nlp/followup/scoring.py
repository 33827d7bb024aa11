"""Score an official reply by the words it uses, and show the words.

Relevance, completeness, basis, speed and commitment, each 1-5, and the warnings of REPLY_FLAGS. The
features are those that readers of replies go by: what was asked that comes back in the answer, how
many matters are taken up, laws and findings named, what was done, what will be done and by when.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renda_nlp.followup.replywords import ITEM, ReplyWords, Spans, read_reply, spans_of
from renda_nlp.followup.terms import TermFinder, term_weight

__all__ = ["Asked", "Assessment", "Finding", "assess_reply"]

_MAX_BODY = 4000  # characters that are enough to see what a reply speaks of
_MIN_BODY, _SHORT_BODY = 12, 40
_LENGTHS = (25, 70, 130, 230)
_ASIDE = 0.15  # share of the question's words, below which a reply is about something else
_LENGTH_SHARE = 0.5  # of the length in completeness, beside relevance and commitment
_CONSULTS = re.compile(r"咨询|请问|吗[？?。]|能否|是否|怎么办|政策|如何|什么条件")
_RECEIVED = re.compile(r"收悉|收到|获悉|重视|已转|感谢")
_FIRST = re.compile(r"[^\s。；，]{1,30}")
_MAX_BRIEF, _MOSTLY = 30, 0.8
_LETTER = re.compile(r"收悉|来信|您|你好")
_UNDER_WAY = re.compile(
    r"已(?:经)?(?:转|报|告知|引导|列入|纳入|上报|反映|交(?!付)|登记|移交|对接)|正在|列入|纳入|拟|待|重复|协调|冬修|研究|论证|审批中|争取|计划|报.{1,6}审批"
)
_HAS_DONE = re.compile(r"已|完成|恢复|修|退|补发|签了|清理|查处|安装|更换|处理|解决|拆除")
_QUESTION = re.compile(r"[？?]|吗|能不能|是否|何时|什么时候|怎么|请问|为什么|为何")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reply answers to."""

    title: str
    text: str
    days: int | None  # between question and reply; None when a date is not known
    limit_days: int  # by which the answer is due


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A score or a warning: its name, its sentence and where in the reply the words stand."""

    name: str
    value: int  # 1-5; 0 = cannot be said; 1 for a warning
    sentence: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything found out about one reply."""

    scores: tuple[Finding, ...]
    flags: tuple[Finding, ...]

    def value(self, name: str) -> int:
        """Return the score of this name."""
        return next(score.value for score in self.scores if score.name == name)


def assess_reply(asked: Asked, reply: str, finder: TermFinder) -> Assessment:
    """Return the scores of a reply and its warnings.

    Args:
        asked: The matter.
        reply: The reply, as the source has it; spans are offsets of it.
        finder: Finds the terms that question and reply share.
    """
    words = read_reply(reply)
    if _is_brief(reply, words):
        return _assess_brief(asked, reply, words)
    replied = finder.terms(words.body[:_MAX_BODY])
    taken_up = _coverage(finder.terms(asked.title or asked.text[:60]), replied)
    whole = _coverage(finder.terms(asked.text[:600]), replied)
    relevance = _relevance(words, max(taken_up, 2 * whole))
    commitment = _commitment(asked, words, taken_up)
    scores = (
        relevance,
        _completeness(asked, words, (relevance.value, commitment.value), taken_up),
        _basis(words),
        _speed(asked),
        commitment,
    )
    return Assessment(scores=scores, flags=_flags(asked, reply, words, scores))


def _is_brief(reply: str, words: ReplyWords) -> bool:
    """Whether a reply is the few words of a register, not a letter of which nothing is left."""
    length = len(reply.strip())
    if _LETTER.search(reply):
        return False
    return 0 < length <= _MAX_BRIEF and words.length >= _MOSTLY * length


def _assess_brief(asked: Asked, reply: str, words: ReplyWords) -> Assessment:
    """Score the few words of a register, like 已修复 or 已转供水站."""
    span = ((0, len(reply)),)
    commitment, said = _briefly_promised(reply, words)
    few = "只有几个字的办理结果。"
    scores = (
        Finding(name="relevance", value=3, sentence=few, spans=span),
        Finding(name="completeness", value=2 + (commitment > 2), sentence=few, spans=span),  # noqa: PLR2004
        _basis(words),
        _speed(asked),
        Finding(name="commitment", value=commitment, sentence=said, spans=span),
    )
    vague = commitment <= 2  # noqa: PLR2004
    sentence = "只说转办、列入或正在办，没有结果和时间。"
    flags = (_flag("只表态无措施", sentence, span),) if vague else ()
    return Assessment(scores=scores, flags=(*flags, *_late(asked)))


def _briefly_promised(reply: str, words: ReplyWords) -> tuple[int, str]:
    if words.times:
        return 4, "说明了时间。"
    if _UNDER_WAY.search(reply):
        return 2, "只说转办、列入或正在办。"
    return (4, "说已经办了。") if _HAS_DONE.search(reply) else (3, "作了简短说明。")


def _coverage(wanted: frozenset[str], replied: frozenset[str]) -> float:
    """Return which share of the question's terms, by weight, comes back in the reply."""
    total = sum(map(term_weight, sorted(wanted)))
    shared = wanted & replied
    return sum(map(term_weight, sorted(shared))) / total if total else 0.0


def _relevance(words: ReplyWords, share: float) -> Finding:
    """Score how much of what was asked comes back; attitude alone and a hint elsewhere are less."""
    if words.length < _MIN_BODY:
        value, sentence = 1, "答复没有实质内容。"
    else:
        value = 1 + sum(share >= limit for limit in (0.02, 0.05, 0.09, 0.16))
        says = words.done or words.settled or words.found or words.answers or words.times
        if words.length < _SHORT_BODY or (words.weak and not says):
            value = min(value, 4)
        sentence = f"所提事项的用词有{min(1.0, share):.0%}在答复中得到回应。"
    return Finding(name="relevance", value=value, sentence=sentence, spans=())


def _completeness(
    asked: Asked, words: ReplyWords, others: tuple[int, int], taken_up: float
) -> Finding:
    """Score whether each matter is taken up, with an outcome.

    The mean of relevance, commitment and, for half, length; more where the words of the matter come
    back, less where several matters get one answer.
    """
    n_asked = max(
        1, len(spans_of(ITEM, asked.text)), min(4, len(spans_of(_QUESTION, asked.text)) // 2)
    )
    n_answered = max(1, len(words.items))
    length = 1 + sum(words.length >= limit for limit in _LENGTHS)
    value = (sum(others) + _LENGTH_SHARE * length) / (len(others) + _LENGTH_SHARE)
    value += min(1.0, taken_up) - 0.5
    if n_asked >= 3 > n_answered:  # noqa: PLR2004
        value -= 0.5
    value = 1 if others[0] == 1 else max(1, min(5, round(value)))
    sentence = f"所提事项约{n_asked}项，答复分{n_answered}项说明，共{words.length}字。"
    return Finding(name="completeness", value=value, sentence=sentence, spans=words.items[:4])


def _basis(words: ReplyWords) -> Finding:
    points = (
        1.2 * min(2, len(words.named_laws))
        + 0.5 * min(2, len(words.laws))
        + 1.0 * min(2, len(words.found))
        + 0.5 * min(2, len(words.reasons))
        + 0.3 * min(5, len(words.figures))
        + 0.3 * min(2, len(words.answers))
        + 0.4 * sum(words.length >= limit for limit in _LENGTHS[1:])
    )
    value = 1 + sum(points >= limit for limit in (0.6, 1.8, 3.2, 5.0))
    if words.length < _MIN_BODY:
        value = 1
    parts = [
        f"{name}{len(spans)}处"
        for name, spans in (
            ("法规政策", words.laws),
            ("调查核实", words.found),
            ("原因", words.reasons),
        )
        if spans
    ]
    sentence = f"依据：{'、'.join(parts)}。" if parts else "没有给出依据。"
    spans = (*words.named_laws, *words.found, *words.laws)[:4]
    return Finding(name="explainability", value=value, sentence=sentence, spans=spans)


def _speed(asked: Asked) -> Finding:
    if asked.days is None or asked.days < 0:
        return Finding(name="timeliness", value=0, sentence="没有完整的日期，无法计算。", spans=())
    share = asked.days / asked.limit_days
    value = 5 - sum(share > limit for limit in (0.25, 0.5, 1.0, 1.5))
    sentence = f"用时{asked.days}天，期限{asked.limit_days}天。"
    return Finding(name="timeliness", value=value, sentence=sentence, spans=())


def _commitment(asked: Asked, words: ReplyWords, taken_up: float) -> Finding:
    """Score what one can hold on to: settled, done, planned with a time, planned, or nothing.

    What is done on another matter than the one asked about counts for less.
    """
    value, sentence, spans = _promised(asked, words)
    if taken_up < _ASIDE and value >= 3:  # noqa: PLR2004
        value -= 1
    if words.elsewhere and _is_passed_on(words):
        value = min(value, 2)
    if words.length < _SHORT_BODY and not words.settled and not words.done:
        value = min(value, 2)
    return Finding(name="commitment", value=value, sentence=sentence, spans=spans[:4])


def _is_passed_on(words: ReplyWords) -> bool:
    """Whether pointing elsewhere is what the reply is about, not a courtesy at its end."""
    if words.done or words.times or words.settled:
        return False
    return words.length < _LENGTHS[2] or words.elsewhere[0][0] < len(words.body) // 2


def _ahead(words: ReplyWords) -> Spans:
    """Return the words about what is still to be done: those behind the last thing done."""
    last = max((end for _, end in (*words.done, *words.settled)), default=0)
    return tuple(span for span in words.nexts if span[0] > last)


def _promised(asked: Asked, words: ReplyWords) -> tuple[int, str, Spans]:
    if words.length < _MIN_BODY:
        return 1, "没有说做什么。", ()
    ahead = _ahead(words)
    asks = bool(_CONSULTS.search(asked.text))
    if words.settled and not (ahead and words.weak):
        return 5, "事项已有结果或明确答复。", words.settled
    if asks and words.answers and (words.laws or words.found) and not ahead:
        return 5, "对所问的事给出了规定和条件。", words.answers
    if words.times:
        return 4, "说明了时间。", words.times
    if words.acted or (words.done and not ahead and not words.weak):
        return 4, "说明了已经做的事。", words.acted or words.done
    if ahead and not (words.weak and not words.done):
        return 3, "说明了措施，没有时间。", ahead
    return _loosely_promised(words, ahead)


def _loosely_promised(words: ReplyWords, ahead: Spans) -> tuple[int, str, Spans]:
    """Score a reply without result, time or measure."""
    if words.answers and not words.weak:
        return 4, "对所问的事作了说明。", words.answers
    if words.weak or ahead:
        return 2, "只说研究、考虑、转办等。", words.weak or ahead
    if words.length >= _LENGTHS[2]:
        return (4 if words.laws else 3), "说明了情况，没有措施。", words.laws
    return 2, "没有措施和时间。", ()


def _flags(
    asked: Asked, reply: str, words: ReplyWords, scores: Sequence[Finding]
) -> tuple[Finding, ...]:
    relevance, commitment = scores[0].value, scores[4].value
    whole = _opening(words)
    active = bool(words.done or words.settled)
    out = []
    says_something = active or bool(words.answers or words.found or words.times or words.weak)
    low = relevance <= 2 or (relevance == 3 and not says_something)  # noqa: PLR2004
    if low and words.length >= _SHORT_BODY and not words.weak:
        out.append(_flag("答非所问", "所提事项的用词在答复中几乎没有回应。", whole))
    only_weak = commitment <= 2 and words.weak and not active  # noqa: PLR2004
    if words.length < _MIN_BODY and not _RECEIVED.search(reply):
        out.append(_flag("答非所问", "答复没有内容。", whole))
    elif words.length < _MIN_BODY or only_weak:
        out.append(
            _flag("只表态无措施", "只说收悉、重视、研究、转办，没有措施。", words.weak or whole)
        )
    if words.elsewhere and commitment <= 2 and words.length < _LENGTHS[-1]:  # noqa: PLR2004
        out.append(_flag("推诿", "请对方另找单位或途径，没有说明本单位做什么。", words.elsewhere))
    if words.owed and not words.times and not words.settled:
        out.append(_flag("无时限", "答应做的事没有时间。", words.owed))
    return (*out, *_late(asked))


def _opening(words: ReplyWords) -> Spans:
    """Return where the body begins: what stands for the whole of a reply."""
    found = _FIRST.search(words.body)
    return ((found.start(), found.end()),) if found else ()


def _late(asked: Asked) -> tuple[Finding, ...]:
    if asked.days is None or asked.days <= asked.limit_days:
        return ()
    return (_flag("逾期", f"用时{asked.days}天，超过期限{asked.limit_days}天。", ()),)


def _flag(name: str, sentence: str, spans: Spans) -> Finding:
    return Finding(name=name, value=1, sentence=sentence, spans=spans[:3])
