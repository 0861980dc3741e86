r"""The Turtle writer: sorted, streaming, the same bytes for the same graph. Writes what `kg.rdf.statements` says.

Subjects are sorted by IRI, ``a`` comes first, then predicates and objects in the order of their written form. It is
written by hand because kg.ttl is read by people, and because it is many times faster than a library.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from kg.rdf.iris import base_iri
from kg.rdf.statements import TYPE, Mentions, Node, statements
from kg.rdf.terms import STRING, Blank, Iri, Term
from kg.vocab import PREFIXES, Kind

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import PaperNode

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# a part of what Turtle allows after the colon: enough for every term of a vocabulary
_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?")
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
MENTION_PREFIXES = frozenset({"kg", "oa", "xsd"})
"""The prefixes that the nodes of mentions use."""

_CHUNK = 500  # nodes between two writes
_KEEP, _KNOWN = 40, 1 << 16  # how long a term may be to be kept in its written form, and how many are


def write_turtle(graph: KnowledgeGraph, out: BinaryIO, *, mentions: Mentions = "best") -> None:
    """Write the graph to a binary file as sorted Turtle in UTF-8, a node at a time."""
    blocks = _blocks(graph, mentions)
    while chunk := "".join(islice(blocks, _CHUNK)):
        out.write(chunk.encode("utf-8"))


def to_turtle(graph: KnowledgeGraph, *, mentions: Mentions = "best") -> bytes:
    """Return the graph as sorted Turtle in UTF-8."""
    out = BytesIO()
    write_turtle(graph, out, mentions=mentions)
    return out.getvalue()


def quoted(text: str) -> str:
    r"""Return a text as a Turtle string; what a reader or terminal might trip over is escaped.

    >>> print(quoted('a "b"\n\x00'))
    "a \"b\"\n\u0000"
    """
    return f'"{_SPECIAL.sub(_escape, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def short_name(iri: str) -> str:
    """Return an IRI as a prefixed name where there is a legal one, else in angle brackets.

    >>> short_name("http://purl.org/dc/terms/title"), short_name("http://purl.org/dc/terms/a/b")
    ('dcterms:title', '<http://purl.org/dc/terms/a/b>')
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BY_NAMESPACE.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else f"<{iri}>"


def term_text(term: Term) -> str:
    """Return any term as Turtle writes it.

    >>> term_text(Iri("https://schema.org/Dataset")), term_text(Blank("b1"))
    ('schema:Dataset', '_:b1')
    """
    if isinstance(term, Iri):
        return short_name(term.value)
    if isinstance(term, Blank):
        return term.python()
    text = quoted(term.value)
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype == STRING else f"{text}^^{short_name(term.datatype)}"


def _blocks(graph: KnowledgeGraph, mentions: Mentions) -> Iterator[str]:
    """Yield the text of a graph: the prefixes, then a node at a time."""
    yield header(used_prefixes(graph))
    text = NodeText(base_iri(graph.base))
    for node in statements(graph, mentions=mentions):
        yield text.of(node)


def header(prefixes: Iterable[str]) -> str:
    """Return the first lines of a file that uses some prefixes."""
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(prefixes))


class NodeText:
    """Writes nodes whose IRIs are under a base that ends in ``/`` or ``#``; remembers terms that come again."""

    def __init__(self, base: str) -> None:
        folders = ("paper", "mention", "person", "result", "link", *(kind.lower() for kind in Kind))
        self._instances = tuple(f"{base}{folder}/" for folder in folders)
        self._known: dict[Term, str] = {TYPE: "a"}

    def of(self, node: Node) -> str:
        """Return the text of a node, with an empty line before it."""
        known, instances = self._known, self._instances
        subject, pairs = node
        written = []
        for predicate, thing in pairs:
            if type(thing) is Iri and thing.value.startswith(instances):  # most are: it saves looking them up
                text = f"<{thing.value}>"
            else:
                text = known.get(thing) or _learn(thing, known)
            written.append((known.get(predicate) or _learn(predicate, known), text))
        written.sort()
        return f"\n<{subject.value}>\n{_lines(written)} .\n"


def _learn(term: Term, known: dict[Term, str]) -> str:
    """Return a term as Turtle writes it, and keep it when it is one that comes again: a number or a short name."""
    text = term_text(term)
    if len(text) < _KEEP and len(known) < _KNOWN:
        known[term] = text
    return text


def _lines(written: list[tuple[str, str]]) -> str:
    """Return the sorted predicates and objects of one node: each predicate once, each object on a line of its own."""
    lines = []
    last: tuple[str, str] = ("", "")
    many = False
    for pair in written:
        predicate, text = pair
        if predicate != last[0]:
            lines.append(f"    {predicate} {text}")
            many = False
        elif pair != last:
            if predicate == "a":
                lines[-1] += f", {text}"
            else:
                first = lines[-1] if many else f"    {predicate}\n        {last[1]}"
                lines[-1] = f"{first},\n        {text}"
            many = True
        last = pair
    return " ;\n".join(lines)


def used_prefixes(graph: KnowledgeGraph) -> list[str]:
    """Return the prefixes that the Turtle of the graph uses, sorted; known before the rest of it is written."""
    used = entity_prefixes({entity.kind for entity in graph.entities.values()})
    for node in graph.papers.values():
        used |= paper_prefixes(node)
    if graph.links:
        used.add("xsd")
    if any(fact.mentions for fact in graph.facts):
        used |= MENTION_PREFIXES
    return sorted(used)


def paper_prefixes(node: PaperNode) -> set[str]:
    """Return the prefixes that the nodes of a paper, its authors and results use."""
    used = {"kg", "fabio", "schema"}
    paper = node.paper
    if paper.title or paper.abstract or paper.venue or paper.identifiers or paper.authors:
        used.add("dcterms")
    if paper.doi:
        used.add("bibo")
    if paper.authors:
        used |= {"foaf", "xsd"}
    if paper.year is not None:
        used.add("xsd")
    if node.results:
        used |= {"xsd", "mls"}
    if node.cites:
        used.add("cito")
    return used


def entity_prefixes(kinds: Collection[Kind]) -> set[str]:
    """Return the prefixes that the nodes of entities of some kinds use."""
    used = {"kg", "skos", "xsd"} if kinds else set()
    if Kind.DATASET in kinds:
        used.add("schema")
    if Kind.TASK in kinds or Kind.METRIC in kinds:
        used.add("mls")
    return used


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # half a surrogate pair is no character
    return _SHORT.get(char) or f"\\u{ord(char):04X}"
