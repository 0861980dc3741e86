"""How much a graph holds, counted without loading it: by its index where it has one, else by SPARQL. For `kg stats`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kg.store.source import Source
from kg.vocab import Kind, Role

Row = tuple[str, str, int]
"""What is counted, which of its sorts, and how many there are."""

_KINDS = {kind.value.lower(): kind for kind in Kind}


def count(source: Source) -> list[Row]:
    """Return how many things of each sort the graph holds, sorts with none left out."""
    index: sqlite3.Connection | None = getattr(source, "index", None)
    counts = dict(_by_index(index) if index else _by_query(source))
    rows = [
        ("papers", "all", counts["papers"]),
        ("papers", "with an abstract", counts["abstracts"]),
        *(("entities", kind.value, counts.get(kind.value.lower(), 0)) for kind in Kind),
        *(("statements", role.value, counts.get(role.value, 0)) for role in Role),
        ("links", "shared techniques", counts["links"]),
        ("results", "values", counts["results"]),
        ("URLs", "code", counts["code"]),
        ("URLs", "other", counts["urls"]),
    ]
    return [row for row in rows if row[2] or row[0] == "papers"]


def most_used(source: Source, top: int) -> list[Row]:
    """Return the entities that most papers have, of all classes together."""
    index: sqlite3.Connection | None = getattr(source, "index", None)
    if index:
        asked = "SELECT label, kind, papers FROM node WHERE papers > 0 ORDER BY papers DESC, iri LIMIT ?"
        return [("most used", f"{label} ({_KINDS[kind]})", n) for label, kind, n in index.execute(asked, (top,))]
    classes = " ".join(f"kg:{kind.value}" for kind in Kind)
    answer = source.query(
        f"SELECT ?label ?class ?papers WHERE {{ VALUES ?class {{ {classes} }} "
        f"?entity a ?class ; skos:prefLabel ?label ; kg:paperCount ?papers }} ORDER BY DESC(?papers) ?entity LIMIT {top}"
    )
    return [
        ("most used", f"{label.value} ({kind.value.rpartition('#')[2]})", int(papers.value))
        for label, kind, papers in answer.rows
        if label and kind and papers
    ]


def _by_index(index: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    yield from (
        (name, int(value)) for name, value in index.execute("SELECT name, value FROM about WHERE name <> 'base'")
    )
    yield from index.execute("SELECT replace(kind, 'paper', 'papers'), COUNT(*) FROM node GROUP BY kind")
    yield from index.execute("SELECT role, COUNT(*) FROM fact GROUP BY role")
    yield "code", index.execute("SELECT COUNT(*) FROM code").fetchone()[0]


def _by_query(source: Source) -> Iterator[tuple[str, int]]:
    for kind in Kind:
        yield kind.value.lower(), _number(source, f"?thing a kg:{kind.value}")
    roles = {role.value: _number(source, f"?paper kg:{role.value} ?thing") for role in Role}
    mentions = Role.MENTIONS.value
    roles[mentions] = 2 * roles[mentions] - sum(roles.values())  # those of no other role
    yield from roles.items()
    yield "links", _number(source, "?thing a kg:Link")
    yield "results", _number(source, "?paper kg:hasResult ?thing")
    yield "code", _number(source, "?paper schema:codeRepository ?thing")
    yield "urls", _number(source, "?paper kg:url ?thing")
    yield "papers", _number(source, "?thing a kg:Paper")
    yield "abstracts", _number(source, "?thing dcterms:abstract ?text")


def _number(source: Source, pattern: str) -> int:
    ((found,),) = source.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows
    return int(found.value) if found else 0
