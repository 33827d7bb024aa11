"""Runs the work in several processes; results come in input order, few batches at a time.

Where the system can copy a process (Linux), models and tables are built once and shared by the
copies; elsewhere each worker builds its own.
"""

import gc
import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, TypeVar

from renda_nlp.executors import spare_garbage
from renda_nlp.executors.serial import SerialExecutor

__all__ = ["ForkExecutor", "ProcessExecutor", "can_fork"]

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 2  # batches per worker that wait in memory
_work: dict[str, Callable[[Any], Any]] = {}


def can_fork() -> bool:
    """Return whether this process can be copied with everything that it holds."""
    return sys.platform == "linux"


def _settle() -> None:
    """Make a worker of this process: Ctrl-C is the main process's to handle, garbage is rare."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is there stays, and stays shared
    spare_garbage()


def _start(build: Callable[[], Callable[[Any], Any]]) -> None:
    _settle()
    _work["call"] = build()


def _call(item: Any) -> Any:
    return _work["call"](item)


def _ready() -> None:
    """Do nothing: the first task starts the workers."""


def _forked(jobs: int) -> ProcessPoolExecutor:
    """Return a pool of copies of this process, made now, before other files are opened."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("fork"), initializer=_settle)
    with warnings.catch_warnings():  # idle threads of the linear algebra do not mind
        warnings.simplefilter("ignore", DeprecationWarning)
        pool.submit(_ready).result()
    return pool


def _ordered(pool: ProcessPoolExecutor, jobs: int, items: Iterable[In]) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(_call, item))
            if len(waiting) >= jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)  # what still runs may be writing: it ends first


class ProcessExecutor:
    """A pool of worker processes.

    Args:
        jobs: Number of workers, 0 for one per core.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1

    def map(self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]) -> Iterator[Out]:
        """Yield the result for each item, in order; one single item is not worth a pool."""
        if self.jobs == 1:
            yield from SerialExecutor().map(build, items)
        elif can_fork():
            yield from ForkExecutor(self.jobs).map(build, items)
        else:
            yield from self._spawned(build, items)

    def _spawned(
        self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]
    ) -> Iterator[Out]:
        source = iter(items)
        head = list(islice(source, 2))
        if len(head) < 2:  # noqa: PLR2004 - one batch
            yield from SerialExecutor().map(build, head)
            return
        with ProcessPoolExecutor(
            self.jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(build,)
        ) as pool:
            yield from _ordered(pool, self.jobs, chain(head, source))


class ForkExecutor:
    """Copies of this process: the work may hold any amount of data, nothing of it is sent.

    Where processes cannot be copied the work runs here.

    Args:
        jobs: Number of workers, 0 for one per core.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1

    def map(self, build: Callable[[], Callable[[In], Out]], items: Iterable[In]) -> Iterator[Out]:
        """Yield the result for each item, in order."""
        if self.jobs == 1 or not can_fork():
            yield from SerialExecutor().map(build, items)
            return
        _work["call"] = build()
        try:
            with _forked(self.jobs) as pool:
                source = iter(items)
                head = list(islice(source, 2))
                if len(head) == 1:  # not worth sending
                    yield _call(head[0])
                else:
                    yield from _ordered(pool, self.jobs, chain(head, source))
        finally:
            _work.clear()
