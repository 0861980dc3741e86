"""What builds survive: killed at random moments, full disks, dying workers, crowds. Prints a table.

    python -m benchmarks.faults ABSTRACTS.jsonl [PAPERS [KILLS]]

Each try is compared with an undisturbed build, byte for byte: papers that are missing are lost, papers that are there twice
doubled, any other difference is a corruption. A killed build is not cleaned up: the next try goes on where it was stopped,
and what the cache held before it must still be there.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.table import head, row, say

FILES = ("kg.ttl", "kg.html", ".kg/origins.jsonl", ".kg/reasons.jsonl")
MARK = b" fabio:ResearchPaper"


@dataclass
class Row:
    """What came of one fault."""

    fault: str
    tries: int = 0
    lost: int = 0
    doubled: int = 0
    corrupted: int = 0
    notes: list[str] = field(default_factory=list)

    def cells(self) -> tuple[str | int, ...]:
        """Return the cells of the table's row."""
        return self.fault, self.tries, self.lost, self.doubled, self.corrupted, "; ".join(dict.fromkeys(self.notes))


class Bench:
    """A library, an undisturbed build of it, and ways to disturb others."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.random = random.Random(7)  # noqa: S311 - moments, not secrets
        begin = time.monotonic()
        self.build(folder / "expected")
        self.takes = time.monotonic() - begin
        self.expected = content(folder / "expected")
        self.papers = self.expected[0].count(MARK)
        begin = time.monotonic()
        self.build(folder / "expected")
        self.again = time.monotonic() - begin

    def command(self, out: Path) -> list[str]:
        """Return the command of a build."""
        return [sys.executable, "-m", "kg", "build", str(self.source), "-o", str(out), "--workers", "2"]

    def start(self, out: Path, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a build in a process group of its own."""
        return subprocess.Popen(  # noqa: S603 - our own command
            self.command(out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=before,
        )

    def build(self, out: Path) -> int:
        """Build, and return the exit code."""
        return subprocess.run(self.command(out), check=False, capture_output=True).returncode  # noqa: S603 - our own command

    def compare(self, out: Path, row: Row) -> None:
        """Count what differs from the undisturbed build."""
        found = content(out)
        if found != self.expected:
            papers = found[0].count(MARK) if found else 0
            row.lost += max(0, self.papers - papers)
            row.doubled += max(0, papers - self.papers)
            row.corrupted += papers == self.papers

    def check_remains(self, out: Path, row: Row, before: int) -> int:
        """Check what a stopped build left; return how many papers the cache holds."""
        turtle = out / "kg.ttl"
        if turtle.exists() and turtle.read_bytes() != self.expected[0]:
            row.corrupted += 1
            row.notes.append("kg.ttl is not whole")
        path = out / ".kg" / "read.sqlite"
        if not path.exists():
            return 0
        with closing(sqlite3.connect(path)) as db:
            tables = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'papers'").fetchone()[0]
            held = int(db.execute("SELECT count(*) FROM papers").fetchone()[0]) if tables else 0
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                row.corrupted += 1
        row.lost += max(0, before - held)
        return held

    def kills(self, tries: int) -> Row:
        """Kill builds at random moments with SIGKILL, each going on where the last was stopped."""
        row, out, held, done = Row("kill -9 at a random moment"), self.folder / "killed", 0, 0
        while row.tries < tries:
            process = self.start(out)
            try:
                process.wait(self.random.uniform(0.2, self.takes if held < self.papers else self.again))
                done += 1
                self.compare(out, row)
                shutil.rmtree(out)
                held = 0
            except subprocess.TimeoutExpired:
                workers = children(process.pid)
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                row.tries += 1
                held = self.check_remains(out, row, held)
                if not gone(workers, 5):
                    row.notes.append("workers went on")
        self.build(out)
        self.compare(out, row)
        row.notes.append(f"{done + 1} builds came to their end in between and were compared")
        return row

    def workers(self, tries: int) -> Row:
        """Kill a worker in the middle of extraction."""
        row = Row("a worker is killed")
        for _ in range(tries):
            out = self.folder / "worker"
            process = self.start(out)
            end = time.monotonic() + 60
            while len(children(process.pid)) < 2 and time.monotonic() < end:
                time.sleep(0.05)
            time.sleep(self.random.uniform(0, 0.3 * self.takes))
            for pid in children(process.pid)[:1]:
                os.kill(pid, signal.SIGKILL)
                row.tries += 1
            process.wait()
            self.compare(out, row)
            shutil.rmtree(out)
        return row

    def disks(self, tries: int) -> Row:
        """Let a file grow to a random size only, as on a disk that is full."""
        row, out = Row("the disk is full"), self.folder / "full"
        largest = len(self.expected[0])
        for _ in range(tries):
            size = int(10 ** self.random.uniform(4, len(str(largest)) - 1))
            process = self.start(out, lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))  # type: ignore[misc]
            _, errors = process.communicate()
            row.tries += 1
            if process.returncode != 3 or "Traceback" in errors:
                row.notes.append(f"exit code {process.returncode}: {errors[-100:]}")
            self.check_remains(out, row, 0)
        self.build(out)
        self.compare(out, row)
        return row

    def crowds(self, tries: int) -> Row:
        """Start two builds into one folder."""
        row = Row("two builds at once")
        for _ in range(tries):
            out = self.folder / "crowd"
            shutil.rmtree(out, ignore_errors=True)
            both = [self.start(out), self.start(out)]
            errors = [process.communicate()[1] for process in both]
            row.tries += 1
            if sorted(process.returncode for process in both) != [0, 3] or "holds it" not in "".join(errors):
                row.notes.append(f"exit codes {[process.returncode for process in both]}")
            self.compare(out, row)
        return row

    def stops(self, tries: int) -> Row:
        """Ask builds to stop, with SIGTERM and SIGINT in turn."""
        row, out, longest = Row("SIGTERM, Ctrl-C"), self.folder / "stopped", 0.0
        for number in range(tries):
            process = self.start(out)
            time.sleep(self.random.uniform(1, self.again))
            begin = time.monotonic()
            process.send_signal((signal.SIGTERM, signal.SIGINT)[number % 2])
            _, errors = process.communicate()
            longest = max(longest, time.monotonic() - begin)
            row.tries += 1
            if process.returncode not in (0, 130) or "Traceback" in errors:
                row.notes.append(f"exit code {process.returncode}: {errors[-100:]}")
            self.check_remains(out, row, 0)
        self.build(out)
        self.compare(out, row)
        row.notes.append(f"the longest took {longest:.1f} s to end")
        return row


def content(out: Path) -> list[bytes]:
    """Return the files of a build."""
    return [(out / name).read_bytes() for name in FILES if (out / name).exists()]


def children(pid: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []


def gone(pids: list[int], seconds: float) -> bool:
    """Wait until some processes have ended, so long; tell whether they have."""
    end = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def main(source: str, papers: int = 3000, kills: int = 50) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open(source, encoding="utf-8") as lines, (folder / "papers.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(islice(lines, papers))
        bench = Bench(folder / "papers.jsonl", folder)
        say(f"{bench.papers:,} papers; undisturbed {bench.takes:.0f} s, again without a change {bench.again:.0f} s.")
        head("fault", "tries", "lost", "doubled", "corrupted", "notes")
        few = max(2, kills // 10)
        for fault in (bench.stops, bench.crowds, bench.workers, bench.disks):
            row(*fault(few).cells())
        row(*bench.kills(kills).cells())


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:]))
