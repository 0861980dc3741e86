"""The index beside the store of a large graph: what things are called, and counts over the whole graph, in SQLite.

Finding a name by its normal form, and counting over all papers, is what SPARQL alone cannot do fast. `index.sql` says
what the index holds. Made once by `kg.store.disk`, in one pass over the Turtle; read by `kg.store.names` and by the
questions that have an `.sql` form.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from importlib import resources
from itertools import chain, product
from pathlib import Path
from typing import BinaryIO

from kg.rdf.iris import decode
from kg.rdf.layout import Values, values
from kg.store.survey import ENTITIES, Survey, blocks_of, lines_of
from kg.text.forms import key
from kg.vocab import BASE, KG, Kind, Role

LABEL, ALIAS, EXACT, TITLE = range(4)
_PAPER = KG + "Paper"
_KINDS = {KG + kind.value: kind.value.lower() for kind in reversed(Kind)}
_ROLES = [(f"kg:{role.value}", role.value) for role in Role if role is not Role.MENTIONS]
_BATCH = 20_000
_READ = {*ENTITIES, "paper", "result", ""}
_PART = re.compile(r'kg:sharedEntity <([^>]*)> ;\n    kg:weight "([^"]*)"')
Part = tuple[str, str, bool]
"""What a link rests on: an entity, its weight, and whether both papers have it themselves, not by something narrower."""


def build(path: Path, turtle: Path, seen: Survey) -> None:
    """Write the index of a Turtle file to `path`.

    Raises `kg.rdf.layout.ForeignLayoutError` when the file is not laid out as our writer does, and as `build_from` does.
    """
    with turtle.open("rb") as file:
        spans = [(start, end) for name, start, end in seen.sections if name in _READ]
        lines = chain.from_iterable(lines_of(file, start, end) for start, end in spans)
        parts = chain.from_iterable(_parts(file, start, end) for start, end in seen.spans("link"))
        build_from(path, values(lines), parts)


def build_from(path: Path, nodes: Iterable[tuple[str, Values]], parts: Iterable[Part] = ()) -> None:
    """Write the index of nodes, given each once with all that is said of it.

    `parts` are what links rest on, where that is not among the nodes. Raises `OSError` when it cannot be written.
    """
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
        database.executescript(_script("index.sql"))
        database.execute("BEGIN")
        writer = _Writer(database)
        for subject, said in nodes:
            writer.take(subject, said)
        for part in parts:
            writer.part(*part)
        writer.finish()
        database.execute("COMMIT")
        database.executescript(_script("index.finish.sql"))
    except sqlite3.OperationalError as error:  # no room, no right
        raise OSError(f"the index cannot be written: {error}") from error
    finally:
        database.close()


def _parts(file: BinaryIO, start: int, end: int) -> Iterator[Part]:
    """Yield the parts of links; a third of a graph is links, and this is all that counts."""
    for block in blocks_of(file, start, end):
        found = _PART.search(block)
        if found:
            evidence = block[: found.start()].partition("kg:evidence")[2]
            yield found[1], found[2], _own(found[1], evidence.split(","))


def _own(entity: str, evidence: Sequence[str]) -> bool:
    """Tell whether all mentions, by their IRIs, are of the entity itself."""
    before, _, name = entity.rpartition("/")
    local = f"/{before.replace('#', '/').rpartition('/')[2]}/{name}/"
    return all(local in mention for mention in evidence if mention.strip())


def open_index(path: Path) -> sqlite3.Connection:
    """Open an index to read; raises `OSError` when it is none."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        database.execute("PRAGMA cache_size=-100000")
        database.execute("SELECT value FROM about").fetchall()
    except sqlite3.Error as error:
        raise OSError(f"the index cannot be read: {error}") from error
    return database


def _script(name: str) -> str:
    return resources.files("kg.store").joinpath(name).read_text(encoding="utf-8")


