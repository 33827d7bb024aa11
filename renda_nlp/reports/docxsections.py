"""Sections of report.docx: issues, choices, earlier topics, what was not chosen, corrections."""

from collections.abc import Sequence

from renda_nlp.records import Candidate, Hotspot, Report
from renda_nlp.reports import wording
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.summary import common_questions

__all__ = [
    "write_choices",
    "write_corrections",
    "write_earlier",
    "write_issues",
    "write_others",
]

_DETAILED_ISSUES = 8
_MAX_QUESTIONS = 8
_MAX_OTHERS = 25
_MAX_LOST = 40


def write_issues(document: OfficialDocument, report: Report, most: int) -> None:
    """Write the table of issues, and the first of them with their words."""
    if not report.issues:
        document.body("本期没有两人以上反映同一具体事项，未形成热点问题。")
        return
    shown = report.issues[:most]
    more = f"，列前{len(shown)}个，全部见随附的表格" if len(report.issues) > len(shown) else ""
    detailed = min(len(shown), _DETAILED_ISSUES)
    document.body(
        f"按热度指数排列，共{len(report.issues)}个{more}。前{detailed}个的情况如下，原话见附件。"
        "排名标“不稳”的，换一组权重或抽样，可能进出前10名。"
    )
    document.table(
        ("排名", "热点问题", "热度", "件/人", "时间范围", "地点/人群", "趋势", "责任单位"),
        [_issue_row(issue) for issue in shown],
        (16, 39, 12, 12, 22, 21, 15, 21),
    )
    for number, issue in enumerate(shown[:_DETAILED_ISSUES], 1):
        said = "".join(sentence.text for sentence in issue.summary)
        document.body(said + _remarks(issue), lead=f"{number}.{issue.title}。")


def _issue_row(issue: Hotspot) -> tuple[str, ...]:
    return (
        f"{issue.rank}{'' if issue.rank_holds else ' 不稳'}",
        issue.title,
        f"{issue.heat:.1f}",
        f"{issue.n_opinions}/{issue.n_people}",
        wording.month_range(issue.first_date, issue.last_date),
        wording.place_and_people(issue),
        issue.trend,
        "、".join(issue.departments) or "待明确",
    )


def _remarks(issue: Hotspot) -> str:
    parts = [f"趋势：{issue.trend}。"]
    if issue.status:
        parts.append(f"与往年对照：{wording.issue_status(issue.status)}。")
    if issue.settled:
        parts.append("工作人员注明已办结。")
    if issue.severity:
        parts.append(f"涉及{'、'.join(issue.severity)}，请先核实。")
    if issue.flood:
        parts.append(f"{issue.flood.rstrip('。')}。")
    parts.extend(f"{side.label}的{side.n_opinions}件。" for side in issue.sides)
    return "".join(parts)


def write_choices(document: OfficialDocument, report: Report) -> None:
    """Write the table of topics, then each with reason, grounds, law, questions."""
    chosen = [item for item in report.candidates if item.chosen]
    if not chosen:
        document.body(wording.without_topics(report))
        return
    document.body(f"按“议大事、少而精”的要求，建议以下{len(chosen)}项，是否采纳由会议决定。")
    document.table(
        ("序号", "议题", "监督方式", "责任单位", "建议时间", "得分"),
        [
            (
                str(item.rank),
                item.title,
                "、".join(item.methods),
                "、".join(item.departments) or "待明确",
                item.quarter or "待定",
                f"{item.score:.1f}",
            )
            for item in chosen
        ],
        (12, 54, 36, 26, 18, 12),
    )
    common = common_questions(chosen)
    titles = {issue.issue_id: issue.title for issue in report.issues}
    for item in chosen:
        questions = [text for text in item.questions if text not in common]
        document.form(
            f"{item.rank}.{item.title}",
            _choice_rows(item, questions, titles, history=bool(report.earlier)),
        )
    if common:
        document.body("", lead="各项议题都要问的问题：", keep=True)
        for at, text in enumerate(common, 1):
            document.item(f"{at}. {text}")
    changing = [line for line in report.sensitivity if line.entering or line.leaving]
    if report.sensitivity:
        said = "、".join(
            f"{line.label}由{line.weight:g}改为{line.changed_weight:g}" for line in changing
        )
        document.body(
            f"逐项加减权重试算，{said}时名单有变化，详见网页。" if said else "逐项加减权重试算，名单不变。",
            lead="名单稳不稳：",
        )  # fmt: skip


