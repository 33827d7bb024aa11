"""Region codes: A市, K5县, A3区, as anonymised papers write the name of a region."""

import re
from collections.abc import Sequence

from renda_nlp.records import Token

__all__ = ["REGION_TAG", "cut_at_regions"]

_CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]\d{0,2}[市县]|[a-z]\d{1,2}区)(?!场)")
_LETTER = re.compile(r"[a-z]")
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
    starts = dict(codes)
    inside = {at for start, end in codes for at in range(start, end)}
    borders = {border for code in codes for border in code}
    made: list[Token] = []
    for token in tokens:
        at = token.start
        for end in [*(b for b in range(token.start + 1, token.end) if b in borders), token.end]:
            if at in starts:
                made.append(Token(at, starts[at], REGION_TAG))
            elif at not in inside:
                made.append(Token(at, end, token.tag if at == token.start else "n"))
            at = end
    return made
