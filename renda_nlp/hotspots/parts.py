"""Whole-corpus work in parts of some rows, side by side where there are many."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from renda_nlp.protocols import Executor

__all__ = ["in_parts"]

Out = TypeVar("Out")
_MANY = 6  # parts from which more processes are worth their start


def in_parts(
    executor: Executor | None, work: Callable[[slice], Out], n: int, size: int
) -> Iterator[Out]:
    """Return what the work makes of each part of ``n`` rows, in order.

    Args:
        executor: Where the work runs; it must see the memory of this process. None works here.
        work: Called with ``size`` rows at a time.
        n: Number of rows.
        size: Rows of a part.
    """
    parts = [slice(start, min(start + size, n)) for start in range(0, n, size)]
    if executor is None or len(parts) < _MANY:
        return map(work, parts)
    return executor.map(lambda: work, parts)
