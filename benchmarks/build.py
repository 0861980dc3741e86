"""What an update costs beside a full build: nothing changed, ten papers edited, ten added, ten removed.

    python -m benchmarks.build ABSTRACTS.jsonl [PAPERS ...]

Seconds of processor time over all processes, and of the clock; the ratio is that to the full build of the same run.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.table import head, row

CHANGED = 10


def build(records: Sequence[dict[str, Any]], folder: Path) -> tuple[float, float]:
    """Build, and return the seconds of processor time and of the clock."""
    source = folder / "papers.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(folder / "out")]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - begin


def main(source: str, sizes: Sequence[int]) -> None:
    """Print a table."""
    head("papers", "change", "processor s", "seconds", "of the full build's processor time")
    for size in sizes:
        with open(source, encoding="utf-8") as lines:
            records = [json.loads(line) for line in islice(lines, size + CHANGED)]
        some, more = records[:size], records[size:]
        step = max(1, size // CHANGED)
        edited = [r | {"abstract": r["abstract"] + " It runs."} if n % step == 0 else r for n, r in enumerate(some)]
        with tempfile.TemporaryDirectory() as name:
            full = 0.0
            steps = (("all new", some), ("none", some), ("10 edited", edited), ("10 added", [*edited, *more]))
            for change, now in (*steps, ("10 removed", edited)):
                used, seconds = build(now, Path(name))
                full = full or used
                row(f"{size:,}", change, f"{used:.1f}", f"{seconds:.1f}", f"{used / full:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [1_000, 3_000])
