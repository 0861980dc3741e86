"""The service description: what the endpoint is, as RDF (SPARQL 1.1 Service Description). Runs in a worker."""

from __future__ import annotations

from kg.answers import Answer
from kg.rdf.iris import safe_iri
from kg.rdf.terms import Iri, Literal, Term, integer
from kg.vocab import expand

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def service(endpoint: str, base: str, triples: int) -> Answer:
    """Return the description of an endpoint over a graph of so many triples, whose IRIs begin with `base`."""
    address = safe_iri(endpoint)
    itself, dataset, graph = (Iri(f"{address}#{part}") for part in ("service", "dataset", "graph"))
    said: list[tuple[Term, str, Term]] = [
        (itself, expand("rdf:type"), Iri(_SD + "Service")),
        (itself, _SD + "endpoint", Iri(address)),
        (itself, _SD + "supportedLanguage", Iri(_SD + "SPARQL11Query")),
        (itself, _SD + "defaultDataset", dataset),
        (dataset, expand("rdf:type"), Iri(_SD + "Dataset")),
        (dataset, _SD + "defaultGraph", graph),
        (graph, expand("rdf:type"), Iri(_SD + "Graph")),
        (graph, expand("rdf:type"), Iri(_VOID + "Dataset")),
        (graph, expand("dcterms:title"), Literal("A knowledge graph of papers, linked by the techniques they share")),
        (graph, _VOID + "triples", integer(triples)),
        (graph, _VOID + "uriSpace", Literal(base)),
    ]
    said += [(itself, _SD + "resultFormat", Iri(f"http://www.w3.org/ns/formats/{name}")) for name in _FORMATS]
    triples_ = ((subject, Iri(predicate), thing) for subject, predicate, thing in said)
    return Answer("construct", triples=tuple(sorted(triples_, key=lambda t: [(type(x).__name__, x) for x in t])))
