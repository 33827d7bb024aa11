"""Runs the work in several processes; results come in input order, few batches at a time."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, TypeVar

__all__ = ["ProcessExecutor"]

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 2  # batches per worker that wait in memory
_work: dict[str, Callable[[Any], Any]] = {}


def _start(build: Callable[[], Callable[[Any], Any]]) -> None:
    _work["call"] = build()


def _call(item: Any) -> Any:
    return _work["call"](item)


class ProcessExecutor:
    """A pool of worker processes; each builds its own models once.

    Args:
        jobs: Number of workers, 0 for one per core.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1

    def map(self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]) -> Iterator[Out]:
        """Yield the result for each item, in order; one single item is not worth a pool."""
        source = iter(items)
        head = list(islice(source, 2))
        if self.jobs == 1 or len(head) < 2:  # noqa: PLR2004 - one batch
            work = build()
            for item in chain(head, source):
                yield work(item)
            return
        with ProcessPoolExecutor(
            self.jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(build,)
        ) as pool:
            waiting: deque[Future[Out]] = deque()
            for item in chain(head, source):
                waiting.append(pool.submit(_call, item))
                if len(waiting) >= self.jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
