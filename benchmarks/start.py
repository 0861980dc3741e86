"""What a user waits for first: `kg --help`, a build of the seeds, a question, the vocabulary. `python -m benchmarks.start`.

Each command is a process of its own, from its start to its end; the best of a few tries counts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

from benchmarks.table import head, row
from benchmarks.timing import SEEDS, seconds
from kg.workers import load_lexicon


def kg(*arguments: str) -> None:
    """Run one command."""
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)  # noqa: S603 - our own command


def main() -> None:
    """Print the table."""
    head("command", "seconds", "goal")
    row("`kg --help`", f"{seconds(lambda: kg('--help'), 7):.2f}", "0.15")
    with tempfile.TemporaryDirectory() as out:
        row("`kg build seeds/`", f"{seconds(lambda: kg('build', str(SEEDS), '-o', out, '--fresh')):.2f}", "3")
        ask = ("query", "papers-using", "transformer", "--graph", out)
        row("`kg query papers-using transformer` on the seeds", f"{seconds(lambda: kg(*ask), 5):.2f}", "0.5")
    row(f"loading {len(load_lexicon()):,} concepts", f"{seconds(load_lexicon):.2f}", "")


if __name__ == "__main__":
    main()
