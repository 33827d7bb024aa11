"""Blank registers for the office: filled in, they are read without guessing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from renda_nlp.records import CHANNELS
from renda_nlp.reports.workbook import Sheet, Workbook

__all__ = ["BLANKS", "Blank", "write_blanks"]

_ROWS = 300
_PEOPLE = ("contact", "liaison", "petition", "hotline", "mailbox", "chat", "online", "media")
_OUTCOMES = ("A（已解决）", "B（列入计划）", "C（暂时不能解决）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A register: its columns and how to fill them in."""

    title: str
    headings: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]  # column, how to fill it in
    dates: frozenset[str]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


_COMMON = (
    "一行一件事，一个人反映几件事分几行写。表头不要改，不要合并单元格、插入合计行；可以在右边加列。"
)

BLANKS: tuple[Blank, ...] = (
    Blank(
        title="选民意见登记表",
        headings=("编号", "来访日期", "渠道", "姓名", "联系电话", "地址", "反映内容", "附议人数", "承办单位", "办理情况", "办结日期", "办理结果"),
        rules=(
            ("反映内容", "写清楚什么地方、什么事、多久了、希望怎样，照原话写，不要只写“道路问题”。"),
            ("地址", "写到村、组、小区；姓名、电话只用来区分是不是同一个人，报告里不会出现。"),
            ("附议人数", "除本人外还有多少人同意，没有就空着。"),
            ("办理情况", "写承办单位的答复原文。"),
        ),
        dates=frozenset(("来访日期", "办结日期")),
        choices={"渠道": [CHANNELS[name][0] for name in _PEOPLE], "办理结果": _OUTCOMES},
    ),
    Blank(
        title="代表建议台账",
        headings=("建议编号", "提出时间", "领衔代表", "附议人数", "案由", "建议内容", "承办单位", "答复意见", "答复日期", "办理结果", "满意度"),
        rules=(
            ("案由", "一句话的题目。"),
            ("建议内容", "理由和具体建议都写在这里。"),
            ("答复意见", "写答复原文；答复不等于办结，是否办结写在“办理结果”。"),
        ),
        dates=frozenset(("提出时间", "答复日期")),
        choices={"办理结果": _OUTCOMES, "满意度": ("满意", "基本满意", "不满意")},
    ),
    Blank(
        title="审议意见办理台账",
        headings=("编号", "日期", "审议意见", "责任单位", "交办日期", "办理期限", "办理情况", "反馈日期", "办理状态", "满意度"),
        rules=(
            ("审议意见", "一条一行，照印发的文字写。"),
            ("办理期限", "按印发时写明的日期。"),
            ("办理状态", "已办结、办理中、未回应三种。"),
        ),
        dates=frozenset(("日期", "交办日期", "办理期限", "反馈日期")),
        choices={"办理状态": ("已办结", "办理中", "未回应"), "满意度": ("满意", "基本满意", "不满意")},
    ),
)  # fmt: skip
"""The registers that ``renda template`` writes."""


def write_blanks(folder: Path) -> list[Path]:
    """Write each register into ``folder``; how to fill it in shows beside the cells."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for blank in BLANKS:
        path = folder / f"{blank.title}.xlsx"
        book = Workbook(path, ours=False)
        book.add(
            Sheet(
                name=blank.title,
                headings=blank.headings,
                rows=(),
                choices=blank.choices,
                dates=blank.dates,
                prompts={blank.headings[0]: _COMMON, **dict(blank.rules)},
                blank_rows=_ROWS,
            )
        )
        book.close()
        paths.append(path)
    return paths
