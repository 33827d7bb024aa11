"""Where the per-opinion work runs: in this process, or in several."""

import gc

__all__ = ["spare_garbage"]

_GARBAGE_THRESHOLD = 200_000  # new objects between two looks for garbage


def spare_garbage() -> None:
    """Look for garbage rarely in this process: millions of small objects are made, few in cycles."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
