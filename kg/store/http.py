"""Speaks HTTP with a SPARQL server: says who we are when asked, waits when told to, and turns failures into words.

The one module that knows httpx. Used by `kg.store.remote`, which asks, and `kg.store.push`, which loads. Needs the extra
`papers-kg[endpoint]`.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    import httpx

TRIES = 5
"""How often a request is made that the server was too busy for, or that broke off."""

PATIENCE = 120.0
"""Seconds that are waited for a busy server, all in all."""

WHICH_URL = "is it the URL of a SPARQL endpoint? Oxigraph's ends in /query, Virtuoso's in /sparql"

_BUSY = (429, 502, 503, 504)
_SHOWN = 300  # characters of what a server says that are passed on


@dataclass(frozen=True, slots=True)
class Server:
    """A SPARQL server: the URL of its query endpoint, the graph in it that is meant, and how to get in.

    `graph` is the IRI of a named graph, empty for the default graph. A `token` is a bearer token; `user` and `password` are
    for Basic or Digest authentication, whichever the server asks for. `timeout` is in seconds, for one request.
    """

    url: str
    graph: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    timeout: float = 60.0


class EndpointError(KgError):
    """A server did not do what it was asked to, or gave an answer that is not whole."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: status, headers by lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Sends requests to one server. Close it when done: it keeps the connection open."""

    def __init__(self, server: Server) -> None:
        _require()
        import httpx

        parts = urlsplit(server.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"not the URL of an endpoint: {server.url!r}", hint="it begins with http:// or https://")
        user, password = server.user or unquote(parts.username or ""), server.password or unquote(parts.password or "")
        self.url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))  # passwords are not for messages
        timeout = httpx.Timeout(server.timeout, connect=min(10.0, server.timeout))
        auth = _auth(user, password, server.token)
        self._client = httpx.Client(auth=auth, timeout=timeout, headers={"User-Agent": "papers-kg"})
        self._timeout = server.timeout

    def send(
        self, method: str, url: str, *, params: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None,
        content: bytes | None = None, headers: Mapping[str, str] | None = None, accept: tuple[int, ...] = (),
    ) -> Reply:  # fmt: skip
        """Send a request and return the reply, which has a status below 300 or one of `accept`.

        A request that is refused because the server is busy, or that breaks off, is made again: after as many seconds as
        the server asks for, or a few. Raises `EndpointError` when that does not help either, `UsageError` for a status of 400.
        """
        import httpx

        waited, reason = 0.0, ""
        for tried in range(TRIES):
            pause = 2.0**tried / 2
            try:
                got = self._client.request(method, url, params=params, data=form, content=content, headers=headers)
            except httpx.TimeoutException as error:
                what = "no connection" if isinstance(error, httpx.ConnectTimeout) else "no answer"
                hint = "--timeout gives it more"
                raise EndpointError(f"{what} within {self._timeout:g} s", where=self.url, hint=hint) from error
            except (httpx.TransportError, httpx.DecodingError) as error:
                reason = f"the connection failed: {error}"
            else:
                if got.status_code < 300 or got.status_code in accept:
                    return Reply(got.status_code, {k.lower(): v for k, v in got.headers.items()}, got.content)
                if got.status_code not in _BUSY:
                    raise self._failure(got)
                reason = f"the server is too busy ({got.status_code})"
                pause = _retry_after(got) or pause
            if waited + pause > PATIENCE or tried == TRIES - 1:
                break
            time.sleep(pause)
            waited += pause
        raise EndpointError(reason, where=self.url, hint="try again later")

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _failure(self, got: httpx.Response) -> KgError:
        said = " ".join(got.text.split())[:_SHOWN]
        status = got.status_code
        if status == 400:
            return UsageError(f"the server does not understand the query: {said}", where=self.url)
        if status in (401, 403):
            hint = "say who you are by --user NAME, or by KG_ENDPOINT_USER, _PASSWORD or _TOKEN in the environment"
            return EndpointError(f"the server does not let us in ({status})", where=self.url, hint=hint)
        if status in (301, 302, 303, 307, 308):
            return EndpointError("the endpoint is elsewhere", where=self.url, hint=got.headers.get("location", ""))
        hint = WHICH_URL if status in (404, 405) else ""
        return EndpointError(f"the server answers {status}: {said}", where=self.url, hint=hint)


def _require() -> None:
    try:
        import httpx  # noqa: F401 - only whether it is there
    except ModuleNotFoundError as error:
        raise KgError("talking to a server needs httpx", hint="pip install 'papers-kg[endpoint]'") from error


def _retry_after(got: httpx.Response) -> float:
    """Return the seconds that a busy server wants us to wait; 0 when it does not say."""
    said = got.headers.get("retry-after", "").strip()
    if said.isdigit():
        return max(float(said), 0.1)
    try:
        return max(0.1, parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return 0.0


def _auth(user: str, password: str, token: str) -> httpx.Auth | None:
    """Return what answers a server that asks who we are: a bearer token at once, a password only when it asks."""
    import httpx

    class Asked(httpx.Auth):
        """Basic or Digest, whichever the server asks for; asked once, it is given from then on."""

        def __init__(self) -> None:
            self._chosen: httpx.Auth | None = None

        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            if self._chosen is None:
                response = yield request
                if response.status_code != 401:
                    return
                digest = "digest" in response.headers.get("www-authenticate", "").lower()
                self._chosen = httpx.DigestAuth(user, password) if digest else httpx.BasicAuth(user, password)
            yield from self._chosen.auth_flow(request)

    class Bearer(httpx.Auth):
        """A token with every request."""

        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            request.headers["Authorization"] = f"Bearer {token}"
            yield request

    return Bearer() if token else Asked() if user else None
