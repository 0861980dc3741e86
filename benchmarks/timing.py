"""The seeds, and how long an action takes. Used by the benchmarks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def seconds(action: Callable[[], object], tries: int = 3) -> float:
    """Return the best wall-clock time of a few tries."""
    best = float("inf")
    for _ in range(tries):
        begin = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - begin)
    return best
