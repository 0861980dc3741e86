"""Looks at the text of a SPARQL query before it is run: what it must not hold, and the prefixes it need not declare.

The store would go out to the network for SERVICE; kg never does. And puts one query into another, to count its rows or to
ask for some of them, as answers of servers that cut them short have to be checked. Used by `kg.store`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.errors import UsageError
from kg.vocab import PREFIXES

# strings, then full IRIs (only such as cannot be part of an expression: `?a<?b` is one), then comments, then words
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[A-Za-z][A-Za-z0-9+.\-]*://[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>[\w.\-]*:(?:[\w.\-:%]|\\.)*)"
    r"|(?P<word>\w+)"
    r"|(?P<brace>[{}])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_DECLARED = re.compile(r"\bprefix\s+([\w.\-]*):", re.IGNORECASE)


def check(query: str) -> None:
    """Raise `UsageError` when a query would reach beyond the graph (SERVICE); loading is no part of a query anyway."""
    for text in {query, _ESCAPE.sub(_unescape, query)}:  # a query may spell its letters as escapes
        if any((token["word"] or "").casefold() == "service" for token in _TOKEN.finditer(text)):
            raise UsageError("SERVICE is not allowed: kg never goes out to the network", hint="ask the graph itself")


def with_prefixes(query: str) -> tuple[str, int]:
    """Return a query with the prefixes of kg that it does not declare, and how many lines stand before its own.

    >>> with_prefixes("ASK { ?s kg:uses ?o }")[0].splitlines()[-1]
    'ASK { ?s kg:uses ?o }'
    """
    declared = set(_DECLARED.findall(query))
    added = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items() if prefix not in declared]
    return "".join(added) + query, len(added)


def form(query: str) -> str:
    """Return what a query is: SELECT, ASK, CONSTRUCT or DESCRIBE; empty when it is none of them.

    >>> form("PREFIX select: <urn:x> ask { ?select ?p ?o }")
    'ASK'
    """
    return next((word for word, _ in _keywords(query) if word in _FORMS), "")


def counting(query: str) -> str:
    """Return the query for the number of rows of a SELECT query, or of solutions that a CONSTRUCT query makes triples of.

    Empty when it cannot be put into another query: it has FROM, or describes.
    """
    return _around(query, "SELECT (COUNT(*) AS ?n) WHERE {{\n{body}\n}}")


def page(query: str, variables: Sequence[str], limit: int, offset: int) -> str:
    """Return the query for some rows of a SELECT query, in its own order or else in that of its variables.

    Empty when it cannot be put into another query.
    """
    names = " ".join(f"?{name}" for name in variables) or "*"
    inner = "{body}" if _ordered(query) else f"{{{{ SELECT {names} WHERE {{{{\n{{body}}\n}}}} ORDER BY {names} }}}}"
    return _around(query, f"SELECT {names} WHERE {{{{ {inner} }}}} LIMIT {limit} OFFSET {offset}")


def _around(query: str, outer: str) -> str:
    """Put a query, as a pattern in braces, into the place `{body}` of another; its prefixes go before."""
    words = list(_keywords(query))
    at = next((at for word, at in words if word in _FORMS), None)
    if at is None or any(word == "FROM" for word, _ in words) or form(query) not in ("SELECT", "CONSTRUCT"):
        return ""
    body = query[at:] if form(query) == "SELECT" else f"SELECT * {_pattern(query[at:])}"
    return query[:at] + outer.format(body=f"{{ {body}\n}}")


def _pattern(construct: str) -> str:
    """Return what stands after the template of a CONSTRUCT query; the short form has its pattern for a template."""
    braces = [token.start() for token in _TOKEN.finditer(construct) if token["brace"]]
    depth = 0
    for at in braces:
        depth += 1 if construct[at] == "{" else -1
        if depth == 0:
            after = construct[at + 1 :]
            return after if "{" in after else construct[len("construct") :]
    return construct


def _ordered(query: str) -> bool:
    return any(word == "ORDER" for word, _ in _keywords(query))


def _keywords(query: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a query that stand in no braces, in capitals, and where."""
    depth = 0
    for token in _TOKEN.finditer(query):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
        elif token["word"] and not depth:
            yield token["word"].upper(), token.start()


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
