"""Read every input of `tests/fuzz/attacks.py` at full size: `python -m benchmarks.attacks [MEGABYTES [NAME ...]]`.

Each is read by a process of its own, which counts papers and problems. Prints a table of the
costliest by processor time and by memory, and names every input that broke a promise: more than 60 s, more than 1 GB, a
traceback, or nothing read of something and nothing said.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import head, row, say
from kg.workers import processes
from tests.fuzz.attacks import ATTACKS, NOTHING
from tests.fuzz.measured import MEGABYTES, SECONDS, measure

_READ = """
import sys
from kg.model import Paper
from kg.readers import read
papers = problems = 0
for item in read(sys.argv[1]):
    if isinstance(item, Paper):
        papers += 1
    else:
        problems += 1
print(papers, problems)
"""
_SHOWN = 8


class Cost(NamedTuple):
    """What reading an attack took (processor seconds, megabytes), what it gave, and what it broke."""

    name: str
    seconds: float
    megabytes: float
    papers: int
    problems: int
    broken: str


def cost(name: str, *, size: int) -> Cost:
    """Return what reading an attack of so many bytes takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x")
        path.write_bytes(ATTACKS[name](size))
        done = measure([sys.executable, "-c", _READ, str(path)])
    papers, problems = map(int, done.out.split()) if done.code == 0 else (0, 0)
    broken = [
        *(["a traceback"] if done.traceback or done.code else []),
        *([f"{done.seconds:.0f} s"] if done.seconds > SECONDS else []),
        *([f"{done.megabytes:.0f} MB"] if done.megabytes > MEGABYTES else []),
        *(["silence"] if not papers + problems and name not in NOTHING else []),
    ]
    return Cost(name, done.seconds, done.megabytes, papers, problems, ", ".join(broken))


def main(arguments: list[str]) -> None:
    """Print the table."""
    size = int(float(arguments[0]) * 1e6) if arguments else 10_000_000
    names = arguments[1:] or sorted(ATTACKS)
    with ThreadPoolExecutor(processes(None)) as pool:
        costs = list(pool.map(partial(cost, size=size), names))
    broken = [one for one in costs if one.broken]
    say(f"{len(costs)} inputs of {size / 1e6:g} MB; {len(broken)} broke a promise. The costliest:")
    head("input", "processor s", "MB", "papers", "problems", "broken")
    slowest = sorted(costs, key=lambda one: -one.seconds)[:_SHOWN]
    largest = sorted(costs, key=lambda one: -one.megabytes)[:_SHOWN]
    for one in dict.fromkeys((*slowest, *largest, *broken)):
        row(
            f"`{one.name}`",
            f"{one.seconds:.1f}",
            f"{one.megabytes:.0f}",
            f"{one.papers:,}",
            f"{one.problems:,}",
            one.broken,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
