"""Has one pass over a graph made by a second process while this one makes another, where processes can be forked."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from kg.errors import KgError
from kg.verify.links import Ties
from kg.verify.state import State

Pass = Callable[[State], Ties]
Done = tuple[Ties, list[str]]
"""What a pass tells, and the problems that it found."""


@contextmanager
def beside(work: Pass, state: State, *, worth: bool) -> Iterator[Callable[[], Done]]:
    """Start a pass over what a state knows now; yield what waits for the pass and returns what it found.

    The process is forked, so that it has all that is known already. Where that cannot be, or the graph is not `worth` it,
    the pass is made when it is waited for.
    """
    if not worth or not sys.platform.startswith("linux"):
        yield lambda: _alone(work, state)
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, work, state), daemon=True)
    process.start()
    theirs.close()
    try:
        yield lambda: _receive(ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def _alone(work: Pass, state: State) -> Done:
    before, state.problems = state.problems, []
    try:
        return work(state), state.problems
    finally:
        state.problems = before


def _send(pipe: Connection, work: Pass, state: State) -> None:
    try:
        pipe.send(_alone(work, state))
    except KgError as error:
        pipe.send(error)


def _receive(pipe: Connection) -> Done:
    try:
        found: Any = pipe.recv()
    except EOFError as error:
        raise KgError("the process that checks the links died", hint="is there enough memory?") from error
    if isinstance(found, KgError):
        raise found
    done: Done = found
    return done
