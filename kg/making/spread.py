"""Spread a pass over numbered things over processes, a range of numbers at a time. For `kg.making.stream`."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.errors import KgError
from kg.pool import CAN_FORK, Answer, Pool

_PARTS = 8  # ranges for each process, so that all are done at about the same time
_LEAST, _MOST = 50, 5000  # numbers in a range
_PATIENCE = 3600.0

Work = Callable[[int, int], Any]
"""Does the numbers from one to another (exclusive), and returns what JSON can hold."""


def spread(total: int, work: Work, workers: int, done: Callable[[int], None] = lambda number: None) -> list[Any]:
    """Return what `work` returns for each range of the numbers below `total`, in order.

    Where processes can be forked, `workers` of them do it, each with a copy of what this one holds. `done` is told how
    many numbers are done. Raises `KgError` when a process dies over the same range twice.
    """
    size = min(_MOST, max(_LEAST, -(-total // (workers * _PARTS))))
    ranges = [(begin, min(begin + size, total)) for begin in range(0, total, size)]
    if workers == 1 or len(ranges) < 2 or not CAN_FORK or threading.active_count() > 1:
        found = []
        for begin, end in ranges:
            found.append(work(begin, end))
            done(end)
        return found
    answers: dict[int, Any] = {}
    with Pool[tuple[int, int]](
        min(workers, len(ranges)), _prepare, (work,), fork=True, group=1, patience=_PATIENCE
    ) as pool:
        for number, answer in pool.run(ranges):
            if isinstance(answer, str):
                raise KgError(f"a part of the build could not be done: {answer}", hint="is there enough memory?")
            answers[number] = json.loads(answer)
            done(min(total, len(answers) * size))
    return [answers[number] for number in range(len(ranges))]


def _prepare(work: Work) -> Callable[[Iterable[tuple[int, int]]], Iterator[Answer]]:
    return lambda parts: (json.dumps(work(*part)).encode() for part in parts)
