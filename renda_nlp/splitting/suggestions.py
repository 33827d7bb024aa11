"""Deputies' suggestions in running text or forms: 案由, 理由, 建议, 承办单位, 办理结果."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.drafts import (
    Context,
    Details,
    Piece,
    author_hash,
    deputy_name,
    make_opinion,
    piece_of,
    set_aside,
)
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.outcomes import outcome_class

__all__ = ["split_suggestions"]

LABELS: dict[str, str] = {
    "title": "案由|建议案由|建议标题|标题|题目|建议名称|议案名称",
    "reason": "理由|案据|建议理由|提出理由|情况说明|基本情况|主要理由|问题|存在问题|现状",
    "proposal": "建议|具体建议|建议内容|意见建议|解决方案|方案|办法|建议措施|建议事项|内容|主要内容|正文",
    "speaker": "领衔代表|领衔人|提案人|建议人|代表姓名|提出代表|建议代表|提出人|代表|人大代表",
    "seconders": "附议代表|附议人|联名代表|附议",
    "department": "承办单位|主办单位|办理单位|责任单位|交办单位",
    "assistant": "协办单位|会办单位|分办单位|协助单位",
    "outcome": "办理结果|办理情况类别|结果类别|办理类别|答复类别",
    "reply": "答复|答复意见|办理情况|答复内容|办理答复|办理情况及答复",
    "number": "编号|建议编号|案号|建议号|序号",
    "date": "日期|时间|提出日期|提出时间|建议日期",
    "reply_date": "答复时间|答复日期|办结时间",
    "other": "电话|联系电话|联系方式|通讯地址|代表团|所属代表团|代表证号|类别|单位|满意度|代表意见|反馈意见|工作单位|单位及职务|选区",
}
SAID = frozenset(("title", "reason", "proposal"))
LABEL_OF = {word: part for part, words in LABELS.items() for word in words.split("|")}
WORDS = "|".join(sorted(LABEL_OF, key=len, reverse=True))
LABELLED = re.compile(
    rf"^\s*(?:[一二三四五六七八九十\d]{{1,2}}[、.．]\s*)?[【\[〔]?(?P<label>{WORDS})[】\]〕]?\s*(?P<colon>[：:]|(?<=[】\]〕]))\s*"
)
BARE = re.compile(
    rf"^\s*(?:[一二三四五六七八九十\d]{{1,2}}[、.．]\s*)?[【\[〔]?(?P<label>{WORDS})[】\]〕]?\s*$"
)
TITLE = re.compile(
    r"^\s*(?:\d{1,3}[、.．]\s*)?关于.{3,50}的?(?:建议|议案|意见|提案|请求)\s*(?:[（(].{1,20}[)）])?\s*$"
)
NUMBER = re.compile(
    r"^.{0,40}(?:建议|议案)(?:表|书)?\s*[（(]?第?\s*\d{1,6}\s*号[)）]?\s*$|^\s*(?:第\s*)?[〔\[]?(\d{1,6})[〕\]]?\s*号(?:建议|议案)?[：:]?\s*$|^\s*建议[一二三四五六七八九十\d]{1,3}\s*[：:]?\s*$"
)
NUMBER_DIGITS = re.compile(r"\d+")
HEADS = re.compile(r"(\d{1,4})\s*(?:人|名)")
PERSON = re.compile(r"[\u4e00-\u9fff·]{2,}")
SEPARATORS = re.compile(r"[、，,；;\s]+")


@dataclass(slots=True)
class _Suggestion:
    """The parts of one suggestion as they come."""

    said: dict[str, list[Piece]] = field(default_factory=dict)
    notes: dict[str, Piece] = field(default_factory=dict)
    part: str = ""

    @property
    def has_body(self) -> bool:
        """Whether reason or proposal are there already."""
        return bool(self.said.get("reason") or self.said.get("proposal"))


def split_suggestions(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield one opinion per suggestion; headings and handling notes are set aside."""
    current = _Suggestion()
    for block in blocks:
        is_title = block.text.strip() == context.document.title
        if is_title and not TITLE.match(block.text) and not NUMBER.match(block.text):
            yield set_aside(block, "标题")
            continue
        for part, piece in _parts(block):
            if part in ("title", "number") and current.has_body:
                yield from _finish(context, current)
                current = _Suggestion()
            _add(current, part, piece)
        if not _is_said(current, block):
            yield set_aside(block, _reason(context, block, current))
    yield from _finish(context, current)


