"""What a node has to look like, as one regular expression for each class, made of the vocabulary and the SHACL shapes.

`kg.vocab` says which predicates a class has and what they lead to, `ontology/shapes.ttl` how many of each there may be and
which values. A node of our Turtle that its pattern matches keeps all of that; what its IRIs lead to is left to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.data import ontology_path
from kg.rdf.parse import Pairs, gather
from kg.rdf.terms import DECIMAL, INTEGER, Literal, Term
from kg.rdf.turtle import short_name
from kg.vocab import ALIGNED_CLASSES, PREDICATES, Kind, Predicate, expand

SHACL = "http://www.w3.org/ns/shacl#"
_ABOVE = {
    "Evidence": ("Mention", "Result"),
    "WeightedNode": ("Link", "SharedTechnique"),
    "Entity": tuple(kind.value for kind in Kind),
}
IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")
_ESCAPED = r"\\(?:[tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_TEXT = rf'[^"\\\n\r]*(?:{_ESCAPED}[^"\\\n\r]*)*'
_SOME_TEXT = rf'(?!"){_TEXT}'
_WHOLE = {None: r"(?:0|-?[1-9][0-9]*)", 0: r"(?:0|[1-9][0-9]*)", 1: r"[1-9][0-9]*"}
_UNSIGNED = r"(?:0|[1-9][0-9]*|(?:0|[1-9][0-9]*)\.[0-9]*[1-9])"
_LIST, _FIRST, _REST = (expand(f"rdf:{name}") for name in ("nil", "first", "rest"))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape asks of the values that one predicate has at a node. Numbers are inclusive bounds, unless said."""

    least: int = 0
    most: int | None = None
    shortest: int = 0
    lowest: float | None = None
    highest: float | None = None
    above: float | None = None
    pattern: str = ""
    among: tuple[str, ...] = field(default=())

    def broken(self, name: str, values: list[Term]) -> Iterator[str]:
        """Yield what is wrong with the values of a predicate."""
        if len(values) < self.least:
            yield f"has {name} {len(values)} times, not {self.least}"
        if self.most is not None and len(values) > self.most:
            yield f"has {name} {len(values)} times, not {self.most}"
        for value in values:
            number = value.python() if isinstance(value, Literal) else None
            if isinstance(value, Literal) and len(value.value) < self.shortest:
                yield f"has an empty {name}"
            elif self.pattern and not re.search(self.pattern, value.value):
                yield f"has {name} {value.value!r}, which is not {self.pattern.strip('^$')}"
            elif self.among and value.value not in self.among:
                yield f"has {name} {short_name(value.value)}, which is none of those it may be"
            elif isinstance(number, int | float) and not self._within(number):
                yield f"has {name} {value.value}, which is not in its bounds"

    def _within(self, number: float) -> bool:
        low = self.lowest is None or number >= self.lowest
        high = self.highest is None or number <= self.highest
        return low and high and (self.above is None or number > self.above)


@cache
def rules() -> dict[tuple[str, str], Rule]:
    """Return the rules of the shapes by local name of the class and prefixed name of the predicate."""
    with ontology_path("shapes.ttl").open("rb") as file:
        nodes = {subject: _said(pairs) for subject, pairs in gather(file)}
    found = {}
    for said in nodes.values():
        path = said.get(SHACL + "path", [None])[0]
        if path is None or path.value.startswith("_:") or path.value in {n.removeprefix("_:") for n in nodes}:
            continue  # an inverse path: checked where the two ends meet
        for target in said.get(SHACL + "targetClass", ()):
            found[_local(target.value), short_name(path.value)] = _rule(said, nodes)
    return found


@cache
def pattern(own: str) -> re.Pattern[str]:
    """Return what the text of a node of one class matches after its subject.

    The values of each predicate are a named group: what one says, or several as they are written.
    """
    parts = [rf"    a {re.escape(_types(own))} ;\n"]
    for predicate in sorted(predicates(own), key=lambda predicate: predicate.name):
        rule = rules().get((own, predicate.name)) or rules().get((_parent(own), predicate.name)) or Rule()
        (opening, inside, closing), group = _value(predicate, rule), group_of(predicate.name)
        name = re.escape(predicate.name)
        if rule.most == 1:
            written = rf"    {name} {opening}(?P<{group}>{inside}){closing} ;\n"
        else:
            value = opening + inside + closing
            written = rf"    {name}(?P<{group}> {value}|\n        {value}(?:,\n        {value})+) ;\n"
        parts.append(written if rule.least else f"(?:{written})?")
    return re.compile("".join(parts))


