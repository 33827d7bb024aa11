"""Region codes: A市, K5县, A3区, as anonymised papers write the name of a region."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from renda_nlp.records import Token

__all__ = ["REGION_TAG", "cut_at_regions"]

_CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]\d{0,2}[市县]|[a-z]\d{1,2}区)(?!场)")
_LETTER = re.compile(r"[a-z]")
_START, _END = attrgetter("start"), attrgetter("end")
REGION_TAG = "region"
"""The tag of a token that is a region code."""


def cut_at_regions(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with each region code as one token; what stood across its border is cut.

    Args:
        text: A normalised text: letters are small.
        tokens: Its words, without gaps.
    """
    if not _LETTER.search(text):
        return tokens
    codes = [match.span() for match in _CODE.finditer(text)]
    if not codes:
        return tokens
    rest = list(tokens)
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
