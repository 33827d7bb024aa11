"""The report record itself: counts, severe cases, methods, put together from the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from renda_nlp.config import config_hash
from renda_nlp.evaluation import bootstrap_interval
from renda_nlp.followup import FollowUp
from renda_nlp.framing import Frame
from renda_nlp.hotspots.grouping import GROUP_RULE, group_issues
from renda_nlp.hotspots.heat import FORMULA
from renda_nlp.hotspots.trend import RULE, SEASON_RULE
from renda_nlp.records import (
    RANK_RULE,
    Hotspot,
    ModelCheck,
    Quote,
    Report,
    TopicCount,
)
from renda_nlp.selection import METHOD, Selection
from renda_nlp.selection.official import quote_whole
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import default_taxonomy
from renda_nlp.version import VERSION

if TYPE_CHECKING:
    from renda_nlp.pipeline import Intake

__all__ = ["assemble_report", "check_model"]

_MAX_SEVERE = 60


def _topic_counts(table: OpinionTable, inside: np.ndarray) -> tuple[TopicCount, ...]:
    topics, voices = table.column("topics"), table.column("is_voice") == 1
    authors, undecided = table.column("authors"), table.column("undecided") == 1
    total = max(1, int((voices & inside).sum()))
    out = []
    taxonomy = default_taxonomy()
    own = sorted(table.topics_seen() - set(taxonomy.topic_ids))  # of a model of the office's own
    for topic in (*taxonomy.topic_ids, *own):
        mine = topics == table.code(topic)
        said = mine & voices & inside
        out.append(
            TopicCount(
                topic=topic,
                name=taxonomy.name_of(topic),
                n_opinions=int(said.sum()),
                n_people=len(np.unique(authors[said])),
                n_undecided=int((said & undecided).sum()),
                share=round(float(said.sum()) / total, 4),
                n_official=int((mine & ~voices).sum()),
            )
        )
    return tuple(sorted(out, key=lambda count: -count.n_opinions))


def _severe(table: OpinionTable, inside: np.ndarray) -> tuple[Quote, ...]:
    voices = (table.column("is_voice") == 1) & inside
    rows = [i for i in np.flatnonzero(voices).tolist() if table.severity[i]]
    rows.sort(key=lambda i: (-len(table.severity[i]), table.ids[i]))
    found: dict[str, Quote] = {}  # one text of a paper and its ledger is one case
    for row in rows:
        quote = quote_whole(table.opinion(row))
        found.setdefault(quote.text, quote)
        if len(found) == _MAX_SEVERE:
            break
    return tuple(found.values())


def _counts(
    table: OpinionTable,
    intake: Intake,
    issues: Sequence[Hotspot],
    inside: np.ndarray,
    later: np.ndarray,
) -> dict[str, int]:
    voices = table.column("is_voice") == 1
    in_issues = sum(issue.n_opinions for issue in issues)
    parts = Counter(table.parents)
    parents = len(parts)
    return {
        "files_in": len({d.file.split("!")[0] for d in intake.documents} | _left_out(intake)),
        "files_read": len({d.file.split("!")[0] for d in intake.documents}),
        "files_left_out": len(_left_out(intake)),
        "rows_in": len(table) - (sum(parts.values()) - parents) + len(intake.set_aside),
        "rows_with_opinions": len(table) - (sum(parts.values()) - parents),
        "rows_set_aside": len(intake.set_aside),
        "opinions": len(table),
        "opinions_from_lists": sum(parts.values()) - parents,
        "voices": int(voices.sum()),
        "voices_in_period": int((voices & inside).sum()),
        "voices_later": int((voices & later).sum()),
        "unsigned": int((voices & inside & (table.column("authors") < 0)).sum()),
        "official_sentences": int((~voices).sum()),
        "in_issues": in_issues,
        "single": int((voices & inside).sum()) - in_issues,
        "severe": sum(bool(table.severity[i]) for i in np.flatnonzero(voices & inside).tolist()),
        "undecided": int((table.column("undecided") == 1)[voices].sum()),
    }


def _left_out(intake: Intake) -> set[str]:
    read = {document.file.split("!")[0] for document in intake.documents}
    lost = {failure.source for failure in intake.failures if failure.stage == "read"}
    return {file.split("!")[0] for file in lost} - read


def check_model(pairs: Sequence[tuple[str, str]]) -> ModelCheck | None:
    """Return how the machine's topics agree with those of staff, None when staff gave none.

    Args:
        pairs: Topic by staff and topic by the machine, one pair an opinion.
    """
    if not pairs:
        return None
    right = np.array([staff == machine for staff, machine in pairs])
    low, high = bootstrap_interval(lambda rows: float(right[rows].mean()), len(right))
    return ModelCheck(
        n_opinions=len(right),
        n_right=int(right.sum()),
        f1=float(right.mean()),
        f1_low=low,
        f1_high=high,
    )


def assemble_report(
    table: OpinionTable,
    intake: Intake,
    issues: tuple[Hotspot, ...],
    selection: Selection,
    frame: Frame,
    follow: FollowUp,
) -> Report:
    """Put the findings together; quotes are not settled yet."""
    config, period, area = frame.config, frame.period, frame.area
    days = table.column("days")
    first, last = period.first.toordinal(), period.last.toordinal()
    undated = days == NO_DATE
    inside, later = undated | ((days >= first) & (days <= last)), ~undated & (days > last)
    weights = (
        "、".join(f"{term.label}{term.weight:g}" for term in issues[0].heat_terms) if issues else ""
    )
    return Report(
        title=f"{area}监督议题建议报告（建议稿）",
        level=config.office.level,
        as_of=period.as_of,
        period=(period.first, period.last),
        config_hash=config_hash(config),
        version=VERSION,
        documents=tuple(intake.documents),
        failures=tuple(intake.failures),
        set_aside=tuple(intake.set_aside),
        counts=_counts(table, intake, issues, inside, later)
        | {"replies": follow.n_replies, "replies_listed": len(follow.replies)},
        topics=_topic_counts(table, inside),
        issues=issues,
        issue_groups=group_issues(table, issues),
        severe=_severe(table, inside),
        candidates=selection.candidates,
        sensitivity=selection.sensitivity,
        earlier=selection.earlier,
        livelihood=selection.livelihood,
        voted=selection.voted,
        plan_year=selection.plan_year,
        area=area,
        commitments=follow.commitments,
        replies=follow.replies,
        claims=follow.claims,
        difficulties=follow.difficulties,
        links=follow.links,
        gaps=follow.gaps,
        returned=follow.returned,
        methods=(
            (
                "怎样分类",
                "每条意见由词典、词和字的组合、诉求句共同判断主题，给出把握程度；把握不足的标为“待定”，不硬归类。",
            ),
            (
                "怎样找热点",
                "同一具体事项（同一地点、项目、单位、人群）的意见归为一个热点问题；地点互相矛盾的不合并；没有同伴的意见单列，不硬塞。"
                + GROUP_RULE,
            ),
            ("热度指数", FORMULA + (f"本次权重：{weights}。" if weights else "")),
            (
                "排名是否稳定",
                "把权重随机扰动、把每个问题的意见重新抽样，各200次，给出名次的90%区间。"
                + RANK_RULE
                + "。",
            ),
            ("趋势", RULE + SEASON_RULE),
            (
                "怎样选议题",
                METHOD,
            ),
            (
                "怎样对照承诺和评价答复",
                "从工作报告找出承诺、成绩和困难，按对象、地点、用词和数量对照下一年的报告；没有下一年的报告就说明，不用更晚的代替。答复按同一行、同一编号或文字对应到意见，"
                "按原话评相关性、完整性、可解释性、时效、承诺时限（各1—5），评分和提示供人参考，请对照原话。",
            ),
            (
                "个人信息",
                "姓名、电话、证件号、门牌房号等已遮盖，地名、小区、单位保留；举报类意见只计数，不引原话。",
            ),
            (
                "局限",
                "件数是收到的意见数，不等于民意比例；机器归类和归并会有错，请对照原话核对后再用；本报告为建议稿，由人决定。",
            ),
        ),
    )
