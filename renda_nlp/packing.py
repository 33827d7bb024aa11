"""Opinion rows as bytes and back: what the table keeps on disk and the workers hand over.

A row is one JSON array of the fields in their order, so that nothing but the values is stored.
"""

import datetime
import json
from operator import attrgetter
from typing import Any

from renda_nlp.records import Locator, Opinion, Passage, TopicScores

__all__ = ["pack_row", "unpack_row"]

_PLAIN = (
    "text", "kind", "channel", "place", "author", "speaker", "endorsements", "parent_id", "row_id",
    "section", "role", "reply", "outcome", "private_names", "attributes",
)  # fmt: skip
_SCORES = ("topic", "secondary", "confidence", "undecided", "intent")
_LOCATOR = ("file", "page", "paragraph", "sheet", "row", "column", "line", "confidence")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_plain_values = attrgetter(*_PLAIN)
_score_values = attrgetter(*_SCORES)
_locator_values = attrgetter(*_LOCATOR)


def _pack_passage(passage: Passage | None) -> Any:
    return passage and (_locator_values(passage.locator), passage.start, passage.end)


def _unpack_passage(value: Any) -> Passage:
    locator, start, end = value
    return Passage(
        locator=Locator(**dict(zip(_LOCATOR, locator, strict=True))), start=start, end=end
    )


def _pack_day(day: datetime.date | None) -> int:
    return day.toordinal() if day else 0


def _unpack_day(ordinal: int) -> datetime.date | None:
    return datetime.date.fromordinal(ordinal) if ordinal else None


def pack_row(opinion: Opinion, scores: TopicScores, masked_text: str, masked_reply: str) -> bytes:
    """Return one row as UTF-8 JSON; the id is not in it, the table gives the final one."""
    row = (
        _plain_values(opinion),
        (_pack_day(opinion.date), _pack_day(opinion.reply_date)),
        [_pack_passage(passage) for passage in opinion.passages],
        _pack_passage(opinion.reply_passage),
        _score_values(scores),
        "" if masked_text == opinion.text else masked_text,
        "" if masked_reply == opinion.reply else masked_reply,
    )
    data = _encode(row)
    return data.encode("utf-8", "surrogatepass")


def unpack_row(data: bytes, opinion_id: str) -> tuple[Opinion, TopicScores, str, str]:
    """Return opinion, scores, masked text and masked reply of a row, as ``pack_row`` took them."""
    row = json.loads(data.decode("utf-8", "surrogatepass"))
    plain, days, passages, reply_passage, scored, masked_text, masked_reply = row
    values = dict(zip(_PLAIN, plain, strict=True))
    values["private_names"] = tuple(values["private_names"])
    values["attributes"] = tuple((key, value) for key, value in values["attributes"])
    opinion = Opinion(
        opinion_id=opinion_id,
        passages=tuple(map(_unpack_passage, passages)),
        date=_unpack_day(days[0]),
        reply_date=_unpack_day(days[1]),
        reply_passage=_unpack_passage(reply_passage) if reply_passage else None,
        **values,
    )
    scored[1] = tuple(scored[1])
    scores = TopicScores(**dict(zip(_SCORES, scored, strict=True)))
    return opinion, scores, masked_text or opinion.text, masked_reply or opinion.reply
