"""`/sparql`: the endpoint for programs, the editor for browsers. Between the protocol, the pool and HTTP.

Starlette's types come in here and go no further.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.serve import accept, protocol
from kg.serve.frames import Reply, Task, text
from kg.serve.limits import Limits
from kg.serve.pool import BusyError, Pool
from kg.vocab import CLASSES, KG, PREDICATES, PREFIXES, expand

_DESCRIBED = (accept.TURTLE, accept.HTML, accept.NTRIPLES, accept.JSONLD, accept.RDFXML)
_AGAIN = "5"  # seconds after which a client that found the server busy may ask again
_READ = 30.0  # seconds in which a request has to be sent


class Endpoint:
    """The endpoint over a pool of workers."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self._pool = pool
        self._limits = limits
        self._examples: Any = None

    async def __call__(self, request: Request) -> Response:
        """Answer a request, whatever it is."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(protocol.METHODS)})
        if request.method not in protocol.METHODS:
            return respond(text(405, "Ask by GET or POST."), {"Allow": ", ".join(protocol.METHODS)})
        wanted = request.headers.get("accept", "")
        asked = await self._read(request)
        if isinstance(asked, Reply):
            return respond(asked)
        if asked.query is None or _by_hand(request, wanted):
            return await self._itself(request, wanted)
        tables, graph = accept.best(wanted, accept.TABLES), accept.best(wanted, accept.GRAPHS)
        if not (tables or graph):
            return respond(text(406, f"Answers can be had as {', '.join(accept.TABLES[:4] + accept.GRAPHS[:4])}."))
        return await run(self._pool, request, Task("query", {"sparql": asked.query, "tables": tables, "graph": graph}))

    async def _read(self, request: Request) -> protocol.Asked | Reply:
        query_string = request.scope["query_string"]
        if request.method != "POST":
            return protocol.read_get(query_string)
        body = await _body(request, self._limits.body)
        if isinstance(body, Reply):
            return body
        kind, encoding = (request.headers.get(name, "") for name in ("content-type", "content-encoding"))
        return protocol.read_post(query_string, kind, encoding, body)

    async def _itself(self, request: Request, wanted: str) -> Response:
        """Answer what the endpoint is: to a browser with the editor, to a program with the service description."""
        media = accept.best(wanted, _DESCRIBED)
        if media is None:
            return respond(text(406, f"The service description can be had as {', '.join(_DESCRIBED)}."))
        if media == accept.HTML:
            return await self._editor(request)
        return await run(self._pool, request, Task("describe", {"endpoint": _address(request), "media": media}))

    async def _editor(self, request: Request) -> Response:
        from kg.serve.pages import editor

        if self._examples is None:
            found = await run(self._pool, request, Task("examples"))
            if found.status_code != 200:
                return found
            self._examples = json.loads(bytes(found.body))
        outlines = self._pool.outlines
        settings = {
            "base": outlines["base"],
            "mount": outlines["mount"],
            "examples": self._examples,
            "prefixes": [f"{prefix}: <{iri}>" for prefix, iri in sorted(PREFIXES.items())],
            "classes": sorted(KG + name for name in CLASSES),
            "properties": sorted(expand(predicate.name) for predicate in PREDICATES),
        }
        return respond(Reply(200, accept.HTML, editor(settings)))


async def run(pool: Pool, request: Request, task: Task, headers: Mapping[str, str] | None = None) -> Response:
    """Have a task done for a request, and stop it when the client goes away."""
    work = asyncio.create_task(pool.run(task))
    watch = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait((work, watch), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            return Response(status_code=499)  # nobody reads it
        return respond(work.result(), headers)
    except BusyError as error:
        return respond(text(503, f"Busy: {error}. Ask again later."), {"Retry-After": _AGAIN})
    finally:
        for task_ in (work, watch):
            task_.cancel()
        await asyncio.gather(work, watch, return_exceptions=True)


def respond(reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    """Return a reply as a response of HTTP."""
    own = {"Vary": "Accept", **({"KG-Limit": reply.limit} if reply.limit else {}), **(headers or {})}
    textual = reply.media.startswith("text/")
    media = f"{reply.media}; charset=utf-8" if textual else reply.media
    return Response(reply.body, reply.status, own, media_type=media)


async def _gone(request: Request) -> None:
    """Wait until the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _body(request: Request, most: int) -> bytes | Reply:
    """Read the body of a request; a refusal when it is too large or takes too long to come."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(_READ):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    return text(413, f"A query has at most {most:,} bytes here.")
                parts.append(part)
    except TimeoutError:
        return text(408, f"The request did not come within {_READ:g} seconds.")
    except ClientDisconnect:
        return text(400, "The request broke off.")
    return b"".join(parts)


def _by_hand(request: Request, wanted: str) -> bool:
    """Tell whether somebody follows a link to a query in a browser: they see it in the editor."""
    return request.method == "GET" and accept.best(wanted, (*accept.TABLES, *accept.GRAPHS, accept.HTML)) == accept.HTML


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))
