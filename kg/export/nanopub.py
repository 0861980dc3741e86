"""Nanopublications of the results, in TriG: each value a paper reports as a small publication that can be cited alone.

Every one has four graphs: the head, the assertion (the value, its metric, data set and method), the provenance (the
paper, the words, what read them and how sure it is) and the publication info (what made it). No clock is read: there is
no date of creation. IRIs are plain ones, not trusty URIs; a nanopublication server makes those when it signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from kg import __version__
from kg.graph import KnowledgeGraph
from kg.rdf.iris import base_iri
from kg.rdf.statements import TYPE, Mentions, Node, P, statements
from kg.rdf.terms import Iri, Literal, Pair
from kg.rdf.turtle import term_text
from kg.vocab import PREDICATES, PREFIXES, expand

_PREFIXES = PREFIXES | {"np": "http://www.nanopub.org/nschema#", "prov": "http://www.w3.org/ns/prov#"}
_SOFTWARE = "<https://w3id.org/papers-kg/software>"
_RESULT = (TYPE, Iri(expand("kg:Result")))
_EVIDENCE = frozenset(P[predicate.name] for predicate in PREDICATES if predicate.domain == "kg:Evidence")
_CITED = frozenset(P[name] for name in ("dcterms:title", "bibo:doi", "fabio:hasArXivId"))
_NAMED = tuple(P[name] for name in ("kg:method", "kg:dataset", "kg:metric"))


class _Paper(NamedTuple):
    """The paper that a result is from: its IRI and what to cite it by."""

    iri: Iri
    record: list[Pair]


def write(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write a nanopublication for each result of each paper, in order of their IRIs."""
    lines = (f"@prefix {prefix}: <{_PREFIXES[prefix]}> .\n" for prefix in sorted(_PREFIXES))
    out.write("".join(lines).encode())
    for block in _nanopubs(graph):
        out.write(block.encode("utf-8"))


def _nanopubs(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the text of each. Entities and papers come before results in the order of IRIs, so one pass will do."""
    base = base_iri(graph.base)
    labels: dict[Iri, Literal] = {}
    papers: dict[Iri, _Paper] = {}
    for subject, pairs in statements(graph):
        if _RESULT in pairs:
            name = base + "nanopub/" + subject.value.removeprefix(base + "result/")
            yield _nanopub(name, (subject, pairs), papers[subject], labels)
            continue
        for predicate, thing in pairs:
            if predicate == P["skos:prefLabel"] and isinstance(thing, Literal):
                labels[subject] = thing
            elif predicate == P["kg:hasResult"] and isinstance(thing, Iri):
                papers[thing] = _Paper(subject, [pair for pair in pairs if pair[0] in _CITED])


def _nanopub(name: str, node: Node, paper: _Paper, labels: dict[Iri, Literal]) -> str:
    result, pairs = node
    parts = [f"<{name}/{part}>" for part in ("head", "assertion", "provenance", "pubinfo")]
    _, assertion, provenance, info = parts
    said = [pair for pair in pairs if pair[0] not in _EVIDENCE]
    named = [(thing, labels[thing]) for _, thing in said if isinstance(thing, Iri) and thing in labels]
    graphs = (
        [f"<{name}> a np:Nanopublication ; np:hasAssertion {assertion} ; np:hasProvenance {provenance} ; "
         f"np:hasPublicationInfo {info} ."],
        [*_about(paper.iri, [(P["kg:hasResult"], result)]), *_about(result, said)],
        [f"{assertion} prov:wasDerivedFrom {term_text(paper.iri)} .",
         *_about(result, [pair for pair in pairs if pair[0] in _EVIDENCE]), *_about(paper.iri, paper.record)],
        [f"<{name}> rdfs:label {term_text(_title(said, labels))} ; prov:wasAttributedTo {_SOFTWARE} .",
         f"{_SOFTWARE} a prov:SoftwareAgent ; rdfs:label \"papers-kg\" ; schema:softwareVersion \"{__version__}\" .",
         *(line for thing, label in named for line in _about(thing, [(P["skos:prefLabel"], label)]))],
    )  # fmt: skip
    blocks = (f"{part} {{\n    " + "\n    ".join(lines) + "\n}\n" for part, lines in zip(parts, graphs, strict=True))
    return "\n" + "".join(blocks)


def _about(subject: Iri, pairs: Iterable[Pair]) -> list[str]:
    """Return sorted statements about one thing, a line each."""
    return sorted({f"{term_text(subject)} {term_text(predicate)} {term_text(thing)} ." for predicate, thing in pairs})


def _title(said: list[Pair], labels: dict[Iri, Literal]) -> Literal:
    """Return what to call a result: ``Fox Transformer, MeadowNet, accuracy: 91.5%``."""
    names = (labels[thing].value for kind in _NAMED for predicate, thing in said
             if predicate == kind and isinstance(thing, Iri) and thing in labels)  # fmt: skip
    printed = next((thing.value for predicate, thing in said if predicate == P["kg:lexicalValue"]), "")
    words = ", ".join(names)
    return Literal(f"{words}: {printed}" if words else printed)


FILES = {"kg-nanopub.trig": write}
