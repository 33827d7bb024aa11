"""What lies in the folder of a handled 审议意见: paragraphs of replies, votes, speeches, the hand-over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from renda_nlp.records import Block, Document, Locator, Passage, Quote
from renda_nlp.splitting.outline import Outline

__all__ = ["Paper", "Unit", "Vote", "cell_quote", "handed_over", "reply_units", "speeches", "votes"]

_NUMBER_OF_SUGGESTION = re.compile(r"第\s*\d+\s*号(?:建议|议案)")
_HAND_OVER = re.compile(r"交办(?:函|单|通知|会|表)|转办(?:函|单)|关于交办")
_VOTE_NAMES = {"满意": 0, "基本满意": 1, "比较满意": 1, "较满意": 1, "不满意": 2}
_VERDICT = re.compile(r"满意度|满意程度|测评结果|评价(?:意见|结果)?$|代表意见")
_IN_TEXT = re.compile(
    r"(?<!基本)(?<!不)(?<!比较)满意(?:票|的)?[：:]?\s*(\d+)\s*[票人份名].{0,12}?基本满意(?:票|的)?[：:]?\s*(\d+)\s*[票人份名].{0,12}?不满意(?:票|的)?[：:]?\s*(\d+)\s*[票人份名]"
)
_WHOLE = re.compile(r"合计|总计|总体|整体|综合")
_INTEGER = re.compile(r"^\s*(\d{1,5})(?:\.0+)?\s*(?:票|人|份|名)?\s*$")
_NAME = re.compile(r"[\s（）()：:票数人]")
_MARK = re.compile(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.．、)）])\s*(?!\d)")
_SALUTATION = re.compile(r"^.{2,24}[：:]$")
_MIN_UNIT = 10
_SPEAKER = re.compile(r"^[^。；：:]{2,24}(?:代表|委员|主席|主任)(?:[（(][^）)]{1,16}[）)])?[：:]")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the material, read."""

    document: Document
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph of a reply, with the heading above it."""

    quote: Quote
    heading: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Vote:
    """A row of votes: what it is about and how many were satisfied, fairly, and not."""

    label: str
    counts: tuple[int, int, int]
    quote: Quote
    is_whole: bool


def cell_quote(block: Block, column: int | None = None) -> Quote:
    """Return a paragraph, or one cell of a row (column from 1), as a quote without blanks around."""
    text = block.text_at(column)
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    place = block.locator
    if column is not None:
        place = Locator(
            file=place.file, page=place.page, paragraph=place.paragraph, sheet=place.sheet,
            row=place.row, column=column, line=place.line,
        )  # fmt: skip
    passage = Passage(locator=place, start=left, end=max(left, right))
    return Quote(opinion_id="", passage=passage, text=text[left : max(left, right)])


def reply_units(papers: Sequence[Paper]) -> Iterator[Unit]:
    """Yield the paragraphs that may answer an item; letters on numbered suggestions are none."""
    for paper in papers:
        document = paper.document
        named = f"{document.title}{document.file}"
        if document.kind not in ("reply", "work_report", "other"):
            continue
        if _NUMBER_OF_SUGGESTION.search(named) or _HAND_OVER.search(named):
            continue
        outline = Outline()
        for block in paper.blocks:
            if block.cells:
                yield from _row_units(block, document.date)
                continue
            heading = outline.follow(block)
            text = block.text.strip()
            if heading is not None and heading.end >= len(block.text.rstrip()):
                continue
            if text == document.title or len(text) < _MIN_UNIT or _SALUTATION.match(text):
                continue
            above = next((one.text for one in reversed(outline.stack[:2])), "")
            yield Unit(_without_mark(cell_quote(block)), above, document.date)


def _without_mark(quote: Quote) -> Quote:
    """Return a paragraph without its number, which counts the replies, not the items."""
    found = _MARK.match(quote.text)
    if found is None:
        return quote
    place = quote.passage
    moved = Passage(locator=place.locator, start=place.start + found.end(), end=place.end)
    return Quote(opinion_id=quote.opinion_id, passage=moved, text=quote.text[found.end() :])


def _row_units(block: Block, day: date | None) -> Iterator[Unit]:
    """Yield the longest cell of a table row."""
    lengths = [len(cell.strip()) for cell in block.cells]
    if max(lengths) >= _MIN_UNIT and len(set(block.cells)) > 1:
        yield Unit(cell_quote(block, lengths.index(max(lengths)) + 1), "", day)


def votes(papers: Sequence[Paper]) -> Iterator[Vote]:
    """Yield the votes of satisfaction sheets: columns of counts, one verdict a row, or a sentence."""
    for paper in papers:
        counted: dict[int, int] | None = None
        verdict: int | None = None
        for block in paper.blocks:
            if not block.cells:
                counted = verdict = None
                yield from _spoken_votes(block)
                continue
            names = [_NAME.sub("", cell) for cell in block.cells]
            columns = {
                at: _VOTE_NAMES[name] for at, name in enumerate(names) if name in _VOTE_NAMES
            }
            if len(set(columns.values())) > 1:
                counted, verdict = columns, None
            elif counted is None and any(_VERDICT.search(name) for name in names):
                verdict = next(at for at, name in enumerate(names) if _VERDICT.search(name))
            elif counted is not None:
                yield from _counted_votes(block, counted)
            elif verdict is not None and verdict < len(names) and names[verdict] in _VOTE_NAMES:
                counts = [0, 0, 0]
                counts[_VOTE_NAMES[names[verdict]]] = 1
                yield _vote(block, (counts[0], counts[1], counts[2]), verdict)


def _counted_votes(block: Block, columns: dict[int, int]) -> Iterator[Vote]:
    counts = [0, 0, 0]
    found = False
    for at, kind in columns.items():
        number = _INTEGER.match(block.cells[at]) if at < len(block.cells) else None
        if number:
            counts[kind] += int(number[1])
            found = True
    if found:
        yield _vote(block, (counts[0], counts[1], counts[2]), min(columns))


def _vote(block: Block, counts: tuple[int, int, int], column: int) -> Vote:
    label = " ".join(dict.fromkeys(cell.strip() for cell in block.cells[:column] if cell.strip()))
    return Vote(label, counts, cell_quote(block, column + 1), _WHOLE.search(label) is not None)


def _spoken_votes(block: Block) -> Iterator[Vote]:
    if found := _IN_TEXT.search(block.text):
        counts = (int(found[1]), int(found[2]), int(found[3]))
        yield Vote(block.text[: found.start()].strip(), counts, cell_quote(block), is_whole=True)


def handed_over(papers: Sequence[Paper]) -> tuple[date, str] | None:
    """Return the day of the hand-over and the file that says so."""
    for paper in papers:
        document = paper.document
        if document.date and _HAND_OVER.search(f"{document.title}{document.file}"):
            return document.date, document.file
    return None


def speeches(papers: Sequence[Paper]) -> Iterator[Quote]:
    """Yield the paragraphs of deliberation notes in which somebody speaks."""
    for paper in papers:
        if paper.document.kind != "deliberation":
            continue
        for block in paper.blocks:
            if not block.cells and _SPEAKER.match(block.text.strip()):
                yield cell_quote(block)
