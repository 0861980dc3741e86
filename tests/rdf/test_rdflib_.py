from __future__ import annotations

from rdflib import RDF, Graph, URIRef

from kg.vocab import KG, PREFIXES
from tests.samples import small_graph


def test_the_graph_can_be_asked_with_rdflib_and_its_prefixes() -> None:
    graph = small_graph().to_rdflib()
    assert {prefix: str(namespace) for prefix, namespace in graph.namespaces()}.items() >= PREFIXES.items()
    rows = list(graph.query("SELECT ?l WHERE { ?p kg:proposes/skos:prefLabel ?l }"))
    assert [str(row[0]) for row in rows] == ["Fox Transformer"]  # type: ignore[index]


def test_it_says_the_same_as_the_turtle() -> None:
    from kg.rdf.turtle import to_turtle

    parsed = Graph().parse(data=to_turtle(small_graph()), format="turtle")
    assert set(parsed) == set(small_graph().to_rdflib())
    assert len(list(parsed.subjects(RDF.type, URIRef(KG + "Paper")))) == 3
