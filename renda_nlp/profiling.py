"""Seconds and peak memory of each stage of a run, for ``--profile`` and the benchmarks.

Memory is the sum of the proportional set sizes (PSS) of the process and its children, as Linux
tells them; elsewhere it is not known.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MemorySampler", "StageCost", "StageTimer", "pss_bytes"]

_INTERVAL = 0.05  # seconds between two looks at the memory, at least
_MAX_SHARE = 0.02  # of the time is spent on looking
_KIB = 1024


def _family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    out, todo = [], [pid]
    while todo:
        own = todo.pop()
        out.append(own)
        for task in Path(f"/proc/{own}/task").glob("*/children"):
            try:
                todo += map(int, task.read_text("ascii").split())
            except OSError:
                continue
    return out


def pss_bytes(pid: int) -> int:
    """Return the memory of a process and its children; 0 where the system does not say."""
    total = 0
    for each in _family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * _KIB for line in lines if line.startswith("Pss:"))
    return total


class MemorySampler:
    """Looks at the memory of a process and its children again and again."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        pause = _INTERVAL
        while not self._stop.wait(pause):
            start = time.perf_counter()
            self._peak = max(self._peak, pss_bytes(self._pid))
            pause = max(_INTERVAL, (time.perf_counter() - start) / _MAX_SHARE)

    def take_peak(self) -> int:
        """Return the peak in bytes since the last call."""
        peak, self._peak = self._peak, 0
        return peak

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join()


@dataclass(frozen=True, slots=True)
class StageCost:
    """What one stage took."""

    name: str
    wall_seconds: float
    cpu_seconds: float  # of this process and of children that have ended
    peak_bytes: int  # 0 where unknown


def _cpu_seconds() -> float:
    return sum(os.times()[:4])


class StageTimer:
    """Measures stages that follow one another."""

    def __init__(self) -> None:
        self.costs: list[StageCost] = []
        self._memory = MemorySampler(os.getpid())
        self._name = ""
        self._since = (time.perf_counter(), _cpu_seconds())

    def begin(self, name: str) -> None:
        """End the running stage and begin one."""
        self._end()
        self._name = name

    def finish(self) -> None:
        """End the last stage."""
        self._end()
        self._memory.close()

    def _end(self) -> None:
        now = (time.perf_counter(), _cpu_seconds())
        peak = max(self._memory.take_peak(), pss_bytes(os.getpid()))
        if self._name:
            wall, cpu = now[0] - self._since[0], now[1] - self._since[1]
            self.costs.append(StageCost(self._name, wall, cpu, peak))
        self._since = now
