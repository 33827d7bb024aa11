"""Score an official reply by the words it uses, and show the words.

Relevance, completeness, basis, speed and commitment, each 1-5, and the warnings of REPLY_FLAGS. The
features are those that readers of replies go by: what was asked that comes back in the answer, how
many matters are taken up, laws and findings named, what was done, what will be done and by when.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from renda_nlp.followup.quantities import find_deadlines
from renda_nlp.followup.terms import TermFinder, term_weight

__all__ = ["Asked", "Assessment", "Finding", "assess_reply"]

_BOILERPLATE = re.compile(
    r"您(?:所)?(?:反映|咨询|提出|投诉|举报)的(?:关于)?[“\"][^”\"]{4,90}[”\"](?:的?问题|一事)?|已(?:转|交)[^。！？\n]{0,24}(?:反馈|核处|处理)[^。！？\n]{0,16}[。！]?|^[^。！？\n]{0,40}?(?:您好|你好|代表|同志)[！!，,：:。\s]*|(?:您的|你的|您|来信|来电)?[^。！？，\n]{0,70}(?:留言|来信|信件|建议|问题|反映|意见|议案)[^。！？，\n]{0,6}(?:已)?(?:收悉|收到|获悉)[。，,！!]?|"
    r"(?:现|特)(?:将|就|对)?[^。！？，\n]{0,24}(?:回复|答复|报告|说明)(?:如下|您)?[：:。]?|(?:首先)?(?:非常|再次|衷心)?感谢您?[^。！？\n]{0,40}[。！!？]?|"
    r"(?:敬请|望您?)(?:谅解|理解|监督)[。！!]?|祝您?[^。！？\n]{0,16}[。！!]?|特此(?:回复|答复|函复)[。！]?|\d{4}年\d{1,2}月\d{1,2}日|n>|https?://\S+|[“\"]?UU\d+[”\"]?|"
    r"(?:联系)?电话[：:]?[\d-]{6,}|如(?:您)?(?:还)?有(?:其他|相关|更多|什么)?(?:疑问|问题|意见|需要)[^。！？\n]{0,60}[。！!]?"
)
_LAW = re.compile(
    r"《[^》]{2,60}》|[〔\[（(]20\d\d[〕\]）)]\d+号|(?:法律|法规|条例|政策|文件|规定|办法|标准|规范|规划|方案)(?:的)?(?:规定|要求|精神)?"
)
_LAW_NAMED = re.compile(
    r"《[^》]{2,60}》|[〔\[]\s*(?:20\d\d|政府发文)\s*[〕\]]\s*\d+号|第[一二三四五六七八九十\d]+条"
)
_FOUND = re.compile(
    r"(?:经|据)(?:了解|核实|查实?|调查|现场|走访|勘查|查勘|核查|检测|初步|向|区|县|市|镇|街道|[^，。]{0,8}(?:核实|调查|勘查|了解))|(?:现场|实地|多次)(?:查看|勘查|查勘|核查|检查|走访|调查|勘察|察看|检测|进行)|调查(?:核实|了解|发现)|检测(?:报告|结果)|不属实|属实|查明"
)
_REASON = re.compile(r"因为?|由于|原因(?:是|在于)?|为了?|鉴于|考虑到|受.{1,12}影响|所以|因此")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:米|公里|万|元|户|人|个|套|平方|亩|%|台|栋|号|日|月|年)")
_DONE = re.compile(
    r"已(?:经)?(?:于|将|由|对|按|在|向|全部|基本)?.{0,18}?(?:完成|拆除|整改|处理|恢复|修复|退还|解决|到位|安装|更换|清理|清运|下达|责令|立案|处罚|开通|办理|停工|停止|查处|取缔|约谈|采纳|启动|"
    r"增加|补发|发放|支付|移交|开工|建成|投入|改造|硬化|督促|指定|明确|批复|约定|规范|拨付|落实|签订|开展|进行|取得)|"
    r"(?:责令|下达|立案|拆除了|进行了|开展了|召开了|完成了|处理了|解决了|约谈了|组织了|给予了|训诫|当场|立即(?:组织|安排|派)|依法(?:注销|查处|处罚|取缔|予以))"
)
_ACTED = re.compile(
    r"责令|责成|立案|查处|处罚|暂扣|训诫|约谈|下达|勒令|当场|停工|拆除了?|整改到位|"
    r"已(?:经)?[^，。；]{0,14}(?:退还|修复|更换|清理|安装|补发|发放|启动|恢复|移交|批复|完成|沟通|同意)"
)
_SETTLED = re.compile(
    r"(?:已(?:经)?|均已|全部|现已)(?:于[^，。]{0,12})?(?:执行到位|拆除|整改到位|整改完毕|恢复正常|修复|退还|解决|办结|处理完毕|办理完毕|清理完毕|处理到位|到位|采纳|取缔|全部\S{0,6}(?:退还|外运|完成))|"
    r"未发现|不存在.{0,10}(?:行为|情况|问题)|(?:将全部|予以|将.{0,18})(?:被录取|采纳)|符合(?:规范|标准|政策)?要求|暂无.{0,14}计划|未纳入|不予|已(?:全部|依法).{0,8}(?:拆除|退还|处罚|注销|外运)|进行了整改处理"
)
_ANSWER = re.compile(
    r"(?:需(?:要)?(?:提交|提供|满|缴|参加)|可以?(?:凭|持|到|在|通过|申请|就近)|必须|方可|不能|条件(?:为|是|如下)|暂不(?:具备|考虑)|不具备|基本相同|按照.{2,40}(?:规定|执行)|每户|标准(?:为|是)|应(?:当)?|建议(?:您|缴))"
)
_NEXT = re.compile(
    r"下一步|接下来|今后|后续|(?<!即)将(?!其|所|原|现有|近)|拟|正在|准备|逐步|待.{1,20}(?:后|完成)|计划(?!生育)|继续|持续关注"
)
_PLAN = re.compile(
    r"(?:将|拟|下一步|接下来|今后|后续|正在|计划|继续|督促|加强|加大|要求|力争|争取|逐步|尽快|抓紧|待.{1,20}(?:后|完成)|准备|协调|推进|积极|进一步|安排)"
)
_WEAK = re.compile(
    r"(?:认真|充分|积极|进一步|深入)?(?:研究|论证|考虑|调研|探讨|采纳|吸纳|参考)|高度重视|引起重视|予以关注|持续关注|统筹考虑|适时|条件成熟|力争|争取|反映(?:至|给|到)|上报|转(?:交|办|达|至|有关)|已交|及时反馈|待.{0,12}(?:后再|批复)"
)
_ELSEWHERE = re.compile(
    r"(?:建议|请|可以?|烦请|欢迎)(?:您|你|其|当事人|业主|居民)?(?:直接|及时|具体|自行|依法|尽快|到|向|通过|与|由|携带)?[^。；！？]{0,24}?(?:咨询|联系|反映|申诉|诉讼|起诉|司法途径|法律途径|仲裁|投诉|举报|请示|解决|协商)|"
    r"不属于?.{0,14}(?:职责|管辖|职能|范围|权限)|(?:非|不是|不在)我(?:局|镇|县|区|办|站|单位|市).{0,10}(?:职责|管辖|职能|范围|权限)|属(?:于)?(?!实).{2,16}(?:管辖|职责|权限|管理范围)|与我.{0,8}无关|(?:由|应由).{2,16}(?:负责|自行|协商)(?:解决|处理|决定)?|另行(?:反映|咨询)|司法途径|无法受理"
)
_ITEM = re.compile(
    r"(?:(?<=[\s。；;：:，,！？!?_D])|^)(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|第[一二三四五六七八九十][，、,：:]|[（(][一二三四五六七八九十\d]{1,2}[)）]|关于.{2,24}问题|[一二三四五六]是|[①-⑨]"
)
_BRIEF = re.compile(
    r"^(?:[^。！？，]{0,10}[，,])?(?:(?P<on>已(?:转|报|告知|引导|列入|上报|反映|交)|正在|列入|拟|待|重复|协调|冬修|研究)|已)[^。！？，；]{0,14}$"
)
_RECEIVED = re.compile(r"收悉|收到|获悉|重视|已转|感谢")
_FIRST = re.compile(r"[^\s。；，]{1,30}")
_CONSULTS = re.compile(r"咨询|请问|吗[？?。]|能否|是否|怎么办|政策|如何|什么条件")
_QUESTION = re.compile(r"[？?]|吗|能不能|是否|何时|什么时候|怎么|请问|为什么|为何")
_WHITE = re.compile(r"\s+")
_MIN_BODY, _SHORT_BODY = 12, 40
_MAX_BODY = 4000  # characters that are enough to see what a reply speaks of
_LENGTHS = (25, 70, 130, 230)
Spans = tuple[tuple[int, int], ...]


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


@dataclass(frozen=True, slots=True)
class _Words:
    """The spans of each kind of words in the body of a reply."""

    body: str
    length: int
    laws: Spans
    named_laws: Spans
    found: Spans
    reasons: Spans
    figures: Spans
    done: Spans
    acted: Spans
    settled: Spans
    answers: Spans
    nexts: Spans
    plans: Spans
    weak: Spans
    elsewhere: Spans
    times: Spans
    items: Spans


def _spans(pattern: re.Pattern[str], text: str) -> Spans:
    return tuple(found.span() for found in pattern.finditer(text))


def _read(reply: str) -> _Words:
    """Return the words of a reply; greetings and thanks are blanked, offsets stay."""
    body = _BOILERPLATE.sub(lambda found: " " * len(found.group()), reply)
    times = tuple((d.start, d.end) for d in find_deadlines(body, None) if _BY_THEN.search(d.text))
    ahead = tuple(found.span() for found in _AHEAD.finditer(body))
    return _Words(
        body=body,
        length=len(_WHITE.sub("", body)),
        laws=_spans(_LAW, body),
        named_laws=_spans(_LAW_NAMED, body),
        found=_spans(_FOUND, body),
        reasons=_spans(_REASON, body),
        figures=_spans(_FIGURE, body),
        done=_spans(_DONE, body),
        acted=_spans(_ACTED, body),
        settled=_spans(_SETTLED, body),
        answers=_spans(_ANSWER, body),
        nexts=_spans(_NEXT, body),
        plans=_spans(_PLAN, body),
        weak=_spans(_WEAK, body),
        elsewhere=_spans(_ELSEWHERE, body),
        times=(*times, *ahead),
        items=_spans(_ITEM, body),
    )


_BY_THEN = re.compile(r"前$|底$|内$|末$|明年")
_AHEAD = re.compile(
    r"(?:预计|力争|确保|计划|将于|拟于|预定)[^，。；]{0,16}(?:\d{1,2}月|年底|月底|\d{4}年|季度|[\d一二两三四五六七八九十]+个?(?:工作日|天|日|周|月)(?:内|左右|后)?)|[\d一二两三四五六七八九十]+个?(?:工作日|天|日|周|月)(?:之?内|以内)"
)


def assess_reply(asked: Asked, reply: str, finder: TermFinder) -> Assessment:
    """Return the scores of a reply and its warnings.

    Args:
        asked: The matter.
        reply: The reply, as the source has it; spans are offsets of it.
        finder: Finds the terms that question and reply share.
    """
    words = _read(reply)
    if brief := _BRIEF.match(reply.strip()):
        return _assess_brief(asked, reply, words, passed_on=brief["on"] is not None)
    relevance, commitment = _relevance(asked, words, finder), _commitment(asked, words)
    scores = (
        relevance,
        _completeness(asked, words, (relevance.value, commitment.value)),
        _basis(words),
        _speed(asked),
        commitment,
    )
    return Assessment(scores=scores, flags=_flags(asked, reply, words, scores))


def _assess_brief(asked: Asked, reply: str, words: _Words, *, passed_on: bool) -> Assessment:
    """Score the few words of a register: 已修复, 已转供水站, 正在协调."""
    span = ((0, len(reply)),)
    done = not passed_on
    scores = (
        Finding(name="relevance", value=3, sentence="只有几个字的办理结果。", spans=span),
        Finding(
            name="completeness",
            value=3 if done else 2,
            sentence="只有几个字的办理结果。",
            spans=span,
        ),
        _basis(words),
        _speed(asked),
        Finding(
            name="commitment",
            value=4 if done else 2,
            sentence="说已经办了。" if done else "只说转办、列入或正在办。",
            spans=span,
        ),
    )
    flags = (
        () if done else (_flag("只表态无措施", "只说转办、列入或正在办，没有结果和时间。", span),)
    )
    return Assessment(scores=scores, flags=(*flags, *_late(asked)))


def _coverage(wanted: frozenset[str], replied: frozenset[str]) -> float:
    """Return which share of the question's terms, by weight, comes back in the reply."""
    total = sum(map(term_weight, sorted(wanted)))
    shared = wanted & replied
    return sum(map(term_weight, sorted(shared))) / total if total else 0.0


