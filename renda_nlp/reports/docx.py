"""report.docx: the report for handing in, in the layout of an official paper."""

from pathlib import Path

from renda_nlp.records import Candidate, Hotspot, Quote, Report
from renda_nlp.reports import wording
from renda_nlp.reports.charts import Bar, bar_chart, find_cjk_font, svg_to_png
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.table import OpinionTable

__all__ = ["DocxWriter"]

_MAX_ISSUES = 20
_DETAILED_ISSUES = 8
_CHART_TOPICS = 5
_MAX_QUESTIONS = 5
_MAX_OTHERS = 60
_MAX_FAILURES = 60
_MAX_SEVERE = 20
_NUMBERS = "一二三四五六七八九十"


def _number(position: int) -> str:
    """Return 1 as 一, 12 as 十二, 23 as 二十三."""
    tens, ones = divmod(position, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMBERS[tens - 1]}十")
    return head + (_NUMBERS[ones - 1] if ones else "")


def _source(quote: Quote) -> str:
    return wording.source_of(quote.passage)


class DocxWriter:
    """Writes report.docx.

    Args:
        max_issues: Issues in the table of section 二.
    """

    def __init__(self, max_issues: int = _MAX_ISSUES) -> None:
        self._max_issues = max_issues

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:  # noqa: ARG002
        """Write the document to ``path``."""
        document = OfficialDocument(report.title)
        document.title(report.title.replace("（建议稿）", ""), "（建议稿）")
        self._situation(document, report)
        self._issues(document, report)
        self._choices(document, report)
        self._others(document, report)
        self._unread(document, report)
        self._methods(document, report)
        self._appendix(document, report)
        document.save(path)

    def _situation(self, document: OfficialDocument, report: Report) -> None:
        document.heading("一、基本情况")
        period = wording.day_range(*report.period)
        document.body(
            f"本报告统计{period}的材料，截止日为{wording.chinese_date(report.as_of)}。"
            + "".join(wording.findings(report))
        )
        document.body("；".join(wording.accounting(report)) + "。")
        document.body(f"{wording.CAUTION}。本报告为建议稿，供讨论修改。")
        topics = [item for item in report.topics if item.n_opinions]
        if not topics:
            return
        bars = [
            Bar(label=item.name, value=item.n_opinions, official=item.n_official)
            for item in topics[:_CHART_TOPICS]
        ]
        font = find_cjk_font()
        if font is not None:
            alternative = "、".join(f"{item.name}{item.n_opinions}件" for item in topics)
            official = any(bar.official for bar in bars)
            key = "（深色：群众和代表意见；浅色：公文语句）" if official else "（件）"
            picture = svg_to_png(bar_chart(bars, "各主题的意见件数"), font)
            document.picture(
                picture,
                f"图1　意见最多的{len(bars)}个主题{key}",
                alternative,
            )
            return
        document.table(
            ("主题", "意见件数", "占收到意见", "人数", "公文语句"),
            [
                (
                    t.name,
                    str(t.n_opinions),
                    f"{100 * t.share:.1f}%",
                    str(t.n_people),
                    str(t.n_official),
                )
                for t in topics
            ],
            (60, 24, 26, 22, 24),
        )

    def _issues(self, document: OfficialDocument, report: Report) -> None:
        document.heading("二、热点问题")
        if not report.issues:
            document.body("本期没有两人以上反映同一具体事项，未形成热点问题。")
            return
        shown = report.issues[: self._max_issues]
        more = f"，列前{len(shown)}个，全部见随附的表格" if len(report.issues) > len(shown) else ""
        detailed = min(len(shown), _DETAILED_ISSUES)
        document.body(
            f"按热度指数排列，共{len(report.issues)}个{more}。前{detailed}个的情况和原话附后。"
        )
        document.table(
            ("排名", "热点问题", "热度", "件/人", "时间范围", "地点/人群", "趋势", "责任单位"),
            [self._issue_row(issue) for issue in shown],
            (11, 40, 12, 13, 26, 21, 15, 20),
        )
        for number, issue in enumerate(shown[:_DETAILED_ISSUES], 1):
            document.heading(f"（{_number(number)}）{issue.title}", 2)
            document.body(
                "".join(sentence.text for sentence in issue.summary) + self._remarks(issue)
            )
            for quote in issue.quotes:
                document.quote(quote.text, _source(quote))
            if not issue.quotes:
                document.small("涉及对个人的反映，只计数，不引原话。")

    def _issue_row(self, issue: Hotspot) -> tuple[str, ...]:
        return (
            str(issue.rank),
            issue.title,
            f"{issue.heat:.1f}",
            f"{issue.n_opinions}/{issue.n_people}",
            wording.day_range(issue.first_date, issue.last_date),
            wording.place_and_people(issue),
            issue.trend,
            "、".join(issue.departments) or "待明确",
        )

    def _remarks(self, issue: Hotspot) -> str:
        parts = [f"趋势：{issue.trend}。"]
        if issue.severity:
            parts.append(f"涉及{'、'.join(issue.severity)}，请先核实。")
        if issue.flood:
            parts.append(f"{issue.flood.rstrip('。')}。")
        parts.extend(f"{side.label}的{side.n_opinions}件。" for side in issue.sides)
        return "".join(parts)

    def _choices(self, document: OfficialDocument, report: Report) -> None:
        document.heading("三、建议监督议题")
        chosen = [item for item in report.candidates if item.chosen]
        if not chosen:
            document.body("现有材料的证据不足以提出监督议题，宁缺毋滥。")
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
        shared = set(chosen[0].questions).intersection(*(item.questions for item in chosen))
        common = [text for text in chosen[0].questions if text in shared and len(chosen) > 1]
        for number, item in enumerate(chosen, 1):
            self._choice(document, number, item, [q for q in item.questions if q not in common])
        if common:
            document.heading(f"（{_number(len(chosen) + 1)}）各项议题都要问的问题", 2)
            for at, text in enumerate(common, 1):
                document.item(f"{at}. {text}")

    def _choice(
        self, document: OfficialDocument, number: int, item: Candidate, questions: list[str]
    ) -> None:
        document.heading(f"（{_number(number)}）{item.title}", 2)
        document.body(item.reason, lead="理由：")
        grounds = [
            f"{part.label}{part.value:g}分"
            + ("。" if part.sentence in item.reason else f"，{part.sentence}")
            for part in item.criteria
            if part.value
        ]
        document.body("".join(grounds) or "没有可列的依据。", lead="依据：")
        law = "、".join(item.laws) or "由承办机构补充"
        document.body(f"{item.authority_reason}。法律依据：{law}。", lead="职权：")
        channels = "、".join(
            f"{wording.channel_name(part.channel)}{part.n_opinions}件" for part in item.channels
        )
        if channels:
            document.body(f"{channels}。", lead="问题来源：")
        if item.visits:
            document.body(f"{'、'.join(item.visits)}。", lead="建议察看：")
        if questions:
            document.body("", lead="建议询问的问题：", keep=True)
            for at, text in enumerate(questions[:_MAX_QUESTIONS], 1):
                document.item(f"{at}. {text}")

    def _others(self, document: OfficialDocument, report: Report) -> None:
        document.heading("四、未选事项及理由")
        others = [item for item in report.candidates if not item.chosen]
        if not others:
            document.body("没有其他备选事项。")
            return
        document.table(
            ("事项", "得分", "未选理由"),
            [(item.title, f"{item.score:.1f}", item.reason) for item in others[:_MAX_OTHERS]],
            (70, 14, 74),
        )
        if len(others) > _MAX_OTHERS:
            document.small(f"其余{len(others) - _MAX_OTHERS}项见 report.xlsx 的“议题”表。")

    def _unread(self, document: OfficialDocument, report: Report) -> None:
        document.heading("五、未能读取的材料")
        if not report.failures:
            document.body("全部文件都已读取，没有遗漏。")
            return
        document.table(
            ("文件或位置", "原因", "怎么办"),
            [
                (f.source, f.reason, f.remedy or "请核对原件")
                for f in report.failures[:_MAX_FAILURES]
            ],
            (70, 46, 42),
        )
        if len(report.failures) > _MAX_FAILURES:
            rest = len(report.failures) - _MAX_FAILURES
            document.small(f"其余{rest}项见 report.xlsx 的“未读取”表。")

    def _methods(self, document: OfficialDocument, report: Report) -> None:
        document.heading("六、方法与局限")
        for heading, text in report.methods:
            document.body(text, lead=f"{heading}：")
        document.blank()
        document.body("附件：原文依据")

    def _appendix(self, document: OfficialDocument, report: Report) -> None:
        document.heading("附件　原文依据", new_page=True)
        chosen = [item for item in report.candidates if item.chosen]
        for item in chosen:
            document.heading(f"{item.rank}.{item.title}", 2)
            seen: set[Quote] = set()
            for label, quotes in (
                *((part.label, part.quotes) for part in item.criteria),
                *((wording.channel_name(part.channel), part.quotes) for part in item.channels),
            ):
                fresh = [quote for quote in quotes if quote not in seen]
                seen.update(fresh)
                for quote in fresh:
                    document.quote(quote.text, f"{label}；{_source(quote)}")
            if not seen:
                document.small("涉及对个人的反映，只计数，不引原话。")
        if not chosen:
            document.small("本期没有建议议题。")
        if report.severe:
            document.heading("严重个案（请先核实）", 2)
            for quote in report.severe[:_MAX_SEVERE]:
                document.quote(quote.text, _source(quote))
        document.blank()
        document.body(wording.DRAFT_NOTE)
