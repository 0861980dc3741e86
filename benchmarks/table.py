"""Tables in Markdown, a row at a time as it is measured. Used by everything in `benchmarks`."""

from __future__ import annotations

import sys


def head(*names: str) -> None:
    """Write the first two lines of a table."""
    row(*names)
    row(*("---" for _ in names))


def row(*cells: object) -> None:
    """Write one row at once."""
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Write a paragraph."""
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()
