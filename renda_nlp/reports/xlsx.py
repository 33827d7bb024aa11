"""report.xlsx: issues, topics, opinions, what was left out; typed, filtered, with 校对 columns."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from renda_nlp.records import ISSUE_STATUSES, MAX_KEYS, Candidate, Hotspot, Report
from renda_nlp.reports.proofing import (
    CHOICE_COLUMNS,
    ISSUE_COLUMNS,
    OPINION_COLUMNS,
    proof_choices,
    record_sheet,
)
from renda_nlp.reports.rows import COLUMNS, flat_row
from renda_nlp.reports.summary import accounting, cautions, findings, period_covered
from renda_nlp.reports.wording import (
    STAGES,
    channel_name,
    day_range,
    rank_range,
    source_of,
    topic_name,
)
from renda_nlp.reports.workbook import SHEET_ROWS, Link, Sheet, Workbook
from renda_nlp.reports.xlsxfollow import follow_sheets
from renda_nlp.table import OpinionTable

__all__ = ["XlsxWriter"]

_MEMBERS = "热点意见"
_MEMBER_HEADINGS = ["热度排名", "热点问题", "明细序号", "意见内容", "渠道", "日期", "地点", "文件", "位置", "办理结果"]  # fmt: skip
_EXCERPT = 300


def _days(value: str) -> date | str:
    return date.fromisoformat(value) if value else ""


def _opinions(table: OpinionTable) -> Iterator[list[object]]:
    for number, row in enumerate(table.rows(), 1):
        flat: dict[str, object] = dict(flat_row(row))
        for name in ("date", "reply_date"):
            flat[name] = _days(str(flat[name]))
        key = flat.pop("key")
        yield [number, *flat.values(), *("" for _ in OPINION_COLUMNS), key]


def _member_rows(report: Report, table: OpinionTable) -> Iterator[list[object]]:
    for issue in report.issues:
        for member in issue.members:
            index = table.index_of(member)
            flat = flat_row(table.row(index))
            yield [
                issue.rank,
                issue.title,
                index + 1,
                str(flat["text"])[:_EXCERPT],
                flat["channel"],
                _days(str(flat["date"])),
                flat["place"],
                flat["file"],
                flat["locator"],
                flat["outcome"],
            ]


def _link(first: int, text: str) -> Link:
    """Return the link to a row of the list of members, which may go on in further sheets."""
    sheet, row = divmod(first, SHEET_ROWS)
    return Link(_MEMBERS if sheet == 0 else f"{_MEMBERS}{sheet + 1}", row + 2, text)


def _issues(report: Report, table: OpinionTable) -> Iterator[list[object]]:
    first = 0
    for issue in report.issues:
        keys = (table.row(table.index_of(name)).key for name in issue.members[:MAX_KEYS])
        yield [
            issue.rank,
            issue.issue_id,
            issue.heat,
            day_range(issue.first_date, issue.last_date),
            "／".join(part for part in (issue.place, issue.people) if part),
            issue.title,
            "".join(sentence.text for sentence in issue.summary),
            "\n".join(f"“{q.text}”（{source_of(q.passage)}）" for q in issue.quotes),
            _link(first, f"查看{issue.n_opinions}件"),
            topic_name(issue.topic),
            issue.n_opinions,
            issue.n_people,
            issue.trend,
            rank_range(issue),
            "、".join(issue.departments),
            _remarks(issue),
            *(term.contribution for term in issue.heat_terms),
            *("" for _ in ISSUE_COLUMNS),
            " ".join(keys),
        ]
        first += issue.n_opinions


def _remarks(issue: Hotspot) -> str:
    sides = [f"{side.label}{side.n_opinions}件" for side in issue.sides]
    parts = [
        "已办结" if issue.settled else "",
        f"请先核实：{'、'.join(issue.severity)}" if issue.severity else "",
        issue.flood,
        f"有分歧：{'，'.join(sides)}" if sides else "",
    ]
    return "；".join(part.rstrip("。") for part in parts if part)


def _topic(candidate: Candidate, titles: dict[str, str]) -> list[object]:
    return [
        "建议选题" if candidate.chosen else "未选",
        candidate.rank or "",
        candidate.title,
        candidate.score,
        candidate.reason,
        "、".join(candidate.methods),
        "、".join(candidate.departments),
        candidate.quarter,
        candidate.authority_reason,
        "、".join(candidate.laws),
        "；".join(f"{titles[name]}（{name}）" for name in candidate.issue_ids if name in titles),
        "；".join(f"{channel_name(c.channel)}{c.n_opinions}件" for c in candidate.channels),
        *(item.value for item in candidate.criteria),
        *("" for _ in CHOICE_COLUMNS),
    ]


def _history(report: Report) -> Iterable[list[object]]:
    for match in report.history:
        yield [
            ISSUE_STATUSES[match.status],
            match.earlier_id,
            match.earlier_title,
            match.issue_id,
            match.title,
            match.similarity or "",
            match.reason,
            match.opinion_id,
        ]


def _guide(report: Report) -> Iterator[list[object]]:
    yield ["统计期间", period_covered(report)]
    for sentence in findings(report):
        yield ["本期情况", sentence]
    for sentence in accounting(report):
        yield ["材料", sentence]
    for sentence in cautions(report):
        yield ["请注意", sentence]
    yield ["怎样校对", "黄色列供填写。填好保存后运行：renda report 资料 -o 报告 --corrections 这个文件.xlsx。"]  # fmt: skip
    yield ["", "意见明细：改主题、意图、地点；“校对热点”填热点编号是移过去，填新名称是另立一个（同名的归在一起），填“单列”是移出。"]  # fmt: skip
    yield ["", "热点：“校对名称”改标题；“并入”填另一个热点的编号；“已办结”选“是”，不再作选题依据。议题：“校对结论”选定或不选。"]  # fmt: skip
    yield ["", "材料增减、文件移动后仍可套用同一份校对；没用上的逐条列出原因。机器判断对的，填上同样的主题即为确认。"]  # fmt: skip
    for heading, text in report.methods:
        yield [heading, text]


class XlsxWriter:
    """Writes report.xlsx."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:
        """Write the workbook to ``path``."""
        book = Workbook(path, internal=report.internal)
        for sheet in self._sheets(report, table):
            book.add(sheet)
        book.close()

    def _sheets(self, report: Report, table: OpinionTable) -> Iterator[Sheet]:
        terms = [term.label for term in report.issues[0].heat_terms] if report.issues else []
        criteria = [c.label for c in report.candidates[0].criteria] if report.candidates else []
        titles = {issue.issue_id: issue.title for issue in report.issues}
        names = [count.name for count in report.topics]
        choices = proof_choices(names)
        yield Sheet(name="说明", headings=["项目", "内容"], rows=_guide(report))
        yield Sheet(
            name="热点",
            headings=["热度排名", "问题ID", "热度指数", "时间范围", "地点/人群", "热点问题", "问题描述", "原话依据", "全部意见", "主题",
                      "件数", "人数", "趋势", "名次区间", "责任单位", "备注", *(f"{label}得分" for label in terms), *ISSUE_COLUMNS,
                      COLUMNS["key"]],
            rows=_issues(report, table),
            choices=choices,
        )  # fmt: skip
        yield Sheet(
            name="议题",
            headings=["结论", "序号", "议题", "综合得分", "理由", "监督方式", "责任单位", "时间", "职权", "法律依据", "有关热点", "渠道",
                      *criteria, *CHOICE_COLUMNS],
            rows=(_topic(candidate, titles) for candidate in report.candidates),
            note="建议稿：由机器提出，由人决定。",
            choices=choices,
        )  # fmt: skip
        yield Sheet(
            name="意见明细",
            headings=["序号", *(n for k, n in COLUMNS.items() if k != "key"), *OPINION_COLUMNS, COLUMNS["key"]],
            rows=_opinions(table),
            choices=choices,
        )  # fmt: skip
        if report.issues:
            yield Sheet(name=_MEMBERS, headings=_MEMBER_HEADINGS, rows=_member_rows(report, table))
        yield from follow_sheets(report)
        if report.history:
            yield Sheet(
                name="往年对照",
                headings=["状态", "往年编号", "往年问题", "本期编号", "本期问题", "相似度", "依据", "更正用意见编号"],
                rows=_history(report),
                note="更正办法：在 renda.toml 的 [history] 里写 same = [[\"往年编号\", \"更正用意见编号\"]]（是同一问题）"
                "或 apart = [[…]]（不是），重新运行。",
            )  # fmt: skip
        if report.corrections:
            yield record_sheet(report.corrections)
        yield Sheet(
            name="未读取",
            headings=["环节", "文件或位置", "原因", "处理办法"],
            rows=([STAGES.get(f.stage, f.stage), f.source, f.reason, f.remedy] for f in report.failures),
        )  # fmt: skip
        yield Sheet(
            name="非意见内容",
            headings=["文件", "位置", "原因"],
            rows=([s.locator.file, s.locator.describe(), s.reason] for s in report.set_aside),
        )
