"""The page of each IRI at its own path, or its data: HTML, Turtle, N-Triples, JSON-LD, RDF/XML, as the client wants.

The answer is 200 with `Content-Location`, not 303: who comes by the IRI itself was already sent here by its host.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve import accept
from kg.serve.endpoint import respond, run
from kg.serve.frames import Task, text
from kg.serve.pool import Pool

FORMS = {
    "html": accept.HTML,
    "turtle": accept.TURTLE,
    "jsonld": accept.JSONLD,
    "ntriples": accept.NTRIPLES,
    "rdfxml": accept.RDFXML,
}
"""What `?format=` may say, which goes before the `Accept` header; the first is for who does not care."""

_OLD = {"text/plain": "ntriples", "application/x-turtle": "turtle", "application/n3": "turtle", "text/n3": "turtle"}
_OLD |= {"application/json": "jsonld", "application/xml": "rdfxml", "text/xml": "rdfxml"}
_NAMES = {media: name for name, media in FORMS.items()} | _OLD

_METHODS = "GET, HEAD, OPTIONS"


class Resources:
    """The pages under the path that stands for the base of the graph's IRIs."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, request: Request) -> Response:
        """Answer a request for a node."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS})
        if request.method not in ("GET", "HEAD"):
            return respond(text(405, "Pages can only be read."), {"Allow": _METHODS})
        local = self._local(request)
        if local is None:
            return respond(text(404, "There is nothing here. The explorer is at /, the endpoint at /sparql."))
        if not local:
            return RedirectResponse("/", 303)
        wanted = accept.best(request.headers.get("accept", ""), list(_NAMES))
        name = request.query_params.get("format") or _NAMES.get(wanted or "")
        if name not in FORMS:
            return respond(text(406, f"A node can be had as {', '.join(FORMS.values())} (?format={'|'.join(FORMS)})."))
        media = FORMS[name]
        headers = {"Content-Location": f"{quote(request.url.path, safe=_SAFE)}?format={name}"}
        if media == accept.HTML:
            return await run(self._pool, request, Task("page", {"local": local}), headers)
        return await run(self._pool, request, Task("data", {"local": local, "media": media}), headers)

    def _local(self, request: Request) -> str | None:
        """Return the local id that a path stands for; None when it is none of ours."""
        raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
        path = unquote(raw.split(b"?", 1)[0].decode("latin-1"))
        mount = unquote(self._pool.outlines["mount"])
        return path.removeprefix(mount) if path.startswith(mount) else None


_SAFE = "/%:@!$&'()*+,;=~"
