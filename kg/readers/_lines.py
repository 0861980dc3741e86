"""A text whose lines end somewhere: of a line that is too long for any record, the rest is passed over and noted.

Used by `_open`, so that a reader that goes line by line holds no more in memory than one such line.
"""

from __future__ import annotations

import io

LONGEST = 1 << 25
"""Characters of a line. A record of 10 MB in one line is read whole."""


class Lines(io.TextIOWrapper):
    """A text stream of bounded lines; `damage` gets what is left out."""

    def __init__(self, raw: io.BufferedReader, *, encoding: str, damage: list[str]) -> None:
        super().__init__(raw, encoding=encoding, errors="replace")
        self._damage = damage
        self._number = 0

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override] # as of every text stream
        """Return the next line, or its beginning."""
        line = super().readline(LONGEST if size < 0 else size)
        self._number += 1
        if size < 0 and len(line) == LONGEST and not line.endswith("\n"):
            rest = super().readline(LONGEST)
            if rest.strip("\n"):
                self._damage.append(
                    f"line {self._number:,} is longer than {LONGEST:,} characters; the rest of it is not read"
                )
            while rest and not rest.endswith("\n"):
                rest = super().readline(LONGEST)
            line += "\n" * rest.endswith("\n")
        return line
