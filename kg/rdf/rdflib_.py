"""The graph as an `rdflib.Graph`, for those who work with rdflib. The same statements as kg.ttl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.statements import Mentions, statements
from kg.rdf.terms import STRING, Iri
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import rdflib

    from kg.graph import KnowledgeGraph


def to_rdflib(graph: KnowledgeGraph, *, mentions: Mentions = "best") -> rdflib.Graph:
    """Return the graph as an `rdflib.Graph` with the prefixes of kg.ttl bound."""
    import rdflib

    made = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)
    for subject, pairs in statements(graph, mentions=mentions):
        node = rdflib.URIRef(subject.value)
        for predicate, thing in pairs:
            if isinstance(thing, Iri):
                made.add((node, rdflib.URIRef(predicate.value), rdflib.URIRef(thing.value)))
            else:
                datatype = None if thing.datatype == STRING else rdflib.URIRef(thing.datatype)
                literal = rdflib.Literal(thing.value, datatype=datatype, normalize=False)
                made.add((node, rdflib.URIRef(predicate.value), literal))
    return made
