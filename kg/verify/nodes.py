"""Reads a graph node after node, and all that belongs to one paper together, from the Turtle itself.

A file of ours is read as a stream, at several places side by side. Any other Turtle (edited by hand, written by another
tool) is gathered in memory first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from kg.errors import InputError
from kg.rdf.load import derive_base
from kg.rdf.parse import Pairs, gather
from kg.store.survey import SECTIONS, Survey, blocks_of, survey
from kg.vocab import PREFIXES

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
_BETWEEN = ",\n        "  # stands between the objects of one predicate
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Node(NamedTuple):
    """A node: its IRI (or ``_:`` and a name) and what is said of it, as written or as pairs; one of the two is empty.

    In the text, every predicate ends with a semicolon, the last one too.
    """

    subject: str
    text: str
    said: Pairs

    def pairs(self, where: str) -> Pairs:
        """Return what is said of the node; raises `InputError` when it is written as no Turtle."""
        if self.said or not self.text:
            return self.said
        text = f"{_HEAD}<{self.subject}>\n{self.text.removesuffix(' ;' + chr(10))} .\n"
        return [pair for _, pairs in gather(BytesIO(text.encode("utf-8")), where=where) for pair in pairs]


class Nodes(Protocol):
    """The nodes of a graph by the sort that their names say they are (``paper``, ``mention``); "" for any other."""

    base: str
    where: str

    def papers(self) -> Iterable[str]:
        """Return the IRIs of the papers."""

    def section(self, name: str) -> Iterator[Node]:
        """Yield the nodes of one sort in order of IRI."""


@contextmanager
def open_nodes(file: Path) -> Iterator[Nodes]:
    """Open the nodes of a Turtle file; raises `InputError` when it cannot be read or is no Turtle."""
    with ExitStack() as stack:
        try:
            seen = survey(file, digest=False, papers=True)
            open_file = stack.enter_context(file.open("rb"))
            nodes: Nodes = _FileNodes(open_file, seen, str(file)) if seen.ours else _HeldNodes(open_file, str(file))
            yield nodes
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the graph cannot be read", where=str(file), hint=str(error)) from error


class Groups:
    """Nodes of one sort, all of a paper at once, while the papers come by in order.

    `paper_of` tells the paper of a node. Names that begin alike make the two orders differ here and there: nodes that come
    before their paper wait for it.
    """

    def __init__(self, nodes: Iterator[Node], prefix: str, paper_of: Callable[[Node], str]) -> None:
        self._nodes = nodes
        self._prefix = prefix
        self._paper_of = paper_of
        self._next = next(nodes, None)
        self._waiting: dict[str, list[Node]] = {}

    def take(self, paper: str, local: str) -> list[Node]:
        """Return the nodes of the next paper: its IRI, and the part of it that its nodes are named with."""
        named = f"{self._prefix}{local}/"
        while self._next and (self._next.subject <= named or self._next.subject.startswith(named)):
            self._waiting.setdefault(self._paper_of(self._next), []).append(self._next)
            self._next = next(self._nodes, None)
        return self._waiting.pop(paper, [])

    def left(self) -> Iterator[Node]:
        """Yield the nodes whose paper did not come by."""
        for nodes in self._waiting.values():
            yield from nodes
        if self._next:
            yield self._next
        yield from self._nodes


class _FileNodes:
    """The nodes of a file of ours."""

    def __init__(self, file: BinaryIO, seen: Survey, where: str) -> None:
        self.base, self.where = seen.base, where
        self._file, self._seen = file, seen

    def papers(self) -> Iterable[str]:
        """Return the IRIs of the papers."""
        return self._seen.papers

    def section(self, name: str) -> Iterator[Node]:
        """Yield the nodes of one sort in order of IRI."""
        for start, end in self._seen.spans(name):
            for block in blocks_of(self._file, start, end):
                subject, _, said = block.partition(">\n")
                yield Node(subject, said[:-1] + ";\n", [])


class _HeldNodes:
    """The nodes of any other Turtle, in memory."""

    def __init__(self, file: BinaryIO, where: str) -> None:
        self.where = where
        held = list(gather(file, where=where))
        self.base = derive_base(*self._some(held))
        self._sections: dict[str, list[Node]] = {}
        for subject, pairs in sorted(held, key=itemgetter(0)):
            name = subject.removeprefix(self.base).partition("/")[0] if subject.startswith(self.base) else ""
            self._sections.setdefault(name if name in SECTIONS else "", []).append(Node(subject, "", pairs))

    def papers(self) -> Iterable[str]:
        """Return the IRIs of the papers."""
        return (node.subject for node in self._sections.get("paper", ()))

    def section(self, name: str) -> Iterator[Node]:
        """Yield the nodes of one sort in order of IRI."""
        yield from self._sections.get(name, ())

    def _some(self, held: list[tuple[str, Pairs]]) -> tuple[list[str], list[str], list[str]]:
        """Return the IRIs of papers, entities and persons, which tell the base."""
        from kg.rdf.schema import class_of

        found: dict[str, list[str]] = {"Paper": [], "Person": [], "": []}
        for subject, pairs in held:
            own = class_of(pairs)
            if own.lower() in SECTIONS and own not in ("Link", "Mention", "Result"):
                found[own if own in found else ""].append(subject)
        return found["Paper"], found[""], found["Person"]


def plain(written: str) -> str:
    r"""Return the text that a Turtle string stands for, with or without its quotation marks.

    >>> plain(r'"a \"b\" \u00e9\n"')
    'a "b" é\n'
    """
    text = written[1:-1] if written.startswith('"') else written
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def objects(written: str | None) -> list[str]:
    r"""Return the IRIs, or the texts, of one or several written objects.

    >>> objects(" <urn:a>"), objects("\n        <urn:a>,\n        <urn:b>"), objects(None)
    (['urn:a'], ['urn:a', 'urn:b'], [])
    >>> objects('\n        "pmid:1",\n        "pmcid:2"')
    ['pmid:1', 'pmcid:2']
    """
    held = (written or "").strip()
    if held.startswith('"'):
        return [plain(one) for one in held.split(_BETWEEN)]  # no short string of Turtle has a line end
    return held[1:-1].split(f">{_BETWEEN}<") if held else []


def _unescape(match: re.Match[str]) -> str:
    short, long, char = match.groups()
    if char:
        return _PLAIN.get(char, char)
    return chr(int(short or long, 16))
