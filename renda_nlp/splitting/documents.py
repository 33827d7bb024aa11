"""Split a document by its kind, table by table and text by text."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice

from renda_nlp.config import SplitConfig
from renda_nlp.records import Block, Document, Opinion, SetAside
from renda_nlp.splitting.chats import is_chat, split_chat
from renda_nlp.splitting.deliberations import split_deliberation
from renda_nlp.splitting.drafts import Context
from renda_nlp.splitting.fields import make_synonyms
from renda_nlp.splitting.forms import is_form, split_form
from renda_nlp.splitting.labelled import is_labelled, split_labelled
from renda_nlp.splitting.loose import split_articles, split_feedback, split_replies
from renda_nlp.splitting.registers import find_header, split_rows
from renda_nlp.splitting.reports import split_report
from renda_nlp.splitting.suggestions import split_suggestions

__all__ = ["split_document"]

Splitter = Callable[[Context, Iterable[Block]], Iterator[Opinion | SetAside]]
PEEK_BLOCKS = 64
WHOLE: dict[str, Splitter] = {
    "work_report": split_report,
    "party_plan": split_report,
    "congress_plan": split_report,
}
TEXT: dict[str, Splitter] = {
    "deliberation": split_deliberation,
    "suggestion": split_suggestions,
    "reply": split_replies,
    "study": split_articles,
    "other": split_articles,
}


def split_document(
    document: Document, blocks: Iterable[Block], config: SplitConfig, author_key: bytes
) -> Iterator[Opinion | SetAside]:
    """Yield the opinions of a document in order; what is none comes as SetAside.

    Every block is part of an opinion or set aside.

    Args:
        document: The document; its kind decides how it is split.
        blocks: Its blocks in order.
        config: Lengths and column names.
        author_key: Key of the pseudonyms.
    """
    context = Context(document, config, author_key)
    if document.kind in WHOLE:
        yield from WHOLE[document.kind](context, blocks)
        return
    if document.kind == "suggestion":
        blocks = iter(blocks)
        head = list(islice(blocks, PEEK_BLOCKS))
        blocks = chain(head, blocks)
        if not _holds_register(context, head):
            yield from split_suggestions(context, blocks)
            return
    for (is_table, _), run in groupby(blocks, key=_run_key):
        if is_table:
            yield from _split_table_run(context, run)
        else:
            yield from _split_text_run(context, run)


def _holds_register(context: Context, head: list[Block]) -> bool:
    """Whether one of the first tables has a header and rows, rather than labels and values."""
    for (is_table, _), run in groupby(head, key=_run_key):
        if is_table:
            rows = list(run)
            if _has_records(rows, context):
                return True
    return False


def _run_key(block: Block) -> tuple[bool, str]:
    return bool(block.cells), block.locator.sheet


def _split_table_run(context: Context, run: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    rows = iter(run)
    head = list(islice(rows, PEEK_BLOCKS))
    synonyms = make_synonyms(context.config.header_synonyms)
    kind = context.document.kind
    if is_form(head, context) and len(head) < PEEK_BLOCKS and not _has_records(head, context):
        yield from split_form(context, head)
    elif find_header(head, synonyms) is None and kind != "feedback" and kind in TEXT:
        yield from TEXT[kind](context, chain(head, rows))
    else:
        yield from split_rows(context, chain(head, rows))


def _has_records(head: list[Block], context: Context) -> bool:
    """Whether a table has a header with at least two rows of data that are no labels."""
    header = find_header(head, make_synonyms(context.config.header_synonyms))
    if header is None:
        return False
    width = sum(bool(field) for field in header.fields)
    n_columns = len({name for name in header.names if name})
    return width > 2 or width == n_columns  # noqa: PLR2004 a form row has two labels at most


def _split_text_run(context: Context, run: Iterable[Block]) -> Iterator[Opinion | SetAside]:
    kind = context.document.kind
    blocks = iter(run)
    head = list(islice(blocks, PEEK_BLOCKS))
    if kind in ("feedback", "other") and is_labelled(head, context):
        yield from split_labelled(context, chain(head, blocks))
        return
    if kind in TEXT:
        yield from TEXT[kind](context, chain(head, blocks))
        return
    split = split_chat if is_chat(head) else split_feedback
    yield from split(context, chain(head, blocks))
