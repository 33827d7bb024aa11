"""One opinion as a flat row of the tables: the same columns in xlsx, jsonl and parquet."""

from renda_nlp.records import CHANNELS, INTENTS, KINDS, OpinionRow
from renda_nlp.reports.wording import topic_name

__all__ = ["COLUMNS", "HIDDEN", "flat_row"]

HIDDEN = "（举报类意见，只计数，不展示原话）"
"""Stands for the words of an accusation in the default edition."""

COLUMNS: dict[str, str] = {
    "id": "意见编号",
    "text": "意见内容",
    "topic": "主题代码",
    "topic_name": "主题",
    "secondary": "相关主题",
    "confidence": "把握程度",
    "undecided": "待定",
    "intent": "意图",
    "kind": "材料类型",
    "channel": "渠道",
    "date": "日期",
    "place": "地点",
    "speaker": "发言人",
    "endorsements": "附议数",
    "issue_id": "热点编号",
    "reply": "办理答复",
    "reply_date": "答复日期",
    "outcome": "办理结果",
    "file": "文件",
    "locator": "位置",
    "parent_id": "原留言编号",
    "author": "反映人代号",
    "key": "校对标识",
}
"""Column ids and their Chinese headings, in order."""


def flat_row(row: OpinionRow) -> dict[str, str | int | float | bool]:
    """Return the columns of one opinion, masked, in the order of ``COLUMNS``."""
    opinion, scores = row.opinion, row.scores
    place = row.places[0] if row.places else ""
    values: tuple[str | int | float | bool, ...] = (
        opinion.opinion_id,
        HIDDEN if row.withheld else row.masked_text,
        scores.topic,
        topic_name(scores.topic),
        "、".join(topic_name(name) for name in scores.secondary),
        round(scores.confidence, 3),
        scores.undecided,
        INTENTS[scores.intent],
        KINDS[opinion.kind],
        CHANNELS[opinion.channel][0] if opinion.channel in CHANNELS else opinion.channel,
        opinion.date.isoformat() if opinion.date else "",
        place,
        opinion.speaker,
        opinion.endorsements,
        row.issue_id,
        row.masked_reply,
        opinion.reply_date.isoformat() if opinion.reply_date else "",
        opinion.outcome,
        opinion.passages[0].locator.file,
        opinion.passages[0].locator.describe(),
        opinion.parent_id,
        opinion.author,
        row.key,
    )
    return dict(zip(COLUMNS, values, strict=True))
