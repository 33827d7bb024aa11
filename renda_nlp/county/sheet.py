"""县级汇总.xlsx: the towns side by side."""

from collections.abc import Sequence
from pathlib import Path

from renda_nlp.county.comparing import CountySheet
from renda_nlp.county.running import TownReport
from renda_nlp.reports.workbook import Sheet, Workbook

__all__ = ["write_county_sheet"]

_CAUTION = (
    "件数是收到的意见数，不等于民意比例，各乡镇收集渠道不同，不宜直接排名。建议稿，供讨论修改。"
)


def write_county_sheet(sheet: CountySheet, reports: Sequence[TownReport], path: Path) -> None:
    """Write the comparison as a workbook of five sheets."""
    book = Workbook(path)
    for content in (
        _towns(sheet, reports),
        _topics(sheet),
        _shared(sheet),
        _plan(sheet),
        _outside(sheet),
    ):
        book.add(content)
    book.close()


def _towns(sheet: CountySheet, reports: Sequence[TownReport]) -> Sheet:
    rows: list[list[object]] = []
    for item in reports:
        counts = item.report.counts
        chosen = [c.title for c in item.report.candidates if c.chosen]
        rows.append(
            [
                item.town,
                counts["files_read"],
                counts["voices_in_period"],
                len(item.report.issues),
                len(chosen),
                "\n".join(chosen),
                len(item.report.failures),
            ]
        )
    unplaced = (
        f"另有{sheet.n_unplaced}条意见看不出属于哪个乡镇，没有计入。" if sheet.n_unplaced else ""
    )
    return Sheet(
        name="乡镇概况",
        headings=["乡镇", "读取文件", "统计期意见", "热点问题数", "建议议题数", "议题", "未读取"],
        rows=rows,
        note=unplaced + _CAUTION,
    )


def _topics(sheet: CountySheet) -> Sheet:
    return Sheet(
        name="乡镇×主题",
        headings=["主题", *sheet.towns, "合计"],
        rows=[[name, *counts, sum(counts)] for name, counts in sheet.topics],
        note=_CAUTION,
    )


def _shared(sheet: CountySheet) -> Sheet:
    return Sheet(
        name="共性问题和联动",
        headings=[
            "工作",
            "乡镇数",
            "乡镇",
            "反映人数",
            "建议为议题的乡镇",
            "县级计划",
            "联动建议",
            "热点问题",
        ],
        rows=[
            [
                work.title.removeprefix("关于"),
                len(work.towns),
                "、".join(work.towns),
                work.n_people,
                "、".join(work.chosen_in),
                work.planned,
                work.advice,
                "\n".join(work.issues),
            ]
            for work in sheet.shared
        ],
        note=_CAUTION,
    )


def _plan(sheet: CountySheet) -> Sheet:
    note = "" if sheet.plan else "材料中没有找到县人大的监督工作计划。"
    return Sheet(
        name="对照县级计划",
        headings=["县级计划事项", "方式", *sheet.towns, "出处"],
        rows=[[item.title, item.form, *item.by_town, item.source] for item in sheet.plan],
        note=note + _CAUTION,
    )


def _outside(sheet: CountySheet) -> Sheet:
    return Sheet(
        name="乡镇自选议题",
        headings=["乡镇", "议题", "理由"],
        rows=[list(row) for row in sheet.outside_plan],
        note="县级计划没有安排、由乡镇自己提出的建议议题。" + _CAUTION,
    )
