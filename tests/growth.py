"""How work grows: a test of speed compares two sizes of the same work, and knows no seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

_LEAST = 0.002  # seconds: less is not measured well
_TIMES = 3


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times as long `large` takes as `small`, by processor time, each the best of three."""
    return _seconds(large) / max(_seconds(small), _LEAST)


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)