def _parts(block: Block) -> Iterator[tuple[str, Piece]]:
    """Yield (part, piece) of a paragraph or of the label-and-value cells of a form row."""
    if not block.cells:
        yield _paragraph_part(piece_of(block))
        return
    label = ""
    previous = ""
    for column, cell in enumerate(block.cells, 1):
        text = "".join(cell.split()).rstrip("：:")
        if not text or cell == previous:
            continue
        previous = cell
        if text in LABEL_OF:
            label = LABEL_OF[text]
        elif label:
            yield label, piece_of(block, column)
            label = ""
        else:
            yield _paragraph_part(piece_of(block, column))


def _paragraph_part(piece: Piece) -> tuple[str, Piece]:
    text = piece.text
    if found := LABELLED.match(text):
        return LABEL_OF[found["label"]], piece.part(found.end(), len(text))
    if found := BARE.match(text):
        return LABEL_OF[found["label"]], piece.part(len(text), len(text))
    if NUMBER.match(text):
        return "number", piece
    if TITLE.match(text):
        return "title", piece
    return "", piece


def _add(current: _Suggestion, part: str, piece: Piece) -> None:
    """Put a piece where it belongs; unlabelled text goes on with the part before it."""
    if not part:
        if no_opinion(piece.text, official=True):
            return
        part = current.part if current.part in SAID | {"reply"} else "proposal"
        if part == "title":
            part = "reason"
    current.part = part
    if not piece.text:
        return
    if part in SAID:
        known = current.said.setdefault(part, [])
        if piece.text not in [one.text for one in known]:
            known.append(piece)
    else:
        current.notes.setdefault(part, piece)


def _is_said(current: _Suggestion, block: Block) -> bool:
    return any(piece.block is block for pieces in current.said.values() for piece in pieces)


def _reason(context: Context, block: Block, current: _Suggestion) -> str:
    if reason := no_opinion(block.text, official=True):
        return reason
    if any(piece.block is block for piece in current.notes.values()):
        return "办理信息"
    if block.text.strip() == context.document.title:
        return "标题"
    return "办理信息" if current.part not in SAID else "标题"


def _finish(context: Context, current: _Suggestion) -> Iterator[Opinion | SetAside]:
    """Yield the suggestion; a title without any body is set aside."""
    pieces = [
        piece for part in ("title", "reason", "proposal") for piece in current.said.get(part, ())
    ]
    if not pieces:
        return
    notes = {part: piece.text for part, piece in current.notes.items()}
    speaker = SEPARATORS.split(notes.get("speaker", "").strip())[0]
    heads = HEADS.search(notes.get("seconders", "")) or HEADS.search(notes.get("speaker", ""))
    seconders = PERSON.findall(notes.get("seconders", ""))
    departments = tuple(
        (name, notes[part])
        for part, name in (("department", "承办单位"), ("assistant", "协办单位"))
        if part in notes
    )
    details = Details(
        channel=document_channel(context.document),
        date=parse_date(notes.get("date", ""), year=context.year, is_date_column=True)
        or context.document.date,
        author=author_hash(deputy_name(speaker), "", context.author_key),
        speaker=speaker,
        endorsements=int(heads[1]) if heads else len(seconders),
        row_id="".join(NUMBER_DIGITS.findall(notes.get("number", ""))[-1:]),
        reply=current.notes.get("reply"),
        reply_date=parse_date(notes.get("reply_date", ""), year=context.year),
        outcome=outcome_class(notes.get("outcome", "")),
        attributes=departments,
    )
    yield make_opinion(context, pieces, details)
