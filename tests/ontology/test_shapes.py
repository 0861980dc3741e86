from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from kg.data import ontology_path
from kg.rdf.turtle import to_turtle
from kg.rdf.validate import validate
from kg.vocab import KG, PREDICATES, Kind, expand
from tests.samples import small_graph

pytest.importorskip("pyshacl", reason="SHACL validation needs pySHACL")

SHAPES = Graph().parse(ontology_path("shapes.ttl"), format="turtle")
TURTLE = to_turtle(small_graph()).decode()
ID = "https://w3id.org/papers-kg/id"


def test_every_class_has_a_shape() -> None:
    targets = {str(target) for target in SHAPES.objects(None, SH.targetClass)}
    concrete = ("Paper", "Entity", *Kind, "Mention", "Result", "Link", "SharedTechnique")
    assert targets == {KG + str(name) for name in concrete} | {expand("foaf:Person")}


def test_every_predicate_has_a_shape() -> None:
    paths = {str(path) for path in SHAPES.objects(None, SH.path) if isinstance(path, URIRef)}
    assert paths - {str(RDF.type)} == {expand(predicate.name) for predicate in PREDICATES}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dcterms:title "Nothing in Common"', 'dcterms:source "Nothing in Common"'),
        ('kg:start "15"', 'kg:start "35"'),
        ('kg:start "15"^^xsd:integer', 'kg:start "15"'),
        ('kg:sentenceEnd "90"', 'kg:sentenceEnd "70"'),
        ('kg:field "title"', 'kg:field "body"'),
        ('kg:confidence "0.6"', 'kg:confidence "-0.6"'),
        ("kg:role kg:uses", "kg:role kg:paper"),
        ('kg:weight "0.57"', 'kg:weight "0"'),
        (f"        <{ID}/paper/10.1234/hostile>,\n", ""),
        (f"kg:entity <{ID}/concept/inductive-bias>", f"kg:entity <{ID}/paper/2401.00001>"),
        ("kg:about <", "kg:reports <"),
        ("kg:hasResult <", "kg:url <"),
        ('kg:quote "rare trick" ;', ""),
        ('skos:prefLabel "accuracy"', 'skos:altLabel "accuracy"'),
        ('skos:prefLabel "accuracy"', 'skos:prefLabel "accuracy", "precision"'),
        ("a kg:Mention, oa:Annotation", "a kg:Mention"),
        ("a kg:Entity, kg:Method", "a kg:Entity"),
        ('foaf:name "Ada Lovelace"', 'foaf:name ""'),
        ('"2024"^^xsd:gYear', '"2024"'),
        (f"kg:proposes <{ID}/method/fox-transformer>", f"kg:proposes <{ID}/method/rare-trick>"),
        (f"cito:cites <{ID}/paper/10.1234/hostile>", f"cito:cites <{ID}/paper/elsewhere>"),
    ],
)
def test_a_tampered_graph_does_not_conform(tmp_path: Path, old: str, new: str) -> None:
    assert old in TURTLE
    (tmp_path / "kg.ttl").write_bytes(TURTLE.replace(old, new, 1).encode())
    assert validate(tmp_path)
