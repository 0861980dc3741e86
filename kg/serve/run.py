"""Runs the server until it is told to stop: takes a port, starts the workers, says where it listens.

What `kg serve` calls. The only module that knows uvicorn.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError, OutputError
from kg.serve.limits import Limits

_LINGER = 2  # seconds that open connections have to end in when the server stops
_CONNECTIONS = 2000


def serve(
    graph: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    cors: bool = True,
    announce: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve a graph until the process is interrupted; `announce` gets the address once it is listened at.

    Raises `InputError` when there is no graph, `OutputError` when the port cannot be had, `KgError` when the extra
    ``serve`` is not installed.
    """
    try:
        import starlette
        import uvicorn

        del starlette, uvicorn
    except ImportError as error:
        raise KgError("kg serve needs starlette and uvicorn", hint="pip install 'papers-kg[serve]'") from error
    with _listen(host, port) as listener:
        asyncio.run(_serve(graph, listener, limits or Limits(), cors, announce))


async def _serve(
    graph: Path, listener: socket.socket, limits: Limits, cors: bool, announce: Callable[[str], None]
) -> None:
    import uvicorn

    from kg.serve.app import make_app
    from kg.serve.pool import Pool

    pool = Pool(graph, limits)
    try:
        await pool.start()

        class Server(uvicorn.Server):
            """A server whose workers go first when it stops, so that nobody waits for an answer."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                """End the workers, then the connections."""
                await pool.stop()
                await super().shutdown(sockets)

        app = make_app(pool, limits, explorer_of(graph), cors=cors)
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LINGER,
            ws="none",
        )
        announce(url_of(listener))
        await Server(config).serve(sockets=[listener])
    finally:
        await pool.stop()


def explorer_of(graph: Path) -> Path | None:
    """Return the folder of the explorer's page of a graph; None when it has none."""
    folder = graph if graph.is_dir() else graph.parent
    return folder if (folder / "kg.html").is_file() else None


def url_of(listener: socket.socket) -> str:
    """Return the address that a socket listens at, as a browser takes it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound to: what a browser can open
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def is_local(host: str) -> bool:
    """Tell whether only this machine can reach a host."""
    return host in ("localhost", "::1") or host.startswith("127.")


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1024)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise OutputError(
            f"port {port} cannot be had: {error.strerror or error}", where=host, hint="--port 0 takes a free one"
        ) from error
    return listener
