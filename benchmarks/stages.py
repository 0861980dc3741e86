"""A build of any size, stage by stage: `python -m benchmarks.stages OUT SOURCE... [--workers N] [--no-tagger]`.

For each stage the seconds of the clock, the seconds of processor time and the peak memory, both over all processes. What was
read by an earlier build into the same folder is not read again, as always.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.growth import memory_mb
from benchmarks.table import head, row, say
from kg.making.cache import FILE, Cache
from kg.making.folder import BESIDE, hold
from kg.pipeline import Options, build_files


def main() -> None:
    """Build in a process of its own, look at it meanwhile, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--no-tagger", dest="tagger", action="store_false")
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        _build(given)
        return
    command = [sys.executable, "-m", "benchmarks.stages", *sys.argv[1:], "--build"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        _watch(process.pid, process.stdout or ())


def _watch(process: int, lines: Iterable[str]) -> None:
    """Print what a build tells, with the memory that it took."""
    peak = [0.0]
    threading.Thread(target=_look, args=(process, peak), daemon=True).start()
    head("stage", "seconds", "processor s", "peak memory, MB")
    for line in lines:
        told = json.loads(line)
        if isinstance(told, str):
            say("\n" + told)
        else:
            name, seconds, used = told
            row(name, f"{seconds:,.0f}", f"{used:,.0f}", f"{peak[0]:,.0f}")
            peak[0] = 0.0


def _look(process: int, peak: list[float]) -> None:
    while True:
        try:
            peak[0] = max(peak[0], memory_mb(process))
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(1)


def _build(given: argparse.Namespace) -> None:
    """Build, and tell of each stage what it took."""
    with hold(given.out), Cache(given.out / BESIDE / FILE, say=print) as cache:
        stages = _Stages()
        options = Options(workers=given.workers, tagger=given.tagger, cache=cache, progress=stages)
        made = build_files(given.sources, given.out, ("turtle",), options=options).portrait
        stages.end()
    size = (given.out / "kg.ttl").stat().st_size / 1e6
    counts = (
        f"{sum(made.entities.values()):,} entities, {sum(made.statements.values()):,} statements, {made.links:,} links"
    )
    _tell(f"{made.papers:,} papers, {counts}, {made.results:,} results; kg.ttl {size:,.0f} MB.")


class _Stages:
    """Notes when each stage begins. No threads here: where there are, no processes are forked."""

    def __init__(self) -> None:
        self._name, self._began, self._used = "starting", time.perf_counter(), _processor()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._name:
            self.end()
            self._name, self._began, self._used = stage, time.perf_counter(), _processor()

    def end(self) -> None:
        """Tell what the stage that is over took."""
        _tell([self._name, time.perf_counter() - self._began, _processor() - self._used])


def _processor() -> float:
    """Return the seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
