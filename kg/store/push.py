"""Loads a graph into another server by the SPARQL 1.1 Graph Store Protocol: in pieces, and on from where it broke off.

The graph goes as N-Triples in pieces of `PIECE` triples. After each one, the number of pieces that are there is noted
beside the graph, so that a second run goes on. Nothing is doubled by sending a piece twice: our graph has no blank nodes,
so a triple that is there already is the same triple. At the end the server counts.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, OutputError, UsageError
from kg.rdf.parse import graph_file
from kg.store.http import Client, EndpointError, Server
from kg.store.remote import Endpoint
from kg.store.survey import survey

if TYPE_CHECKING:
    import pyoxigraph

PIECE = 100_000
"""Triples in one request."""

Progress = Callable[[str, int, int], None]
"""Called with a stage, what is done of it and what there is to do (0: not known)."""

_NTRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: triples of the graph, pieces sent now and found to be there already, triples the server counts."""

    triples: int
    sent: int
    skipped: int
    counted: int


def push(
    path: str | Path, server: Server, *, store: str = "", replace: bool = False, piece: int = PIECE,
    progress: Progress | None = None,
) -> Pushed:  # fmt: skip
    """Load the graph in a folder or Turtle file into a server, and return what was done.

    `store` is the URL of its Graph Store, by default found from that of its queries. With `replace`, what the graph on the
    server holds is removed first. A push that broke off goes on where it stopped, unless the graph has changed since.

    Raises `InputError` for a graph that cannot be read or has blank nodes, `UsageError` when the Graph Store has to be named
    or a named graph is needed, `EndpointError` when the server fails or counts another number of triples at the end.
    """
    file = graph_file(path)
    tell = progress or (lambda stage, done, total: None)
    with Endpoint(server) as endpoint:
        target = _Target(server, endpoint, store)
        try:
            notes = _Notes(file, target.address, piece, replace)
            return _push(file, target, endpoint, notes, tell)
        finally:
            target.close()


def _push(file: Path, target: _Target, endpoint: Endpoint, notes: _Notes, tell: Progress) -> Pushed:
    there = endpoint.count()
    if not notes.pieces or not there:  # nothing was pushed yet, or the server has lost it
        notes.begin(there)
    skipped, sent, triples = notes.pieces, 0, 0
    if notes.replace and not skipped and there:
        target.clear()
        notes.begin(0)
    for number, (body, size) in enumerate(_pieces(file, notes.piece)):
        if number >= skipped:
            target.add(body)
            sent += 1
            notes.done(number + 1)
        triples += size
        tell("push", triples, 0)
    counted = endpoint.count()
    if counted < triples or (counted > triples and not notes.before):
        notes.forget()
        hint = "push again; if that does not help, with --replace"
        raise EndpointError(f"the server counts {counted:,} triples, not {triples:,}", where=endpoint.where, hint=hint)
    return Pushed(triples, sent, skipped, counted)


class _Target:
    """The Graph Store of a server, and the graph in it."""

    def __init__(self, server: Server, endpoint: Endpoint, store: str) -> None:
        self._client = Client(server)
        known = {} if store else _known_server(endpoint.where, endpoint.says())
        if known.get("needs_graph") and not server.graph:
            raise UsageError(
                f"{known['name']} has no default graph to load into", hint="name one with --named-graph IRI"
            )
        end = known.get("login", known.get("store", "")) if server.user else known.get("store", "")
        self._url = store or endpoint.where.removesuffix(known["query"]) + end
        self._params = {"graph": server.graph} if server.graph else {"default": ""}
        self.address = f"{self._url} {server.graph}"

    def add(self, body: bytes) -> None:
        """Add triples to the graph."""
        self._client.send("POST", self._url, params=self._params, content=body, headers={"Content-Type": _NTRIPLES})

    def clear(self) -> None:
        """Remove the graph; that it is not there is no failure."""
        self._client.send("DELETE", self._url, params=self._params, accept=(404,))

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


class _Notes:
    """What is known of earlier pushes of a graph to one place, kept beside it."""

    def __init__(self, file: Path, address: str, piece: int, replace: bool) -> None:
        name = blake2b(address.encode("utf-8"), digest_size=8).hexdigest()
        self._path = file.parent / ".kg" / f"push-{name}.json"
        self._what = {"address": address, "graph": survey(file).digest, "piece": piece, "replace": replace}
        self.piece, self.replace = piece, replace
        self.pieces = self.before = 0
        self._read()

    def begin(self, before: int) -> None:
        """Begin again, on a server whose graph has some triples already."""
        self.pieces, self.before = 0, before

    def done(self, pieces: int) -> None:
        """Note that so many pieces are there."""
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.draft")
        try:
            self._path.parent.mkdir(exist_ok=True)
            draft.write_text(
                json.dumps({**self._what, "before": self.before, "pieces": pieces}, indent=1), encoding="utf-8"
            )
            os.replace(draft, self._path)
        except OSError as error:
            raise OutputError("what was pushed cannot be noted", where=str(self._path), hint=str(error)) from error
        self.pieces = pieces

    def forget(self) -> None:
        """Have the next push begin again."""
        with suppress(FileNotFoundError):
            self._path.unlink()

    def _read(self) -> None:
        try:
            noted: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if all(noted.get(name) == value for name, value in self._what.items()):
            self.pieces, self.before = int(noted.get("pieces", 0)), int(noted.get("before", 0))


def _pieces(file: Path, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield the triples of a Turtle file as N-Triples, some at a time, with their number."""
    from pyoxigraph import RdfFormat, parse, serialize

    try:
        quads = parse(path=str(file), format=RdfFormat.TURTLE)
        while some := list(islice((_named(quad) for quad in quads), size)):
            yield serialize(some, format=RdfFormat.N_TRIPLES) or b"", len(some)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"not valid Turtle: {error}", where=str(file), hint="make it anew with `kg build`") from error


def _named(quad: pyoxigraph.Quad) -> pyoxigraph.Triple:
    from pyoxigraph import BlankNode

    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        raise InputError("the graph has a blank node, which would be doubled by a second push", hint="see `kg verify`")
    return quad.triple


def _known_server(url: str, says: str) -> dict[str, Any]:
    """Return what is known of a server by the URL of its queries and the name that it gives itself."""
    servers = tomllib.loads(resources.files("kg.store").joinpath("servers.toml").read_text(encoding="utf-8"))["server"]
    for known in servers:
        if url.endswith(known["query"]) and known["says"].lower() in says.lower():
            return dict(known)
    raise UsageError(f"the Graph Store of {url} is not known", hint="name it with --store URL")
