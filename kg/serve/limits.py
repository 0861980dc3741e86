"""What one request may take and how many run at once. Read by the server and by its workers, which confine themselves.

A worker that breaks a limit of memory dies of it; one that breaks the limit of time is killed. Neither hurts the server.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY_HOLDS = sys.platform == "linux"
"""Whether the system lets a process limit its own memory; elsewhere only time and rows are limited."""

_GRACE = 5  # seconds after the time limit when a worker ends itself, should the server be gone


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; a query that breaks one is refused, never cut short.

    `seconds` and `megabytes` are what one query may take (memory on top of what the open graph takes), `rows` how many rows
    or triples an answer may have, `body` the bytes of a request, `workers` the queries that run at once, `patience` the
    seconds that others wait for their turn, `waiting` how many may wait.
    """

    seconds: float = 30.0
    megabytes: int = 1024
    rows: int = 100_000
    body: int = 1 << 20
    workers: int = 2
    patience: float = 30.0
    waiting: int = 1000


def usual_workers() -> int:
    """Return how many queries run at once when nobody says it: one a core that this process may use, from 2 to 8."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(8, max(2, cores))


def confine(megabytes: int) -> None:
    """Let this process take no more than `megabytes` beyond what it has now: more ends it. Only where `MEMORY_HOLDS`."""
    if sys.platform != "linux":
        return
    import resource

    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    most = taken + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def wind(seconds: float) -> None:
    """Have the system end this process a little after `seconds`, whatever it is doing then; 0 calls that off.

    The server kills a worker that is late. This is for the worker whose server was killed itself.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