def _relevance(asked: Asked, words: _Words, finder: TermFinder) -> Finding:
    replied = finder.terms(words.body[:_MAX_BODY])
    title = _coverage(finder.terms(asked.title or asked.text[:60]), replied)
    whole = _coverage(finder.terms(asked.text[:600]), replied)
    share = max(title, 2 * whole)
    if words.length < _MIN_BODY:
        value, sentence = 1, "答复没有实质内容。"
    else:
        value = 1 + sum(share >= limit for limit in (0.02, 0.05, 0.09, 0.16))
        if words.length < _SHORT_BODY:
            value = min(value, 4)
        sentence = f"所提事项的用词有{min(1.0, share):.0%}在答复中得到回应。"
    return Finding(name="relevance", value=value, sentence=sentence, spans=())


def _completeness(asked: Asked, words: _Words, others: tuple[int, int]) -> Finding:
    """Score how many of the matters are taken up, and whether with an outcome.

    The mean of what length and count of matters say, of relevance and of commitment.
    """
    n_asked = max(
        1, len(_spans(_ITEM, asked.text)), min(4, len(_spans(_QUESTION, asked.text)) // 2)
    )
    n_answered = max(1, len(words.items))
    value = 1 + sum(words.length >= limit for limit in _LENGTHS)
    if not words.done and not words.settled and not words.found and not words.answers:
        value = min(value, 3)
    if words.settled and value >= 2:  # noqa: PLR2004 - a short answer that settles the matter
        value += 1
    elif value == 5 and words.weak and not words.settled:  # noqa: PLR2004
        value -= 1
    if n_asked >= 3 > n_answered and words.length < 2 * _LENGTHS[-1]:  # noqa: PLR2004
        value -= 1
    value = round(mean((max(1, min(5, value)), *others)))
    if others[0] == 1:
        value = 1
    sentence = f"所提事项约{n_asked}项，答复分{n_answered}项说明，共{words.length}字。"
    return Finding(name="completeness", value=value, sentence=sentence, spans=words.items[:4])


def _basis(words: _Words) -> Finding:
    points = (
        1.6 * min(2, len(words.named_laws))
        + 0.5 * min(2, len(words.laws))
        + 1.2 * min(2, len(words.found))
        + 0.5 * min(2, len(words.reasons))
        + 0.4 * min(3, len(words.figures))
        + (0.6 if words.length >= _LENGTHS[2] else 0.0)
    )
    value = 1 + sum(points >= limit for limit in (0.4, 1.4, 2.4, 3.9))
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


def _commitment(asked: Asked, words: _Words) -> Finding:
    """Score what one can hold on to: settled, done, planned with a time, planned, or nothing."""
    value, sentence, spans = _promised(asked, words)
    if words.elsewhere and _is_passed_on(words):
        value = min(value, 2)
    if words.length < _SHORT_BODY and not words.settled and not words.done:
        value = min(value, 2)
    return Finding(name="commitment", value=value, sentence=sentence, spans=spans[:4])


def _is_passed_on(words: _Words) -> bool:
    """Whether pointing elsewhere is what the reply is about, not a courtesy at its end."""
    if words.done or words.times or words.settled:
        return False
    return words.length < _LENGTHS[2] or words.elsewhere[0][0] < len(words.body) // 2


def _ahead(words: _Words) -> Spans:
    """Return the words about what is still to be done: those behind the last thing done."""
    last = max((end for _, end in (*words.done, *words.settled)), default=0)
    return tuple(span for span in words.nexts if span[0] > last)


def _promised(asked: Asked, words: _Words) -> tuple[int, str, Spans]:
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


def _loosely_promised(words: _Words, ahead: Spans) -> tuple[int, str, Spans]:
    """Score a reply without result, time or measure."""
    if words.answers and not words.weak:
        return 4, "对所问的事作了说明。", words.answers
    if words.weak or ahead:
        return 2, "只说研究、考虑、转办等。", words.weak or ahead
    if words.length >= _LENGTHS[2]:
        return (4 if words.laws else 3), "说明了情况，没有措施。", words.laws
    return 2, "没有措施和时间。", ()


def _flags(
    asked: Asked, reply: str, words: _Words, scores: Sequence[Finding]
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
    ahead = _ahead(words)
    if commitment == 3 and ahead and not words.times:  # noqa: PLR2004
        out.append(_flag("无时限", "答应做的事没有时间。", ahead))
    return (*out, *_late(asked))


def _opening(words: _Words) -> Spans:
    """Return where the body begins: what stands for the whole of a reply."""
    found = _FIRST.search(words.body)
    return ((found.start(), found.end()),) if found else ()


def _late(asked: Asked) -> tuple[Finding, ...]:
    if asked.days is None or asked.days <= asked.limit_days:
        return ()
    return (_flag("逾期", f"用时{asked.days}天，超过期限{asked.limit_days}天。", ()),)


def _flag(name: str, sentence: str, spans: Spans) -> Finding:
    return Finding(name=name, value=1, sentence=sentence, spans=spans[:3])
