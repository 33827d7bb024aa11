"""Sheets of report.xlsx on promises, replies, earlier topics and how the choice hangs on its weights."""

from collections.abc import Iterator, Sequence

from renda_nlp.records import Quote, Report
from renda_nlp.reports.wording import source_of, topic_name
from renda_nlp.reports.workbook import Sheet

__all__ = ["follow_sheets"]


def _words(quotes: Sequence[Quote]) -> str:
    return "\n".join(f"“{quote.text}”（{source_of(quote.passage)}）" for quote in quotes)


def follow_sheets(report: Report) -> Iterator[Sheet]:
    """Yield the sheets that have rows."""
    if report.returned:
        yield Sheet(
            name="答复后又反映",
            headings=["热点编号", "热点问题", "反映日期", "答复日期", "又反映日期", "又反映件数", "说明", "反映原话", "答复原话", "又反映原话"],
            rows=(
                [r.issue_id, r.title, r.asked or "", r.reply_date, r.again, r.n_again, r.sentence, _words(r.question),
                 _words(r.reply), _words(r.later)]
                for r in report.returned
            ),
        )  # fmt: skip
    if report.gaps:
        yield Sheet(
            name="报告与反映对照",
            headings=["类别", "热点编号", "热点问题", "说明", "报告原话", "群众原话"],
            rows=([g.kind, g.issue_id, g.title, g.sentence, _words(g.official), _words(g.voices)] for g in report.gaps),
        )  # fmt: skip
    if report.commitments:
        links = {link.commitment_id: link for link in report.links}
        yield Sheet(
            name="报告承诺",
            headings=["年份", "类别", "承诺", "主题", "数量", "地点", "期限", "截止日", "责任单位", "下一年报告", "对照依据", "出处"],
            rows=(
                [c.year or "", c.kind, c.quote.text, topic_name(c.topic), "；".join(q.text for q in c.quantities), c.place,
                 c.deadline, c.due or "", "、".join(c.departments),
                 links[c.commitment_id].status if c.commitment_id in links else "",
                 links[c.commitment_id].reason if c.commitment_id in links else "", source_of(c.quote.passage)]
                for c in report.commitments
            ),
        )  # fmt: skip
    if any(reply.scores for reply in report.replies):
        labels = [score.label for reply in report.replies if reply.scores for score in reply.scores]
        names = list(dict.fromkeys(labels))
        yield Sheet(
            name="答复质量",
            headings=["答复内容", "答复日期", "间隔天数", "提醒", "说明", *names, "出处"],
            rows=(
                [r.text, r.reply_date or "", "" if r.days is None else r.days, "、".join(flag.label for flag in r.flags),
                 "".join(flag.sentence for flag in r.flags),
                 *(next((s.value for s in r.scores if s.label == name), "") or "" for name in names), source_of(r.passage)]
                for r in report.replies
            ),
            note="各项1—5分，空着的是材料不足以判断。",
        )  # fmt: skip
    yield from _decision_sheets(report)


def _decision_sheets(report: Report) -> Iterator[Sheet]:
    if report.sensitivity:
        yield Sheet(
            name="权重敏感性",
            headings=["项目", "权重", "改为", "进入", "退出"],
            rows=(
                [s.label, s.weight, s.changed_weight, "；".join(s.entering), "；".join(s.leaving)]
                for s in report.sensitivity
            ),
        )
    figures = [(c, line) for c in report.candidates for line in c.figures]
    if figures:
        yield Sheet(
            name="资金指标",
            headings=["议题", "类别", "项目", "预算（金额）", "执行", "执行率", "目标", "表", "原文"],
            rows=(
                [c.title, f.kind, f.item, f.amount, f.executed, f.rate, f.target, f.table, _words(f.quotes)]
                for c, f in figures
            ),
        )  # fmt: skip
    if report.earlier:
        yield Sheet(
            name="往年议题",
            headings=["年份", "议题", "监督方式", "当时结果", "本期情况", "说明", "出处"],
            rows=(
                [e.year, e.title, e.method, e.outcome, e.relation, e.sentence, e.source]
                for e in report.earlier
            ),
        )
    if report.voted or report.livelihood:
        yield Sheet(
            name="民生实事",
            headings=["类别", "项目", "目标或责任单位", "进展", "反映人数", "说明", "原文"],
            rows=[
                *(["已票决", v.name, v.target, v.status, "", v.sentence, _words(v.quotes)] for v in report.voted),
                *(["候选", p.name, "、".join(p.departments), "", p.n_people, p.reason, _words(p.quotes)]
                  for p in report.livelihood),
            ],
        )  # fmt: skip
