from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from kg.errors import KgError
from kg.pool import CAN_FORK, Answer, Pool

DEAD = "the process that read it died"


Work = Callable[[Iterable[int]], Iterator[Answer]]


def echo() -> Work:
    return lambda items: (str(item).encode() for item in items)


def trouble(bad: frozenset[int], what: str) -> Work:
    """Return work that some items do harm to."""

    def work(item: int) -> Answer:
        if item in bad and what == "exit":
            os._exit(1)
        if item in bad and what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if item in bad and what == "hang":
            time.sleep(60)
        return str(item).encode()

    return lambda items: map(work, items)


def run(pool: Pool[int], count: int) -> dict[int, Answer]:
    answers = list(pool.run(range(count)))
    assert len(answers) == len(dict(answers)) == count  # nothing lost, nothing doubled
    return dict(answers)


@pytest.mark.parametrize("fork", [False, pytest.param(True, marks=pytest.mark.skipif(not CAN_FORK, reason="no fork"))])
def test_every_item_is_answered_once(fork: bool) -> None:
    with Pool[int](2, echo, fork=fork, group=7, patience=60) as pool:
        assert run(pool, 100) == {n: str(n).encode() for n in range(100)}


@pytest.mark.parametrize("what", ["exit", "kill"])
def test_an_item_that_kills_its_worker_is_named_and_the_rest_is_done(what: str) -> None:
    with Pool[int](2, trouble, (frozenset({3, 40}), what), fork=CAN_FORK, group=7, patience=60) as pool:
        found = run(pool, 60)
    assert {n for n, answer in found.items() if answer == DEAD} == {3, 40}
    assert all(found[n] == str(n).encode() for n in found if n not in (3, 40))


def test_an_item_that_hangs_is_named_and_the_rest_is_done() -> None:
    with Pool[int](2, trouble, (frozenset({5}), "hang"), fork=CAN_FORK, group=7, patience=0.5) as pool:
        found = run(pool, 30)
    assert found.pop(5) == "the process that read it did not answer for 0 seconds"
    assert all(answer == str(n).encode() for n, answer in found.items())


@pytest.mark.skipif(not CAN_FORK, reason="counts forked workers")
def test_a_worker_killed_from_outside_is_replaced() -> None:
    with Pool[int](2, echo, fork=True, group=1, patience=60) as pool:
        found = {}
        for n, answer in pool.run(range(50)):
            found[n] = answer
            if n == 10:
                os.kill(pool._workers[0].process.pid or 0, signal.SIGKILL)
        assert found == {n: str(n).encode() for n in range(50)}


def test_workers_that_never_live_end_the_run() -> None:
    with pytest.raises(KgError, match="die"), Pool[int](2, os._exit, (1,), fork=CAN_FORK, patience=60) as pool:
        run(pool, 1000)


def test_no_worker_outlives_the_pool() -> None:
    with Pool[int](2, trouble, (frozenset({1, 20}), "hang"), fork=CAN_FORK, group=2, patience=60) as pool:
        next(pool.run(range(40)))
        processes = [worker.process for worker in pool._workers]
    assert processes
    assert not any(process.is_alive() for process in processes)
