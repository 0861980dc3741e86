"""The papers of a library too large for memory: records in, distinct papers by number out, in order of their ids.

Texts go to a file at once; what is held of a record is its id and hashes of what it is known by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.making.spool import Spool
from kg.model import Paper
from kg.records import decode_paper, encode_paper
from kg.resolve.papers import Known, Merged, Twins, merge_group, named, paper_id


class Library(Sequence[Paper]):
    """Distinct papers, the same as `kg.resolve.papers.merge_papers` makes of the records. Add these, then `close`."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder / "papers")
        self._twins = Twins()
        self._own: list[str] = []  # the id that each record has by itself
        self._groups: list[list[int]] = []
        self._known: Known | None = None
        self._references = False
        self.records = 0
        self.ids: list[str] = []

    def add(self, paper: Paper) -> None:
        """Take in a record."""
        self._spool.append(encode_paper(paper))
        self._twins.add(paper)
        self._own.append(paper_id(paper))
        self._references = self._references or bool(paper.references)
        self.records += 1

    def close(self) -> None:
        """Join the records of one paper, and number the papers in order of their ids."""
        self._spool.seal()
        by_id: dict[str, list[int]] = {}
        for group in self._twins.groups():
            own = self._own[group[0]] if len(group) == 1 else self._merged(group).id
            by_id.setdefault(own, []).extend(group)
        found = sorted((own if len(group) == 1 else self._merged(group).id, group) for own, group in by_id.items())
        self.ids = [own for own, _ in found]
        self._groups = [group for _, group in found]
        self._twins, self._own = Twins(), []
        if self._references:
            self._known = Known(self.ids)
            for number in range(len(self)):
                self._known.add(number, self[number])

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, number: int) -> Paper:  # type: ignore[override]
        return self.merged(number).paper

    def __iter__(self) -> Iterator[Paper]:
        return (self[number] for number in range(len(self)))

    def merged(self, number: int) -> Merged:
        """Return a paper with every place it was read from."""
        return self._merged(self._groups[number])

    def cites(self, number: int, paper: Paper) -> tuple[str, ...]:
        """Return the ids of the papers that a paper cites, in order."""
        if self._known is None:
            return ()
        found = {named(reference, self._known) for reference in paper.references}
        return tuple(sorted(found - {"", self.ids[number]}))

    def _merged(self, group: Sequence[int]) -> Merged:
        return merge_group([decode_paper(self._spool[record]) for record in group])
