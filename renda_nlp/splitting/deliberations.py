"""Deliberation records: speakers and numbered items."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.drafts import (
    Context,
    Details,
    Piece,
    author_hash,
    joined_text,
    make_opinion,
    opinion_fingerprint,
    piece_of,
    set_aside,
)
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.outline import Outline
from renda_nlp.splitting.sentences import split_matters

__all__ = ["PROCEEDINGS", "minutes_of", "split_deliberation"]

SPEAKER = re.compile(
    r"^\s*(?:[（(]?\d{1,2}[)）.、]\s*)?(?P<before>(?:[\u4e00-\u9fff]{2,12}(?:代表团|主席团成员|委员会委员|小组|代表|委员|组长|主任|主席)|(?:人大)?代表|委员)?[\s、]?)"
    r"(?P<name>[\u4e00-\u9fff·]{2,6}?)(?P<role>代表|委员|同志|主任|主席|组长|书记|镇长|副主席|副镇长|站长|所长)?"
    r"(?P<note>[（(][^）)]{1,24}[）)])?(?:说|发言|认为|提出|建议)?\s*[：:]\s*"
)
NOT_SPEAKERS = re.compile(
    r"^(?:时间|地点|主持|主持人|记录|记录人|出席|列席|参加|参会|议题|会议|内容|主题|意见|建议|审议意见|具体|主要|问题|问|答|一是|二是|例如|如下|认为|指出|提出|附件|抄送|主送|日期|单位|来源|整理|人员|要求|下一步|原因|存在问题|各位代表|各位委员|代表们|发言人|发言|意见如下|建议如下|具体如下)$"
)
MAX_BARE_NAME = 3  # characters of a name without 代表 or a note
HOST = re.compile(r"^\s*(?:会议)?主持人?(?:[（(][^）)]{1,12}[)）])?\s*[：:]")
MEMBER = re.compile(r"主席团|常委会")
ASKS_SHORTLY = re.compile(r"^(?!.*关于)[^，]{4,}。\s*$")  # （一）加大治超力度。
GREETING_HEAD = re.compile(r"^各位(?:代表|委员|领导|同志)")
PROCEEDINGS = "会议经过"
MINUTES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (PROCEEDINGS, re.compile(
        r"^(?:20\d\d年\d{1,2}月\d{1,2}日[上下]?午?[，,])?[^，。；]{0,40}(?:会议|主席团|常委会|主任会议)[^，。；]{0,24}"
        r"(?:听取|审议|讨论|专题询问|视察|检查)[^。；]{0,80}(?:[。：:]|$)"
        r"(?:[^。]{0,40}(?:现将|现印|提出如下|形成如下|请认真|请予)[^。]{0,80}[。：:]?)*$"
    )),
    ("标题", re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?[^，。；]{0,16}(?:会议|认为|指出|建议|要求|强调|意见)[：:]$")),
    ("结语", re.compile(r"^请[^。；，]{0,24}(?:于|在)[^。；，]{2,24}(?:前|内)[^。；]{0,24}(?:报告|反馈|报送|报县|报镇)[^。；]{0,24}。?$")),
    ("肯定成绩", re.compile(
        r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?(?:会议|与会人员|大家|委员们?|代表们?)(?:一致)?认为[，,：:]"
        r"(?!.*(?:但|不足|问题|困难|短板|薄弱|差距|滞后|仍|还有|还存在)).*(?:高度重视|成效|成绩|有力|扎实|不断(?:完善|提升|改善)|稳步|显著)"
    )),
)  # fmt: skip
"""What the minutes of a body say besides its opinions, with the reason in Chinese."""


def minutes_of(text: str) -> str:
    """Return what a paragraph of an opinion is besides its matters, or an empty string."""
    plain = text.strip()
    return next((reason for reason, pattern in MINUTES if pattern.search(plain)), "")


def split_deliberation(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield an opinion per paragraph or numbered item, with its speaker."""
    outline = Outline()
    base = Details(channel=document_channel(context.document), date=context.document.date)
    details = base
    for block in blocks:
        if reason := _framing(context, block):
            yield set_aside(block, reason)
            continue
        piece = _spoken(block)
        speaker = None if block.cells else SPEAKER.match(block.text)
        if speaker is not None and _is_person(speaker):
            details = _speaker_details(context, base, speaker)
            piece = piece.part(speaker.end() - piece.start, len(block.text))
            if not piece.text:
                yield set_aside(block, "发言人")
                continue
        else:
            heading = None if block.cells else outline.follow(block)
            alone = heading is not None and heading.end >= len(block.text.rstrip())
            if heading is not None and alone and not ASKS_SHORTLY.search(block.text):
                details = base if heading.level <= 1 else details
                yield set_aside(block, "标题")
                continue
        if reason := minutes_of(piece.text) or no_opinion(piece.text, official=True):
            yield set_aside(block, reason)
            continue
        yield from _units(context, piece, replace(details, section=outline.path))


def _framing(context: Context, block: Block) -> str:
    if block.text.strip() == context.document.title:
        return "标题"
    return "主持词" if HOST.match(block.text) else ""


def _spoken(block: Block) -> Piece:
    if not block.cells:
        return piece_of(block)
    lengths = [len(cell.strip()) for cell in block.cells]
    return piece_of(block, lengths.index(max(lengths)) + 1)


def _is_person(speaker: re.Match[str]) -> bool:
    name = speaker["name"] + (speaker["role"] or "")
    if NOT_SPEAKERS.match(name) or GREETING_HEAD.match(speaker[0].strip()):
        return False
    return (
        bool(speaker["role"] or speaker["before"].strip() or speaker["note"])
        or len(speaker["name"]) <= MAX_BARE_NAME
    )


def _speaker_details(context: Context, base: Details, speaker: re.Match[str]) -> Details:
    words = speaker[0].strip().rstrip("：:").strip()
    words = re.sub(r"^[（(]?\d{1,2}[)）.、]\s*|(?:说|发言|认为|提出|建议)$", "", words)
    return replace(
        base,
        channel="member" if MEMBER.search(speaker[0]) else base.channel,
        speaker=words,
        author=author_hash(speaker["name"], "", context.author_key),
    )


def _units(context: Context, piece: Piece, details: Details) -> Iterator[Opinion]:
    """Yield one opinion per matter that a speech numbers, else the speech's paragraph."""
    matters = split_matters(piece, context.config)
    if not matters:
        yield make_opinion(context, [piece], details)
        return
    kind = context.document.kind
    parent = opinion_fingerprint(joined_text([piece]), kind, details.author, details.date)
    first = matters[0]
    matters[0] = Piece(first.block, piece.start, first.end, first.column)
    for matter in matters:
        yield make_opinion(context, [matter], replace(details, parent_id=parent))
