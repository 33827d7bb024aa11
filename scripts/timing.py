"""CPU seconds of a piece of work, for the benchmarks."""

import time
from collections.abc import Callable

__all__ = ["least_cpu_seconds"]

_TIMES = 3


def least_cpu_seconds(work: Callable[[], object]) -> float:
    """Return the least of three measurements: what other programs take is not counted."""
    seconds = []
    for _ in range(_TIMES):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)
