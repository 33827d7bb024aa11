"""Region codes: A市, K5县, A3区, as anonymised papers write the name of a region."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from renda_nlp.records import Token
from renda_nlp.tokens import TokenBatch

__all__ = ["REGION_TAG", "cut_at_regions"]

_CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]\d{0,2}[市县]|[a-z]\d{1,2}区)(?!场)")
_LETTER = re.compile(r"[a-z]")
_START, _END = attrgetter("start"), attrgetter("end")
REGION_TAG = "region"
"""The tag of a token that is a region code."""


def cut_at_regions(texts: Sequence[str], tokens: TokenBatch) -> TokenBatch:
    """Return the words with each region code as one word; what stood across its border is cut.

    Args:
        texts: Normalised texts: letters are small.
        tokens: Their words, without gaps.
    """
    changed: dict[int, list[Token]] = {}
    for index, text in enumerate(texts):
        codes = [match.span() for match in _CODE.finditer(text)] if _LETTER.search(text) else ()
        if codes:
            changed[index] = _cut(tokens.row(index), codes)
    return tokens.replaced(changed)


def _cut(rest: list[Token], codes: Sequence[tuple[int, int]]) -> list[Token]:
    made: list[Token] = []
    at = 0
    for start, end in codes:
        first = bisect_right(rest, start, lo=at, key=_START) - 1
        made.extend(rest[at:first])
        if first >= at and rest[first].start < start:
            made.append(Token(rest[first].start, min(start, rest[first].end), rest[first].tag))
        made.append(Token(start, end, REGION_TAG))
        at = bisect_right(rest, end, lo=max(at, first), key=_END)
        if at < len(rest) and rest[at].start < end:
            rest[at] = Token(end, rest[at].end, "n")
    return [*made, *rest[at:]]
