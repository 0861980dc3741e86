"""Named questions: SPARQL with parameters, kept as data in `kg/questions/*.rq`, asked by name.

A question begins with comment lines that say its title, its parameters and an example:

    # title: Who introduced X?
    # param: x (entity) a method or dataset
    # param: n (number, 20) how many rows
    # example: kg query who-introduced "Vision Transformer"

`{{x}}` stands for the IRI of what the name resolves to, `{{n}}` for a whole number. Nothing else of what the user types
ever becomes part of a query. Stands after the graph and the store; used by the command line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from kg.answers import Answer
from kg.errors import NotFoundError, UsageError
from kg.rdf.iris import base_iri, encode
from kg.store import Store

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_HEADER = re.compile(r"#\s*(title|param|example):\s*(.+)")
_PARAM = re.compile(r"(\w+) \((\w+)(?:, (\w+))?\) (.+)")
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for. `kind` is ``number``, ``paper``, ``entity`` or a kind of entity (``dataset``)."""

    name: str
    kind: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that has a name."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    sparql: str

    @property
    def usage(self) -> str:
        """How the question is asked: its name and parameters, those in brackets may be left out."""
        words = (f"[{p.name.upper()}]" if p.default else p.name.upper() for p in self.parameters)
        return " ".join([self.name, *words])


def list_questions() -> list[Question]:
    """Return all questions in order of name."""
    files = (file for file in resources.files("kg").joinpath("questions").iterdir() if file.name.endswith(".rq"))
    questions = (_parse(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)
    return sorted(questions, key=lambda question: question.name)


def question(name: str) -> Question:
    """Return the question of that name; raises `UsageError` when there is none."""
    found = {known.name: known for known in list_questions()}
    if name not in found:
        raise UsageError(f"no question called {name!r}", hint="choose from " + ", ".join(found))
    return found[name]


def run(source: KnowledgeGraph | Store, name: str, args: Sequence[str] = ()) -> Answer:
    """Ask a named question.

    Raises `UsageError` for an unknown question or wrong arguments, `NotFoundError` for a name the graph does not hold.
    """
    graph = source.graph if isinstance(source, Store) else source
    return source.query(sparql(graph, question(name), args))


def sparql(graph: KnowledgeGraph, asked: Question, args: Sequence[str]) -> str:
    """Return the SPARQL of a question with its arguments in place; raises as `run` does."""
    least = sum(not parameter.default for parameter in asked.parameters)
    if not least <= len(args) <= len(asked.parameters):
        raise UsageError(f"{asked.name} takes {_count(asked)}, got {len(args)}", hint=f"kg query {asked.usage}")
    given = [*args, *(parameter.default for parameter in asked.parameters[len(args) :])]
    terms = {
        parameter.name: _term(graph, parameter, text) for parameter, text in zip(asked.parameters, given, strict=True)
    }
    return _SLOT.sub(lambda slot: terms[slot[1]], asked.sparql)


def _term(graph: KnowledgeGraph, parameter: Parameter, text: str) -> str:
    """Return an argument as a term of SPARQL: a whole number, or the IRI of what the name stands for."""
    if parameter.kind == "number":
        if not _NUMBER.fullmatch(text):
            raise UsageError(f"{parameter.name.upper()} is a whole number, not {text!r}", hint=parameter.about)
        return str(int(text))
    found = [local for local in graph.find(text) if _fits(graph, parameter.kind, local)]
    if not found:
        graph.find_one(text)  # raises with near names when nothing at all goes by the name
        raise NotFoundError(f"{text!r} is no {parameter.kind}", hint=f"{parameter.name.upper()} is {parameter.about}")
    return f"<{base_iri(graph.base)}{encode(found[0])}>"


def _fits(graph: KnowledgeGraph, kind: str, local: str) -> bool:
    if kind == "paper":
        return local in graph.papers
    return local in graph.entities and kind in ("entity", graph.entities[local].kind.value.lower())


def _count(asked: Question) -> str:
    names = ", ".join(parameter.name.upper() for parameter in asked.parameters)
    return names or "no arguments"


def _parse(name: str, text: str) -> Question:
    header = [(match[1], match[2]) for line in text.splitlines() if (match := _HEADER.fullmatch(line))]
    parameters = (_PARAM.fullmatch(words) for what, words in header if what == "param")
    said = dict(header)
    return Question(
        name=name,
        title=said["title"],
        parameters=tuple(Parameter(p[1], p[2], p[3] or "", p[4]) for p in parameters if p),
        example=said["example"],
        sparql="\n".join(line for line in text.splitlines() if not line.startswith("#")),
    )
