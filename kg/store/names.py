"""What things are called in a graph that is not in memory: the same rules as `KnowledgeGraph.find`, asked of a store.

A store on disk has an index of normal forms. Of any other store, names that begin alike are asked for, and compared here:
no server knows that ``CNNs`` and ``convolutional-neural network`` are names one way or another.
"""

from __future__ import annotations

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.answers import Answer
from kg.errors import NotFoundError
from kg.rdf.iris import base_iri, decode, encode
from kg.rdf.terms import Iri, Literal
from kg.store.source import Source
from kg.text.forms import key, tight_key
from kg.vocab import KG, Kind

LABEL, ALIAS, EXACT, TITLE = range(4)
"""Sorts of names, in the order in which they are looked for."""

_KINDS = {KG + kind.value: kind.value.lower() for kind in Kind}
_PREDICATES = {
    LABEL: "skos:prefLabel",
    ALIAS: "skos:altLabel",
    EXACT: "bibo:doi|fabio:hasArXivId|dcterms:identifier",
    TITLE: "dcterms:title",
}
_SQUEEZED = re.compile(r"[^a-z0-9]+")
_NEAR = 5000  # names that are looked at for one that is near
_MOST_NEAR = 3

Named = tuple[str, str, int]
"""A node as it is found: its local id, its kind (``paper``, ``method``), how many papers have it."""


class Names(ABC):
    """Finds nodes by what they are called. Nodes are local ids, as in `KnowledgeGraph`."""

    base: str

    def find(self, name: str, *, papers_only: bool = False) -> list[str]:
        """Return the ids of the nodes that go by `name`, the best match first, as `KnowledgeGraph.find` does."""
        local = name.removeprefix(self.base)
        if self._fitting(self.known(local), papers_only):
            return [local]
        for tier in range(TITLE + 1):
            for form in dict.fromkeys((key(name), tight_key(name))):
                found = self._fitting(self.called(tier, form, name), papers_only) if form else []
                if found:
                    return [node for node, _, _ in sorted(found, key=_rank)]
        start = key(name)
        return [node for node, _, _ in sorted(self.titled(start, name))] if start else []

    def find_one(self, name: str, *, papers_only: bool = False) -> str:
        """Return the id of the node that goes by `name`; raises `NotFoundError` with near names when there is none."""
        found = self.find(name, papers_only=papers_only)
        if not found:
            near = self._near(name)
            hint = f"did you mean {', '.join(near)}?" if near else "see `kg stats` for what it holds"
            raise NotFoundError(f"the graph holds nothing called {name!r}", hint=hint)
        return found[0]

    def kind_of(self, node: str) -> str:
        """Return ``paper``, or the kind of an entity (``method``); empty for what is neither."""
        return next((kind for _, kind, _ in self.known(node)), "")

    def iri(self, node: str) -> str:
        """Return the full IRI of a node."""
        return base_iri(self.base) + encode(node)

    def local(self, iri: str) -> str:
        """Return the local id of a full IRI."""
        return decode(iri.removeprefix(self.base))

    @abstractmethod
    def known(self, local: str) -> list[Named]:
        """Return the paper or entity that has a local id."""

    @abstractmethod
    def called(self, tier: int, form: str, name: str) -> list[Named]:
        """Return the nodes that have a name of one sort with a normal form, which is that of `name`."""

    @abstractmethod
    def titled(self, start: str, name: str) -> list[Named]:
        """Return the papers whose title's normal form begins with `start`, which is that of `name`."""

    @abstractmethod
    def labels_like(self, form: str, name: str) -> Iterable[str]:
        """Return labels that begin as a normal form does, which is that of `name`."""

    def _fitting(self, found: list[Named], papers_only: bool) -> list[Named]:
        return [one for one in found if one[1] == "paper" or not papers_only]

    def _near(self, name: str) -> list[str]:
        from difflib import get_close_matches

        labels = {label.casefold(): label for label in self.labels_like(key(name), name)}
        close = get_close_matches(name.casefold(), labels, n=_MOST_NEAR, cutoff=0.7)
        return [labels[one] for one in close]


def names_of(source: Source) -> Names:
    """Return what finds names in a graph: its index where it has one, else its answers."""
    index: sqlite3.Connection | None = getattr(source, "index", None)
    return IndexedNames(index) if index else AskedNames(source)


class IndexedNames(Names):
    """Names of a graph whose store on disk has an index."""

    _FOUND = "SELECT iri, kind, papers FROM node WHERE id IN"
    _CALLED = "SELECT node FROM name WHERE form = ? AND tier = ?"

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self.base = str(index.execute("SELECT value FROM about WHERE name = 'base'").fetchone()[0])

    def known(self, local: str) -> list[Named]:
        """Return the paper or entity that has a local id."""
        return self._rows("SELECT iri, kind, papers FROM node WHERE iri = ? AND kind <> ''", self.iri(local))

    def called(self, tier: int, form: str, name: str) -> list[Named]:
        """Return the nodes that have a name of one sort with a normal form."""
        return self._rows(f"{self._FOUND} ({self._CALLED})", form, tier)

    def titled(self, start: str, name: str) -> list[Named]:
        """Return the papers whose title begins with a normal form."""
        names = "SELECT node FROM name WHERE form >= ? AND form < ? AND tier = ? AND tight = 0"
        return self._rows(f"{self._FOUND} ({names})", start, start + chr(0x10FFFF), TITLE)

    def labels_like(self, form: str, name: str) -> Iterator[str]:
        """Yield labels that begin with the same two letters."""
        names = "SELECT node FROM name WHERE form >= ? AND form < ? AND tier = ?"
        asked = f"SELECT label FROM node WHERE id IN ({names}) ORDER BY papers DESC, label LIMIT {_NEAR}"  # noqa: S608
        start = form[:2]
        yield from (row[0] for row in self._index.execute(asked, (start, start + chr(0x10FFFF), LABEL)))

    def _rows(self, sql: str, *values: object) -> list[Named]:
        return [(self.local(iri), kind, papers or 0) for iri, kind, papers in self._index.execute(sql, values)]


