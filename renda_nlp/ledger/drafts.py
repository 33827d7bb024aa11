"""Letters from a ledger: hand-over 交办函, notice to deputies 通报, inspection outline 检查提纲.

Every sentence that states something is followed by where it comes from.
"""

from collections.abc import Callable
from pathlib import Path

from renda_nlp.ledger.wording import day_in_words, percent, shown, source_of
from renda_nlp.records import LEDGER_STATUSES, Ledger, LedgerItem, Quote
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.taxonomy import default_taxonomy

__all__ = ["write_drafts"]

_DRAFT = "（建议稿，由机器整理，请核对出处后使用）"
_N_QUESTIONS = 3


def write_drafts(ledger: Ledger, table: Path) -> list[Path]:
    """Write the letters beside the ledger file ``table`` and return their paths."""
    made: dict[str, Callable[[Ledger], OfficialDocument]] = {
        "交办函": _hand_over,
        "代表通报": _notice,
        "检查提纲": _outline,
    }
    paths = []
    for name, make in made.items():
        path = table.with_name(f"{table.stem}-{name}.docx")
        make(ledger).save(path)
        paths.append(path)
    return paths


def _item(page: OfficialDocument, item: LedgerItem) -> None:
    page.quote(shown(item.quote), f"来源：{source_of(item.quote)}")


def _source(quote: Quote) -> str:
    return f"（来源：{source_of(quote)}）"


def _hand_over(ledger: Ledger) -> OfficialDocument:
    page = OfficialDocument("关于交办审议意见的函")
    page.title("关于交办审议意见的函", _DRAFT)
    page.gap("收文单位")
    page.body(f"现将《{ledger.title}》交办，请研究处理。（来源：{ledger.file}）")
    first = ledger.items[0]
    page.body(
        f"交办日期：{day_in_words(first.handed_over)}（{ledger.handed_over_from}）。"
        f"请于{day_in_words(first.due)}前书面报告研究处理情况（{ledger.due_from}）。"
    )
    by_department: dict[tuple[str, ...], list[LedgerItem]] = {}
    for item in ledger.items:
        by_department.setdefault(item.departments, []).append(item)
    for departments, items in by_department.items():
        page.heading("、".join(departments) or "责任单位待定", 2)
        for item in items:
            _item(page, item)
            asked = f"原文要求的时间：{item.asked_by}；" if item.asked_by else ""
            page.item(f"{asked}责任单位依据：{item.departments_from}。")
    page.gap("落款和日期")
    return page


def _notice(ledger: Ledger) -> OfficialDocument:
    page = OfficialDocument("关于审议意见办理情况的通报")
    page.title("关于审议意见办理情况的通报", _DRAFT)
    page.body("各位代表：")
    page.body(
        f"《{ledger.title}》共{len(ledger.items)}项，"
        + "，".join(f"{status}{ledger.count(status)}项" for status in LEDGER_STATUSES)
        + f"，办理率{percent(ledger.handled)}。（来源：{ledger.file}和下列答复）"
    )
    votes = ledger.satisfaction
    if votes is not None:
        page.body(
            f"满意度测评：满意{votes.satisfied}、基本满意{votes.fairly}、不满意{votes.dissatisfied}，满意率{percent(votes.rate)}。"
            f"（来源：{'；'.join(source_of(quote) for quote in votes.quotes)}）"
        )
    for status in LEDGER_STATUSES:
        items = [item for item in ledger.items if item.status == status]
        if not items:
            continue
        page.heading(f"{status}（{len(items)}项）")
        for item in items:
            _item(page, item)
            for answer in item.answers:
                day = day_in_words(answer.day) if answer.day else "未注明日期"
                page.item(f"答复（{day}）：{shown(answer.quote, 'reply')}{_source(answer.quote)}")
            page.item(f"判断：{item.reason}" + "".join(_warnings(item)))
    page.gap("落款和日期")
    return page


def _warnings(item: LedgerItem) -> list[str]:
    return [f"提示：{flag.label}，{flag.sentence}" for flag in item.flags]


def _outline(ledger: Ledger) -> OfficialDocument:
    page = OfficialDocument("审议意见落实情况检查提纲")
    page.title("审议意见落实情况检查提纲", _DRAFT)
    page.body(f"检查依据：《{ledger.title}》。（来源：{ledger.file}）")
    for item in ledger.items:
        page.heading(
            f"第{item.number}项（{'、'.join(item.departments) or '责任单位待定'}，{item.status}）",
            2,
        )
        _item(page, item)
        for answer in item.answers:
            page.item(f"到现场核对答复：{shown(answer.quote, 'reply')}{_source(answer.quote)}")
        if not item.answers:
            page.item(
                f"请责任单位说明为什么没有答复，什么时候答复。（来源：{item.reason.rstrip('。')}）"
            )
        if item.asked_by:
            page.item(f"核对是否在“{item.asked_by}”完成。{_source(item.quote)}")
        subtopic = default_taxonomy().subtopic(item.subtopic)
        for question in (subtopic.questions if subtopic else ())[:_N_QUESTIONS]:
            name = subtopic.name if subtopic else ""
            page.item(f"可以问：{question}（来源：主题库“{name}”的常用问题）")
    return page
