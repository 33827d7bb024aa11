"""Personal data in Chinese text, and its masking (个人信息保护法, articles 4 and 28).

Buildings, villages, companies and officials in official papers stay; petitioners, numbers and rooms go.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from renda_nlp.annotation import names, numbers
from renda_nlp.annotation.name_called import called_model
from renda_nlp.annotation.name_model import name_model
from renda_nlp.annotation.name_signs import Sentence
from renda_nlp.annotation.names import find_people
from renda_nlp.annotation.numbers import find_numbers
from renda_nlp.ngrams import TextBatch, normalise
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Scanner

__all__ = [
    "MASKS",
    "find_personal_data",
    "find_personal_data_of",
    "mask",
    "mask_batch",
    "mask_text",
]

MASKS: dict[str, str] = {
    "PHONE": "[电话]",
    "ID_NUMBER": "[证件号]",
    "BANK_CARD": "[银行卡号]",
    "PLATE": "[车牌]",
    "EMAIL": "[邮箱]",
    "ACCOUNT": "[账号]",
    "ROOM": "[房号]",
    "PERSON": "[姓名]",
    "ACCUSED": "某工作人员",
    "ACCUSED_CADRE": "某村干部",
}
"""What stands in place of each label in a masked text."""

_ROOM_OF = re.compile(r"(?<![\d.年月第-])(?:[1-9]\d{2}|[1-3]\d0\d)(?:号?房|[室号户])?(?=[的 ]?$)")
_LINE_OF = re.compile(r"[（(，, ]{0,2}(?P<line>0\d{2,3}-?[2-9]\d{6,7})(?!\d)")
_LOOK = 8  # characters before a person in which a room may stand
_PRIVATE_KINDS = frozenset(("feedback", "other", "reply"))
_SCOPES = {"feedback": "all", "other": "all", "reply": "private"}


@cache
def _scanner() -> Scanner:
    return Scanner((*numbers.SOUGHT, *names.SOUGHT))


def find_personal_data(text: str, *, kind: str, private_names: Iterable[str] = ()) -> list[Span]:
    """Return the personal data of ``text``: sorted spans without overlap.

    Args:
        text: The text as the source has it.
        kind: Document kind; in official papers only private people (村民, 选民 ...) are found.
        private_names: Names that the row itself gives; found wherever they stand.
    """
    return find_personal_data_of(TextBatch([text]), [kind], [private_names])[0]


def find_personal_data_of(
    batch: TextBatch, kinds: Sequence[str], private_names: Sequence[Iterable[str]]
) -> list[list[Span]]:
    """Return the personal data of each text of a batch, as ``find_personal_data`` gives them."""
    scanned = _scanner().scan(batch)
    sentences = [Sentence(each.plain) for each in scanned]
    name_model().survey(batch, sentences)
    called_model().survey(batch, sentences)
    return [
        _find(text, sentence, kind=kind, private_names=own)
        for text, sentence, kind, own in zip(scanned, sentences, kinds, private_names, strict=True)
    ]


def _find(
    scanned: Scanned, sentence: Sentence, *, kind: str, private_names: Iterable[str]
) -> list[Span]:
    private = kind in _PRIVATE_KINDS
    known = [normalise(name.strip()) for name in private_names] if private else []
    kept: list[Span] = []
    for spans in (
        find_numbers(scanned, private=private and kind != "reply"),
        find_people(scanned, sentence, scope=_SCOPES.get(kind, "official"), names=known),
    ):
        kept = _without_overlap(kept, spans)
    return _without_overlap(kept, list(_beside_people(scanned.plain, kept)))


def _beside_people(plain: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield rooms right before a person and land lines right behind: 602的戚伯伯, 柯小娟（0716-3320981）."""
    for span in spans:
        if span.label != "PERSON":
            continue
        if room := _ROOM_OF.search(plain, max(0, span.start - _LOOK), span.start):
            yield Span(start=room.start(), end=room.end(), label="ROOM")
        if line := _LINE_OF.match(plain, span.end):
            yield Span(start=line.start("line"), end=line.end("line"), label="PHONE")


def _without_overlap(kept: list[Span], spans: list[Span]) -> list[Span]:
    """Return ``kept`` and those of ``spans`` that leave it whole, sorted; the longer, then earlier wins."""
    if not spans:
        return kept
    taken = bytearray(max((span.end for span in (*kept, *spans)), default=0))
    for span in kept:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    result = list(kept)
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start, span.label)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            result.append(span)
    return sorted(result, key=lambda span: span.start)


def mask(text: str, spans: Sequence[Span]) -> str:
    """Return ``text`` with each span of personal data replaced by the word for its label."""
    if not spans:
        return text
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MASKS[span.label]]
        at = span.end
    return "".join([*parts, text[at:]])


def mask_batch(
    batch: TextBatch,
    texts: Sequence[str],
    kinds: Sequence[str],
    private_names: Sequence[Iterable[str]],
) -> list[str]:
    """Return the texts that a batch was made of as ``mask_text`` gives them."""
    found = find_personal_data_of(batch, kinds, private_names)
    return [mask(text, spans) for text, spans in zip(texts, found, strict=True)]


def mask_text(text: str, *, kind: str = "feedback", private_names: Iterable[str] = ()) -> str:
    """Find and mask the personal data of ``text``."""
    return mask(text, find_personal_data(text, kind=kind, private_names=private_names))
