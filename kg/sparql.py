"""Looks at the text of a SPARQL query before it is run: what it must not hold, and the prefixes it need not declare.

The store would go out to the network for SERVICE; kg never does. Used by `kg.store`.
"""

from __future__ import annotations

import re

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
    r"|(?P<word>\w+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
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


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
