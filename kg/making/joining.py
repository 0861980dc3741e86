"""The end of a large graph's writing: the parts that `kg.making.writing` wrote, in line with the entities between them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj

from kg.making.naming import Names
from kg.making.writing import BUFFER, PLACES, part_of, write_nodes
from kg.rdf.iris import encode
from kg.rdf.statements import Mentions, Nodes
from kg.rdf.turtle import NodeText, entity_prefixes, header
from kg.vocab import Kind


class Joiner:
    """Writes the entities, and puts all parts in line. `count` tells how many papers have an entity, by its number."""

    def __init__(self, names: Names, count: Callable[[int], int], base: str, mentions: Mentions, folder: Path) -> None:
        self._names, self._count, self._folder = names, count, folder
        self._nodes, self._text = Nodes(base, mentions), NodeText(base)

    def join(self, prefixes: set[str], out: Path) -> None:
        """Write the whole graph to a file, which appears when it is whole; each part is removed once it is copied.

        `prefixes` are those that the papers use.
        """
        draft = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            self._join(prefixes, draft)
            os.replace(draft, out)
        finally:
            draft.unlink(missing_ok=True)

    def _join(self, prefixes: set[str], out: Path) -> None:
        kinds = {kind for kind in Kind if len(self._range(kind))}
        with out.open("wb") as whole:
            whole.write(header(prefixes | entity_prefixes(kinds)).encode("ascii"))
            for place in sorted((*PLACES, *(kind.lower() for kind in Kind))):
                if place not in PLACES:
                    self._write(Kind(place.capitalize()), part_of(self._folder, place, 0))
                for part in sorted(self._folder.glob(f"{place}.*.ttl")):
                    with part.open("rb") as piece:
                        copyfileobj(piece, whole, BUFFER)
                    part.unlink()
            whole.flush()
            os.fsync(whole.fileno())

    def _write(self, kind: Kind, part: Path) -> None:
        """Write the nodes of the entities of one kind."""
        names = self._names
        order = sorted(self._range(kind), key=lambda number: encode(names.ids[number]))
        entities = (replace(names.entity(number), paper_count=self._count(number)) for number in order)
        with part.open("wb", BUFFER) as out:
            for entity in entities:
                write_nodes(out, self._nodes.entity(entity), self._text)

    def _range(self, kind: Kind) -> range:
        """Return the numbers of the entities of a kind."""
        after = f"{kind.lower()}0"  # "0" follows "/"
        return range(self._names.number(f"{kind.lower()}/"), self._names.number(after))
