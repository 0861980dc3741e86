from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given

from kg.graph import KnowledgeGraph
from kg.rdf.rdflib_ import to_rdflib
from kg.rdf.turtle import quoted, short_name, to_turtle, used_prefixes, write_turtle
from kg.vocab import PREDICATES, PREFIXES, expand
from tests.rdf.strategies import graphs
from tests.samples import small_graph

GOLDEN = Path(__file__).parents[1] / "golden" / "kg.ttl"


def _oxigraph(turtle: bytes) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)}


def _literal(term: object) -> pyoxigraph.Literal:
    assert isinstance(term, rdflib.Literal)
    return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None)


def _triples(graph: rdflib.Graph) -> set[str]:
    """The triples as pyoxigraph writes them."""
    made = set()
    for s, p, o in graph:
        thing: pyoxigraph.Literal | pyoxigraph.NamedNode = (
            pyoxigraph.NamedNode(str(o)) if isinstance(o, rdflib.URIRef) else _literal(o)
        )
        made.add(str(pyoxigraph.Triple(pyoxigraph.NamedNode(str(s)), pyoxigraph.NamedNode(str(p)), thing)))
    return made


def test_the_bytes_are_the_golden_files() -> None:
    """To accept a change: `python -m tests.rdf.test_turtle`, then look at the diff."""
    assert to_turtle(small_graph()) == GOLDEN.read_bytes()


def test_the_order_in_which_things_come_does_not_matter() -> None:
    graph = small_graph()
    papers, entities = list(graph.papers.values())[::-1], list(graph.entities.values())[::-1]
    turned = KnowledgeGraph(papers, entities, graph.facts[::-1], graph.links)
    assert to_turtle(turned) == to_turtle(graph)


def test_every_predicate_of_the_vocabulary_is_written_and_no_other() -> None:
    named = {expand(predicate.name) for predicate in PREDICATES}
    written = {quad.predicate.value for quad in pyoxigraph.parse(to_turtle(small_graph()), pyoxigraph.RdfFormat.TURTLE)}
    unused = {
        expand(name)
        for name in ("dcterms:identifier", "skos:broader", "kg:valueTo", "kg:error", "kg:url", "kg:introduces")
    }
    assert written - named == {expand("rdf:type")}
    assert named - written <= unused  # what the small sample happens not to have


def test_a_is_first_then_predicates_in_order_and_lists_are_indented() -> None:
    block = to_turtle(small_graph()).decode().split("\n\n")[1].splitlines()
    assert block[0].startswith("<https://w3id.org/papers-kg/id/concept/")
    assert block[1] == "    a kg:Concept, kg:Entity, skos:Concept ;"
    assert block[2] == '    kg:paperCount "1"^^xsd:integer ;'
    assert block[-1].endswith(" .")


def test_only_used_prefixes_are_declared() -> None:
    graph = KnowledgeGraph([], [], [], [])
    assert to_turtle(graph) == b""


@pytest.mark.parametrize(
    "iri", ["https://w3id.org/papers-kg/ontology#a/b", "https://schema.org/", "https://schema.org/a.", "urn:x"]
)
def test_what_is_no_legal_prefixed_name_is_written_in_full(iri: str) -> None:
    assert short_name(iri) == f"<{iri}>"


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert quoted("a\ud800b") == '"a\ufffdb"'


@given(graphs())
def test_rdflib_and_pyoxigraph_read_the_same_triples_as_were_meant(graph: KnowledgeGraph) -> None:
    turtle = to_turtle(graph, mentions="all")
    meant = _triples(to_rdflib(graph, mentions="all"))
    assert _oxigraph(turtle) == meant
    assert _triples(rdflib.Graph().parse(data=turtle, format="turtle")) == meant


@given(graphs())
def test_the_prefixes_declared_are_those_used(graph: KnowledgeGraph) -> None:
    body = to_turtle(graph, mentions="all").decode()
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', body)
    outside = re.sub(r"<[^>]*>", "<>", outside)
    lines = [line for line in outside.splitlines() if not line.startswith("@prefix")]
    used = set(re.findall(r"(?:^|[\s^])([a-z]+):", "\n".join(lines)))
    assert sorted(used) == used_prefixes(graph)
    assert used <= set(PREFIXES)


@given(graphs())
def test_the_stream_is_the_text(graph: KnowledgeGraph) -> None:
    out = BytesIO()
    write_turtle(graph, out)
    assert out.getvalue() == to_turtle(graph)


if __name__ == "__main__":
    GOLDEN.write_bytes(to_turtle(small_graph()))