def _choice_rows(
    item: Candidate, questions: Sequence[str], titles: dict[str, str], *, history: bool
) -> list[tuple[str, str]]:
    grounds = [part.sentence for part in item.criteria if part.value and part.sentence not in item.reason]  # fmt: skip
    law = f"{'、'.join(item.laws)}。" if item.laws else ""
    name = f"{item.authority_name}：" if item.authority_name else ""
    channels = (
        f"{wording.channel_name(part.channel)}{part.n_opinions}件" for part in item.channels
    )
    rows = [
        ("理由", item.reason),
        ("依据", "".join(f"{text.rstrip('。')}。" for text in grounds)),
        ("监督方式", f"{'、'.join(item.methods)}；{item.quarter or '时间待定'}"),
        ("责任单位", "、".join(item.departments) or "待明确"),
        ("职权", f"{name}{item.authority_reason}。"),
        ("法律依据", law),
        ("有关热点", "；".join(titles[issue] for issue in item.issue_ids if issue in titles)),
        ("问题来源", "、".join(channels)),
        ("以往监督", item.history if history else ""),
        ("资金指标", "；".join(wording.figure_words(line) for line in item.figures)),
        ("建议察看", "、".join(item.visits)),
        ("建议询问", "\n".join(f"{at}. {q}" for at, q in enumerate(questions[:_MAX_QUESTIONS], 1))),
    ]  # fmt: skip
    return [(label, text) for label, text in rows if text]


def write_earlier(document: OfficialDocument, report: Report) -> None:
    """Write what became of earlier topics and voted projects, and candidates for the next vote."""
    if report.earlier:
        document.heading("往年监督议题的后续", 2)
        document.table(
            ("年份", "议题", "当时结果", "本期情况"),
            [
                (str(item.year), item.title, item.outcome, f"{item.relation}。{item.sentence}")
                for item in report.earlier
            ],
            (14, 54, 20, 70),
        )
    if report.voted:
        document.heading("上年票决的民生实事项目", 2)
        document.table(
            ("年份", "项目", "进展", "说明"),
            [(str(item.year), item.name, item.status, item.sentence) for item in report.voted],
            (14, 50, 24, 70),
        )
    if report.livelihood:
        document.heading(f"民生实事项目候选（{wording.PROJECTS_FOR[report.level]}）", 2)
        document.table(
            ("序号", "项目", "反映人数", "责任单位", "理由"),
            [
                (
                    str(item.number),
                    item.name,
                    str(item.n_people),
                    "、".join(item.departments) or "待明确",
                    item.reason,
                )
                for item in report.livelihood
            ],
            (12, 50, 16, 26, 54),
        )


def write_others(document: OfficialDocument, report: Report) -> None:
    """Write every candidate that was not chosen, with the reason."""
    others = [item for item in report.candidates if not item.chosen]
    document.table(
        ("事项", "得分", "未选理由"),
        [(item.title, f"{item.score:.1f}", item.reason) for item in others[:_MAX_OTHERS]],
        (70, 14, 74),
    )
    if len(others) > _MAX_OTHERS:
        document.small(f"其余{len(others) - _MAX_OTHERS}项见 report.xlsx 的“议题”表。")


def write_corrections(document: OfficialDocument, report: Report) -> None:
    """Write how many corrections took effect, and those that did not with the reason."""
    check = wording.model_check_said(report.model_check) if report.model_check else ""
    document.body(wording.corrections_said(report) + check)
    lost = [item for item in report.corrections if item.failed]
    if lost:
        document.table(
            ("校对项目", "对象", "要改为", "没用上的原因"),
            [
                (
                    wording.corrected_field(item.correction.field),
                    item.correction.label[:40],
                    item.correction.new,
                    item.note,
                )
                for item in lost[:_MAX_LOST]
            ],
            (22, 56, 30, 50),
        )
    if len(lost) > _MAX_LOST:
        document.small(f"其余{len(lost) - _MAX_LOST}处见 report.xlsx 的“校对记录”表。")
