"""Loose text: citizens' letters and paragraphs, study articles, replies, other papers."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
from renda_nlp.splitting.labelled import is_record_note
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.outcomes import find_outcome
from renda_nlp.splitting.outline import Heading, Outline, heading_of
from renda_nlp.splitting.rows import Fields, row_opinions

__all__ = ["split_articles", "split_feedback", "split_replies"]

SALUTATION = re.compile(
    r"^\s*(?:尊敬的|敬爱的|亲爱的).{1,30}[：:，,！!]?\s*(?:您好|你好|你们好)?[！!：:，,。]?\s*$|"
    r"^\s*[\u4e00-\u9fff]{2,14}(?:领导|书记|镇长|县长|市长|主席|主任|代表|委员|同志|先生|女士|网友)(?:们)?\s*[：:]\s*$|"
    r"^\s*.{2,20}(?:主席团|常委会|人大办|政府|办公室|委员会)\s*[：:]\s*$|"
    r"^\s*网友[“\"].{1,20}[”\"]\s*[：:].{0,10}$"
)
CLOSING = re.compile(
    r"^\s*(?:此致|敬礼|此致[，,\s]*敬礼|谢谢.{0,12}|盼复.{0,4}|恳请.{0,14})[！!。]?\s*$"
)
SIGNATURE = re.compile(
    r"^\s*(?:[\u4e00-\u9fff\w·]{0,16}(?:村|组|社区|小区|居民|村民|业主|群众|代表|选民)[\s：:，,、]{0,3})?"
    r"(?P<name>[\u4e00-\u9fff·]{2,4}|一(?:位|名|个).{2,14}|.{0,10}(?:全体|部分)?(?:村民|居民|业主|家长|群众|代表))"
    r"(?:\s*(?:电话|手机|联系电话)?[：:]?\s*1\d{10})?(?:\s*\d{4}\s*[年./-].{2,8})?\s*$"
)
LETTER_MARK = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]{1,3}(?:号|封)?(?:来?信|意见|留言)?|来信[一二三四五六七八九十\d]{1,3}|【[^】]{1,20}】)\s*[：:、.]?\s*$"
)
REPLY_TITLE = re.compile(r"(?:答复|回复|复函|答复函|办理情况|整改情况).{0,12}$")
REPLY_NUMBER = re.compile(r"第?\s*(\d{1,6})\s*号")
DEPARTMENT = re.compile(
    r"^\s*(?P<role>主办|承办|会办|协办|分办|责任|办理)单位\s*[：:]\s*(?P<name>\S.{1,40}?)\s*$"
)
ANSWER = re.compile(
    r"^\s*.{0,12}(?:代表|镇长|书记|主席|主任|工作人员|干部).{0,6}(?:回应|答复|回复)\s*[：:]|"
    r"^\s*(?:[【\[][^】\]]{0,10}(?:回应|答复|回复)[】\]]|(?:官方|单位|部门)(?:回应|答复|回复)\s*[：:])"
)
VOICE = re.compile(
    r"我们|我家|我是|本人|希望|建议|请求|反映|投诉|没人|无人|请(?:尽快|安排|派人|修|帮|管)|不敢|不方便|太(?:少|差|窄|慢|脏|贵)|何时|能不能|能否|什么时候|咨询|请问"
)
DAY_LINE = re.compile(
    r"^\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日[\s，,]*(?:(?:星期|周)[一二三四五六日天])?[\s，,]*(?:晴|阴|多云|雨|小雨|中雨|大雨|雪|雾)?[\s，,]*$"
)
HEAD_CHARACTERS = 24
MIN_SECTIONS = 2
PRIVATE_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")


def split_feedback(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield an opinion per paragraph; the paragraphs of a letter make one opinion."""
    channel = document_channel(context.document)
    letter: list[Block] | None = None
    dated = context
    for block in blocks:
        text = block.text
        noted = _note(context, block) if letter is None else ""
        if noted:
            day = parse_date(text, year=context.year)
            document = replace(context.document, date=day or dated.document.date)
            dated = replace(dated, document=document)
            yield set_aside(block, noted)
            continue
        if SALUTATION.match(text):
            yield from _letter(context, letter or [], channel)
            letter = []
            yield set_aside(block, "问候语")
        elif LETTER_MARK.match(text) or (block.heading_level and letter is not None):
            yield from _letter(context, letter or [], channel)
            letter = None
            yield set_aside(block, "标题")
        elif letter is not None:
            letter.append(block)
        else:
            yield from _paragraph(dated, block, channel)
    yield from _letter(context, letter or [], channel)


def _note(context: Context, block: Block) -> str:
    """Return why a line only says when and by whom what follows was said, or an empty string."""
    if DAY_LINE.match(block.text):
        return "日期行"
    return "登记信息" if is_record_note(block, context) else ""


def _paragraph(context: Context, block: Block, channel: str) -> Iterator[Opinion | SetAside]:
    if block.heading_level and len(block.text) <= HEAD_CHARACTERS * 2:
        yield set_aside(block, "标题")
        return
    reason = "代表或干部的回应" if ANSWER.match(block.text) else no_opinion(block.text)
    if reason:
        yield set_aside(block, reason)
        return
    day = parse_date(block.text[:HEAD_CHARACTERS], year=context.year)
    details = Details(channel=channel, date=day or context.document.date)
    fields: Fields = {"text": [piece_of(block)]}
    yield from row_opinions(context, block, fields, details)


