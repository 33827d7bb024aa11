"""Progress on a terminal: how many opinions, how fast. In a pipe nothing is printed."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["counted", "progress"]

Item = TypeVar("Item")
_EVERY = 0.2  # seconds between two prints


def progress(what: str) -> Callable[[int], None]:
    """Return what a long run calls with the number of opinions done; silent without a terminal.

    Args:
        what: The word in front, such as 已分析.
    """
    if not sys.stderr.isatty():
        return lambda _: None
    start = last = time.monotonic()

    def show(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            rate = done / max(now - start, 1e-9)
            sys.stderr.write(f"\r{what}{done}条，每秒{rate:.0f}条 ")
            sys.stderr.flush()

    return show


def counted(items: Iterable[Item], show: Callable[[int], None]) -> Iterator[Item]:
    """Yield the items and say how many have passed."""
    for done, item in enumerate(items, 1):
        show(done)
        yield item
    if sys.stderr.isatty():
        sys.stderr.write("\n")