def predicates(own: str) -> list[Predicate]:
    """Return the predicates that nodes of a class may have."""
    return [p for p in PREDICATES if own in (local := _local(p.domain), *_ABOVE.get(local, ()))]


def group_of(name: str) -> str:
    """Return the name of the group that holds the values of a predicate.

    >>> group_of("kg:inPaper"), group_of("dcterms:title")
    ('inPaper', 'title')
    """
    return name.partition(":")[2]


def broken(own: str, pairs: Pairs) -> Iterator[str]:
    """Yield which rules of the shapes a node breaks."""
    values: dict[str, list[Term]] = {}
    for predicate, thing in pairs:
        values.setdefault(short_name(predicate), []).append(thing)
    for (target, name), rule in rules().items():
        if target in (own, _parent(own)):
            yield from rule.broken(name, values.get(name, []))
    if own == "Paper" and not {"dcterms:title", "dcterms:abstract"} & values.keys():
        yield "has neither a title nor an abstract"


def _value(predicate: Predicate, rule: Rule) -> tuple[str, str, str]:
    """Return what an object of a predicate is written like: what opens it, what it says, what closes it."""
    if predicate.range == "rdf:Property":
        return "kg:", "(?:" + "|".join(name.rpartition("#")[2] for name in rule.among) + ")", ""
    if predicate.range == "rdfs:Resource":
        return "<", IRI.pattern, ">"
    if not predicate.range.startswith("xsd:"):
        return "<", "[^>]*", ">"  # a node of the graph, whose own name is checked
    if predicate.range == "xsd:string":
        return '"', rule.pattern.strip("^$") or (_SOME_TEXT if rule.shortest else _TEXT), '"'
    return '"', _number(expand(predicate.range), rule), rf'"\^\^{re.escape(predicate.range)}'


def _number(datatype: str, rule: Rule) -> str:
    if datatype == INTEGER:
        return _WHOLE[None if rule.lowest is None else int(rule.lowest)]
    if datatype != DECIMAL:
        return "-?[0-9]{4,}"
    if rule.highest == 1:
        return r"(?:0|1|0\.[0-9]*[1-9])"
    if rule.above == 0:
        return rf'(?!0"){_UNSIGNED}'
    return _UNSIGNED if rule.lowest == 0 else rf'(?!-0")-?{_UNSIGNED}'


def _types(own: str) -> str:
    """Return the classes of a node as they are written."""
    names = [f"kg:{own}", *ALIGNED_CLASSES.get(own, ())] if own != "Person" else ["foaf:Person"]
    if own in _ABOVE["Entity"]:
        names += ["kg:Entity", "skos:Concept"]
    return ", ".join(sorted(names))


def _parent(own: str) -> str:
    return "Entity" if own in _ABOVE["Entity"] else ""


def _local(name: str) -> str:
    return re.split(r"[#/:]", name)[-1]


def _said(pairs: Pairs) -> dict[str, list[Term]]:
    said: dict[str, list[Term]] = {}
    for predicate, thing in pairs:
        said.setdefault(predicate, []).append(thing)
    return said


def _rule(said: dict[str, list[Term]], nodes: dict[str, dict[str, list[Term]]]) -> Rule:
    def one(name: str) -> str | None:
        return said[SHACL + name][0].value if SHACL + name in said else None

    def number(name: str) -> float | None:
        value = one(name)
        return None if value is None else float(value)

    most = one("maxCount")
    return Rule(
        least=int(one("minCount") or 0),
        most=None if most is None else int(most),
        shortest=int(one("minLength") or 0),
        lowest=number("minInclusive"),
        highest=number("maxInclusive"),
        above=number("minExclusive"),
        pattern=one("pattern") or "",
        among=tuple(_members(one("in"), nodes)),
    )


def _members(start: str | None, nodes: dict[str, dict[str, list[Term]]]) -> Iterator[str]:
    """Yield the members of an RDF list."""
    while start and start != _LIST:
        said = nodes[f"_:{start}"]
        yield said[_FIRST][0].value
        start = said[_REST][0].value


@cache
def several(own: str) -> tuple[str, ...]:
    """Return the groups of predicates that a node of a class may have several times."""
    return tuple(
        group_of(predicate.name)
        for predicate in predicates(own)
        if (rules().get((own, predicate.name)) or rules().get((_parent(own), predicate.name)) or Rule()).most != 1
    )
