"""The formats of RDF hold the same triples, whatever the texts are."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from kg.export import files_of
from kg.graph import KnowledgeGraph
from kg.model import Paper, PaperNode
from kg.vocab import KG
from tests.export.hostile import hostile_graph
from tests.samples import small_graph

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
GRAPHS = pytest.mark.parametrize("make", [small_graph, hostile_graph])
Make = Callable[[], KnowledgeGraph]
Triples = set[tuple[rdflib.term.Node, ...]]


def _bytes(name: str, graph: KnowledgeGraph) -> bytes:
    ((_, write),) = files_of(name).items()
    out = io.BytesIO()
    write(graph, out)
    return out.getvalue()


def _turtle(graph: KnowledgeGraph) -> Triples:
    return set(rdflib.Graph().parse(data=_bytes("turtle", graph), format="turtle"))


@GRAPHS
@pytest.mark.parametrize(("name", "form"), [("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_a_graph_is_the_same_triples(name: str, form: str, make: Make) -> None:
    assert set(rdflib.Graph().parse(data=_bytes(name, make()), format=form)) == _turtle(make())


@GRAPHS
def test_nquads_holds_them_in_one_named_graph(make: Make) -> None:
    quads = list(rdflib.Dataset().parse(data=_bytes("nquads", make()), format="nquads").quads())
    assert {str(quad[3]) for quad in quads} == {"https://w3id.org/papers-kg/id/graph"}
    assert {quad[:3] for quad in quads} == _turtle(make())


def test_rdfxml_keeps_white_space_and_replaces_what_xml_cannot_hold() -> None:
    node = PaperNode("paper/x", Paper("x", " a\r\n\tb ", "c\x01\uffff"))
    found = rdflib.Graph().parse(data=_bytes("rdfxml", KnowledgeGraph([node], [], [], [])), format="xml")
    assert {" a\r\n\tb ", "c\ufffd\ufffd"} <= {str(thing) for thing in found.objects()}


@GRAPHS
def test_a_nanopublication_has_four_graphs_that_name_one_another(make: Make) -> None:
    data = rdflib.Dataset().parse(data=_bytes("nanopub", make()), format="trig")
    heads = list(data.quads((None, RDF.type, NP.Nanopublication, None)))
    assert len(heads) == sum(len(node.results) for node in make().papers.values())
    for name, _, _, head in heads:
        links = ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        parts = [quad[2] for link in links for quad in data.quads((name, NP[link], None, None))]
        graphs = [data.graph(str(part)) for part in parts]
        assert len({str(head), *map(str, parts)}) == 4 and all(len(graph) for graph in graphs)
        assert (parts[0], PROV.wasDerivedFrom, None) in graphs[1]
        assert (name, RDFS.label, None) in graphs[2]
        (result,) = graphs[0].subjects(RDF.type, rdflib.URIRef(KG + "Result"))
        assert (None, rdflib.URIRef(KG + "hasResult"), result) in graphs[0]
        assert (result, rdflib.URIRef(KG + "quote"), None) in graphs[1]


@GRAPHS
def test_nanopublications_say_of_results_and_papers_what_the_graph_says(make: Make) -> None:
    data = rdflib.Dataset().parse(data=_bytes("nanopub", make()), format="trig")
    said = {
        (s, p, o)
        for s, p, o, _ in data.quads()
        if not str(s).endswith(("software", "assertion")) and "/nanopub/" not in str(s)
    }
    whole = _turtle(make())
    results = {s for s, p, o in whole if p == RDF.type and o == rdflib.URIRef(KG + "Result")}
    assert said <= whole
    assert said >= {triple for triple in whole if triple[0] in results or triple[2] in results}


def test_a_nanopublication_says_in_words_what_it_is() -> None:
    data = rdflib.Dataset().parse(data=_bytes("nanopub", small_graph()), format="trig")
    labels = {str(o) for _, _, o, _ in data.quads((None, RDFS.label, None, None))}
    assert labels == {"Fox Transformer, MeadowNet, accuracy: 91.5%", "papers-kg"}