class _Writer:
    """Turns nodes into rows. Nodes have numbers from the first time that anything names them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.ids: dict[str, int] = {}
        self.links: Counter[int] = Counter()
        self.bases: set[str] | None = None
        self.totals: Counter[str] = Counter()
        self.reported: dict[str, int] = {}  # result -> paper
        self.rows: dict[str, list[tuple[object, ...]]] = {}

    def take(self, subject: str, said: Values) -> None:
        """Take in one node."""
        types = said.get("rdf:type", ())
        if _PAPER in types:
            self.paper(subject, said)
        elif "skos:prefLabel" in said:
            self.entity(subject, said, next((kind for name, kind in _KINDS.items() if name in types), ""))
        elif "kg:sharedEntity" in said:
            entity = said["kg:sharedEntity"][0]
            self.part(entity, said["kg:weight"][0], _own(entity, said.get("kg:evidence", ())))
        elif "kg:lexicalValue" in said:
            self.result(subject, said)

    def id(self, iri: str) -> int:
        """Return the number of a node."""
        return self.ids.setdefault(iri, len(self.ids) + 1)

    def paper(self, iri: str, said: Values) -> None:
        """Take in a paper: its names, what it states, its code; results come after it."""
        node, local = self.id(iri), self.local(iri)
        title = said.get("dcterms:title", [""])[0]
        years = said.get("fabio:hasPublicationYear")
        self.add("node", node, iri, "paper", title or None, int(years[0]) if years else None, None, None)
        identifiers = chain.from_iterable(
            said.get(name, ()) for name in ("bibo:doi", "fabio:hasArXivId", "dcterms:identifier")
        )
        for name in dict.fromkeys([local.partition("/")[2], *identifiers]):
            self.name(node, name, EXACT)
        self.name(node, title, TITLE)
        roles = dict.fromkeys(said.get("kg:mentions", ()), Role.MENTIONS.value)
        for predicate, role in _ROLES:
            roles.update(dict.fromkeys(said.get(predicate, ()), role))
        for entity, role in roles.items():
            self.add("fact", node, self.id(entity), role)
        for url in said.get("schema:codeRepository", ()):
            self.add("code", node, url)
        self.totals["abstracts"] += "dcterms:abstract" in said
        self.totals["links"] += len(said.get("kg:sharesTechniqueWith", ()))
        self.totals["results"] += len(said.get("kg:hasResult", ()))
        self.totals["urls"] += len(said.get("kg:url", ()))
        self.reported.update((result, node) for result in said.get("kg:hasResult", ()))

    def entity(self, iri: str, said: Values, kind: str) -> None:
        """Take in an entity: its names and how many papers have it."""
        node, label = self.id(iri), said["skos:prefLabel"][0]
        self.add("node", node, iri, kind, label, None, int(said["kg:paperCount"][0]), 0)
        known = self.name(node, label, LABEL)
        for alias in said.get("skos:altLabel", ()):
            known |= self.name(node, alias, ALIAS, besides=known)
        bare = self.local(iri).partition("/")[2]
        plain = bare.replace("-", " ")
        if plain not in known or "s " in plain or plain.endswith("s"):  # else its normal form is the label's
            self.name(node, bare, EXACT, besides=known)

    def part(self, entity: str, weight: str, own: bool) -> None:
        """Take in what one entity contributes to a link."""
        node = self.id(entity)
        self.links[node] += 1
        if own:
            self.add("shared", node, weight)

    def result(self, iri: str, said: Values) -> None:
        """Take in a result: a row for each of its metrics, datasets and methods."""
        paper = self.reported.pop(iri, None)
        named = [[self.id(one) for one in said.get(name, ())] for name in ("kg:dataset", "kg:metric", "kg:method")]
        values = said["kg:value"][0], said.get("kg:unit", [None])[0], said["kg:lexicalValue"][0]
        some: list[list[int | None]] = [[*one] or [None] for one in named]
        for dataset, metric, method in product(*some) if paper and named[0] else ():
            self.add("result", paper, dataset, metric, method, *values)

    def name(self, node: int, text: str, tier: int, besides: Container[str] = ()) -> set[str]:
        """Note that a node goes by a name, `besides` those that it is found by before; return the name's normal form."""
        form = key(text)
        if not form or form in besides:
            return set()
        self.add("name", form, tier, 0, node)
        if " " in form:
            self.add("name", form.replace(" ", ""), tier, 1, node)
        return {form}

    def local(self, iri: str) -> str:
        """Return the local id of a paper or entity, as far as it can be known before all are seen."""
        here = {iri[: match.start()] for match in _MARK.finditer(iri)}
        self.bases = here if self.bases is None else self.bases & here or self.bases
        base = min(self.bases, key=len, default="")
        return decode(iri.removeprefix(base))

    def add(self, table: str, *row: object) -> None:
        """Add a row to a table."""
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        if len(rows) >= _BATCH:
            self.write(table)

    def write(self, table: str) -> None:
        """Write the rows of a table that are waiting."""
        rows = self.rows.pop(table, None)
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of ours

    def finish(self) -> None:
        """Write what is left."""
        self.database.execute("CREATE TABLE counted (entity INTEGER PRIMARY KEY, links INTEGER)")
        for entity, links in self.links.items():
            self.add("counted", entity, links)
        self.totals["links"] //= 2  # both papers of a link name the other
        for name, count in self.totals.items():
            self.add("about", name, str(count))
        self.add("about", "base", min(self.bases or {BASE}, key=len))
        for table in list(self.rows):
            self.write(table)


_MARK = re.compile(f"(?<=[/#])(?:paper|{'|'.join(ENTITIES)})/")
