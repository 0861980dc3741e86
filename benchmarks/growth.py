"""How a build grows with the library: papers a second and peak memory of every stage, at several sizes.

    python -m benchmarks.growth ABSTRACTS.jsonl [SIZE ...]

Reads the first 2,000 abstracts once, and multiplies what they gave: each copy has a title of its own, and names that few
papers share get names of their own, so that the vocabulary grows with the library as Zipf has it. What is read is put into
the cache, so the figures are those of everything but extraction, which is a pure function of each paper and measured by
`make bench`. Memory is the sum over all processes of what each has for itself and its share of the rest.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from benchmarks.table import head, row
from kg.making.cache import FILE, Cache
from kg.making.folder import BESIDE
from kg.making.gather import gather
from kg.making.version import paper_key, reading_version
from kg.model import Extraction, Paper
from kg.readers import read
from kg.records import encode
from kg.workers import load_lexicon

BASE = 2000
RARE = 3  # papers of the first 2,000; names that no more share are new in most copies
NEW = 0.6  # the share of rare names that a copy makes its own


@dataclass(frozen=True, slots=True)
class Grown:
    """What a build of some size took."""

    papers: int
    seconds: float
    processor: float
    memory_mb: float
    turtle_mb: float
    work_mb: float


def library(papers: Sequence[Paper], given: Sequence[Extraction], size: int) -> Iterator[tuple[Paper, Extraction]]:
    """Yield `size` papers with what they say."""
    shared = Counter(name for one in given for name in {m.entity for m in one.mentions})
    for number in range(size):
        copy, at = divmod(number, len(papers))
        if copy == 0:
            yield papers[at], given[at]
            continue
        rng = random.Random(number)  # noqa: S311 - a corpus, not a secret
        own = {
            name: f"{name} {copy}" if "/" not in name and shared[name] <= RARE and rng.random() < NEW else name
            for name in sorted({m.entity for m in given[at].mentions})
        }
        mentions = tuple(replace(m, entity=own[m.entity]) for m in given[at].mentions)
        paper = replace(papers[at], title=f"{papers[at].title} v{copy}", doi="", arxiv="", identifiers=(), csl="")
        yield paper, replace(given[at], mentions=mentions)


def grow(papers: Sequence[Paper], given: Sequence[Extraction], size: int, folder: Path, *options: str) -> Grown:
    """Build a library of `size` papers, of which everything has been read."""
    source, out = folder / "papers.jsonl", folder / "out"
    version = reading_version(load_lexicon())
    with source.open("w", encoding="utf-8") as lines, Cache(out / BESIDE / FILE, say=print) as cache:
        for paper, extraction in library(papers, given, size):
            lines.write(json.dumps({"title": paper.title, "abstract": paper.abstract, "year": paper.year}) + "\n")
            cache.put(paper_key(version, paper), encode(extraction))
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(out), "--to", "turtle", *options]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        watch = Watch(process.pid, out / BESIDE / "work")
        process.wait()
    seconds = time.perf_counter() - begin
    watch.join()
    if process.returncode:
        raise SystemExit(f"a build of {size} papers ended with {process.returncode}")
    turtle = (out / "kg.ttl").stat().st_size / 1e6
    return Grown(size, seconds, watch.processor, watch.memory_mb, turtle, watch.work_mb)


class Watch(threading.Thread):
    """Looks at a process and its children (Linux) until it ends: peak memory in MB, seconds of processor time."""

    def __init__(self, pid: int, folder: Path) -> None:
        super().__init__(daemon=True)
        self._pid, self._folder = pid, folder
        self.memory_mb = self.processor = self.work_mb = 0.0
        self.start()

    def run(self) -> None:
        """Look five times a second."""
        root = Path(f"/proc/{self._pid}")
        while True:
            try:
                memory = memory_mb(self._pid)
                self.processor = _processor(root)
            except (FileNotFoundError, ProcessLookupError, IndexError):
                return
            if not memory:
                return
            self.memory_mb = max(self.memory_mb, memory)
            if self._folder.is_dir():
                sizes = (path.stat().st_size for path in self._folder.iterdir() if path.exists())
                self.work_mb = max(self.work_mb, sum(sizes) / 1e6)
            time.sleep(0.2)


def memory_mb(process: int) -> float:
    """Return the megabytes of a process and its children (Linux): of each what it has for itself and its share of the rest."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return sum(_share(pid) for pid in (str(process), *children))


def _share(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def _processor(root: Path) -> float:
    """Return the seconds of processor time of a process and of its children that have ended."""
    fields = (root / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / 100


def main(source: str, sizes: Sequence[int]) -> None:
    """Print a table."""
    papers = [item for item in islice(read(source), BASE) if isinstance(item, Paper)]
    papers = [replace(p, doi="", arxiv="", identifiers=(), csl="", references=(), authors=()) for p in papers]
    given = gather(papers, load_lexicon()).extractions
    head("papers", "seconds", "processor s", "papers/s", "papers/processor s", "memory MB", "kg.ttl MB", "work MB")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            g = grow(papers, given, size, Path(folder))
        rate, pure = g.papers / g.seconds, g.papers / max(0.01, g.processor)
        took = (f"{g.papers:,}", f"{g.seconds:.0f}", f"{g.processor:.0f}", f"{rate:.0f}", f"{pure:.0f}")
        row(*took, f"{g.memory_mb:.0f}", f"{g.turtle_mb:,.0f}", f"{g.work_mb:,.0f}")


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [3_000, 30_000, 300_000])
