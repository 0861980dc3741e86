"""Named questions: SPARQL with parameters, kept as data in `kg/questions/*.rq`, asked by name.

A question begins with comment lines that say its title, its parameters and an example:

    # title: Who introduced X?
    # param: x (entity) a method or dataset
    # param: n (number, 20) how many rows
    # example: kg query who-introduced "Vision Transformer"

`{{x}}` stands for the IRI of what the name resolves to, `{{n}}` for a whole number. Nothing else of what the user types
ever becomes part of a query. A question that a large graph cannot answer in a second has a form in SQL beside it
(`kg/questions/*.sql`), asked of the index of a store on disk: the same rows, as a test shows. Stands after the graph and
the store; used by the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, TypeGuard

from kg.answers import Answer
from kg.errors import NotFoundError, UsageError
from kg.rdf.iris import base_iri, encode
from kg.rdf.terms import Iri, Literal, Term, decimal, integer
from kg.store.names import Names, names_of

if TYPE_CHECKING:
    import sqlite3

    from kg.graph import KnowledgeGraph
    from kg.store import Source

_HEADER = re.compile(r"#\s*(title|param|example):\s*(.+)")
_PARAM = re.compile(r"(\w+) \((\w+)(?:, (\w+))?\) (.+)")
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_MADE: dict[str, Callable[[str], Term]] = {"text": Literal, "iri": Iri, "decimal": decimal}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for. `kind` is ``number``, ``paper``, ``entity`` or a kind of entity (``dataset``)."""

    name: str
    kind: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that has a name. `sql` is its form for the index of a store on disk, empty when it needs none."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    sparql: str
    sql: str = ""

    @property
    def usage(self) -> str:
        """How the question is asked: its name and parameters, those in brackets may be left out."""
        words = (f"[{p.name.upper()}]" if p.default else p.name.upper() for p in self.parameters)
        return " ".join([self.name, *words])


def list_questions() -> list[Question]:
    """Return all questions in order of name."""
    files = {
        file.name: file.read_text(encoding="utf-8") for file in resources.files("kg").joinpath("questions").iterdir()
    }
    names = (name.removesuffix(".rq") for name in files if name.endswith(".rq"))
    return [_parse(name, files[f"{name}.rq"], files.get(f"{name}.sql", "")) for name in sorted(names)]


def question(name: str) -> Question:
    """Return the question of that name; raises `UsageError` when there is none."""
    found = {known.name: known for known in list_questions()}
    if name not in found:
        raise UsageError(f"no question called {name!r}", hint="choose from " + ", ".join(found))
    return found[name]


def run(source: KnowledgeGraph | Source, name: str, args: Sequence[str] = ()) -> Answer:
    """Ask a named question.

    Raises `UsageError` for an unknown question or wrong arguments, `NotFoundError` for a name the graph does not hold.
    """
    asked = question(name)
    given = terms(source, asked, args)
    index: sqlite3.Connection | None = getattr(source, "index", None)
    return _ask_index(index, asked, given) if index and asked.sql else source.query(fill(asked, given))


def sparql(source: KnowledgeGraph | Source, asked: Question, args: Sequence[str]) -> str:
    """Return the SPARQL of a question with its arguments in place; raises as `run` does."""
    return fill(asked, terms(source, asked, args))


def terms(source: KnowledgeGraph | Source, asked: Question, args: Sequence[str]) -> dict[str, Iri | int]:
    """Return what the arguments of a question stand for, by parameter; raises as `run` does."""
    least = sum(not parameter.default for parameter in asked.parameters)
    if not least <= len(args) <= len(asked.parameters):
        raise UsageError(f"{asked.name} takes {_count(asked)}, got {len(args)}", hint=f"kg query {asked.usage}")
    given = [*args, *(parameter.default for parameter in asked.parameters[len(args) :])]
    pairs = list(zip(asked.parameters, given, strict=True))
    for parameter, text in pairs:
        if parameter.kind == "number" and not _NUMBER.fullmatch(text):
            raise UsageError(f"{parameter.name.upper()} is a whole number, not {text!r}", hint=parameter.about)
    names = _names(source) if any(parameter.kind != "number" for parameter in asked.parameters) else None
    return {p.name: _node(names, p, text) if names and p.kind != "number" else int(text) for p, text in pairs}


def fill(asked: Question, given: dict[str, Iri | int]) -> str:
    """Return the SPARQL of a question with what its parameters stand for in place."""
    written = {name: f"<{term.value}>" if isinstance(term, Iri) else str(term) for name, term in given.items()}
    return _SLOT.sub(lambda slot: written[slot[1]], asked.sparql)


def _ask_index(index: sqlite3.Connection, asked: Question, given: dict[str, Iri | int]) -> Answer:
    """Answer the SQL form of a question: its columns, as its first line declares them, become terms."""
    columns = [column.split() for column in asked.sql.partition("\n")[0].removeprefix("-- columns: ").split(", ")]
    values = {name: _number(index, term) if isinstance(term, Iri) else term for name, term in given.items()}
    makers = [_MADE.get(form) for _, form in columns]
    rows = tuple(
        tuple(
            None if value is None else make(value) if make else integer(value)
            for make, value in zip(makers, row, strict=True)
        )
        for row in index.execute(asked.sql, values)
    )
    return Answer("select", tuple(name for name, _ in columns), rows)


def _number(index: sqlite3.Connection, iri: Iri) -> int:
    found = index.execute("SELECT id FROM node WHERE iri = ?", (iri.value,)).fetchone()
    return int(found[0]) if found else 0


def _names(source: KnowledgeGraph | Source) -> _Loaded | Names:
    return _Loaded(source) if _is_loaded(source) else names_of(source)


def _is_loaded(source: KnowledgeGraph | Source) -> TypeGuard[KnowledgeGraph]:
    """Tell a graph in memory without importing it: that takes longer than most questions."""
    return hasattr(source, "find_one")


class _Loaded:
    """The names of a graph in memory, which knows them itself."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self.find, self.find_one = graph.find, graph.find_one

    def kind_of(self, node: str) -> str:
        """Return ``paper``, or the kind of an entity."""
        entity = self._graph.entities.get(node)
        return entity.kind.value.lower() if entity else "paper"

    def iri(self, node: str) -> str:
        """Return the full IRI of a node."""
        return base_iri(self._graph.base) + encode(node)


def _node(names: _Loaded | Names, parameter: Parameter, text: str) -> Iri:
    """Return what a name stands for: the best match that is of the right kind."""
    for local in names.find(text):
        kind = names.kind_of(local)
        if kind == parameter.kind or (parameter.kind == "entity" and kind not in ("paper", "")):
            return Iri(names.iri(local))
    names.find_one(text)  # raises with near names when nothing at all goes by the name
    hint = f"{parameter.name.upper()} is {parameter.about}"
    raise NotFoundError(f"{text!r} is no {parameter.kind}", hint=hint)


def _count(asked: Question) -> str:
    names = ", ".join(parameter.name.upper() for parameter in asked.parameters)
    return names or "no arguments"


def _parse(name: str, text: str, sql: str) -> Question:
    header = [(match[1], match[2]) for line in text.splitlines() if (match := _HEADER.fullmatch(line))]
    parameters = (_PARAM.fullmatch(words) for what, words in header if what == "param")
    said = dict(header)
    return Question(
        name=name,
        title=said["title"],
        parameters=tuple(Parameter(p[1], p[2], p[3] or "", p[4]) for p in parameters if p),
        example=said["example"],
        sparql="\n".join(line for line in text.splitlines() if not line.startswith("#")),
        sql=sql,
    )