class AskedNames(Names):
    """Names of a graph that can only be asked in SPARQL."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._asked: dict[tuple[int, str], list[tuple[Named, str]]] = {}

    @cached_property
    def base(self) -> str:  # type: ignore[override]  # asked for when it is first needed
        """The IRI that local ids are appended to, as some of the nodes tell."""
        from kg.rdf.load import derive_base

        def some(kind: str) -> list[str]:
            answer = self._source.query(f"SELECT ?node WHERE {{ ?node a kg:{kind} }} LIMIT 50")
            return [row[0].value for row in answer.rows if isinstance(row[0], Iri)]

        papers = some("Paper")
        return derive_base(papers, some("Entity")) if papers else derive_base((), some("Entity"))

    def known(self, local: str) -> list[Named]:
        """Return the paper or entity that has a local id."""
        return self._known([local])

    def called(self, tier: int, form: str, name: str) -> list[Named]:
        """Return the nodes that have a name of one sort with a normal form."""
        found = [node for node, text in self._candidates(tier, name) if form in (key(text), tight_key(text))]
        if tier == EXACT:
            found += self._bare(form, name)
        return list(dict.fromkeys(found))

    def titled(self, start: str, name: str) -> list[Named]:
        """Return the papers whose title begins with a normal form."""
        return [node for node, text in self._candidates(TITLE, name) if key(text).startswith(start)]

    def labels_like(self, form: str, name: str) -> Iterator[str]:
        """Yield labels that begin alike."""
        yield from (text for _, text in self._candidates(LABEL, name)[:_NEAR])

    def _bare(self, form: str, name: str) -> list[Named]:
        """Return the nodes whose local id is the name when the class before it is left out, however it is written."""
        words = dict.fromkeys((name, name.lower(), form.replace(" ", "-")))
        return self._known([f"{kind}/{word}" for kind in ("paper", *_KINDS.values()) for word in words])

    def _known(self, locals: Iterable[str]) -> list[Named]:
        """Return the papers and entities among local ids."""
        nodes = " ".join(f"<{self.iri(local)}>" for local in locals)
        counted = "OPTIONAL { ?node kg:paperCount ?papers }"
        answer = self._source.query(
            f"SELECT ?node ?class ?papers {{ VALUES ?node {{ {nodes} }} ?node a ?class {counted} }}"
        )
        found: dict[str, Named] = {}
        for node, kind, papers in answer.rows:
            named = "paper" if kind and kind.value == KG + "Paper" else _KINDS.get(kind.value if kind else "", "")
            if node and named:
                local = self.local(node.value)
                found[local] = (local, named, int(papers.value) if papers else 0)
        return list(found.values())

    def _candidates(self, tier: int, name: str) -> list[tuple[Named, str]]:
        """Return the nodes with names of one sort that begin about as `name` does."""
        starts = tuple(dict.fromkeys(_start(form) for form in (name, key(name))))
        asked = (tier, "".join(starts))
        if asked not in self._asked:
            self._asked[asked] = list(self._read(self._source.query(_asking(tier, starts))))
        return self._asked[asked]

    def _read(self, answer: Answer) -> Iterator[tuple[Named, str]]:
        for node, text, count, kind in answer.rows:
            if isinstance(node, Iri) and isinstance(text, Literal):
                named = "paper" if kind is None else _KINDS.get(kind.value, "")
                yield (self.local(node.value), named, int(count.value) if count else 0), text.value


def _asking(tier: int, starts: Iterable[str]) -> str:
    """Return the query for names that begin with one of `starts`, or with what letters and digits alone do not tell."""
    tests = " || ".join(f'STRSTARTS(?plain, "{start}")' for start in starts)
    kinds = " ".join(f"kg:{kind.value}" for kind in Kind)
    about = f"?node kg:paperCount ?papers ; a ?kind . VALUES ?kind {{ {kinds} }}" if tier < EXACT else ""
    return f"""SELECT ?node ?name ?papers ?kind WHERE {{
  ?node {_PREDICATES[tier]} ?name .
  BIND(REPLACE(LCASE(STR(?name)), "[^a-z0-9]+", "") AS ?plain)
  FILTER({tests} || REGEX(SUBSTR(STR(?name), 1, 4), "[^A-Za-z0-9 -]"))
  {about}
}} ORDER BY DESC(?papers) ?node ?name"""


def _start(name: str) -> str:
    """Return the letters and digits that all spellings of a name begin with: plurals and the like change its end."""
    plain = _SQUEEZED.sub("", name.lower())
    first = name.split()[0] if name.split() else ""
    return plain[: max(2, min(4, len(_SQUEEZED.sub("", first.lower())) - 3))]


def _rank(found: Named) -> tuple[bool, int, str]:
    node, kind, papers = found
    return (kind != "paper", -papers, node)
