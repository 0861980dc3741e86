"""The process that answers: opens the graph, confines itself, then does one task after another until its pipe ends.

Started by `kg.serve.pool` as ``python -m kg.serve.worker``; reads tasks from stdin, writes replies to stdout. It runs
what strangers send, so it is written to be killed: it holds nothing that has to be kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.serve import frames
from kg.serve.frames import Reply, Task
from kg.serve.limits import Limits, confine, wind

OUT_OF_MEMORY = 77
"""The exit code of a worker that Python told that there is no more memory. (Others are aborted.)"""


def main() -> int:
    """Do tasks until the pipe ends; the first one says which graph to open, and gets its outlines as a reply."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which then ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tasks, replies = sys.stdin.buffer, _own_stdout()
    first = frames.read_task(tasks)
    if first is None:
        return 0
    try:
        _work(first, tasks, replies)
    except MemoryError:
        return OUT_OF_MEMORY
    except BrokenPipeError:
        return 0  # the server is gone
    return 0


def _work(first: Task, tasks: BinaryIO, replies: BinaryIO) -> None:
    limits = Limits(**first.given["limits"])
    try:
        from kg.serve.tasks import TASKS, Desk

        desk = Desk.open(Path(first.given["graph"]), limits)
        outlines = desk.outlines()
    except KgError as error:
        said = {"message": error.message, "where": error.where, "hint": error.hint}
        _send(replies, Reply(500, "application/json", json.dumps(said).encode("utf-8")))
        return
    confine(limits.megabytes)
    _send(replies, Reply(200, "application/json", json.dumps(outlines).encode("utf-8")))
    while task := frames.read_task(tasks):
        wind(limits.seconds)
        reply = TASKS[task.name](desk, **task.given)
        wind(0)
        _send(replies, reply)


def _own_stdout() -> BinaryIO:
    """Return what stdout was, for replies alone: whatever else prints goes to stderr."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def _send(pipe: BinaryIO, reply: Reply) -> None:
    pipe.write(frames.encode_reply(reply))
    pipe.flush()


if __name__ == "__main__":
    sys.exit(main())
