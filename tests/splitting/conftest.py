"""Documents made by hand."""

import datetime
from collections.abc import Callable

import pytest

from renda_nlp.config import SplitConfig
from renda_nlp.records import Block, Document, Locator, Opinion, SetAside
from renda_nlp.splitting import split_document

Parts = list[Opinion | SetAside]


def make_document(kind: str, title: str = "材料", file: str = "a.docx") -> Document:
    return Document(
        file=file, format="docx", kind=kind, kind_confidence=1.0, title=title,
        date=datetime.date(2025, 1, 1), n_bytes=1, fingerprint="0" * 16,
    )  # fmt: skip


def make_blocks(items: list[str | tuple[str, ...]]) -> list[Block]:
    blocks = []
    for number, item in enumerate(items, 1):
        cells = item if isinstance(item, tuple) else ()
        text = "\t".join(cells) if cells else str(item)
        locator = Locator(file="a.docx", paragraph=number)
        blocks.append(Block(text=text, locator=locator, cells=cells))
    return blocks


@pytest.fixture
def split() -> Callable[..., tuple[list[Opinion], list[SetAside]]]:
    def _split(
        kind: str, items: list[str | tuple[str, ...]], title: str = "材料"
    ) -> tuple[list[Opinion], list[SetAside]]:
        document = make_document(kind, title)
        parts = list(split_document(document, make_blocks(items), SplitConfig(), b"key"))
        opinions = [part for part in parts if isinstance(part, Opinion)]
        return opinions, [part for part in parts if isinstance(part, SetAside)]

    return _split
