"""Run kg in a process of its own, as a user does, and measure it: processor time, memory, what it says."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass

SECONDS = 60
MEGABYTES = 1000


@dataclass(frozen=True)
class Measured:
    """What a run took and said. `seconds` is processor time, `megabytes` the most memory that one process held."""

    code: int
    seconds: float
    megabytes: float
    out: str
    err: str

    @property
    def traceback(self) -> bool:
        """Whether something went wrong that kg did not foresee."""
        return "Traceback" in self.err or "a bug of kg" in self.err or self.code < 0


def run(args: Sequence[str], *, stdin: bytes | None = None, wait: float = 600, limit: int = 4 * SECONDS) -> Measured:
    """Run ``kg`` with `args`, for at most `wait` seconds by the clock and `limit` of processor time."""
    return measure([sys.executable, "-m", "kg", *args], stdin=stdin, wait=wait, limit=limit)


def measure(
    command: Sequence[str], *, stdin: bytes | None = None, wait: float = 600, limit: int = 4 * SECONDS
) -> Measured:
    """Run a command; it gets SIGKILL (code -9) when it takes too long."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin or b"")
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=out,
            stderr=err,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)),
        )
        timer = threading.Timer(wait, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Measured(
            process.returncode,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
        )
