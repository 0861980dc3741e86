"""Answers as bytes of a media type: what `kg.answers` writes, and beside it XML results, N-Triples, JSON-LD and RDF/XML.

Runs in a worker. An answer is written whole, so that what a client gets is all of it or an error.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.answers import Answer
from kg.rdf.terms import STRING, Blank, Iri, Term
from kg.rdf.turtle import short_name
from kg.serve import accept
from kg.vocab import PREFIXES, expand

_RESULTS = "http://www.w3.org/2005/sparql-results#"
_RDF = PREFIXES["rdf"]
_LOCAL = re.compile(r"[A-Za-z_][\w.\-]*\Z")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NT_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def fits(answer: Answer, media: str) -> bool:
    """Tell whether an answer can be written so: rows and truth values as tables, triples as a graph."""
    return media in (accept.GRAPHS if answer.kind == "construct" else accept.TABLES)


def write(answer: Answer, media: str) -> bytes:
    """Return an answer as bytes of a media type that `fits` it. Raises `ValueError` when RDF/XML cannot hold a triple."""
    if answer.kind == "construct":
        return _graph(answer, media)
    if media == accept.CSV:
        return answer.serialize("csv")
    if media == accept.TSV:
        return answer.serialize("tsv")
    return _results_xml(answer) if media.endswith("xml") else answer.serialize("json")


def _graph(answer: Answer, media: str) -> bytes:
    if media in (accept.NTRIPLES, "text/plain"):
        return "".join(f"{' '.join(map(_nt, triple))} .\n" for triple in answer.triples).encode("utf-8")
    if media in (accept.JSONLD, "application/json"):
        return _jsonld(answer)
    return _rdfxml(answer) if media.endswith("xml") else answer.serialize("turtle")


def _results_xml(answer: Answer) -> bytes:
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.variables)
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_RESULTS}"><head>{names}</head>']
    if answer.kind == "ask":
        parts.append(f"<boolean>{str(answer.truth).lower()}</boolean>")
    else:
        parts.append("<results>\n")
        for row in answer.rows:
            cells = zip(answer.variables, row, strict=True)
            bound = (
                f"<binding name={quoteattr(name)}>{_xml(term)}</binding>" for name, term in cells if term is not None
            )
            parts.append(f"<result>{''.join(bound)}</result>\n")
        parts.append("</results>")
    return ("".join(parts) + "</sparql>\n").encode("utf-8")


def _xml(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, Blank):
        return f"<bnode>{_text(term.value)}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{_text(term.value)}</literal>"
    datatype = "" if term.datatype == STRING else f" datatype={quoteattr(term.datatype)}"
    return f"<literal{datatype}>{_text(term.value)}</literal>"


def _text(value: str) -> str:
    """Return text for XML; the few control characters that XML cannot hold become U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", value), {"\r": "&#13;"})


def _nt(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<{term.value}>"
    if isinstance(term, Blank):
        return f"_:{term.value}"
    quoted = f'"{term.value.translate(_NT_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == STRING else f"{quoted}^^<{term.datatype}>"


def _jsonld(answer: Answer) -> bytes:
    nodes = []
    for subject, triples in groupby(answer.triples, key=lambda triple: triple[0]):
        node: dict[str, Any] = {"@id": subject.python()}
        for _, predicate, thing in triples:
            if predicate.value == expand("rdf:type"):
                node.setdefault("@type", []).append(_name(thing.value))
            else:
                node.setdefault(_name(predicate.value), []).append(_json(thing))
        nodes.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, Iri | Blank):
        return {"@id": term.python()}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value} if term.datatype == STRING else {"@value": term.value, "@type": _name(term.datatype)}


def _name(iri: str) -> str:
    return short_name(iri).strip("<>")


def _rdfxml(answer: Answer) -> bytes:
    spaces = "".join(f" xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in PREFIXES.items())
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n']
    for subject, triples in groupby(answer.triples, key=lambda triple: triple[0]):
        about = (
            f"rdf:nodeID={_attr(subject.value)}" if isinstance(subject, Blank) else f"rdf:about={_attr(subject.value)}"
        )
        inner = "".join(f"  {_property(predicate.value, thing)}\n" for _, predicate, thing in triples)
        parts.append(f"<rdf:Description {about}>\n{inner}</rdf:Description>\n")
    return ("".join(parts) + "</rdf:RDF>\n").encode("utf-8")


def _property(predicate: str, thing: Term) -> str:
    cut = max(predicate.rfind("#"), predicate.rfind("/"), predicate.rfind(":")) + 1
    space, local = predicate[:cut], predicate[cut:]
    if not _LOCAL.match(local):
        raise ValueError(f"RDF/XML has no way to write the property <{predicate}>; ask for text/turtle")
    name = f"x:{local} xmlns:x={_attr(space)}" if space != _RDF else f"rdf:{local}"
    end = name.split()[0]
    if isinstance(thing, Iri):
        return f"<{name} rdf:resource={_attr(thing.value)}/>"
    if isinstance(thing, Blank):
        return f"<{name} rdf:nodeID={_attr(thing.value)}/>"
    if thing.language:
        return f"<{name} xml:lang={_attr(thing.language)}>{_text(thing.value)}</{end}>"
    datatype = "" if thing.datatype == STRING else f" rdf:datatype={_attr(thing.datatype)}"
    return f"<{name}{datatype}>{_text(thing.value)}</{end}>"


def _attr(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", value))
