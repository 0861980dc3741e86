"""The papers among what readers yield, with the problems kept for the end. For `kg.pipeline`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.making.gather import Progress, tell
from kg.model import Paper, Problem, Where
from kg.text.document import LONGEST


class Items:
    """The papers among what was read; the problems, once all is read."""

    def __init__(self, items: Iterator[Paper | Problem], progress: Progress | None) -> None:
        self._items, self._progress = items, progress
        self._long: list[Problem] = []
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[Paper]:
        count = 0
        for item in self._items:
            if isinstance(item, Problem):
                self.problems.append(item)
                continue
            count += 1
            tell(self._progress, "reading files", count, 0)
            self._long += _too_long(item)
            yield item
        self.problems += self._long
        self._long = []


def _too_long(paper: Paper) -> Iterator[Problem]:
    """Name a record whose text is too long to be an abstract; it is in the graph, but read in part."""
    length = max(len(paper.title), len(paper.abstract))
    if length > LONGEST:
        reason = f"the text has {length:,} characters; names were looked for in the first {LONGEST:,} only"
        yield Problem(paper.where or Where(paper.id), reason)
