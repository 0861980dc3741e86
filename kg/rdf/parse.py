"""Reads Turtle fast, a subject at a time: what `kg.rdf.load` and `kg.verify` stand on.

Our own files hold the subjects in order, each once, so they are read as a stream. Any other Turtle (edited by hand, or
written by another tool) is gathered by subject first.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError
from kg.rdf.terms import Blank, Iri, Literal, Term

if TYPE_CHECKING:
    import pyoxigraph

    Native = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

Pairs = list[tuple[str, Term]]
"""What is said of a subject: full IRIs of predicates, and objects."""

GRAPH_FILE = "kg.ttl"
_HINT = "make it anew with `kg build`"


def graph_file(path: str | Path) -> Path:
    """Return the Turtle file of a graph given as that file or as the folder that `kg build` wrote.

    Raises `InputError` when there is none.
    """
    given = Path(path)
    file = given / GRAPH_FILE if given.is_dir() else given
    if not file.is_file():
        raise InputError("there is no graph here", where=str(file), hint="make one with `kg build SOURCE`")
    return file


def subjects(path: Path) -> Iterator[tuple[str, Pairs]]:
    """Yield every subject of a Turtle file once, in order, with all that is said of it; blank nodes begin with ``_:``.

    Raises `InputError` when the file cannot be read or is not Turtle.
    """
    try:
        with path.open("rb") as file:
            runs = _runs(file, str(path))
            yield from _checked(runs, str(path)) if _sorted(path) else _gathered(runs)
    except OSError as error:
        raise InputError("the graph cannot be read", where=str(path), hint=str(error)) from error


def gather(turtle: BinaryIO, *, where: str = "") -> Iterator[tuple[str, Pairs]]:
    """Yield every subject of any Turtle once, in order; raises `InputError` for what is no Turtle."""
    return _gathered(_runs(turtle, where))


def light(term: Native) -> Term:
    """Return a term of pyoxigraph as one of ours; raises `ValueError` for a triple in place of a node."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return Blank(term.value)
    raise ValueError("a triple stands in place of a node, which RDF 1.1 does not know")


def _sorted(path: Path) -> bool:
    """Tell whether the file is laid out as our writer does: each subject alone on its line, in order.

    A look at the lines takes a twentieth of the time of parsing.
    """
    last = b""
    with path.open("rb") as lines:
        for line in lines:
            if line.startswith((b"    ", b"@prefix ", b"\n")):
                continue
            if not line.endswith(b">\n") or line[:-2] <= last:
                return False
            last = line[:-2]
    return True


def _gathered(runs: Iterator[tuple[str, Pairs]]) -> Iterator[tuple[str, Pairs]]:
    gathered: dict[str, Pairs] = {}
    for subject, pairs in runs:
        gathered.setdefault(subject, []).extend(pairs)
    yield from sorted(gathered.items(), key=itemgetter(0))


def _checked(runs: Iterator[tuple[str, Pairs]], where: str) -> Iterator[tuple[str, Pairs]]:
    last = ""
    for subject, pairs in runs:
        if subject <= last:
            raise InputError(f"the statements about <{subject}> stand in several places", where=where, hint=_HINT)
        last = subject
        yield subject, pairs


def _runs(turtle: BinaryIO, where: str) -> Iterator[tuple[str, Pairs]]:
    """Yield each run of triples with one subject."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    last = ""
    pairs: Pairs = []
    try:
        for quad in parse(turtle, RdfFormat.TURTLE):
            node, thing = quad.subject, quad.object
            subject = node.value if type(node) is NamedNode else f"_:{node.value}"
            if subject != last:
                if pairs:
                    yield last, pairs
                last, pairs = subject, []
            if type(thing) is NamedNode:
                pairs.append((quad.predicate.value, Iri(thing.value)))
            else:
                pairs.append((quad.predicate.value, light(thing)))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"not valid Turtle: {error}", where=where, hint=_HINT) from error
    if pairs:
        yield last, pairs
