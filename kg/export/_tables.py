"""The graph as tables: papers, entities, statements, results and links, joined by their ids.

A cell is a text, a number, None, or a tuple of texts. The formats of tables and data frames are made of these.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kg.graph import KnowledgeGraph
from kg.rdf.statements import Mentions, evidence

if TYPE_CHECKING:
    from kg.export import Writer

Cell = str | int | float | tuple[str, ...] | None
_JOIN = " | "  # between several values in one cell


class Table(NamedTuple):
    """The names of the columns, and what makes the rows."""

    columns: tuple[str, ...]
    rows: Callable[[KnowledgeGraph], Iterator[tuple[Cell, ...]]]


def _papers(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for node in graph.papers.values():
        p = node.paper
        code, urls = (tuple(dict.fromkeys(u.iri for u in node.urls if u.code is is_code)) for is_code in (True, False))
        yield node.id, p.title, p.abstract, p.authors, p.year, p.venue, p.doi, p.arxiv, code, urls, node.cites


def _entities(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for e in graph.entities.values():
        yield e.id, e.kind.value, e.label, e.aliases, e.broader, e.definition, e.matches, e.paper_count


def _statements(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for fact in graph.facts:
        said = evidence(fact)
        place = (said.text, said.field, said.start, said.end) if said else ("", "", None, None)
        yield fact.paper, fact.role.value, fact.entity, fact.confidence, *place


def _results(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for node in graph.papers.values():
        for r in node.results:
            value = (r.value, r.value_to, r.error, r.unit, r.lexical)
            yield node.id, *value, r.metric, r.dataset, r.method, r.field, r.start, r.end


def _links(graph: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for link in graph.links:
        for part in link.shared:
            yield link.a, link.b, link.weight, part.entity, part.weight


TABLES = {
    "papers": Table(
        ("id", "title", "abstract", "authors", "year", "venue", "doi", "arxiv", "code", "urls", "cites"), _papers
    ),
    "entities": Table(
        ("id", "type", "label", "aliases", "broader", "definition", "matches", "papers"), _entities
    ),
    "statements": Table(
        ("paper", "role", "entity", "confidence", "quote", "field", "start", "end"), _statements
    ),
    "results": Table(
        ("paper", "value", "valueTo", "error", "unit", "printed", "metric", "dataset", "method", "field", "start", "end"),
        _results,
    ),
    "links": Table(("a", "b", "linkWeight", "entity", "weight"), _links),
}  # fmt: skip
"""Every table by name."""


def write_table(
    out: BinaryIO,
    header: Iterable[str],
    rows: Iterable[Iterable[Cell]],
    *,
    delimiter: str = ",",
    join: str = _JOIN,
    guard: Callable[[str], str] = str,
) -> None:
    """Write rows as UTF-8 text, quoted where they must be; `join` stands between several values of one cell.

    Every text goes through `guard`.
    """

    def plain(cell: Cell) -> Cell:
        text = join.join(cell) if isinstance(cell, tuple) else cell
        return guard(text) if isinstance(text, str) else text

    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    table = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    table.writerow(header)
    table.writerows(map(plain, row) for row in rows)
    text.flush()
    text.detach()  # closing it is not ours to do


def writers(*, suffix: str, delimiter: str, guard: Callable[[str], str] = str) -> dict[str, Writer]:
    """Return what writes each table to a file of its own: file name -> writer."""
    write = partial(_write, delimiter=delimiter, guard=guard)
    return {f"kg-{name}.{suffix}": partial(write, table=table) for name, table in TABLES.items()}


def _write(
    graph: KnowledgeGraph,
    out: BinaryIO,
    *,
    table: Table,
    delimiter: str,
    guard: Callable[[str], str],
    mentions: Mentions = "best",
) -> None:
    write_table(out, table.columns, table.rows(graph), delimiter=delimiter, guard=guard)
