"""The named questions as queries to start from: what a parameter stands for is something that this graph holds.

Runs in a worker; the editor lists them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.query import Question, list_questions
from kg.vocab import PREFIXES, Kind

if TYPE_CHECKING:
    from kg.serve.tasks import Desk

_TOP = """SELECT ?node ?name WHERE {{ ?node a kg:{0} ; skos:prefLabel ?name ; kg:paperCount ?papers }}
ORDER BY DESC(?papers) ?name LIMIT 1"""
_PAPER = "SELECT ?node ?name WHERE { ?node a kg:Paper ; dcterms:title ?name } ORDER BY ?node LIMIT 1"
_LINKED = """SELECT ?node ?name WHERE { ?node kg:sharesTechniqueWith ?other ; dcterms:title ?name }
ORDER BY ?node LIMIT 1"""
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_PREFIX = re.compile(r"(?<![\w?$<:/])([a-z]+):(?=[A-Za-z])")

Thing = tuple[str, str]
"""An IRI and a name."""


def filled(desk: Desk) -> list[dict[str, str]]:
    """Return each question that can be asked of this graph: its name, its title, and the query."""
    things = _things(desk)
    return [
        {"name": one.name, "title": one.title, "query": _query(one, things)}
        for one in list_questions()
        if all(parameter.kind in (*things, "number") for parameter in one.parameters)
    ]


def _things(desk: Desk) -> dict[str, Thing]:
    """Return what stands for each kind of parameter: that which most papers have."""
    things: dict[str, Thing] = {}
    for kind in Kind:
        for row in desk.rows(_TOP.format(kind.value)):
            things[kind.value.lower()] = (row["node"], row["name"])
    for row in desk.rows(_LINKED) or desk.rows(_PAPER):
        things["paper"] = (row["node"], row["name"])
    entity = next((things[kind.value.lower()] for kind in Kind if kind.value.lower() in things), None)
    return things | ({"entity": entity} if entity else {})


def _query(question: Question, things: Mapping[str, Thing]) -> str:
    given = shlex.split(question.example)[3:]  # kg query NAME ...
    terms = {
        one.name: str(int(given[at] if at < len(given) else one.default))
        if one.kind == "number"
        else f"<{things[one.kind][0]}>"
        for at, one in enumerate(question.parameters)
    }
    about = [
        f"# {one.name.upper()}: {one.about}; here {things[one.kind][1]}"
        for one in question.parameters
        if one.kind in things
    ]
    body = _SLOT.sub(lambda slot: terms[slot[1]], question.sparql).strip()
    used = sorted({prefix for prefix in _PREFIX.findall(body) if prefix in PREFIXES})
    declared = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in used]
    lines = [f"# {question.title}", *(" ".join(line.split()) for line in about), *declared, body]
    return "\n".join(lines) + "\n"
