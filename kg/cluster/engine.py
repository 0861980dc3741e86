"""Who runs the tasks of a build: anything that can call `kg.cluster.passes.run_here` on some machine. Used by `stream`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Engine(Protocol):
    """Runs tasks on machines that see the folder. A task may be run twice, also at the same time."""

    def check(self, folder: Path) -> None:
        """Raise `KgError` where a machine does not see the folder or has another kg."""

    def run(self, folder: Path, name: str, parts: int, done: Callable[[int], None]) -> list[Any]:
        """Return what each part of a pass found, in order; `done` is told how many are done. Raises `KgError`."""
