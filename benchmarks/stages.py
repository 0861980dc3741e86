"""A build of any size, stage by stage: `python -m benchmarks.stages OUT SOURCE... [--workers N] [--no-tagger]`.

For each stage the seconds of the clock, the seconds of processor time and the peak memory, both over all processes. What was
read by an earlier build into the same folder is not read again, as always.
"""

from __future__ import annotations

import argparse
import os
import resource
import threading
import time
from pathlib import Path

from benchmarks.growth import memory_mb
from benchmarks.table import head, row, say
from kg.making.cache import FILE, Cache
from kg.making.folder import BESIDE, hold
from kg.pipeline import Options, build_files


class Stages:
    """Notes when each stage begins, and how much memory is in use while it lasts."""

    def __init__(self) -> None:
        self._name, self._began, self._used, self._peak = "starting", time.perf_counter(), processor(), 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take in a report of progress."""
        if stage != self._name:
            self.end()
            self._name, self._began, self._used, self._peak = stage, time.perf_counter(), processor(), 0.0

    def end(self) -> None:
        """Write the row of the stage that is over."""
        took, used = time.perf_counter() - self._began, processor() - self._used
        row(self._name, f"{took:,.0f}", f"{used:,.0f}", f"{self._peak:,.0f}")

    def _look(self) -> None:
        while True:
            self._peak = max(self._peak, memory_mb(os.getpid()) or 0.0)
            time.sleep(1)


def processor() -> float:
    """Return the seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Build, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--no-tagger", dest="tagger", action="store_false")
    given = parser.parse_args()
    head("stage", "seconds", "processor s", "peak memory, MB")
    with hold(given.out), Cache(given.out / BESIDE / FILE, say=print) as cache:
        stages = Stages()
        options = Options(workers=given.workers, tagger=given.tagger, cache=cache, progress=stages)
        written = build_files(given.sources, given.out, ("turtle",), options=options)
        stages.end()
    made = written.portrait
    size = (given.out / "kg.ttl").stat().st_size / 1e6
    counts = (
        f"{sum(made.entities.values()):,} entities, {sum(made.statements.values()):,} statements, {made.links:,} links"
    )
    say(f"\n{made.papers:,} papers, {counts}, {made.results:,} results; kg.ttl {size:,.0f} MB.")


if __name__ == "__main__":
    main()
