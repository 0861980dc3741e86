"""`make bench`: how fast this machine builds the seeds and reads their abstracts, with and without the tagger.

Ratios within one run are what counts; machines and their neighbours differ.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.model import Paper
from kg.readers import read as read_files
from kg.workers import extract_one, load_lexicon

SEEDS = Path(__file__).parents[1] / "seeds"


def seconds(action: Callable[[], object], tries: int = 3) -> float:
    """Return the best wall-clock time of a few tries."""
    best = float("inf")
    for _ in range(tries):
        begin = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - begin)
    return best


def build_seeds() -> None:
    """Run `kg build` on the seeds in a process of its own, as a user does."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "kg", "build", str(SEEDS), "-o", out]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command


def ask_for_help() -> None:
    """Run `kg --help`."""
    subprocess.run([sys.executable, "-m", "kg", "--help"], check=True, capture_output=True)


def main() -> None:
    """Print a table."""
    papers = [item for item in read_files(str(SEEDS)) if isinstance(item, Paper)]
    lexicon = load_lexicon()

    def extract(*, tagger: bool) -> None:
        for paper in papers:
            extract_one(lexicon, paper, tagger=tagger)

    with_tagger, bare = seconds(lambda: extract(tagger=True)), seconds(lambda: extract(tagger=False))
    sys.stdout.write(f"kg build seeds/, a process from start to end   {seconds(build_seeds):8.2f} s\n")
    sys.stdout.write(f"kg --help                                      {1000 * seconds(ask_for_help, 7):8.0f} ms\n")
    sys.stdout.write(f"the vocabulary, {len(lexicon):,} concepts, from Turtle    {seconds(load_lexicon):8.2f} s\n")
    sys.stdout.write(f"extraction, one core                           {len(papers) / with_tagger:8.0f} abstracts/s\n")
    sys.stdout.write(f"extraction without the tagger                  {len(papers) / bare:8.0f} abstracts/s\n")


if __name__ == "__main__":
    main()
