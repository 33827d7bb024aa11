"""The section of report.docx on promises and replies."""

from collections.abc import Sequence

from renda_nlp.records import Quote, Report
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.summary import link_tally, reply_quality

__all__ = ["write_follow"]

_MAX_RETURNED, _MAX_GAPS, _MAX_PROMISES = 8, 8, 12
_EXCERPT = 60
_URGENT = ("未提及", "改口", "部分")  # what needs a question comes first


def write_follow(document: OfficialDocument, report: Report) -> None:
    """Write what came back after a reply, where reports and people part, and the promises."""
    if report.returned:
        _write_returned(document, report)
    for kind in dict.fromkeys(gap.kind for gap in report.gaps):
        _write_gaps(document, report, kind)
    if note := reply_quality(report):
        document.body(note, lead="答复质量：")
    if report.commitments:
        _write_promises(document, report)


def _write_returned(document: OfficialDocument, report: Report) -> None:
    document.heading("答复后又反映", 2)
    document.body(f"已经答复、之后又有人反映的{len(report.returned)}个。答复不等于办结。")
    document.table(
        ("热点问题", "情况", "答复原话", "又反映原话"),
        [
            (item.title, item.sentence, _words(item.reply), _words(item.later))
            for item in report.returned[:_MAX_RETURNED]
        ],
        (34, 30, 47, 47),
    )
    if len(report.returned) > _MAX_RETURNED:
        document.small(f"其余{len(report.returned) - _MAX_RETURNED}个见 report.xlsx。")


def _words(quotes: Sequence[Quote]) -> str:
    """Return the beginning of the first quote."""
    if not quotes:
        return "（只计数，不引原话）"
    text = quotes[0].text
    return f"“{text}”" if len(text) <= _EXCERPT else f"“{text[:_EXCERPT]}……”"


def _write_gaps(document: OfficialDocument, report: Report, kind: str) -> None:
    own = [gap for gap in report.gaps if gap.kind == kind]
    document.heading(kind, 2)
    document.table(
        ("热点问题", "对照"),
        [(gap.title, gap.sentence) for gap in own[:_MAX_GAPS]],
        (44, 114),
    )
    if len(own) > _MAX_GAPS:
        document.small(f"其余{len(own) - _MAX_GAPS}个见 report.xlsx。")


def _write_promises(document: OfficialDocument, report: Report) -> None:
    document.heading("报告承诺", 2)
    links = {link.commitment_id: link.status for link in report.links}
    document.body(
        f"政府工作报告写明数字或期限的安排{len(report.commitments)}条。{link_tally(report)}"
    )
    order = {status: at for at, status in enumerate(_URGENT)}
    ranked = sorted(
        report.commitments,
        key=lambda item: order.get(links.get(item.commitment_id, ""), len(order)),
    )
    document.table(
        ("年份", "承诺", "期限", "下一年报告"),
        [
            (
                str(item.year or "不详"),
                item.quote.text,
                item.deadline or "未写明",
                links.get(item.commitment_id, "—"),
            )
            for item in ranked[:_MAX_PROMISES]
        ],
        (14, 98, 22, 24),
    )
    if len(ranked) > _MAX_PROMISES:
        document.small(f"其余{len(ranked) - _MAX_PROMISES}条见 report.xlsx 的“报告承诺”表。")
