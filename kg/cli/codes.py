"""The exit codes of `kg`, a fixed contract."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """What a process that ran `kg` is told."""

    DONE = 0
    SOME_BAD = 1
    """Done, but some records or checks were bad; each is named on stderr."""
    USAGE = 2
    FAILED = 3
    """An input or output could not be read or written at all."""
    INTERRUPTED = 130
