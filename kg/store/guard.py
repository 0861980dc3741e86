"""Keeps a query from reaching beyond the graph that it is asked of: the store would go out to the network for SERVICE.

Used by `local` and `remote` before anything is asked.
"""

from __future__ import annotations

import re

from kg.errors import UsageError
from kg.sparql import complaint, has_word, with_prefixes

_SERVICE = re.compile(  # each letter as it is or as an escape, in capitals or not
    "".join(rf"(?:{c}|\\u00(?:{ord(c):x}|{ord(c) - 32:x})|\\U000000(?:{ord(c):x}|{ord(c) - 32:x}))" for c in "service"),
    re.IGNORECASE | re.ASCII,
)


def check(query: str) -> None:
    """Raise `UsageError` when a query would reach beyond the graph (SERVICE); loading is no part of a query anyway.

    Where the word stands as one of SPARQL is for the parser of the store to say: in `5SERVICE:x` it does. So the parser is
    given the query with another word, which is none of SPARQL; what it takes then has SERVICE in texts and names alone.
    """
    other = _SERVICE.sub("zervice", query)
    if other == query:
        return
    from pyoxigraph import Store

    text, before = with_prefixes(other)
    try:
        Store().query(text)  # holds nothing, so that there is nothing to look for
    except (SyntaxError, ValueError) as error:
        if has_word(query, "SERVICE"):
            hint = "ask the graph itself"
            raise UsageError("SERVICE is not allowed: kg never goes out to the network", hint=hint) from error
        raise complaint(error, before) from error
