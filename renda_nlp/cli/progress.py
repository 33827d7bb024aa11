"""Progress on a terminal: stage, how many opinions, how fast, how long still. In a pipe nothing is printed."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from renda_nlp.watching import Watch

__all__ = ["ProfilingWatch", "TerminalWatch", "counted", "make_watch"]

Item = TypeVar("Item")
_EVERY = 0.2  # seconds between two prints
_MIN_SHARE = 0.02  # of the material, before a guess at the time left is worth printing
_MINUTE = 60


def _left(seconds: float) -> str:
    return f"{seconds:.0f}秒" if seconds < _MINUTE else f"{seconds / _MINUTE:.0f}分钟"


class TerminalWatch(Watch):
    """Writes one line on stderr and overwrites it."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._shown = 0

    def stage(self, name: str) -> None:
        """Show the stage."""
        self._start = time.monotonic()
        self._show(f"{name}…")

    def advance(self, done: int, share: float) -> None:
        """Show number, rate, and the time left where the share is known."""
        now = time.monotonic()
        if now - self._last < _EVERY:
            return
        self._last = now
        spent = max(now - self._start, 1e-9)
        line = f"已分析{done}条，每秒{done / spent:.0f}条"
        if share > _MIN_SHARE:
            line += f"，约剩{_left(spent * (1 - share) / share)}"
        self._show(line)

    def close(self) -> None:
        """End the line."""
        if self._shown:
            sys.stderr.write("\n")

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r{line}{' ' * max(0, self._shown - len(line)) * 2}")
        sys.stderr.flush()
        self._shown = len(line)


class ProfilingWatch(Watch):
    """Measures the stages and prints a table at the end."""

    def __init__(self) -> None:
        from renda_nlp.profiling import StageTimer

        self._timer = StageTimer()

    def stage(self, name: str) -> None:
        """Begin to measure a stage."""
        self._timer.begin(name)

    def close(self) -> None:
        """Print seconds and memory of every stage."""
        self._timer.finish()
        for cost in self._timer.costs:
            peak = f"，内存峰值{cost.peak_bytes / 1e6:.0f}MB" if cost.peak_bytes else ""
            line = (
                f"{cost.name}：{cost.wall_seconds:.2f}秒（处理器{cost.cpu_seconds:.2f}秒）{peak}\n"
            )
            sys.stderr.write(line)


class _SilentWatch(Watch):
    def close(self) -> None:
        """There is nothing to end."""


def make_watch(*, profile: bool = False) -> TerminalWatch | ProfilingWatch | _SilentWatch:
    """Return what shows a run: a table of costs, a line on a terminal, or nothing."""
    if profile:
        return ProfilingWatch()
    return TerminalWatch() if sys.stderr.isatty() else _SilentWatch()


def counted(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items and show how many have passed."""
    watch = make_watch()
    for done, item in enumerate(items, 1):
        watch.advance(done, 0.0)
        yield item
    watch.close()
