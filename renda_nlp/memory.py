"""Memory that is freed but not given back."""

import ctypes
import sys
from contextlib import suppress

__all__ = ["release_memory"]


def release_memory() -> None:
    """Give freed memory back to the system, where the C library keeps it for later (glibc).

    After large arrays of many sizes have come and gone, more than half of what a process holds is
    such memory, and every copy of the process carries it along.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
