"""Run kg in a process of its own, as a user does, and measure it: processor time, memory, what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass

# A process starts with the memory of the one that forked it in its account (`ru_maxrss`), so a small one does it.
_STARTER = """
import json, os, resource, sys
told, limit, *command = sys.argv[1:]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
    os.execvp(command[0], command)
_, status, used = os.wait4(child, 0)
os.write(int(told), json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]).encode())
"""
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
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.TemporaryFile() as told,
    ):
        given.write(stdin or b"")
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _STARTER, str(told.fileno()), str(limit), *command],
            stdin=given,
            stdout=out,
            stderr=err,
            pass_fds=[told.fileno()],
            start_new_session=True,
        )
        timer = threading.Timer(wait, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        process.wait()
        timer.cancel()
        for file in (told, out, err):
            file.seek(0)
        code, seconds, kilobytes = json.loads(told.read() or f"[-9, {wait}, 0]")
        return Measured(
            code,
            seconds,
            kilobytes / 1024,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
        )
