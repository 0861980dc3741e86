from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg.data import ontology_path
from kg.vocab import ALIGNED_CLASSES, CLASSES, KG, PREDICATES, Role, expand

ONTOLOGY = Graph().parse(ontology_path("kg.ttl"), format="turtle")
OURS = Namespace(KG)
LPWC = "https://linkedpaperswithcode.com/"
SCHEMA = Namespace("https://schema.org/")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def _defined(*types: URIRef) -> set[str]:
    return {str(term) for kind in types for term in ONTOLOGY.subjects(RDF.type, kind)}


def test_every_class_is_defined_and_no_other() -> None:
    assert _defined(OWL.Class) == {KG + name for name in CLASSES} | {expand("foaf:Person")}


def test_every_predicate_is_defined_and_no_other() -> None:
    assert _defined(*PROPERTIES) == {expand(predicate.name) for predicate in PREDICATES}


@pytest.mark.parametrize("term", sorted(_defined(OWL.Class, *PROPERTIES)))
def test_every_term_has_one_label_and_one_comment(term: str) -> None:
    for about in (RDFS.label, RDFS.comment):
        (text,) = ONTOLOGY.objects(URIRef(term), about)
        assert str(text).strip() == str(text) != ""


@pytest.mark.parametrize("predicate", PREDICATES, ids=lambda predicate: predicate.name)
def test_domain_and_range_are_those_of_the_vocabulary(predicate: object) -> None:
    name, domain, range_ = (getattr(predicate, part) for part in ("name", "domain", "range"))
    term = URIRef(expand(name))
    ours = name.startswith("kg:")
    about = (RDFS.domain, RDFS.range) if ours else (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
    assert [str(x) for x in ONTOLOGY.objects(term, about[0])] == [expand(domain)]
    assert [str(x) for x in ONTOLOGY.objects(term, about[1])] == [expand(range_)]
    literal = (term, RDF.type, OWL.DatatypeProperty) in ONTOLOGY or (term, RDF.type, OWL.AnnotationProperty) in ONTOLOGY
    assert literal == range_.startswith("xsd:")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MENTIONS])
def test_every_role_is_a_kind_of_mentions(role: Role) -> None:
    assert (OURS[role.value], RDFS.subPropertyOf, OURS.mentions) in ONTOLOGY


@pytest.mark.parametrize(("name", "aligned"), [(n, a) for n, found in ALIGNED_CLASSES.items() for a in found])
def test_aligned_classes_are_above_ours(name: str, aligned: str) -> None:
    assert (OURS[name], RDFS.subClassOf, URIRef(expand(aligned))) in ONTOLOGY


def test_alignments_with_linked_papers_with_code() -> None:
    assert (OURS.uses, RDFS.subPropertyOf, URIRef(LPWC + "property/hasMethod")) in ONTOLOGY
    assert (OURS.evaluatesOn, RDFS.subPropertyOf, URIRef(LPWC + "property/usesDataset")) in ONTOLOGY
    assert (OURS.addresses, RDFS.subPropertyOf, URIRef(LPWC + "property/hasTask")) in ONTOLOGY
    assert (OURS.Method, SKOS.closeMatch, URIRef(LPWC + "class/method")) in ONTOLOGY
    for name in ("proposes", "introduces"):
        inverses = [
            i
            for above in ONTOLOGY.objects(OURS[name], RDFS.subPropertyOf)
            for i in ONTOLOGY.objects(above, OWL.inverseOf)
        ]
        assert inverses == [URIRef(LPWC + "property/introducedBy")]


def test_sharing_is_symmetric_and_entities_are_concepts() -> None:
    assert (OURS.sharesTechniqueWith, RDF.type, OWL.SymmetricProperty) in ONTOLOGY
    assert (OURS.Entity, RDFS.subClassOf, SKOS.Concept) in ONTOLOGY
    assert {str(c) for c in ONTOLOGY.subjects(RDFS.subClassOf, OURS.Concept)} == {KG + "Task", KG + "Metric"}


def test_the_ontology_has_its_iri_and_no_clock() -> None:
    assert (URIRef("https://w3id.org/papers-kg/ontology"), RDF.type, OWL.Ontology) in ONTOLOGY
    assert "T00:" not in ontology_path("kg.ttl").read_text(encoding="utf-8")
    assert not [o for o in ONTOLOGY.objects() if str(getattr(o, "datatype", "")).endswith(("date", "dateTime"))]
