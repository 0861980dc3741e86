"""What `kg` tells on stderr while it works: notes, problems, and a progress bar for anything over a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds of work before a progress bar appears."""


def say(text: object) -> None:
    """Write one line on stderr."""
    click.echo(" ".join(str(text).split()), err=True)


class Progress:
    """A callback ``(stage, done, total)`` that draws a bar on a terminal, once the work has taken over a second.

    Use it as a context manager, so that the bar is gone when something goes wrong.
    """

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: Bar | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done; a total of 0 means that nobody knows yet."""
        if not sys.stderr.isatty() or time.monotonic() - self._start < PATIENCE:
            return
        bar = self._bar or self._open()
        if stage not in self._tasks:
            self._tasks[stage] = bar.add_task(stage, total=total or None)
        bar.update(self._tasks[stage], completed=done, total=total or None)

    def _open(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        return self._bar
