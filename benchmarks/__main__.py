"""`make bench [ABSTRACTS=FILE]`: measure what docs/performance.md tells, and write the tables there.

    python -m benchmarks [--abstracts FILE] [SECTION ...]

FILE is anything that `kg` reads; without it the seeds are read, and the sizes are theirs. Each section is a module of this
package, run alone; its Markdown is shown, and put between ``<!-- SECTION -->`` and ``<!-- end -->`` of the page. A section
that fails leaves its part of the page as it was.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.table import say
from benchmarks.timing import SEEDS
from kg.model import Paper
from kg.readers import read

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
MOST = 5_000  # papers that the largest section needs
SECTIONS = {
    "start": ("benchmarks.start",),
    "reading": ("benchmarks.extraction", "PAPERS"),
    "rdf": ("benchmarks.rdf", "FEW"),
    "queries": ("benchmarks.queries", "--beside", "GRAPH"),
    "updates": ("benchmarks.build", "PAPERS", "1000"),
    "growth": ("benchmarks.growth", "PAPERS", "3000", "24000"),
    "plan": ("benchmarks.planned", "PAPERS", "78", "1000", "5000"),
    "faults": ("benchmarks.faults", "PAPERS", "220", "30"),
    "attacks": ("benchmarks.attacks", "10"),
}
"""The commands of the sections; words in capitals stand for files that are made first."""


def main() -> int:
    """Measure some sections, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--abstracts", default=str(SEEDS), help="anything that kg reads")
    given = parser.parse_args()
    if unknown := set(given.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}")
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        files = _files(given.abstracts, Path(name))
        for section in given.sections or SECTIONS:
            say(f"## {section}")
            table = _measure([files.get(word, word) for word in SECTIONS[section]])
            failed += table is None
            if table is not None:
                PAGE.write_text(_put(PAGE.read_text(encoding="utf-8"), section, table), encoding="utf-8")
    return min(1, failed)


def _files(source: str, folder: Path) -> dict[str, str]:
    """Make what the sections read: papers as JSON lines, some of them, and the graph of the seeds."""
    papers = [item for item in islice(read(source), MOST) if isinstance(item, Paper)]
    lines = [json.dumps({"title": p.title, "abstract": p.abstract, "year": p.year}) + "\n" for p in papers]
    names = {"PAPERS": folder / "papers.jsonl", "FEW": folder / "few.jsonl", "GRAPH": folder / "graph"}
    names["PAPERS"].write_text("".join(lines), encoding="utf-8")
    names["FEW"].write_text("".join(lines[:200]), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(SEEDS), "-o", str(names["GRAPH"])]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return {word: str(path) for word, path in names.items()}


def _measure(command: list[str]) -> str | None:
    """Run one module, show what it prints as it comes, and return it; None when it failed."""
    lines = []
    with subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    say("")
    return None if process.returncode else "".join(lines).strip()


def _put(page: str, section: str, table: str) -> str:
    """Return the page with a new table in one section."""
    mark = f"<!-- {section} -->"
    when = f"Measured on {datetime.now(UTC):%Y-%m-%d}."
    found = re.compile(rf"{mark}\n.*?<!-- end -->", re.DOTALL)
    if not found.search(page):
        raise SystemExit(f"docs/performance.md has no place for {section}: {mark}")
    return found.sub(lambda _: f"{mark}\n\n{table}\n\n{when}\n\n<!-- end -->", page, count=1)


if __name__ == "__main__":
    sys.exit(main())
