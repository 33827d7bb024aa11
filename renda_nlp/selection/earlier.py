"""Topics of earlier years: what was supervised, what is unfinished, what came back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from renda_nlp.records import Candidate, EarlierTopic, Opinion
from renda_nlp.selection.evidence import Evidence
from renda_nlp.selection.matching import WorkFinder
from renda_nlp.selection.official import OfficialRecord, quote_whole
from renda_nlp.table import OpinionTable

__all__ = ["earlier_in_folder", "outcome_of", "plan_items", "relate_earlier", "topics_on"]

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        ("专题询问", r"专题询问"),
        ("跟踪督办", r"跟踪督办|跟踪监督"),
        ("工作评议", r"评议"),
        ("执法检查", r"(?:检查|执法检查).{0,4}[《〈]|执法检查"),
        ("代表视察", r"视察"),
        ("专题调研", r"调研"),
        ("满意度测评", r"满意度"),
        ("听取和审议专项工作报告", r"听取|审议"),
    )
)
_REPORTED = re.compile(r"落实情况|完成情况|办理情况|执行情况|开展情况|转入|测评结果|已审议|未完工")
_UNFINISHED = re.compile(
    r"未完|没有完成|未办结|未整改|未到位|转入|继续督办|跟踪督办|不满意|推迟|未落实|进展缓慢"
)
_FINISHED = re.compile(r"已完成|已办结|办结|整改到位|满意|落实到位|已解决|销号")
_GENERIC = re.compile(
    r"听取|审议|关于|情况|工作|报告|专项|镇人民政府|人民政府|政府|视察|检查|评议|实施|建设|本镇|主席团"
)
_SHARED = 2  # pairs of characters that tie a result to its topic
_FRAME = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)+")
_MAX_TITLE = 60


def outcome_of(text: str) -> str:
    """Return 未办结, 已办结 or 不详 by the words of a result."""
    if _UNFINISHED.search(text):
        return "未办结"
    return "已办结" if _FINISHED.search(text) else "不详"


def _pairs(text: str) -> set[str]:
    plain = [char for char in _GENERIC.sub("", text) if "\u4e00" <= char <= "\u9fff"]
    return {a + b for a, b in pairwise(plain)}


def _form(text: str, section: str) -> str:
    for source in (text, section):
        for form, pattern in _FORMS:
            if pattern.search(source):
                return form
    return ""


def _title(text: str) -> str:
    first = re.split(r"[。；;]|时间[：:]|责任单位[：:]", _FRAME.sub("", text.strip()))[0]
    return first.strip()[:_MAX_TITLE]


def plan_items(opinions: Iterable[Opinion]) -> list[tuple[Opinion, str, str]]:
    """Return the numbered items of a plan of supervision: sentence, title and form."""
    out = []
    for opinion in opinions:
        form = _form(opinion.text, opinion.section)
        if form and _FRAME.match(opinion.text.strip()) and "情况通报" not in opinion.text:
            out.append((opinion, _title(opinion.text), form))
    return out


def earlier_in_folder(table: OpinionTable, official: OfficialRecord) -> list[EarlierTopic]:
    """Return the topics of the office's own earlier plans that lie in the folder."""
    opinions = [table.opinion(row.index) for row in official.rows("own")]
    results = [op for op in opinions if _REPORTED.search(f"{op.section} {op.text}")]
    items = plan_items(opinion for opinion in opinions if opinion not in results)
    return [_topic(opinion, form, results) for opinion, _, form in items]


def _topic(opinion: Opinion, form: str, results: Sequence[Opinion]) -> EarlierTopic:
    title = _title(opinion.text)
    clause, told = _result_on(title, results)
    quotes = [quote_whole(opinion)] + ([quote_whole(told)] if told else [])
    return EarlierTopic(
        year=opinion.date.year if opinion.date else 0,
        title=title,
        method=form,
        outcome=outcome_of(clause) if clause else "不详",
        source=opinion.passages[0].locator.file,
        candidate_id="",
        relation="",
        sentence=clause,
        quotes=tuple(quotes),
    )


def _result_on(title: str, results: Sequence[Opinion]) -> tuple[str, Opinion | None]:
    """Return the clause of a result that shares most with a title, and where it stands."""
    wanted = _pairs(title)
    best: tuple[int, str, Opinion | None] = (_SHARED - 1, "", None)
    for opinion in results:
        for clause in re.split(r"[；;。]", opinion.text):
            shared = len(wanted & _pairs(clause))
            if shared > best[0]:
                best = (shared, clause.strip(), opinion)
    return best[1], best[2]


def topics_on(
    earlier: Sequence[EarlierTopic],
    finder: WorkFinder,
    evidence: Evidence,
    title: str,
    sites: Iterable[str],
) -> list[int]:
    """Return the positions of the earlier topics on a candidate's matter: by title, cues or site."""
    named = tuple(sites)
    return [
        number
        for number, topic in enumerate(earlier)
        if topic.title == title
        or evidence.means(finder.find(topic.title))
        or any(site in topic.title for site in named)
    ]


def relate_earlier(
    earlier: Sequence[EarlierTopic], candidates: Sequence[Candidate], owners: dict[int, str]
) -> tuple[EarlierTopic, ...]:
    """Return the earlier topics with the candidate on the same work and how the two relate.

    Args:
        earlier: Topics of earlier years.
        candidates: The candidates of this run.
        owners: Position in ``earlier`` to the id of the candidate on the same work.
    """
    by_id = {candidate.candidate_id: candidate for candidate in candidates}
    out = []
    for number, topic in enumerate(earlier):
        candidate = by_id.get(owners.get(number, ""))
        raised = candidate is not None and bool(candidate.issue_ids)
        if topic.outcome == "未办结":
            relation = "未办结"
        else:
            relation = "又有反映" if raised else "未再集中反映"
        out.append(
            replace(
                topic,
                candidate_id=candidate.candidate_id if candidate else "",
                relation=relation,
                sentence=_sentence(topic, candidate, raised=raised),
            )
        )
    return tuple(out)


def _sentence(topic: EarlierTopic, candidate: Candidate | None, *, raised: bool) -> str:
    head = f"{topic.year}年" if topic.year else "此前"
    parts = [f"{head}以{topic.method}监督" if topic.method else f"{head}列为议题"]
    if topic.sentence:
        parts.append(f"结果：{topic.sentence}")
    if candidate is not None and raised:
        parts.append(f"本期仍有{len(candidate.issue_ids)}个热点问题")
    elif not raised:
        parts.append("本期没有形成热点问题")
    return "；".join(parts) + "。"
