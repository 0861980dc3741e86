"""What the tasks of a build on a cluster take, and what stays with the one who asked: for `docs/scaling.md`.

    python -m benchmarks.cluster ABSTRACTS.jsonl           the abstracts themselves, read by one process at a time
    python -m benchmarks.cluster ABSTRACTS.jsonl SIZE      as many papers, made of the first 2,000 as `benchmarks.growth` does

Every task is run by a process of its own, one after another, so that the processor time and memory of each are its own. In
the second form nothing is read: what papers say is put where the reading pass looks for it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.growth import BASE, library
from kg.cluster import job, reading, shards
from kg.cluster.passes import found_in
from kg.cluster.stream import ClusterStream
from kg.making.gather import gather
from kg.making.library import Library
from kg.making.spool import Spool
from kg.making.stream import Settings
from kg.model import Extraction, Paper
from kg.readers import read
from kg.records import encode
from kg.vocab import BASE as IRI
from kg.workers import PATIENCE, load_lexicon


class Measured:
    """An engine that runs tasks one after another, and writes down what each pass took."""

    def __init__(self, said: Callable[[Paper], bytes] | None) -> None:
        self._said = said
        self.passes: dict[str, tuple[float, float, float]] = {}

    def check(self, folder: Path) -> None:
        """Trust this machine."""

    def run(self, folder: Path, name: str, parts: int, done: Callable[[int], None]) -> list[Any]:
        """Return what each part of a pass found."""
        if name == "read" and self._said:
            self._put(job.load(folder), self._said)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        answers = [_run(folder, name, part) for part in range(parts)]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        self.passes[name] = (seconds, size, max(memory for _, memory in answers))
        return [found_in(answer) for answer, _ in answers]

    def _put(self, made: job.Job, said: Callable[[Paper], bytes]) -> None:
        for part in range(made.parts):
            rows = ((said(paper), "") for _, paper in reading.papers_of(made, part))
            shards.write(made.reading_of(part), reading.READINGS, [shards.table(reading.READINGS, rows)])


_TASK = """
import sys
from kg.cluster.passes import main
main(*sys.argv[1:])
sys.stderr.write(open("/proc/self/status").read())
"""


def _run(folder: Path, name: str, part: int) -> tuple[Any, float]:
    """Return what a task answers, and the most memory that it had, in MB."""
    command = [sys.executable, "-c", _TASK, str(folder), name, str(part)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - ourselves
    return json.loads(done.stdout), _status("VmHWM", done.stderr)


def _status(name: str, text: str = "") -> float:
    """Return a line of what Linux says of a process, this one unless told, in MB."""
    text = text or Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1000 for line in text.splitlines() if line.startswith(name))


def grown(papers: Sequence[Paper], given: Sequence[Extraction], size: int, spool: Spool) -> Iterator[Paper]:
    """Yield `size` papers, and put what they say under their numbers."""
    for number, (paper, extraction) in enumerate(library(papers, given, size)):
        spool.put(number, encode(extraction))
        yield paper
    spool.seal()


def main(source: str, size: int) -> None:
    """Print what each pass took."""
    lexicon = load_lexicon()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "work"
        folder.mkdir()
        shelf = Library(folder)
        papers: Iterator[Paper] = (item for item in read(source) if isinstance(item, Paper))
        said = None
        if size:
            base = [replace(p, doi="", arxiv="", identifiers=(), csl="", references=()) for p in islice(papers, BASE)]
            at = {paper.title: number for number, paper in enumerate(base)}
            spool = Spool(Path(name) / "said")

            def said(paper: Paper) -> bytes:
                title, _, copy = (paper.title, "", "0") if paper.title in at else paper.title.rpartition(" v")
                return spool[int(copy) * len(base) + at[title]]

            papers = grown(base, gather(base, lexicon).extractions, size, spool)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        before = _status("VmRSS")
        for paper in papers:
            shelf.add(paper)
        shelf.close()
        engine = Measured(said)
        settings = Settings(lexicon, (), (), IRI, 0.5, "best", None, True, PATIENCE, None)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        ClusterStream(shelf, folder, settings, engine).write(Path(name) / "kg.ttl")
        _report(engine, len(shelf), resource.getrusage(resource.RUSAGE_SELF).ru_utime - own, Path(name))
        peak = _status("VmHWM")
        sys.stdout.write(f"memory of the client: {before:.0f} MB before, {peak:.0f} MB at most\n")


def _report(engine: Measured, papers: int, own: float, folder: Path) -> None:
    out = sys.stdout
    out.write(
        f"{papers:,} papers\npass | processor ms a paper | KB a paper in the folder after it | MB of the largest task\n"
    )
    for name, (seconds, size, memory) in engine.passes.items():
        out.write(f"{name} | {1000 * seconds / papers:.2f} | {size / papers / 1000:.2f} | {memory:.0f}\n")
    out.write(f"client | {1000 * own / papers:.2f} |\n")
    sizes = (("kg.ttl", folder / "kg.ttl"), *(("kept", path) for path in sorted((folder / "read").iterdir())))
    for name in ("kg.ttl", "kept"):
        total = sum(path.stat().st_size for which, path in sizes if which == name)
        out.write(f"{name}: {total / papers / 1000:.2f} KB a paper\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
