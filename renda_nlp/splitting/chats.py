"""Chat exports: WeChat copy and paste, QQ text, lines of name and words."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.drafts import (
    Context,
    Details,
    Piece,
    author_hash,
    make_opinion,
    piece_of,
    set_aside,
)
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.rows import Fields, row_opinions

__all__ = ["is_chat", "split_chat"]

CLOCK = r"(?:(?:凌晨|早上|上午|中午|下午|晚上)\s*)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2})"
WEEKDAY = r"(?:(?:星期|周)[一二三四五六日天]|今天|昨天|前天)"
MOMENT = rf"(?:{DAY}\s*(?:{WEEKDAY}\s*)?{CLOCK}|(?:{WEEKDAY}\s*)?{CLOCK})"
NAME_THEN_TIME = re.compile(rf"^\s*(?P<name>[^：:\t]{{1,30}}?)\s+(?P<time>{MOMENT})\s*$")
TIME_THEN_NAME = re.compile(
    rf"^\s*[\[【(（]?(?P<time>{DAY}\s*{CLOCK})[\]】)）]?\s+(?P<name>[^：:]{{1,30}}?)\s*$"
)
TIME_NAME_WORDS = re.compile(
    rf"^\s*[\[【(（]?(?P<time>{DAY}\s*{CLOCK}|{CLOCK})[\]】)）]?\s*(?P<name>[^：:\s]{{1,20}})\s*[：:]\s*(?P<words>\S.*)$",
    re.DOTALL,
)
NAME_TIME_WORDS = re.compile(
    rf"^\s*(?P<name>[^：:\s]{{1,20}})\s*[(（\[]?(?P<time>{MOMENT})[)）\]]?\s*[：:]\s*(?P<words>\S.*)$",
    re.DOTALL,
)
NAME_WORDS = re.compile(
    r"^\s*(?P<name>[^：:\s，。！？,]{1,16})\s*[：:]\s*(?P<words>\S.*)$", re.DOTALL
)
NAME_ALONE = re.compile(r"^\s*(?P<name>[^：:\s，。！？,、]{1,16})\s*[：:]\s*$")
DATE_LINE = re.compile(rf"^[\s\-—–=_*]*(?P<time>{DAY})(?:\s*星期.)?(?:\s*{CLOCK})?[\s\-—–=_*]*$")
EXPORT_NOTE = re.compile(
    r"^\s*(?:消息分组|消息对象|消息记录|导出时间|群聊|群名|聊天记录)\s*[：:（(]"
)
RANK = re.compile(r"^\s*【[^】]{1,8}】\s*")
SYSTEM = "系统消息"
ACCOUNT = re.compile(r"\s*[(（<](?P<id>\d{5,12}|[^()（）<>\s]+@[^()（）<>\s]+)[)）>]\s*$")
LABEL = re.compile(
    r"^(?:时间|日期|地点|问|答|标题|主题|备注|说明|联系人|电话|联系电话|姓名|群名|群聊|导出时间|消息对象|消息分组|注|附|来源|整理|记录|"
    r"主持人|填写人|填表人|主办|承办|内容|反映人|诉求|建议|意见|理由|案由|原因|例如|比如|第.{1,3}|[一二三四五六七八九十\d]+[、.．]?.{0,10}(?:来信|来访|来电)|[一二三四五六七八九十\d]+|https?|.{0,8}如下|.{0,10}(?:问题|方面|情况|意见|建议|要求|措施))$"
)
ANSWER = re.compile(r"(?:回应|回复|答复|答)$")
QUOTE_BEGINS = re.compile(r"^[「『]\s*[^：:「」]{1,30}\s*[：:]")
SAMPLE = 60
MIN_HEADS = 2
MIN_LINE_SHARE = 0.6
MIN_NAMES = 2


@dataclass(slots=True)
class _Message:
    name: str
    account: str
    day: datetime.date | None
    pieces: list[Piece] = field(default_factory=list)


def is_chat(blocks: list[Block]) -> bool:
    """Whether the first blocks of a text look like a chat export."""
    sample = [block.text for block in blocks[:SAMPLE]]
    heads = sum(bool(_head(text)) for text in sample)
    lines = [found["name"] for text in sample if (found := _inline(text))]
    talk = len(lines) >= MIN_LINE_SHARE * len(sample) and len(set(lines)) >= MIN_NAMES
    return heads >= MIN_HEADS or (len(lines) > MIN_NAMES and talk) or _names_alone(sample)


def _names_alone(sample: list[str]) -> bool:
    """Whether lines that hold a name and a colon come back: several people, one more than once."""
    names = [
        found["name"]
        for text in sample
        if (found := NAME_ALONE.match(text)) and not LABEL.match(found["name"])
    ]
    return MIN_NAMES <= len(set(names)) < len(names)


def split_chat(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield an opinion per message; heads, stickers, greetings and adverts are set aside."""
    day = context.document.date
    message: _Message | None = None
    blocks = iter(blocks)
    sample = list(islice(blocks, SAMPLE))
    alone = _names_alone([block.text for block in sample])
    for block in chain(sample, blocks):
        text = block.text
        if found := EXPORT_NOTE.match(text) or DATE_LINE.match(text):
            yield from _finish(context, message)
            message = None
            day = _day(context, found, day)
            yield set_aside(block, "导出说明" if found.re is EXPORT_NOTE else "日期行")
        elif found := _head(text, alone=alone):
            yield from _finish(context, message)
            day = _day(context, found, day)
            message = _message(found["name"], day)
            yield set_aside(block, "消息抬头")
        elif message is not None:
            message.pieces.append(piece_of(block))
        elif found := _inline(text):
            day = _day(context, found, day)
            single = _message(found["name"], day)
            single.pieces = [piece_of(block).part(_words_at(block, found), len(text))]
            yield from _finish(context, single)
        else:
            yield from _finish(context, _Message("", "", day, [piece_of(block)]))
    yield from _finish(context, message)


