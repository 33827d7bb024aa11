"""report.docx: the report for handing in, in the layout of an official paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from renda_nlp.records import Candidate, Quote, Report
from renda_nlp.reports import wording
from renda_nlp.reports.charts import Bar, bar_chart, month_chart, svg_to_png
from renda_nlp.reports.counting import fill_months
from renda_nlp.reports.docxfollow import write_follow
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.docxsections import (
    write_choices,
    write_corrections,
    write_earlier,
    write_issues,
    write_others,
)
from renda_nlp.reports.summary import accounting, cautions, findings, out_of_period, period_covered
from renda_nlp.table import NO_DATE, OpinionTable

__all__ = ["DocxWriter"]

_MAX_ISSUES = 20
_CHART_TOPICS = 8
_MIN_MONTHS, _MAX_MONTHS = 3, 24
_MAX_FAILURES = 60
_MAX_SEVERE = 20
_QUOTED_ISSUES = 8
_SAID_IN_BODY = frozenset(("怎样找热点", "怎样选议题", "个人信息", "局限"))

Section = tuple[str, Callable[[OfficialDocument, Report], None]]


class DocxWriter:
    """Writes report.docx.

    Args:
        max_issues: Issues in the table of hotspot issues.
    """

    def __init__(self, max_issues: int = _MAX_ISSUES) -> None:
        self._max_issues = max_issues

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:
        """Write the document to ``path``; sections without content are left out."""
        document = OfficialDocument(
            report.title, header=wording.INTERNAL if report.internal else ""
        )
        document.title(report.title.replace("（建议稿）", ""), "（建议稿）")
        others = any(not item.chosen for item in report.candidates)
        sections: list[tuple[bool, Section]] = [
            (True, ("基本情况", lambda d, r: _situation(d, r, table))),
            (True, ("建议监督议题", write_choices)),
            (True, ("热点问题", lambda d, r: write_issues(d, r, self._max_issues))),
            (bool(report.commitments or report.gaps or report.returned), ("承诺和答复", write_follow)),
            (bool(report.earlier or report.voted or report.livelihood), ("往年议题和民生实事", write_earlier)),
            (others, ("未选事项及理由", write_others)),
            (bool(report.corrections), ("校对情况", write_corrections)),
            (bool(report.failures), ("未能读取的材料", _unread)),
            (True, ("方法与局限", _methods)),
        ]  # fmt: skip
        shown = [section for present, section in sections if present]
        for number, (heading, write) in enumerate(shown, 1):
            document.heading(f"{wording.chinese_number(number)}、{heading}")
            write(document, report)
        document.blank()
        document.body("附件：1.原文依据")
        document.body("　　　2.计算方法")
        _appendix(document, report)
        document.heading("附件2　计算方法", new_page=True)
        for heading, text in report.methods:
            document.item(f"{heading}：{text}")
        document.blank()
        document.body(wording.DRAFT_NOTE)
        document.save(path)


def _situation(document: OfficialDocument, report: Report, table: OpinionTable) -> None:
    for sentence in findings(report):
        document.body(sentence)
    document.body(
        f"统计期间：{period_covered(report)}。"
        + "；".join(accounting(report))
        + f"。{out_of_period(report)}"
    )
    if not report.failures:
        document.body("全部文件都已读取，没有遗漏。")
    document.body("".join(cautions(report)) + "本报告为建议稿，供讨论修改。")
    topics = [item for item in report.topics if item.n_opinions]
    if topics:
        bars = [
            Bar(label=item.name, value=item.n_opinions, official=item.n_official)
            for item in topics[:_CHART_TOPICS]
        ]
        key = (
            "（深色：群众和代表意见；浅色：公文语句）"
            if any(b.official for b in bars)
            else "（件）"
        )
        document.picture(
            svg_to_png(bar_chart(bars, "各主题的意见件数")),
            f"图1　意见最多的{len(bars)}个主题{key}",
            "、".join(f"{item.name}{item.n_opinions}件" for item in topics),
        )
    months = _months(report, table)
    if len(months) >= _MIN_MONTHS:
        document.picture(
            svg_to_png(month_chart(months, "各月收到的意见件数")),
            f"图{2 if topics else 1}　各月收到的意见（件）",
            "、".join(f"{month}月{count}件" for month, count in months),
        )


def _months(report: Report, table: OpinionTable) -> tuple[tuple[str, int], ...]:
    """Return how many opinions of the period came in each month."""
    first, last = (day.toordinal() for day in report.period)
    counts: dict[str, int] = {}
    days = table.column("days")
    for day in days[(table.column("is_voice") == 1) & (days != NO_DATE)].tolist():
        if first <= day <= last:
            month = f"{date.fromordinal(day):%Y-%m}"
            counts[month] = counts.get(month, 0) + 1
    return fill_months(counts)[-_MAX_MONTHS:]


def _unread(document: OfficialDocument, report: Report) -> None:
    document.table(
        ("文件或位置", "原因", "怎么办"),
        [(f.source, f.reason, f.remedy or "请核对原件") for f in report.failures[:_MAX_FAILURES]],
        (70, 46, 42),
    )
    if len(report.failures) > _MAX_FAILURES:
        rest = len(report.failures) - _MAX_FAILURES
        document.small(f"其余{rest}项见 report.xlsx 的“未读取”表。")


def _methods(document: OfficialDocument, report: Report) -> None:
    for heading, text in report.methods:
        if heading in _SAID_IN_BODY:
            document.body(text, lead=f"{heading}：")
    document.body("热度指数的公式和权重、趋势规则、检验成绩见附件2。")


def _appendix(document: OfficialDocument, report: Report) -> None:
    document.heading("附件1　原文依据", new_page=True)
    chosen = [item for item in report.candidates if item.chosen]
    for item in chosen:
        _evidence(document, item)
    if not chosen:
        document.small("本期没有建议议题。")
    _issue_words(document, report)
    if report.severe:
        document.heading("严重个案（请先核实）", 2)
        for quote in report.severe[:_MAX_SEVERE]:
            document.quote(quote.text, wording.source_of(quote.passage))
        if len(report.severe) > _MAX_SEVERE:
            document.small(f"其余{len(report.severe) - _MAX_SEVERE}件见 report.html 的“严重个案”。")


def _evidence(document: OfficialDocument, item: Candidate) -> None:
    document.heading(f"{item.rank}.{item.title}", 2)
    seen: set[Quote] = set()
    for label, quotes in (
        *((part.label, part.quotes) for part in item.criteria),
        *((wording.channel_name(part.channel), part.quotes) for part in item.channels),
        ("责任单位", item.department_quotes),
        *((line.kind, line.quotes) for line in item.figures),
    ):
        for quote in quotes:
            if quote not in seen:
                seen.add(quote)
                document.quote(quote.text, f"{label}；{wording.source_of(quote.passage)}")
    if not seen:
        document.small("涉及对个人的反映，只计数，不引原话。")


def _issue_words(document: OfficialDocument, report: Report) -> None:
    for issue in report.issues[:_QUOTED_ISSUES]:
        document.heading(f"热点{issue.rank}.{issue.title}", 2)
        for quote in issue.quotes:
            document.quote(quote.text, wording.source_of(quote.passage))
        if not issue.quotes:
            document.small("涉及对个人的反映，只计数，不引原话。")
