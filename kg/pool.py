"""Processes that work on items for this one, and survive whatever an item does to them. Used by `kg.workers`.

Each worker is told items in small groups and answers as it gets done. A worker that dies or hangs is replaced: what it had not
answered is given out again, an item at a time, so that the one to blame is found and named and every other is done.
Workers end by themselves when this process is gone.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kg.errors import KgError

T = TypeVar("T")
Answer = bytes | str
"""What came of an item: bytes, or the reason why there are none."""

_SAY_EVERY = 0.2  # seconds after which a worker says what it has done, though its group is not finished
_TRIES = 2  # an item that was alone with this many dying workers is to blame
_HOPELESS = 20  # workers that died in a row without a single answer
_LOOK = 1.0  # seconds between two looks for workers that hang
CAN_FORK = sys.platform == "linux"


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    todo: dict[int, T] = field(default_factory=dict)
    heard: float = field(default_factory=time.monotonic)


class Pool(Generic[T]):
    """Workers that each run the function that `prepare(*given)` returns in them: from items to the `Answer` of each, in order.

    With `fork`, workers are copies of this process, so `given` may be anything; else it is pickled. A worker that says
    nothing for `patience` seconds is taken to hang. Use it as a context manager: on the way out all workers are gone.
    """

    def __init__(
        self,
        count: int,
        prepare: Callable[..., Callable[[Iterable[T]], Iterator[Answer]]],
        given: Sequence[Any] = (),
        *,
        fork: bool,
        group: int = 25,
        patience: float,
    ) -> None:
        self._context = get_context("fork" if fork else "spawn")
        self._prepare, self._given = prepare, tuple(given)
        self._count, self._group, self._patience = count, group, patience
        self._workers: list[_Worker[T]] = []
        self._deaths = 0

    def __enter__(self) -> Pool[T]:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:  # they hold nothing that could be lost
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def run(self, items: Iterable[T]) -> Iterator[tuple[int, Answer]]:
        """Yield the number of each item and its answer, as they come. Raises `KgError` when no worker stays alive."""
        rest = enumerate(items)
        again: deque[dict[int, T]] = deque()
        tries: dict[int, int] = {}
        while True:
            self._hand_out(rest, again)
            busy = [worker for worker in self._workers if worker.todo]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy], timeout=_LOOK)
            for worker in busy:
                if worker.pipe in ready:
                    yield from self._hear(worker, again, tries)
                elif time.monotonic() - worker.heard > self._patience:
                    reason = f"the process that read it did not answer for {self._patience:.0f} seconds"
                    yield from self._replace(worker, reason, again, tries, give_up=True)

    def _hand_out(self, rest: Iterator[tuple[int, T]], again: deque[dict[int, T]]) -> None:
        """Give a group to each worker that has none, starting workers as long as there is work for them."""
        idle = deque(worker for worker in self._workers if not worker.todo)
        while idle or len(self._workers) < self._count:
            group = again.popleft() if again else dict(islice(rest, self._group))
            if not group:
                return
            worker = idle.popleft() if idle else self._start()
            worker.todo, worker.heard = group, time.monotonic()
            try:
                worker.pipe.send(list(group.items()))
            except OSError:
                continue  # it is dead: the end of its pipe is heard next

    def _hear(
        self, worker: _Worker[T], again: deque[dict[int, T]], tries: dict[int, int]
    ) -> Iterator[tuple[int, Answer]]:
        try:
            answers: list[tuple[int, Answer]] = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._replace(worker, "the process that read it died", again, tries)
            return
        worker.heard, self._deaths = time.monotonic(), 0
        for number, answer in answers:
            del worker.todo[number]
            yield number, answer

    def _replace(
        self,
        worker: _Worker[T],
        reason: str,
        again: deque[dict[int, T]],
        tries: dict[int, int],
        *,
        give_up: bool = False,
    ) -> Iterator[tuple[int, Answer]]:
        """Bury a worker; what it had not answered is given out again, or given up when it was alone with it for long."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        self._deaths += 1
        if self._deaths > _HOPELESS:
            raise KgError("the processes that read papers die as soon as they are started", hint="try --workers 1")
        if len(worker.todo) == 1:
            (number,) = worker.todo
            tries[number] = tries.get(number, 0) + 1
            if give_up or tries[number] >= _TRIES:
                yield number, reason
                return
        again.extend({number: item} for number, item in worker.todo.items())

    def _start(self) -> _Worker[T]:
        here, there = self._context.Pipe()
        frozen = gc.get_freeze_count()
        gc.freeze()  # so that looking for cycles does not copy what is shared with the workers
        with _deaf_to_ctrl_c():
            process = self._context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(there, here, os.getpid(), self._prepare, self._given), daemon=True
            )
            process.start()
        if not frozen:
            gc.unfreeze()
        there.close()
        worker: _Worker[T] = _Worker(process, here)
        self._workers.append(worker)
        return worker


def _serve(
    pipe: Connection,
    other: Connection,
    parent: int,
    prepare: Callable[..., Callable[[Iterable[Any]], Iterator[Answer]]],
    given: tuple[Any, ...],
) -> None:
    """Work until nobody asks any more: what a worker does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    other.close()
    work = prepare(*given)
    try:
        while os.getppid() == parent:
            done: list[tuple[int, Answer]] = []
            said = time.monotonic()
            numbers, items = zip(*pipe.recv(), strict=True)
            for number, answer in zip(numbers, work(items), strict=True):
                done.append((number, answer))
                if time.monotonic() - said > _SAY_EVERY and os.getppid() == parent:
                    pipe.send(done)
                    done, said = [], time.monotonic()
            if done:
                pipe.send(done)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the one who asked is gone


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ignore Ctrl-C while a worker is started: it inherits that, so that only this process answers and ends it."""
    if threading.current_thread() is not threading.main_thread():  # nobody else may set what a signal does
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
