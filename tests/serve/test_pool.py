from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.rdf.turtle import to_turtle
from kg.serve.frames import Reply, Task
from kg.serve.limits import MEMORY_HOLDS, Limits
from kg.serve.pool import BusyError, Pool
from tests.samples import small_graph
from tests.serve.conftest import RUNS, SORTS

FAST = Task("query", {"sparql": "ASK { ?s ?p ?o }", "tables": "text/csv", "graph": None})


def _query(sparql: str) -> Task:
    return Task("query", {"sparql": sparql, "tables": "text/csv", "graph": None})


def _with_pool(graph: Path, limits: Limits, work: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(graph, limits)
        try:
            await pool.start()
            await work(pool)
        finally:
            await pool.stop()

    asyncio.run(run())


def test_a_query_that_runs_away_is_killed_and_the_next_answered(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        start = time.monotonic()
        reply = await pool.run(_query(RUNS))
        assert (reply.status, reply.limit) == (500, "time")
        assert time.monotonic() - start < 10
        assert await pool.run(FAST) == Reply(200, "text/csv", b"true\n")

    _with_pool(folder, Limits(seconds=1, workers=1), work)


@pytest.mark.skipif(not MEMORY_HOLDS, reason="the memory of a process cannot be limited on this system")
def test_a_query_that_sorts_too_much_is_stopped_and_the_next_answered(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        reply = await pool.run(_query(SORTS))
        assert (reply.status, reply.limit) == (500, "memory")
        assert (await pool.run(FAST)).body == b"true\n"

    _with_pool(folder, Limits(seconds=60, megabytes=100, workers=1), work)


def test_a_query_nested_too_deeply_kills_its_worker_alone(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        reply = await pool.run(_query("ASK { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }"))
        assert reply.status == 400 or (reply.status, reply.limit) == (500, "depth")
        assert (await pool.run(FAST)).body == b"true\n"

    _with_pool(folder, Limits(workers=1), work)


def test_requests_wait_in_line_and_are_told_when_it_is_too_long(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = asyncio.create_task(pool.run(_query(RUNS)))
        await asyncio.sleep(0.1)
        with pytest.raises(BusyError, match="busy for"):
            await pool.run(FAST)
        assert (await slow).limit == "time"
        pool.limits = Limits(workers=1)  # now with patience: another worker has to start first
        assert [reply.body for reply in await asyncio.gather(*(pool.run(FAST) for _ in range(8)))] == [b"true\n"] * 8

    _with_pool(folder, Limits(seconds=4, workers=1, patience=3), work)


def test_no_more_wait_than_may(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = asyncio.create_task(pool.run(_query(RUNS)))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(pool.run(FAST))
        await asyncio.sleep(0.1)
        with pytest.raises(BusyError, match="more requests"):
            await pool.run(FAST)
        assert (await slow).limit == "time"
        assert (await waiting).body == b"true\n"

    _with_pool(folder, Limits(seconds=2, workers=1, waiting=1), work)


def test_a_client_that_goes_away_takes_its_query_with_it(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        slow = asyncio.create_task(pool.run(_query(RUNS)))
        await asyncio.sleep(0.2)
        slow.cancel()
        start = time.monotonic()
        assert (await pool.run(FAST)).body == b"true\n"
        assert time.monotonic() - start < 20  # far less than the query was allowed

    _with_pool(folder, Limits(seconds=60, workers=1), work)


def test_a_graph_built_anew_is_what_is_asked_then(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()))

    async def work(pool: Pool) -> None:
        assert (await pool.run(FAST)).body == b"true\n"
        (tmp_path / "new").write_bytes(b"")
        os.replace(tmp_path / "new", tmp_path / "kg.ttl")
        for _ in range(3):
            assert (await pool.run(FAST)).body == b"false\n"

    _with_pool(tmp_path, Limits(workers=2), work)


def test_what_is_no_graph_is_said_at_the_start(tmp_path: Path) -> None:
    async def work(pool: Pool) -> None:
        raise AssertionError("there is nothing to serve")

    with pytest.raises(InputError, match="no graph here"):
        _with_pool(tmp_path, Limits(), work)
    (tmp_path / "kg.ttl").write_bytes(b"not Turtle")
    with pytest.raises(InputError, match="not valid Turtle"):
        _with_pool(tmp_path, Limits(), work)
