"""A linear model of who is a private person in official papers: what stands before and behind a name.

Weights: part ``private`` of ``resources/names``.
"""

import re
from collections.abc import Iterator
from functools import cache

from renda_nlp.annotation.name_model import shipped_weights
from renda_nlp.annotation.name_signs import lead_at

__all__ = ["PrivateModel", "private_model"]

_LENGTHS = (1, 2, 3, 4)
_ROW_BEFORE = re.compile(r"(?:[\u4e00-\u9fff·]{2,5}[、，,和及与 ]){1,12}$")
_ROW_AFTER = re.compile(r"(?:[、和及与 ][\u4e00-\u9fff·]{2,4}(?=[、，。；和及与等 \n]|$)){1,12}")
_ROW = 40  # characters before a name that may hold others of a row


class PrivateModel:
    """Tells private persons from office holders.

    Args:
        data: Part ``private`` of ``weights.json``: ``bias`` and ``weights`` by place and characters.
    """

    def __init__(self, data: dict) -> None:  # type: ignore[type-arg]
        self._bias: float = data["bias"]
        self._weights: dict[str, float] = data["weights"]

    def odds_of(self, plain: str, start: int, end: int) -> float:
        """Return the log odds that the name from ``start`` to ``end`` is that of a private person."""
        return self._bias + sum(
            self._weights.get(sign, 0.0) for sign in self.signs(plain, start, end)
        )

    @staticmethod
    def signs(plain: str, start: int, end: int) -> Iterator[str]:
        """Yield the characters before and behind a name, and the class of the word that leads to it."""
        if row := _ROW_BEFORE.search(plain, max(0, start - _ROW), start):
            start = row.start()
            yield "row<"
        if after_row := _ROW_AFTER.match(plain, end):
            end = after_row.end()
            yield "row>"
        before, after = "^" + plain[max(0, start - 6) : start], plain[end : end + 6] + "$"
        for length in _LENGTHS:
            yield "<" + before[-length:]
            yield ">" + after[:length]
        kind, gap, at = lead_at(plain, start)
        yield f"k{kind}{gap}"
        yield f"k{kind}>{after[0]}"
        if kind:
            yield "w" + plain[at:start].rstrip(":： （(")
        yield f"c{before[-1]}{after[0]}"


@cache
def private_model() -> PrivateModel:
    """Return the model that ships with the package."""
    return PrivateModel(shipped_weights()["private"])
