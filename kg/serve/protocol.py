"""The SPARQL 1.1 Protocol: what a request asks, or the refusal it gets. Pure functions; used by `endpoint`.

The endpoint is read-only and has one graph. What it does not do it refuses in words; nothing that was asked is left out of
the answer silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.frames import Reply, text

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

_MOST_FIELDS = 100
_GRAPHS = frozenset(["default-graph-uri", "named-graph-uri"])
_UPDATES = frozenset(["update", "using-graph-uri", "using-named-graph-uri"])
_READ_ONLY = "This endpoint is read-only: it takes queries, no updates."

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: a query; None asks what the endpoint is."""

    query: str | None


def read_get(query_string: bytes) -> Asked | Reply:
    """Read a query by GET or HEAD."""
    fields = _fields(query_string)
    if isinstance(fields, Reply):
        return fields
    return _one_query(fields, needed=False)


def read_post(query_string: bytes, content_type: str, content_encoding: str, body: bytes) -> Asked | Reply:
    """Read a query by POST, as a form or as it is."""
    media, charset = _content_type(content_type)
    if media == UPDATE:
        return text(403, _READ_ONLY)
    if media not in (FORM, QUERY):
        return text(
            415, f"POST a query as {QUERY}, or as the field `query` of {FORM}; this is {media or 'of no type'}."
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        return text(415, f"Only UTF-8 is read here, not {charset}.")
    if content_encoding.strip().lower() not in ("", "identity"):
        return text(415, "A compressed body is not read here.")
    in_address = _fields(query_string)
    if isinstance(in_address, Reply):
        return in_address
    if media == FORM:
        fields = _fields(body)
        return fields if isinstance(fields, Reply) else _one_query([*in_address, *fields], needed=True)
    try:
        return _one_query([*in_address, ("query", body.decode("utf-8"))], needed=True)
    except UnicodeDecodeError:
        return text(400, "The query is not UTF-8.")


def _one_query(fields: Pairs, *, needed: bool) -> Asked | Reply:
    names = {name for name, _ in fields}
    if names & _UPDATES:
        return text(403, _READ_ONLY)
    if names & _GRAPHS:
        return text(
            400,
            "This endpoint has one graph, which every query is asked of: leave out default-graph-uri and named-graph-uri.",
        )
    queries = [value for name, value in fields if name == "query"]
    if not queries and not needed:
        return Asked(None)
    if len(queries) != 1:
        return text(400, f"One query is answered at a time; there are {len(queries)} in this request.")
    if not queries[0].strip():
        return text(400, "The query is empty.")
    return Asked(queries[0])


def _fields(encoded: bytes) -> list[tuple[str, str]] | Reply:
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        return text(400, "The fields of this request are not percent-encoded UTF-8.")
    except ValueError:
        return text(400, f"There are more than {_MOST_FIELDS} fields in this request.")


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type and the charset of a `Content-Type` header, in small letters."""
    media, *parameters = (part.strip().lower() for part in header.split(";"))
    named = dict(p.partition("=")[::2] for p in parameters)
    return media, named.get("charset", "").strip('"')
