"""The ledger 台账 as a workbook: items, sums, what was left out."""

from collections.abc import Iterator
from pathlib import Path

from renda_nlp.ledger.wording import percent, shown, source_of
from renda_nlp.records import LEDGER_STATUSES, Ledger, LedgerItem
from renda_nlp.reports.workbook import Sheet, Workbook

__all__ = ["write_ledger"]

_HEADINGS = (
    "序号", "审议意见", "责任单位", "责任单位依据", "交办日期", "期限", "原文要求的时间", "办理答复", "答复日期", "状态", "判断依据",
    "提示", "提示的原话", "满意", "基本满意", "不满意", "出处", "答复出处", "测评出处",
)  # fmt: skip
_NOTE = (
    "建议稿：状态由机器按答复的原话判断，答复不等于办结，请核对出处后再用。“状态”可在下拉列表中改。"
)


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Write the workbook."""
    book = Workbook(path)
    book.add(
        Sheet(
            name="台账",
            headings=_HEADINGS,
            rows=[_row(item) for item in ledger.items],
            note=_NOTE,
            choices={"状态": LEDGER_STATUSES},
        )
    )
    book.add(Sheet(name="汇总", headings=("项目", "数值", "说明"), rows=_sums(ledger)))
    book.add(
        Sheet(
            name="未读取",
            headings=("文件", "原因", "处理办法"),
            rows=[(f.source, f.reason, f.remedy) for f in ledger.failures],
        )
    )
    book.close()


def _row(item: LedgerItem) -> list[object]:
    votes = item.satisfaction
    days = [answer.day for answer in item.answers if answer.day]
    return [
        item.number,
        shown(item.quote),
        "、".join(item.departments),
        item.departments_from,
        item.handed_over,
        item.due,
        item.asked_by,
        "\n".join(shown(answer.quote, "reply") for answer in item.answers),
        max(days, default=None),
        item.status,
        item.reason,
        "；".join(f"{flag.label}：{flag.sentence}" for flag in item.flags),
        "；".join(shown(quote, "reply") for flag in item.flags for quote in flag.quotes),
        votes.satisfied if votes else "",
        votes.fairly if votes else "",
        votes.dissatisfied if votes else "",
        source_of(item.quote),
        "\n".join(source_of(answer.quote) for answer in item.answers),
        "\n".join(source_of(quote) for quote in votes.quotes) if votes else "",
    ]


def _sums(ledger: Ledger) -> Iterator[tuple[str, object, str]]:
    yield "审议意见", ledger.title, ledger.file
    yield "条目", len(ledger.items), ""
    for status in LEDGER_STATUSES:
        numbers = "、".join(str(i.number) for i in ledger.items if i.status == status)
        yield status, ledger.count(status), f"第{numbers}项" if numbers else ""
    yield "办理率", percent(ledger.handled), "有答复（已办结和办理中）的条目占全部条目"
    done = ledger.count("已办结") / len(ledger.items) if ledger.items else None
    yield "办结率", percent(done), "已办结的条目占全部条目"
    votes = ledger.satisfaction
    if votes is None:
        yield "满意率", "没有测评", "办理材料中没有满意、基本满意、不满意的测评表"
    else:
        words = f"满意{votes.satisfied}、基本满意{votes.fairly}、不满意{votes.dissatisfied}"
        sources = "；".join(source_of(quote) for quote in votes.quotes)
        yield "满意率", percent(votes.rate), f"{words}；满意和基本满意占全部；{sources}"
    yield "交办日期", ledger.items[0].handed_over or "", ledger.handed_over_from
    yield "期限", ledger.items[0].due or "", ledger.due_from