def _letter(context: Context, blocks: list[Block], channel: str) -> Iterator[Opinion | SetAside]:
    """Yield a letter as one opinion; what follows the signature stands for itself."""
    if not blocks:
        return
    end = _letter_end(blocks)
    body, tail = blocks[:end], blocks[end:]
    name, day, rest = _signature(context, tail)
    kept = []
    for block in body:
        if reason := no_opinion(block.text):
            yield set_aside(block, reason)
        else:
            kept.append(piece_of(block))
    details = Details(
        channel=channel,
        date=day or context.document.date,
        author=author_hash(name, "", context.author_key),
        private_names=(name,) if PRIVATE_NAME.match(name) else (),
    )
    if len(kept) == 1:
        fields: Fields = {"text": kept}
        yield from row_opinions(context, kept[0].block, fields, details)
    elif kept:
        yield make_opinion(context, kept, details)
    for block in tail[: len(tail) - len(rest)]:
        yield set_aside(block, "落款")
    for block in rest:
        yield from _paragraph(context, block, channel)


def _letter_end(blocks: list[Block]) -> int:
    """Return how many blocks belong to the body: up to the closing words or the signature."""
    for index, block in enumerate(blocks):
        if CLOSING.match(block.text):
            return index
        nearly_last = index + 2 >= len(blocks)
        if index and nearly_last and SIGNATURE.match(block.text):
            return index
    return len(blocks)


def _signature(
    context: Context, tail: list[Block]
) -> tuple[str, datetime.date | None, list[Block]]:
    """Return (name, day, blocks after the signature) of what follows a letter's body."""
    name, day = "", None
    for index, block in enumerate(tail):
        signed = SIGNATURE.match(block.text)
        date = parse_date(block.text, year=context.year)
        if not (CLOSING.match(block.text) or signed or no_opinion(block.text)):
            return name, day, tail[index:]
        if signed and not CLOSING.match(block.text):
            name = name or signed["name"]
        day = day or date
    return name, day, []


def split_articles(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield an opinion per paragraph of an article; headings keep the section path."""
    outline = Outline()
    official = document_channel(context.document)
    for block in blocks:
        piece = _longest_cell(block) if block.cells else piece_of(block)
        heading = None if block.cells else outline.follow(block)
        if (
            heading is not None and heading.end >= len(block.text.rstrip())
        ) or block.text.strip() == context.document.title:
            yield set_aside(block, "标题")
        elif reason := no_opinion(piece.text, official=True):
            yield set_aside(block, reason)
        else:
            channel = official
            if context.document.kind == "other":
                channel = "petition" if VOICE.search(piece.text) else "government"
            details = Details(channel=channel, date=context.document.date, section=outline.path)
            yield make_opinion(context, [piece], details)


def _longest_cell(block: Block) -> Piece:
    lengths = [len(cell.strip()) for cell in block.cells]
    return piece_of(block, lengths.index(max(lengths)) + 1)


def split_replies(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield one unit per reply letter, or per section where a report answers several matters."""
    everything = list(blocks)
    letters = any(SALUTATION.match(block.text) for block in everything)
    details = Details(channel=document_channel(context.document), date=context.document.date)
    current: list[Piece] = []
    for block in everything:
        heading = heading_of(block)
        starts = bool(SALUTATION.match(block.text)) or _is_reply_title(block)
        starts = starts or (not letters and heading is not None and heading.level <= 1)
        if starts and current:
            yield make_opinion(context, current, details)
            current = []
        if starts:
            details = _reply_details(details, block, is_title=not letters)
        noted = _reply_note(details, block)
        details = noted or details
        is_heading = heading is not None and not letters
        if reason := _reply_reason(block, heading if is_heading else None, noted=noted is not None):
            yield set_aside(block, reason)
        else:
            current.append(_longest_cell(block) if block.cells else piece_of(block))
    if current:
        yield make_opinion(context, current, details)


def _reply_reason(block: Block, heading: Heading | None, *, noted: bool) -> str:
    """Return why a paragraph is no part of the answer: title, salutation, note, signature."""
    length = len(block.text.rstrip())
    if _is_reply_title(block) or (heading is not None and heading.end >= length):
        return "标题"
    if noted and length <= HEAD_CHARACTERS:
        return "办理信息"
    return "问候语" if SALUTATION.match(block.text) else no_opinion(block.text, official=True)


def _is_reply_title(block: Block) -> bool:
    text = block.text.strip()
    short = len(text) <= HEAD_CHARACTERS * 2 and not text.endswith(("：", ":", "。"))
    return short and bool(REPLY_TITLE.search(text))


def _reply_note(details: Details, block: Block) -> Details | None:
    """Return the details with what a line notes: the class of the outcome, who handles it."""
    if outcome := find_outcome(block.text):
        return replace(details, outcome=outcome)
    if found := DEPARTMENT.match(block.text):
        lead = found["role"] in ("主办", "承办", "责任", "办理")
        note = ("承办单位" if lead else "协办单位", found["name"])
        return replace(details, attributes=(*details.attributes, note))
    return None


def _reply_details(details: Details, block: Block, *, is_title: bool) -> Details:
    number = REPLY_NUMBER.search(block.text)
    section = block.text.strip() if is_title or number else details.section
    if number:
        return replace(details, section=section, row_id=number[1], outcome="", attributes=())
    return replace(details, section=section)
