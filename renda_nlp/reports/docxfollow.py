"""The section of report.docx on promises and replies."""

from collections.abc import Iterable

from renda_nlp.records import Quote, Report
from renda_nlp.reports import wording
from renda_nlp.reports.docxpage import OfficialDocument

__all__ = ["write_follow"]

_MAX_RETURNED, _MAX_GAPS, _MAX_PROMISES = 10, 12, 30


def write_follow(document: OfficialDocument, report: Report) -> None:
    """Write what came back after a reply, where reports and people part, and the promises."""
    if report.returned:
        _write_returned(document, report)
    for kind in dict.fromkeys(gap.kind for gap in report.gaps):
        _write_gaps(document, report, kind)
    if note := wording.reply_quality(report):
        document.body(note, lead="答复质量：")
    if report.commitments:
        _write_promises(document, report)


def _first_of(document: OfficialDocument, sides: Iterable[tuple[str, tuple[Quote, ...]]]) -> None:
    for label, quotes in sides:
        for quote in quotes[:1]:
            document.quote(quote.text, f"{label}；{wording.source_of(quote.passage)}")


def _write_returned(document: OfficialDocument, report: Report) -> None:
    document.heading("答复后又反映", 2)
    document.body(f"已经答复、之后又有人反映的{len(report.returned)}个。答复不等于办结。")
    for item in report.returned[:_MAX_RETURNED]:
        document.body(item.sentence, lead=f"{item.title}：")
        _first_of(document, (("反映", item.question), ("答复", item.reply), ("又反映", item.later)))
    if len(report.returned) > _MAX_RETURNED:
        document.small(f"其余{len(report.returned) - _MAX_RETURNED}个见 report.html。")


def _write_gaps(document: OfficialDocument, report: Report, kind: str) -> None:
    own = [gap for gap in report.gaps if gap.kind == kind]
    document.heading(kind, 2)
    for gap in own[:_MAX_GAPS]:
        document.body(gap.sentence, lead=f"{gap.title}：")
        _first_of(document, (("报告", gap.official), ("群众", gap.voices)))
    if len(own) > _MAX_GAPS:
        document.small(f"其余{len(own) - _MAX_GAPS}个见 report.html。")


def _write_promises(document: OfficialDocument, report: Report) -> None:
    document.heading("报告承诺", 2)
    links = {link.commitment_id: link.status for link in report.links}
    document.body(
        f"政府工作报告写明数字或期限的安排{len(report.commitments)}条。{wording.link_tally(report)}"
    )
    document.table(
        ("承诺", "期限", "下一年报告", "出处"),
        [
            (
                item.quote.text,
                item.deadline or "未写明",
                links.get(item.commitment_id, "—"),
                wording.source_of(item.quote.passage),
            )
            for item in report.commitments[:_MAX_PROMISES]
        ],
        (82, 20, 22, 34),
    )
    if len(report.commitments) > _MAX_PROMISES:
        rest = len(report.commitments) - _MAX_PROMISES
        document.small(f"其余{rest}条见 report.xlsx 的“报告承诺”表。")
