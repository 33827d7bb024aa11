"""Form of supervision, quarter, questions and places to visit, by stated rules."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from renda_nlp.records import EarlierTopic, Hotspot, Quote
from renda_nlp.selection.evidence import Evidence
from renda_nlp.taxonomy import Subtopic, Work

__all__ = [
    "QUARTERS",
    "choose_methods",
    "draft_questions",
    "month_of",
    "places_to_visit",
    "propose_quarters",
]

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_MAX_METHODS = 2
_MAX_QUESTIONS = 8
_MAX_OWN = 3
_MAX_PLACES = 5
_MAX_PER_QUARTER = 3
_MAX_QUOTED = 48
_MONTH = re.compile(
    r"时间[：:]?\s*(?:20\d\d年)?(\d{1,2})月|(\d{1,2})月(?:底|份|中旬|上旬|下旬)?前?"
)
_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*|[一二三四五六七八九十]是)+"
)
_SEASON = re.compile(r"时间[：:]?\s*第?([一二三四])季度")
_GENERAL = (
    "这项工作的底数是否摸清，存在问题的点位、户数和成因分别是什么？",
    "今年安排了多少资金、做了哪些事，完成了原定任务的多少？",
    "需要上级部门支持或协调的事项有哪些，是否已经提出？",
    "办理结果怎样向代表和群众公开，如何防止问题反复？",
)
_WHY: dict[str, str] = {
    "听取和审议专项工作报告": "工作面广、责任单位明确",
    "执法检查": "有现行法律法规可依",
    "代表视察": "有现场可看",
    "专题调研": "成因不清或属新情况",
    "工作评议": "服务由站所承担",
    "专题询问": "多次答复或承诺仍未解决",
    "满意度测评": "效果由群众评判",
    "跟踪督办": "上年已监督而未办结",
}
"""Form of supervision to when it fits."""


def choose_methods(
    evidence: Evidence, subjects: Sequence[Subtopic], earlier: Sequence[EarlierTopic]
) -> tuple[tuple[str, ...], str]:
    """Return up to two forms of supervision and why, by the rules of the module.

    Unfinished matters of an earlier plan are followed up; what was promised or admitted and comes
    back over years is asked about; a station's service is appraised; otherwise the forms that the
    taxonomy names for the leading subject, a report first where party and government both speak.
    """
    forms: list[str] = []
    unfinished = any(topic.outcome == "未办结" for topic in earlier)
    if unfinished:
        forms.append("跟踪督办")
    if evidence.route.authority == "station":
        forms.append("工作评议")
    named = [form for form in (subjects[0].methods if subjects else ()) if _fits(form, evidence)]
    official = evidence.official
    broad = official["party"] and (official["difficulty"] or official["promise"])
    unsolved = official["difficulty"] and official["promise"] and len(evidence.years) > 1
    forms += named[:1]
    if broad:
        forms.append("听取和审议专项工作报告")
    if unsolved:
        forms.append("专题询问")
    forms += [*named, "听取和审议专项工作报告" if official["difficulty"] else "专题调研"]
    fitting = [form for form in forms if form != "跟踪督办" or unfinished]
    chosen = tuple(dict.fromkeys(fitting))[:_MAX_METHODS]
    return chosen, "；".join(f"{form}：{_WHY[form]}" for form in chosen)


def _fits(form: str, evidence: Evidence) -> bool:
    return form != "代表视察" or bool(evidence.places)


def month_of(texts: Iterable[str]) -> int:
    """Return the month, 1-12, that plan sentences set for their matter, 0 when none does."""
    for text in texts:
        if found := _SEASON.search(text):
            return "一二三四".index(found.group(1)) * 3 + 2
        if found := _MONTH.search(text):
            month = int(found.group(1) or found.group(2))
            if 1 <= month <= 12:  # noqa: PLR2004
                return month
    return 0


def propose_quarters(works: Sequence[tuple[Work, int]], said: str) -> list[tuple[str, str]]:
    """Return (quarter, reason) for the chosen topics in their order.

    Args:
        works: Each topic's work with the month that a higher congress set for it, 0 without one.
        said: How the reason names that congress and its year.
    """
    load: Counter[int] = Counter()
    out = []
    for work, month in works:
        wanted = (month - 1) // 3 if month else work.quarter - 1
        reason = f"参照{said}{month}月的安排" if month else "按季节和工作时序"
        if wanted < 0 or load[wanted] >= _MAX_PER_QUARTER:
            wanted = min(range(4), key=lambda quarter: (load[quarter], (quarter - 1) % 4))
            reason = "各季度均衡安排"
        load[wanted] += 1
        out.append((QUARTERS[wanted], reason))
    return out


def draft_questions(
    lead: Hotspot | None,
    subjects: Sequence[Subtopic],
    promises: Sequence[Quote],
    places: Iterable[str],
) -> tuple[str, ...]:
    """Return 5-8 questions: the hottest matter, the promise, the subject's own, the general ones."""
    words = [*places, *(cue for subject in subjects[:2] for cue in subject.cues)]
    questions = [
        f"群众反映的“{_clip(issue.title)}”（{issue.n_people}人）目前进展如何，什么时候解决到什么程度？"
        for issue in (() if lead is None else (lead,))
    ]
    questions += [
        f"工作报告写明“{_clip(_clause(quote.text, words))}”，现在完成到哪一步，没有完成的原因和责任是什么？"
        for quote in promises[:1]
    ]
    own = [subject.questions for subject in subjects]
    spread = [asked[at] for at in range(_MAX_OWN) for asked in own if at < len(asked)]
    questions += spread[:_MAX_OWN]
    return tuple(dict.fromkeys((*questions, *_GENERAL)))[:_MAX_QUESTIONS]


def _clause(text: str, words: Sequence[str]) -> str:
    """Return the clause of a promise that names most of the words, the first where none does."""
    clauses = [clause.strip() for clause in re.split(r"[。；;]", text) if clause.strip()]
    counts = [sum(word in clause.lower() for word in words) for clause in clauses]
    return clauses[counts.index(max(counts))] if clauses else text


def _clip(text: str) -> str:
    """Return the beginning of a sentence, cut at a comma: still words of the source."""
    plain = _NUMBERED.sub("", text.strip()).rstrip("。；;")
    if len(plain) <= _MAX_QUOTED:
        return plain
    cut = max(plain.rfind(mark, 0, _MAX_QUOTED) for mark in "，；、。")
    return plain[: cut if cut > _MAX_QUOTED // 3 else _MAX_QUOTED]


def places_to_visit(issues: Sequence[Hotspot], subjects: Sequence[Subtopic]) -> tuple[str, ...]:
    """Return the places that the evidence names, and kinds of sites of the leading subject."""
    places = dict.fromkeys(issue.place for issue in issues if issue.place)
    kinds = subjects[0].place_kinds[:2] if subjects else ()
    return (*tuple(places)[:_MAX_PLACES], *(kind for kind in kinds if kind not in places))
