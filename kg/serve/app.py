"""The application: which path leads where, and the headers that every answer has.

Stands over `endpoint` and `resources`; `run` serves it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import accept
from kg.serve.endpoint import Endpoint, respond
from kg.serve.frames import Reply
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.resources import Resources

_OURS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE = f"{_OURS}; style-src 'self'; img-src data:"
_EDITOR = f"{_OURS}; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src data:"
_EXPLORER = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # the page brings a stricter one itself
_ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

Handler = Callable[[Request], Awaitable[Response]]


def make_app(pool: Pool, limits: Limits, explorer: Path | None, *, cors: bool = True) -> Starlette:
    """Return the application; `explorer` is the folder of `kg.html`, None when there is no such page."""
    endpoint, resources = Endpoint(pool, limits), Resources(pool)
    parts = explorer / "kg-pages" if explorer else None  # a large graph's page is an index of these
    routes: list[Route | Mount] = [
        Route("/", _root(pool, explorer)),
        Route("/sparql", _Any(endpoint)),
        Route("/robots.txt", _robots),
        Mount("/-", StaticFiles(directory=str(files("kg.serve").joinpath("static")))),
        *([Mount("/kg-pages", StaticFiles(directory=parts))] if parts and parts.is_dir() else []),
        Route("/{path:path}", _Any(resources)),
    ]
    middleware = [Middleware(_Headers)]
    if cors:
        read = ["Content-Location", "KG-Limit", "Retry-After"]
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=read,
            )
        )
    return Starlette(routes=routes, middleware=middleware)


def _root(pool: Pool, explorer: Path | None) -> Handler:
    async def root(request: Request) -> Response:
        """Give the explorer, or a page that says how to make it."""
        from kg.serve.pages import start

        page = explorer / "kg.html" if explorer else None
        if page is not None and page.is_file():
            return FileResponse(page, media_type="text/html; charset=utf-8")
        return respond(Reply(200, accept.HTML, start(pool.outlines)))

    return root


async def _robots(request: Request) -> Response:
    return Response("User-agent: *\nDisallow: /sparql\n", media_type="text/plain; charset=utf-8")


class _Any:
    """Gives a handler every request, whatever its method, so that a refusal is in our words and names what is allowed."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        response = await self.handler(Request(scope, receive))
        await response(scope, receive, send)


class _Headers:
    """Puts the headers on every answer that keep what is shown from doing anything but being read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to the head of its answer."""
        path = scope.get("path", "")
        policy = _EDITOR if path == "/sparql" else _EXPLORER if path == "/" or path.startswith("/kg-pages/") else _PAGE

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", policy)
            await send(message)

        await self.app(scope, receive, send_with_headers)
