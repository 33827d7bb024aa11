"""Work reports and plans: sentences and numbered points with section path and role."""

from collections.abc import Iterable, Iterator

from renda_nlp.records import Block, Opinion, SetAside
from renda_nlp.splitting.channels import document_channel
from renda_nlp.splitting.drafts import Context, Details, Piece, make_opinion, piece_of, set_aside
from renda_nlp.splitting.nonopinions import no_opinion
from renda_nlp.splitting.outline import Outline
from renda_nlp.splitting.roles import heading_role, opens_difficulties, sentence_role
from renda_nlp.splitting.sentences import split_sentences

__all__ = ["split_report"]

PLAN_KINDS = frozenset(("party_plan", "congress_plan"))
MIN_CELL_CHARACTERS = 10
MAX_TITLE_BLOCKS = 3


def split_report(context: Context, blocks: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    """Yield a unit per sentence; headings, greetings and signatures are set aside."""
    outline = Outline()
    is_plan = context.document.kind in PLAN_KINDS
    channel = document_channel(context.document)
    for number, block in enumerate(blocks):
        if block.cells:
            yield from _table_row(context, block, channel, outline)
            continue
        is_title = number < MAX_TITLE_BLOCKS and block.text.strip() == context.document.title
        if is_title:
            yield set_aside(block, "标题")
            continue
        heading = outline.follow(block)
        if heading is None and (reason := no_opinion(block.text, official=True)):
            yield set_aside(block, reason)
            continue
        if heading is not None and heading.end >= len(block.text.rstrip()):
            yield set_aside(block, "标题")
            continue
        inherited = _role_of(outline, context.document.title)
        told = 0  # up to here the paragraph stands in sentences; between them points are announced
        for sentence in split_sentences(piece_of(block), context.config):
            announced = opens_difficulties(block.text[told : sentence.start])
            told = sentence.end
            role = sentence_role(sentence.text, inherited, is_plan=is_plan)
            if announced or (role == "difficulty" and opens_difficulties(sentence.text)):
                role = inherited = "difficulty"  # the rest of the paragraph goes on about it
            details = Details(
                channel=channel, date=context.document.date, section=outline.path, role=role
            )
            yield make_opinion(context, [sentence], details)


def _role_of(outline: Outline, title: str) -> str:
    for heading in reversed(outline.stack):
        if role := heading_role(heading.text, title):
            return role
    return ""


def _table_row(
    context: Context, block: Block, channel: str, outline: Outline
) -> Iterator[Opinion | SetAside]:
    """A row of a table of tasks counts with its longest cell; figures and headers do not."""
    lengths = [len(cell.strip()) for cell in block.cells]
    column = lengths.index(max(lengths)) + 1
    piece: Piece = piece_of(block, column)
    if len(piece.text) < MIN_CELL_CHARACTERS or len(set(block.cells)) == 1:
        yield set_aside(block, "统计表格或表头")
        return
    role = _role_of(outline, context.document.title) or (
        "plan" if context.document.kind in PLAN_KINDS else ""
    )
    details = Details(channel=channel, date=context.document.date, section=outline.path, role=role)
    yield make_opinion(context, [piece], details)