def _day(context: Context, found: re.Match[str], day: datetime.date | None) -> datetime.date | None:
    """Return the day that a line names, else the day so far."""
    time = found.groupdict().get("time")
    return (parse_date(time, year=context.year) if time else None) or day


def _words_at(block: Block, found: re.Match[str]) -> int:
    """Return where the words of an inline message begin, counted in the block's own piece."""
    return found.start("words") - piece_of(block).start


def _head(text: str, *, alone: bool = False) -> re.Match[str] | None:
    """Return the line before a message: name and time, or the name alone where lines are such."""
    found = NAME_THEN_TIME.match(text) or TIME_THEN_NAME.match(text)
    found = found or (NAME_ALONE.match(text) if alone else None)
    return None if found is None or LABEL.match(found["name"].strip()) else found


def _inline(text: str) -> re.Match[str] | None:
    found = TIME_NAME_WORDS.match(text) or NAME_TIME_WORDS.match(text) or NAME_WORDS.match(text)
    return None if found is None or LABEL.match(found["name"].strip()) else found


def _message(name: str, day: datetime.date | None) -> _Message:
    name = RANK.sub("", name)
    account = ACCOUNT.search(name)
    return _Message(ACCOUNT.sub("", name).strip(), account["id"] if account else "", day)


def _reasons(pieces: list[Piece]) -> list[str]:
    """Return for each line of a message why it is no opinion; words of others are quoted."""
    reasons = []
    quoting = False
    for index, piece in enumerate(pieces):
        text = piece.text.strip()
        quoting = quoting or bool(QUOTE_BEGINS.match(text))
        reasons.append("引用的消息" if quoting else no_opinion(text))
        ends = text.endswith(("」", "』"))
        quoting = quoting and not ends and any("」" in one.text for one in pieces[index + 1 :])
    return reasons


def _finish(context: Context, message: _Message | None) -> Iterator[Opinion | SetAside]:
    """Yield a finished message: an opinion, several, or its lines set aside."""
    if message is None or not message.pieces:
        return
    details = Details(
        channel=document_channel(context.document, default="chat"),
        date=message.day,
        author=author_hash(message.name, message.account, context.author_key),
        private_names=(message.name,) if message.name else (),
    )
    if message.name == SYSTEM or ANSWER.search(message.name):
        reason = SYSTEM if message.name == SYSTEM else "代表或干部的回应"
        yield from (set_aside(piece.block, reason) for piece in message.pieces)
        return
    reasons = _reasons(message.pieces)
    for piece, reason in zip(message.pieces, reasons, strict=True):
        if reason:
            yield set_aside(piece.block, reason)
    kept = [piece for piece, reason in zip(message.pieces, reasons, strict=True) if not reason]
    if len(kept) == 1:
        fields: Fields = {"text": kept}
        yield from row_opinions(context, kept[0].block, fields, details)
    elif kept:
        yield make_opinion(context, kept, details)
