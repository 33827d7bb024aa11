"""Runs the work in this process."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["SerialExecutor"]

In = TypeVar("In")
Out = TypeVar("Out")


class SerialExecutor:
    """One item after the other."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs

    def map(self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]) -> Iterator[Out]:
        """Yield the result for each item, in order."""
        work = build()
        for item in items:
            yield work(item)
