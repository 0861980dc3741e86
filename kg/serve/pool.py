"""The worker processes: each answers one task at a time, is killed when it is late, and replaced when it is gone.

Requests wait in line for a worker. Used by `endpoint` and `resources`; everything that touches the graph goes through here.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import kg
from kg.errors import InputError, KgError
from kg.rdf.parse import graph_file
from kg.serve.frames import Reply, Task, encode_task, read_reply, text
from kg.serve.limits import Limits
from kg.serve.worker import OUT_OF_MEMORY

_AGAIN = 2.0  # seconds until a worker that could not be started is tried again
_SHORT_OF_MEMORY = (-signal.SIGABRT, OUT_OF_MEMORY, -9)  # -9: the system's own last resort


class BusyError(KgError):
    """Every worker was at work for as long as a request may wait."""


class Worker:
    """One process and its pipe. `outlines` says what graph it has open."""

    def __init__(self, process: asyncio.subprocess.Process, stamp: object, outlines: dict[str, Any]) -> None:
        self._process = process
        self.stamp = stamp
        self.outlines = outlines

    @classmethod
    async def start(cls, graph: Path, limits: Limits) -> Worker:
        """Start a worker and wait until it has opened the graph; raises `InputError` when it cannot."""
        stamp = stamp_of(graph)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("KG_DEBUG") else asyncio.subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": _module_path()},
            start_new_session=True,  # Ctrl-C in the terminal is for the server, which ends its workers itself
        )
        worker = cls(process, stamp, {})
        try:
            reply = await worker.ask(Task("open", {"graph": str(graph), "limits": asdict(limits)}))
            said = json.loads(reply.body)
            if reply.status != 200:
                raise InputError(said["message"], where=said["where"], hint=said["hint"])
        except asyncio.IncompleteReadError as error:
            code = await worker.end()
            raise InputError(f"a worker ended with code {code} while it opened the graph", where=str(graph)) from error
        except BaseException:
            await worker.end()
            raise
        worker.outlines = said
        return worker

    async def ask(self, task: Task) -> Reply:
        """Have a task done; raises `asyncio.IncompleteReadError` or `ConnectionError` when the worker dies of it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout  # noqa: S101 - for the types: both are pipes
        stdin.write(encode_task(task))
        await stdin.drain()
        return await read_reply(stdout)

    async def end(self) -> int:
        """Kill the worker and wait until it is gone; returns how it ended."""
        with suppress(ProcessLookupError):
            self._process.kill()
        return await self._process.wait()

    async def ended(self) -> int:
        """Wait until a worker that closed its pipe is gone; returns how it ended."""
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                return await self._process.wait()
        return await self.end()


class Pool:
    """Some workers, and the line of those that wait for one."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        self.graph = graph
        self.limits = limits
        self.outlines: dict[str, Any] = {}
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._chores: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._open = True

    async def start(self) -> None:
        """Start the workers, the first alone; raises `InputError` when the graph cannot be opened."""
        self._take_on(await Worker.start(self.graph, self.limits))
        more = (Worker.start(self.graph, self.limits) for _ in range(self.limits.workers - 1))
        for worker in await asyncio.gather(*more):
            self._take_on(worker)

    async def stop(self) -> None:
        """End all workers; what is still asked of them fails, and nothing more can be asked."""
        self._open = False
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*(worker.end() for worker in self._all), *self._chores, return_exceptions=True)

    async def run(self, task: Task) -> Reply:
        """Have a task done in a worker, waiting in line for one. Cancelling this kills the worker that is at it.

        Raises `BusyError` when no worker was free for as long as a request may wait, or too many wait already.
        """
        worker = await self._next()
        kept = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                reply = await worker.ask(task)
            kept = True
            return reply
        except TimeoutError:
            return _too_long(self.limits)
        except (asyncio.IncompleteReadError, ConnectionError):
            return _died(await worker.ended(), self.limits, stopping=not self._open)
        finally:
            if kept:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    async def _next(self) -> Worker:
        if not self._open or self._waiting >= self.limits.waiting:
            raise BusyError("the server has more requests than it can take")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                while (worker := await self._idle.get()).stamp != stamp_of(self.graph):
                    self._replace(worker)  # the graph was built anew meanwhile
                return worker
        except TimeoutError:
            raise BusyError(f"every worker was busy for {self.limits.patience:g} seconds") from None
        finally:
            self._waiting -= 1

    def _replace(self, worker: Worker) -> None:
        """End a worker and start another in its place, in the background."""
        self._all.discard(worker)
        chore = asyncio.create_task(self._renew(worker))
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    async def _renew(self, worker: Worker) -> None:
        await worker.end()
        while self._open:
            try:
                self._take_on(await Worker.start(self.graph, self.limits))
                return
            except (KgError, OSError):
                await asyncio.sleep(_AGAIN)  # the graph is being written, or the system is out of something

    def _take_on(self, worker: Worker) -> None:
        self.outlines = worker.outlines
        self._all.add(worker)
        self._idle.put_nowait(worker)


def stamp_of(graph: Path) -> object:
    """Return what changes when the graph is written anew."""
    try:
        found = graph_file(graph).stat()
    except (InputError, OSError):
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _module_path() -> str:
    """Return the path that workers find kg by, the same as this process."""
    own = str(Path(kg.__file__).parents[1])
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _too_long(limits: Limits) -> Reply:
    return text(
        500,
        f"The query took longer than the {limits.seconds:g} seconds that this server gives one, and was stopped. "
        "Ask for less: add a LIMIT, name more of what you look for, or leave out what joins everything with everything.",
        limit="time",
    )


def _died(code: int, limits: Limits, *, stopping: bool) -> Reply:
    if stopping:
        return text(503, "The server is stopping.")
    if code in _SHORT_OF_MEMORY:
        return text(
            500,
            f"The query needed more than the {limits.megabytes:,} MB of memory that this server gives one, and was stopped. "
            "Ask for less: add a LIMIT, sort or group fewer rows.",
            limit="memory",
        )
    if code == -signal.SIGSEGV:  # the parser of the store calls itself for every bracket
        return text(500, "The query is nested too deeply, and was stopped.", limit="depth")
    return text(500, f"The process that ran the query ended with code {code}. The server goes on.", limit="crash")
