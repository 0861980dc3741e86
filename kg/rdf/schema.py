"""Checks one node of a graph against the vocabulary: its classes, and domain, range, form and number of every statement.

The rules are those of `kg.vocab`; nothing here knows what the statements mean. Used by `kg.verify`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.rdf.parse import Pairs
from kg.rdf.terms import DECIMAL, INTEGER, STRING, YEAR, Blank, Iri, Literal, Term, decimal
from kg.rdf.turtle import short_name
from kg.vocab import ALIGNED_CLASSES, CLASSES, KG, PREDICATES, Kind, Role, expand

TYPE = expand("rdf:type")
PERSON = "Person"
_ABSTRACT = ("Entity", "Evidence", "WeightedNode")
_OWN = {KG + name: name for name in CLASSES if name not in _ABSTRACT} | {expand("foaf:Person"): PERSON}
_ABOVE: dict[str, tuple[str, ...]] = {
    "Mention": ("Evidence",),
    "Result": ("Evidence",),
    "Link": ("WeightedNode",),
    "SharedTechnique": ("WeightedNode",),
    **{kind.value: ("Entity",) for kind in Kind},
    Kind.TASK.value: ("Entity", "Concept"),
    Kind.METRIC.value: ("Entity", "Concept"),
}
_FORMS = {
    INTEGER: re.compile(r"0|-?[1-9][0-9]*"),
    YEAR: re.compile(r"-?[0-9]{4,}"),
    DECIMAL: re.compile(r"-?[0-9]+(?:\.[0-9]+)?"),
}
_PREDICATES = {
    expand(p.name): (p.name, p.domain.split(":")[1], p.range, expand(p.range) if p.range.startswith("xsd:") else "")
    for p in PREDICATES
}
_ROLES = {f"{KG}{role.value}" for role in Role}

_TYPES = {own: {KG + own, *map(expand, ALIGNED_CLASSES.get(own, ()))} for own in _OWN.values()}
_TYPES[PERSON] = {expand("foaf:Person")}
for _kind in Kind:
    _TYPES[_kind.value] |= {KG + "Entity", expand("skos:Concept")}

_PLACE = (
    "kg:field",
    "kg:start",
    "kg:end",
    "kg:quote",
    "kg:sentenceStart",
    "kg:sentenceEnd",
    "kg:extractor",
    "kg:confidence",
)
_EXACTLY_ONE: dict[str, tuple[str, ...]] = {
    "Mention": (*_PLACE, "kg:inPaper", "kg:entity", "kg:role"),
    "Result": (*_PLACE, "kg:value", "kg:lexicalValue"),
    "Link": ("kg:weight",),
    "SharedTechnique": ("kg:sharedEntity", "kg:weight"),
    PERSON: ("foaf:name", "kg:position"),
    **{kind.value: ("skos:prefLabel", "kg:paperCount") for kind in Kind},
}
_AT_MOST_ONE: dict[str, tuple[str, ...]] = {
    "Paper": ("dcterms:title", "dcterms:abstract", "dcterms:source", "fabio:hasPublicationYear", "fabio:hasArXivId",
              "bibo:doi", "kg:cslJson"),
    "Result": ("kg:valueTo", "kg:error", "kg:unit"),
    **{kind.value: ("skos:definition",) for kind in Kind},
}  # fmt: skip


def class_of(pairs: Pairs) -> str:
    """Return the local name of the most specific class of a node, empty when it has none of ours or several."""
    own = [_OWN[thing.value] for predicate, thing in pairs if predicate == TYPE and thing.value in _OWN]
    return own[0] if len(own) == 1 else ""


def check(subject: str, pairs: Pairs, classes: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a node in itself. `classes` tells the class of every node of the graph."""
    if subject.startswith("_:"):
        yield "is a blank node"
    own = classes.get(subject, "")
    own_or_above = (own, *_ABOVE.get(own, ()))
    yield from _types(own, {thing.value for predicate, thing in pairs if predicate == TYPE})
    count: Counter[str] = Counter()
    for predicate, thing in pairs:
        known = _PREDICATES.get(predicate)
        if known is None:
            if predicate != TYPE:
                yield f"{short_name(predicate)} is no predicate of kg"
            continue
        name, domain, wanted, datatype = known
        count[name] += 1
        if own and domain not in own_or_above:
            yield f"{name} is said of a {own}, not of a {domain}"
        if not (_is_value(thing, datatype) if datatype else _is_node(wanted, thing, classes)):
            yield f"{name} leads to {_shown(thing)}, which is no {wanted}"
    for name in _EXACTLY_ONE.get(own, ()):
        if count[name] != 1:
            yield f"has {name} {count[name]} times, not once"
    for name in _AT_MOST_ONE.get(own, ()):
        if count[name] > 1:
            yield f"has {name} {count[name]} times"


def _types(own: str, types: set[str]) -> Iterator[str]:
    if not own:
        yield "has no class of kg, or several"
        return
    wanted = _TYPES[own]
    for missing in sorted(wanted - types):
        yield f"is not typed {short_name(missing)}"
    for extra in sorted(types - wanted):
        yield f"is typed {short_name(extra)}, which a {own} is not"


def _is_value(thing: Term, datatype: str) -> bool:
    return isinstance(thing, Literal) and thing.datatype == datatype and (datatype == STRING or _well_formed(thing))


def _is_node(wanted: str, thing: Term, classes: Mapping[str, str]) -> bool:
    if not isinstance(thing, Iri):
        return False
    if wanted == "rdfs:Resource":
        return True
    if wanted == "rdf:Property":
        return thing.value in _ROLES
    own = classes.get(thing.value, "")
    return wanted.split(":")[1] in (own, *_ABOVE.get(own, ()))


@lru_cache(maxsize=1 << 12)
def _well_formed(literal: Literal) -> bool:
    form = _FORMS[literal.datatype]
    return bool(form.fullmatch(literal.value)) and (literal.datatype != DECIMAL or decimal(literal.value) == literal)


def _shown(thing: Term) -> str:
    if isinstance(thing, Blank):
        return "a blank node"
    return short_name(thing.value) if isinstance(thing, Iri) else repr(thing.value[:60])
