"""What `kg build --plan` says beside what the build then takes: `python -m benchmarks.planned PAPERS.jsonl [NUMBER ...]`.

Memory is that of all processes together, disk what lies in the folder at the end; the sizes are numbers of papers.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from benchmarks.growth import Watch
from benchmarks.table import head, row
from kg.pipeline import plan


def main(source: str, sizes: Sequence[int]) -> None:
    """Print the table."""
    head("papers", "time said, s", "took", "memory said, MB", "took", "disk said, MB", "took")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name, open(source, encoding="utf-8") as lines:
            papers, out = Path(name, "papers.jsonl"), Path(name, "out")
            papers.write_text("".join(islice(lines, size)), encoding="utf-8")
            said = plan([str(papers)])
            begin = time.perf_counter()
            command = [sys.executable, "-m", "kg", "build", str(papers), "-o", str(out)]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
                watch = Watch(process.pid, out)
            took = time.perf_counter() - begin
            watch.join()
            disk = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
            times = (f"{said.seconds:.0f}", f"{took:.0f}", f"{said.memory_mb:.0f}", f"{watch.memory_mb:.0f}")
            row(f"{said.papers:,}", *times, f"{said.disk_mb:.0f}", f"{disk:.0f}")


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [78, 1000, 5000])
