"""What the page of a node shows, asked of the store a question at a time, so that no graph is too large for its pages.

Runs in a worker; `pages` makes HTML of it. Everything here is plain values; IRIs are full. Spans count code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.vocab import KG, Kind, Role

if TYPE_CHECKING:
    from kg.serve.tasks import Desk

Row = dict[str, Any]

TOP = 20
"""How many papers of a role the page of an entity lists."""

_RELATED = 10
_ROLES = ", ".join(f"kg:{role.value}" for role in Role)
_ORDER = [KG + role.value for role in Role]
_KINDS = ", ".join(f"kg:{kind.value}" for kind in Kind)
_SPAN = "kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:sentenceStart ?from ; kg:sentenceEnd ?to ; kg:confidence ?confidence"
_LABEL = f"?entity skos:prefLabel ?label ; a ?kind . FILTER(?kind IN ({_KINDS}))"  # VALUES makes it five times slower
_TEXTS = "OPTIONAL { ?paper dcterms:title ?title } OPTIONAL { ?paper dcterms:abstract ?abstract }"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a paper, cut in three around the words that count."""

    before: str
    words: str
    after: str


def classes(desk: Desk, iri: str) -> list[str]:
    """Return the local names of the classes of ours that a node has; none when the graph does not hold it."""
    found = (str(row["class"]) for row in desk.rows(f"SELECT ?class {{ <{iri}> a ?class }}"))
    return sorted(name.removeprefix(KG) for name in found if name.startswith(KG))


def holds(desk: Desk, iri: str) -> bool:
    """Tell whether the graph says anything of a node."""
    return desk.store.query(f"ASK {{ <{iri}> ?p ?o }}").truth


def said_of(desk: Desk, iri: str) -> dict[str, list[Any]]:
    """Return what is said of a node: values by the full IRI of the property, in order."""
    rows = desk.rows(f"SELECT ?p ?o {{ <{iri}> ?p ?o }} ORDER BY ?p ?o")
    return {str(name): [row["o"] for row in group] for name, group in groupby(rows, key=lambda row: row["p"])}


def names(desk: Desk, iris: Iterable[str]) -> dict[str, str]:
    """Return the title or label of each node that has one."""
    listed = " ".join(f"<{iri}>" for iri in sorted(set(iris)))
    rows = desk.rows(f"SELECT ?node ?name {{ VALUES ?node {{ {listed} }} ?node dcterms:title|skos:prefLabel ?name }}")
    return {row["node"]: row["name"] for row in rows}


def statements(desk: Desk, paper: str) -> list[Row]:
    """Return what a paper does with each entity, by role, the surest first: entity, label, kind, role, span."""
    rows = desk.rows(
        f"SELECT ?property ?entity ?label ?kind ?mention ?field ?start ?end ?from ?to ?confidence WHERE {{"
        f" <{paper}> ?property ?entity . FILTER(?property IN ({_ROLES})) {_LABEL}"
        f" OPTIONAL {{ ?mention kg:inPaper <{paper}> ; kg:entity ?entity ; kg:role ?property ; {_SPAN} }} }}"
    )
    rows.sort(
        key=lambda row: (_ORDER.index(row["property"]), -(row["confidence"] or 0), row["entity"], row["start"] or 0)
    )
    best: dict[str, Row] = {}
    for row in rows:  # kg:mentions comes last: it is there for every role
        best.setdefault(row["entity"], row)
    return list(best.values())


def mentions_in(desk: Desk, paper: str, field: str) -> list[Row]:
    """Return the mentions in the title or abstract of a paper, in order, none within another."""
    rows = desk.rows(
        f"SELECT ?entity ?label ?kind ?start ?end WHERE {{ ?mention kg:inPaper <{paper}> ; kg:entity ?entity ;"
        f' kg:field "{field}" ; kg:start ?start ; kg:end ?end . {_LABEL} }}'
    )
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"], row["entity"])):
        if not kept or row["start"] >= kept[-1]["end"]:
            kept.append(row)
    return kept


def results(desk: Desk, paper: str) -> list[Row]:
    """Return the results of a paper as its nodes say them, in the order of the text."""
    rows = desk.rows(
        f"SELECT * WHERE {{ <{paper}> kg:hasResult ?result . ?result kg:lexicalValue ?value ; {_SPAN}"
        " OPTIONAL { ?result kg:metric ?metric } OPTIONAL { ?result kg:dataset ?dataset }"
        " OPTIONAL { ?result kg:method ?method } }"
    )
    rows.sort(
        key=lambda row: (row["field"], row["start"], *(str(row[name]) for name in ("metric", "dataset", "method")))
    )
    return rows


