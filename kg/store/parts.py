"""Parts of a graph that is not in memory, fetched by SPARQL as small `KnowledgeGraph`s, for the code that prints them.

Whatever is shown of a paper, an entity or a chain is a few hundred triples, however large the graph is. Each function
asks a few plain queries for the triples around some nodes and lets `kg.rdf.load` read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from kg.rdf.terms import Iri, Term
from kg.rdf.turtle import term_text
from kg.store.source import Source
from kg.vocab import PREFIXES, ROLES_BY_KIND, Kind, Role

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store.names import Names

Triple = tuple[Term, Term, Term]
Item = TypeVar("Item")

_RECORD = "rdf:type dcterms:title dcterms:abstract fabio:hasPublicationYear"
_STATED = " ".join(f"kg:{role.value}" for role in Role)
_ABOVE = "|".join("/".join(["skos:broader"] * steps) for steps in range(1, 6))  # `+` is more than some servers can
_BATCH = 100  # nodes that one query names
_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class EntityPart:
    """An entity with its strongest statements. `counts` says how many there are of each role in the whole graph."""

    graph: KnowledgeGraph
    counts: dict[Role, int]


def paper_part(source: Source, names: Names, node: str) -> KnowledgeGraph:
    """Return a paper with all that is said of it, and the papers it is linked to by title and year."""
    paper = f"<{names.iri(node)}>"
    asked = (
        f"{paper} ?p ?o . BIND({paper} AS ?s)",
        f"?s kg:inPaper {paper} ; ?p ?o",
        f"{paper} dcterms:creator ?s . ?s ?p ?o",
        f"{paper} kg:hasResult ?s . ?s ?p ?o",
        f"{paper} kg:hasResult ?result . ?result kg:metric|kg:dataset|kg:method ?s . ?s ?p ?o",
        f"{paper} kg:mentions ?s . ?s ?p ?o",
        *_links(paper),
        f"?link kg:paper {paper} ; kg:shared/kg:sharedEntity ?s . ?s ?p ?o",
    )
    return graph_of(_triples(source, asked))


def linked_part(source: Source, names: Names, node: str, *, quotes: bool = False) -> KnowledgeGraph:
    """Return a paper and those it is linked to with what they share; with `quotes`, and the words that say so."""
    paper = f"<{names.iri(node)}>"
    asked = [f"VALUES ?p {{ {_RECORD} }} {paper} ?p ?o . BIND({paper} AS ?s)", *_links(paper)]
    asked.append(f"?link kg:paper {paper} ; kg:shared/kg:sharedEntity ?s . ?s ?p ?o")
    if quotes:
        asked += (
            f"?link kg:paper {paper} ; kg:shared/kg:evidence ?s . ?s ?p ?o",
            f"VALUES ?p {{ {_STATED} }} ?link kg:paper {paper} ; kg:shared/kg:evidence ?said ."
            " ?said kg:inPaper ?s ; kg:entity ?o . ?s ?p ?o",
            f"?link kg:paper {paper} ; kg:shared/kg:evidence/kg:entity ?s . ?s ?p ?o",
            f"?link kg:paper {paper} ; kg:shared/kg:evidence/kg:entity/({_ABOVE}) ?s . ?s ?p ?o",
            f"VALUES ?p {{ dcterms:abstract }} ?link kg:paper {paper}, ?s . ?s ?p ?o",
        )
    return graph_of(_triples(source, asked))


def entity_part(source: Source, names: Names, node: str, *, top: int | None = 20) -> EntityPart:
    """Return an entity, what it is a kind of and what are kinds of it, and the surest statements of each role.

    `top` says how many of each role; None means all of them.
    """
    entity = f"<{names.iri(node)}>"
    asked = (
        f"{entity} ?p ?o . BIND({entity} AS ?s)",
        f"{entity} skos:broader ?s . ?s ?p ?o",
        f"?s skos:broader {entity} ; ?p ?o",
    )
    triples = _triples(source, asked)
    roles = ROLES_BY_KIND[Kind(names.kind_of(node).capitalize())]
    counts = _counts(source, entity, roles)
    for role in roles:
        papers = _surest(source, entity, role, top) if counts[role] else []
        triples |= _statements(source, [(paper, Iri(names.iri(node))) for paper in papers])
    return EntityPart(graph_of(triples), counts)


def chain_part(source: Source, names: Names, nodes: Sequence[str]) -> KnowledgeGraph:
    """Return the nodes of a chain with the statements and links between each and the next."""
    iris = {node: Iri(names.iri(node)) for node in nodes}
    papers = [node for node in nodes if names.kind_of(node) == "paper"]
    others = " ".join(f"<{iris[node].value}>" for node in nodes if node not in papers)
    triples = _papers(source, [iris[node] for node in papers])
    triples |= _triples(source, [f"VALUES ?s {{ {others} }} ?s ?p ?o"] if others else [])
    for a, b in pairwise(nodes):
        if a in papers and b in papers:
            link = f"?link kg:paper <{iris[a].value}>, <{iris[b].value}>"
            parts = (f"{link} . BIND(?link AS ?s) ?s ?p ?o", f"{link} ; kg:shared ?s . ?s ?p ?o")
            triples |= _triples(source, (*parts, f"{link} ; kg:shared/kg:sharedEntity ?s . ?s ?p ?o"))
        else:
            paper, entity = (a, b) if a in papers else (b, a)
            triples |= _statements(source, [(iris[paper], iris[entity])])
    return graph_of(triples)


def citations(source: Source, names: Names, node: str) -> list[tuple[str, str]]:
    """Return who cites whom (local ids) as far as it tells which papers are near one by citations and co-citation."""
    paper = f"<{names.iri(node)}>"
    beside = f"?citing cito:cites {paper}, ?beside . ?from cito:cites ?beside . BIND(?beside AS ?to)"
    asked = (
        f"?from cito:cites {paper} . BIND({paper} AS ?to)",
        f"{paper} cito:cites ?to . BIND({paper} AS ?from)",
        f"?from cito:cites {paper} ; cito:cites ?to",
        *(
            f"{paper} {there} ?other . ?other cito:cites ?to . BIND(?other AS ?from)"
            for there in ("cito:cites", "^cito:cites")
        ),
        *(
            f"{paper} {there} ?other . ?from cito:cites ?other . BIND(?other AS ?to)"
            for there in ("cito:cites", "^cito:cites")
        ),
        beside,
    )
    found = {row for where in asked for row in source.query(f"SELECT ?from ?to WHERE {{ {where} }}").rows}
    return sorted((names.local(a.value), names.local(b.value)) for a, b in found if a and b)


def records(source: Source, names: Names, nodes: Iterable[str]) -> KnowledgeGraph:
    """Return papers by title and year alone."""
    return graph_of(
        _papers(source, [Iri(names.iri(node)) for node in nodes], "rdf:type dcterms:title fabio:hasPublicationYear")
    )


def _links(paper: str) -> tuple[str, ...]:
    """Return what asks for the links of a paper, and for the papers at their other ends."""
    return (
        f"?s kg:paper {paper} ; ?p ?o",
        f"?link kg:paper {paper} ; kg:shared ?s . ?s ?p ?o",
        f"VALUES ?p {{ rdf:type dcterms:title fabio:hasPublicationYear }} ?link kg:paper {paper}, ?s . ?s ?p ?o",
    )


def _counts(source: Source, entity: str, roles: Sequence[Role]) -> dict[Role, int]:
    """Return how many papers have each role for an entity; mentions are those that have no other."""
    counts = dict.fromkeys(roles, 0)
    for role in roles:
        (row,) = source.query(f"SELECT (COUNT(?paper) AS ?n) WHERE {{ ?paper kg:{role.value} {entity} }}").rows
        counts[role] = int(row[0].value) if row[0] else 0
    counts[Role.MENTIONS] = 2 * counts[Role.MENTIONS] - sum(counts.values())
    return counts


def _surest(source: Source, entity: str, role: Role, top: int | None) -> list[Iri]:
    """Return the papers that have a role for an entity, the surest first."""
    said = f"kg:role kg:{role.value} ; kg:confidence ?confidence"
    others = " ".join(f"kg:{other.value}" for other in Role if other is not Role.MENTIONS)
    weaker = f"MINUS {{ VALUES ?other {{ {others} }} ?paper ?other {entity} }}" if role is Role.MENTIONS else ""
    answer = source.query(
        f"SELECT ?paper (MAX(?confidence) AS ?best) WHERE {{ ?paper kg:{role.value} {entity} . "
        f"?mention kg:entity {entity} ; kg:inPaper ?paper ; {said} . {weaker} }} "
        f"GROUP BY ?paper ORDER BY DESC(?best) ?paper {f'LIMIT {top}' if top is not None else ''}"
    )
    return [row[0] for row in answer.rows if isinstance(row[0], Iri)]


def _statements(source: Source, pairs: Sequence[tuple[Iri, Iri]]) -> set[Triple]:
    """Return what papers say of entities, with the words, and the texts these stand in."""
    triples = _papers(source, list(dict.fromkeys(paper for paper, _ in pairs)))
    for some in _batches(pairs):
        listed = " ".join(f"(<{paper.value}> <{entity.value}>)" for paper, entity in some)
        triples |= _triples(
            source,
            (
                f"VALUES (?s ?o) {{ {listed} }} VALUES ?p {{ {_STATED} }} ?s ?p ?o",
                f"VALUES (?paper ?entity) {{ {listed} }} ?s kg:inPaper ?paper ; kg:entity ?entity ; ?p ?o",
            ),
        )
    return triples


def _papers(source: Source, papers: Sequence[Iri], what: str = _RECORD) -> set[Triple]:
    """Return the class, texts and year of papers."""
    asked = (
        f"VALUES ?s {{ {' '.join(f'<{paper.value}>' for paper in some)} }} VALUES ?p {{ {what} }} ?s ?p ?o"
        for some in _batches(papers)
    )
    return _triples(source, asked)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))


def _triples(source: Source, patterns: Iterable[str]) -> set[Triple]:
    """Return the triples ?s ?p ?o of some patterns. They are asked for as rows, which any server can give in pages."""
    found: set[Triple] = set()
    for pattern in patterns:
        answer = source.query(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}")
        found.update((s, p, o) for s, p, o in answer.rows if s and p and o)
    return found


def graph_of(triples: set[Triple]) -> KnowledgeGraph:
    """Return the graph that some triples are; raises `InputError` when they are none of kg."""
    from kg.rdf.load import loads

    lines = sorted(f"{term_text(s)} {term_text(p)} {term_text(o)} .\n" for s, p, o in triples)
    return loads((_HEAD + "".join(lines)).encode("utf-8"))
