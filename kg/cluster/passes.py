"""The passes of a build by name, and how a task is run on the machine that it is given to.

Papers are read by a process of its own, which ends when the one who started it does: only the main thread of a process can
stop a paper that takes too long, and what a paper does to the process harms nobody else.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import KgError

_APART = ("read",)
_TRIES = 2  # for a task whose process died


def passes() -> Mapping[str, Callable[[Any, int], Any]]:
    """Return the passes in their order; each does one part of a `kg.cluster.job.Job` and returns what JSON can hold."""
    from kg.cluster import linking, nearing, reading, stating, writing

    return {
        "hello": lambda job, part: job.code,
        "read": reading.read,
        "add": reading.add,
        "share": stating.share,
        "state": stating.state,
        "weigh": stating.weigh,
        "measure": nearing.measure,
        "hold": nearing.hold,
        "near": nearing.near,
        "fetch": nearing.fetch,
        "link": linking.link,
        "prove": linking.prove,
        "write": writing.write,
    }


def run_here(folder: str, name: str, part: int) -> dict[str, Any]:
    """Do one part of a pass on this machine: ``{"found": ...}``, or ``{"error": [message, where, hint]}``."""
    return _in_a_process(folder, name, part) if name in _APART else answer(folder, name, part)


def answer(folder: str, name: str, part: int) -> dict[str, Any]:
    """Do one part of a pass in this process, and return the same."""
    from kg.cluster.job import load

    try:
        return {"found": passes()[name](load(Path(folder)), part)}
    except KgError as error:
        return {"error": [error.message, error.where, error.hint]}


def _in_a_process(folder: str, name: str, part: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "kg.cluster", folder, name, str(part)]
    for _ in range(_TRIES):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - ourselves
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return {"error": [f"{name} {part} ended with code {done.returncode}: {last}", folder, "is there enough memory?"]}


def found_in(answer: Mapping[str, Any]) -> Any:
    """Return what a task found. Raises `KgError` with the task's reason where it could not be done."""
    if "error" in answer:
        message, where, hint = answer["error"]
        raise KgError(message, where=where, hint=hint)
    return answer["found"]


def main(folder: str, name: str, part: str) -> None:
    """Do one part of a pass and say on stdout what came of it: what ``python -m kg.cluster`` does."""
    with _ending_with_parent():
        found = answer(folder, name, int(part))
    sys.stdout.write(json.dumps(found))


@contextmanager
def _ending_with_parent() -> Iterator[None]:
    """End within a second or so of the process that started this one; a timer, as a thread would be in the way of forking."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    parent = os.getppid()

    def look(signum: int, frame: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1.0, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