def related(desk: Desk, paper: str, top: int = _RELATED) -> list[Row]:
    """Return the papers linked to a paper, the strongest link first, each with what is shared."""
    links = desk.rows(
        f"SELECT ?link ?paper ?title ?weight WHERE {{ ?link kg:paper <{paper}>, ?paper ; kg:weight ?weight ."
        f" FILTER(?paper != <{paper}>) OPTIONAL {{ ?paper dcterms:title ?title }} }} ORDER BY DESC(?weight) ?paper LIMIT {top}"
    )
    parts = shared(desk, [row["link"] for row in links])
    return [row | {"shared": [part for part in parts if part["link"] == row["link"]]} for row in links]


def shared(desk: Desk, links: Sequence[str]) -> list[Row]:
    """Return what some links share, the weightiest first."""
    listed = " ".join(f"<{link}>" for link in links)
    return desk.rows(
        f"SELECT ?link ?part ?entity ?label ?weight WHERE {{ VALUES ?link {{ {listed} }} ?link kg:shared ?part ."
        " ?part kg:sharedEntity ?entity ; kg:weight ?weight . ?entity skos:prefLabel ?label } ORDER BY ?link DESC(?weight) ?entity"
    )


def evidence(desk: Desk, parts: Sequence[str]) -> list[Row]:
    """Return the words in both papers that shared techniques of a link rest on."""
    listed = " ".join(f"<{part}>" for part in parts)
    return desk.rows(
        f"SELECT * WHERE {{ VALUES ?part {{ {listed} }} ?part kg:evidence ?mention ."
        f" ?mention kg:inPaper ?paper ; {_SPAN} . {_TEXTS} }} ORDER BY ?part ?paper ?mention"
    )


def counts(desk: Desk, entity: str) -> dict[str, int]:
    """Return how many papers do what with an entity, by the local name of the role."""
    rows = desk.rows(
        f"SELECT ?property (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{ ?paper ?property <{entity}> ."
        f" FILTER(?property IN ({_ROLES})) }} GROUP BY ?property"
    )
    found = {str(row["property"]).removeprefix(KG): int(row["papers"]) for row in rows}
    only = found.pop("mentions", 0) - sum(found.values())
    ordered: dict[str, int] = {str(role): found[role] for role in Role if role in found}
    return ordered | ({"mentions": only} if only > 0 else {})


def papers_with(desk: Desk, entity: str, role: str, top: int = TOP) -> list[Row]:
    """Return papers that do something with an entity, the surest first, each with the best words for it."""
    stronger = (
        f" FILTER NOT EXISTS {{ ?paper ?other <{entity}> FILTER(?other IN ({_ROLES}) && ?other != kg:mentions) }}"
    )
    rows = desk.rows(
        f"SELECT * WHERE {{ ?paper kg:{role} <{entity}> . {_TEXTS} {stronger if role == 'mentions' else ''}"
        f" OPTIONAL {{ ?mention kg:inPaper ?paper ; kg:entity <{entity}> ; kg:role kg:{role} ; {_SPAN} }} }}"
        f" ORDER BY DESC(?confidence) ?paper ?mention LIMIT {3 * top}"
    )
    best: dict[str, Row] = {}
    for row in rows:
        best.setdefault(row["paper"], row)
    return list(best.values())[:top]


def narrower(desk: Desk, entity: str) -> list[str]:
    """Return the IRIs of what is directly narrower than an entity."""
    return [row["node"] for row in desk.rows(f"SELECT ?node {{ ?node skos:broader <{entity}> }} ORDER BY ?node")]


def reasons(desk: Desk, local: str) -> list[str]:
    """Return why the names of an entity are one thing, as the build kept it beside the graph; maybe none."""
    folder = desk.graph if desk.graph.is_dir() else desk.graph.parent
    file = folder / ".kg" / "reasons.jsonl"
    if not file.is_file():
        return []
    quoted = json.dumps(local, ensure_ascii=False)
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if quoted in line and (record := json.loads(line))["entity"] == local:
                return list(record["reasons"])
    return []


def quote(row: Row, title: str | None, abstract: str | None) -> Quote | None:
    """Return the sentence that a row's span stands in, with the words marked; None for a row without one."""
    if row.get("start") is None:
        return None
    whole = (title if row["field"] == "title" else abstract) or ""
    start, end, begin, stop = (int(row[name]) for name in ("start", "end", "from", "to"))
    return Quote(whole[min(begin, start) : start].lstrip(), whole[start:end], whole[end : max(stop, end)].rstrip())
