"""Looks at the text of a SPARQL query: the prefixes it need not declare, the graphs it names, what its parser complains of.

And puts one query into another, to count its rows or to ask for some of them, as answers of servers that cut them short have
to be checked. Used by `kg.store`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.errors import UsageError
from kg.vocab import PREFIXES

# strings, then IRIs, comments and language tags, then what has a name. `?a<?b&&?c>?d` is taken for an IRI, in which there
# is neither a brace nor a space: no clause of a query hides in it.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*"
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>[\w.\-]*:(?:[\w.\-:%]|\\.)*)"
    r"|(?P<word>\w+)"
    r"|(?P<brace>[{}])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_POSITION = re.compile(r"error at (\d+):(\d+)")
_LONG = 300  # characters of the parser's message: it lists every token that it would have taken
_DECLARED = re.compile(r"\bprefix\s+([\w.\-]*):", re.IGNORECASE)


def has_word(query: str, word: str) -> bool:
    """Tell whether a word (in capitals) stands in a query, or is a part of one, outside of texts, IRIs and names."""
    return any(word in found for found, _, _ in _words(_ESCAPE.sub(_unescape, query)))


def complaint(error: Exception, before: int) -> UsageError:
    """Return the parser's complaint about a query, with the line as the user counts it; `before` as `with_prefixes` says."""
    message = str(error)
    found = _POSITION.search(message)
    where = f"line {int(found[1]) - before}, column {found[2]}" if found else ""
    message = _POSITION.sub("", message).removeprefix(":").strip()
    hint = "only SELECT, ASK, CONSTRUCT and DESCRIBE can be asked; `kg query --list` shows ready questions"
    return UsageError(f"not a SPARQL query: {message[:_LONG]}", where=where, hint=hint)


def names_graphs(query: str) -> bool:
    """Tell whether a query says which graphs it is asked of (FROM), which can only stand before its first brace.

    >>> names_graphs("SELECT ?from FROM NAMED <urn:x> { }"), names_graphs("SELECT ?from { ?s ?p 'from' }")
    (True, False)
    """
    texts = {query, _ESCAPE.sub(_unescape, query)}  # a query may spell its letters as escapes
    return any(word == "FROM" for text in texts for word, _ in _keywords(text))


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
    names = " ".join(f"?{name}" for name in variables)
    inner = "{body}" if _ordered(query) else f"{{{{ SELECT {names} WHERE {{{{\n{{body}}\n}}}} ORDER BY {names} }}}}"
    return _around(query, f"SELECT {names} WHERE {{{{ {inner} }}}} LIMIT {limit} OFFSET {offset}")


def solutions(query: str) -> str:
    """Return the query for the solutions that a CONSTRUCT query makes triples of; empty when there is none such."""
    return _around(query, "SELECT * WHERE {{\n{body}\n}}") if form(query) == "CONSTRUCT" else ""


def constructing(query: str, variables: Sequence[str], rows: str) -> str:
    """Return the CONSTRUCT query that makes the same triples of given solutions, each in brackets."""
    at = next(at for word, at in _keywords(query) if word == "CONSTRUCT")
    end = len(query) - len(_after_template(query[at:]))
    template = query[at:end] if "{" in query[end:] else f"CONSTRUCT {query[query.index('{', at) : end]}"
    names = " ".join(f"?{name}" for name in variables)
    return f"{query[:at]}{template} WHERE {{ VALUES ({names}) {{\n{rows}\n}} }}"


def _around(query: str, outer: str) -> str:
    """Put a query, as a pattern in braces, into the place `{body}` of another; its prefixes go before."""
    words = list(_keywords(query))
    at = next((at for word, at in words if word in _FORMS), None)
    if at is None or names_graphs(query) or form(query) not in ("SELECT", "CONSTRUCT"):
        return ""
    body = query[at:] if form(query) == "SELECT" else f"SELECT * {_pattern(query[at:])}"
    return query[:at] + outer.format(body=f"{{ {body}\n}}")


def _pattern(construct: str) -> str:
    """Return what stands after the template of a CONSTRUCT query; the short form has its pattern for a template."""
    after = _after_template(construct)
    return after if "{" in after else construct[len("construct") :]


def _after_template(construct: str) -> str:
    """Return what stands after the first braces of a query."""
    depth = 0
    for token in _TOKEN.finditer(construct):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
            if depth == 0:
                return construct[token.end() :]
    return ""


def _ordered(query: str) -> bool:
    return any(word == "ORDER" for word, _ in _keywords(query))


def _keywords(query: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a query that stand in no braces, in capitals, and where."""
    return ((word, at) for word, at, depth in _words(query) if not depth)


def _words(query: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a query, in capitals, where they are, and in how many braces."""
    depth = 0
    for token in _TOKEN.finditer(query):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
        elif token["word"]:
            yield token["word"].upper(), token.start(), depth


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
