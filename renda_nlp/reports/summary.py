"""What a report says as a whole: its opening sentences, its sums, its tallies."""

from collections import Counter
from collections.abc import Sequence

from renda_nlp.records import (
    GAP_KINDS,
    ISSUE_STATUSES,
    LINK_STATUSES,
    REPLY_FLAGS,
    UNDATED,
    Candidate,
    Report,
)
from renda_nlp.reports import wording

__all__ = [
    "accounting",
    "cautions",
    "common_questions",
    "findings",
    "link_tally",
    "out_of_period",
    "period_covered",
    "reply_quality",
]

_LOUDEST = 3


def accounting(report: Report) -> tuple[str, str]:
    """Return both sums: files in = read + left out, rows in = opinions + set aside."""
    n = report.counts
    rows = (
        f"共有内容{n['rows_in']}行（段）＝成为意见{n['rows_with_opinions']}行"
        f"＋单列{n['rows_set_aside']}行"
    )
    if n["opinions_from_lists"]:
        rows += f"；其中一行讲几件事的拆开，共得意见{n['opinions']}件"
    return (
        f"收到文件{n['files_in']}份＝已读{n['files_read']}份＋未读{n['files_left_out']}份",
        rows,
    )


def period_covered(report: Report) -> str:
    """Return the days that a report speaks of, in words."""
    if report.as_of == UNDATED:
        return "材料没有写日期，不分时段"
    return f"{wording.day_range(*report.period)}，截止{wording.chinese_date(report.as_of)}"


def cautions(report: Report) -> list[str]:
    """Return what a reader must know before quoting a figure."""
    n = report.counts
    said = [f"{wording.CAUTION}。"]
    if n["undecided"]:
        said.append(f"有{n['undecided']}件主题把握不足，标为“待定”，不硬归类。")
    if n.get("unsigned"):
        said.append(f"有{n['unsigned']}件没有登记反映人，按一件一人计，人数可能偏多。")
    return said


def out_of_period(report: Report) -> str:
    """Return what is counted apart: older material, and papers of government and party."""
    n = report.counts
    parts = []
    if n["voices"] > n["voices_in_period"]:
        said = f"统计期以外的意见{n['voices'] - n['voices_in_period']}件，只作历史参考"
        if n.get("voices_later"):
            said += f"（其中{n['voices_later']}件日期晚于统计期，请核对是否写错）"
        parts.append(said)
    if n["official_sentences"]:
        parts.append(f"政府、党委和上级人大文件语句{n['official_sentences']}条，单独统计")
    return f"另有{'；'.join(parts)}。" if parts else ""


def findings(report: Report) -> list[str]:
    """Return the opening sentences: what is proposed, what is loudest, severe, moving; its base."""
    n, issues = report.counts, report.issues
    chosen = [candidate for candidate in report.candidates if candidate.chosen]
    parts = [_proposal(report, chosen)]
    received = f"本期收到群众和代表意见{n['voices_in_period']}件"
    if issues:
        received += (
            f"，其中{n['in_issues']}件归并为{len(issues)}个热点问题，"
            f"其余{max(0, n['single'])}件没有同类意见，单独列出"
        )
        loudest = sorted(issues, key=lambda issue: (-issue.n_people, issue.rank))[:_LOUDEST]
        named = "、".join(f"“{issue.title}”（{issue.n_people}人）" for issue in loudest)
        parts.append(f"反映人数最多的是{named}。")
    else:
        received += "，没有发现两人以上反映同一具体事项的热点问题"
    if severe := n.get("severe", len(report.severe)):
        parts.append(f"有{severe}件提到人身安全、水质污染等严重情形，请先核实。")
    return [*parts, *_moves(report), f"{received}。"]


def _proposal(report: Report, chosen: Sequence[Candidate]) -> str:
    if chosen:
        first = f"第一项是“{chosen[0].title}”" if len(chosen) > 1 else f"“{chosen[0].title}”"
        return f"从{len(report.candidates)}项备选工作中建议监督议题{len(chosen)}项，{first}。"
    if report.candidates:
        return f"{len(report.candidates)}项备选工作证据不足或不属本级，本期不提出建议议题。"
    return "材料中没有可作监督议题的工作，本期不提出建议议题。"


def _moves(report: Report) -> list[str]:
    """Return what changed: trends, comparison with an earlier report, promises, replies."""
    trends = Counter(issue.trend for issue in report.issues)
    names = ("新出现", "升温", "反复", "回落", "已平息")
    moving = [f"{name}{trends[name]}个" for name in names if trends[name]]
    said = [f"变化情况：{'、'.join(moving)}"] if moving else []
    statuses = Counter(match.status for match in report.history)
    if statuses:
        known = [
            f"{name}{statuses[key]}个" for key, name in ISSUE_STATUSES.items() if statuses[key]
        ]
        said.append(f"与往年对照，{'、'.join(known)}")
    if report.returned:
        said.append(f"答复后又反映的{len(report.returned)}个")
    if promised := sum(gap.kind == GAP_KINDS[0] for gap in report.gaps):
        said.append(f"报告有承诺、群众仍反映的{promised}个")
    return ["；".join(said) + "。"] if said else []


def link_tally(report: Report) -> str:
    """Return how many promises the next report says are kept, empty when no report follows."""
    tally = Counter(link.status for link in report.links)
    known = [f"{status}{tally[status]}条" for status in LINK_STATUSES[:-1] if tally[status]]
    if not known:
        return ""
    open_ones = tally[LINK_STATUSES[-1]]
    rest = f"；另有{open_ones}条材料中没有下一年报告，无从对照" if open_ones else ""
    return f"与下一年报告对照：{'、'.join(known)}{rest}。"


def reply_quality(report: Report) -> str:
    """Return how many replies carry which warning, empty when none was looked at."""
    looked = [reply for reply in report.replies if reply.scores]
    if not looked:
        return ""
    tally = Counter(flag.label for reply in looked for flag in reply.flags)
    flagged = sum(bool(reply.flags) for reply in looked)
    said = "、".join(f"{label}{tally[label]}件" for label in REPLY_FLAGS if tally[label])
    start = f"看了答复{len(looked)}件"
    return f"{start}，提醒注意的{flagged}件：{said}。" if said else f"{start}，没有需要提醒的。"


def common_questions(chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the questions that every chosen topic asks: said once, not with each."""
    if len(chosen) <= 1:
        return ()
    shared = set(chosen[0].questions).intersection(*(item.questions for item in chosen))
    return tuple(text for text in chosen[0].questions if text in shared)
