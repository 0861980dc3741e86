"""Reader of RDF/XML of libraries: Zotero's own RDF, and the Bibliontology.

An item is a node that is no journal, person, attachment, note or collection, nor what another item is part of. People and
journals stand inside the item, or elsewhere under a name; so the whole file is read before the first item is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fields, _ids, _record, _xml

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NO_ITEMS = frozenset(
    "Journal Series Periodical Collection Issue Person Organization Agent Attachment Memo Note UserItem Seq Bag List "
    "Proceedings Magazine Newspaper Conference Group AutomaticTag Tag Concept Subject Image Excerpt Quote".split()
)
_ATTACHED = ("attachment", "note", "annotation")
_DEPTH = 4  # an article is part of an issue, which is part of a journal


def sniff(head: str) -> float:
    """Tell how surely `head` begins RDF of a library: by its root and the vocabularies it names."""
    name, attributes = _xml.root(head)
    if name != "RDF" or "<item" in head:
        return 0.0
    names = attributes + head[:4000]
    library = ("zotero.org/namespaces", "purl.org/net/biblio", "purl.org/ontology/bibo")
    return 0.95 if any(one in names for one in library) else 0.3 if "purl.org/dc/" in names else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the items of a library."""
    for graph in _xml.elements(stream, "RDF"):
        if isinstance(graph, _xml.Broken):
            yield Problem(Where(file, graph.line), graph.reason)
            continue
        line, element = graph
        nodes = _Nodes(element)
        for node in element:
            if nodes.is_item(node):
                yield _paper(Where(file, line + node.sourceline - element.sourceline), node, nodes)


class _Nodes:
    """The nodes of a graph by name, and which of them are parts around others."""

    def __init__(self, graph: _xml.Element) -> None:
        self._named: dict[str, _xml.Element] = {}
        self._around: set[str] = set()
        for element in graph.iter():
            if name := element.get(_RDF + "about") or element.get(_RDF + "nodeID", ""):
                if len(element):
                    self._named.setdefault(str(name), element)
            if _xml.local(element) == "isPartOf" and (
                whole := element.get(_RDF + "resource") or element.get(_RDF + "nodeID")
            ):
                self._around.add(str(whole))

    def is_item(self, node: _xml.Element) -> bool:
        """Tell whether a node of the top level is an item of the library."""
        kind = _xml.text(node, "itemType")
        if not _xml.local(node) or _xml.local(node) in _NO_ITEMS or kind in _ATTACHED:
            return False
        named = str(node.get(_RDF + "about") or node.get(_RDF + "nodeID") or "")
        if not kind and named in self._around:
            return False
        return bool(kind or _xml.text(node, "title") or _xml.text(node, "abstract"))

    def target(self, element: _xml.Element) -> _xml.Element | None:
        """Return the node that a property leads to: the one inside, or the one it names."""
        inside = next((child for child in element if _xml.local(child)), None)
        if inside is not None and not inside.get(_RDF + "nodeID"):
            return inside
        holder = element if inside is None else inside
        name = holder.get(_RDF + "resource") or holder.get(_RDF + "nodeID")
        return self._named.get(str(name)) if name else inside

    def around(self, node: _xml.Element) -> list[_xml.Element]:
        """Return what a node is part of, from the inner to the outer."""
        found: list[_xml.Element] = []
        while len(found) < _DEPTH:
            wholes = (self.target(one) for one in _xml.every(node, "isPartOf"))
            whole = next((one for one in wholes if one is not None and _xml.local(one) != "Series"), None)
            if whole is None or whole in found:
                break
            found.append(whole)
            node = whole
        return found

    def people(self, node: _xml.Element, *properties: str) -> list[dict[str, str]]:
        """Return the names of people that a property leads to, in the order of its list."""
        for name in properties:
            holders = _xml.every(node, f"{name}/Seq/li") or _xml.every(node, name)
            people = (self.target(one) for one in holders)
            if found := [person for one in people if one is not None and (person := _person(one))]:
                return found
            if said := [{"name": text} for one in holders if not len(one) and (text := _xml.words(one))]:
                return said
        return []


def _person(node: _xml.Element) -> dict[str, str]:
    family = _xml.text(node, "surname", "familyName", "family_name", "lastName")
    given = _xml.text(node, "givenName", "givenname", "given_name", "firstName")
    if family or given:
        return {key: part for key, part in (("family", family), ("given", given)) if part}
    name = _xml.text(node, "name")
    return {"literal": name} if name else {}


def _paper(where: Where, node: _xml.Element, nodes: _Nodes) -> Paper | Problem:
    around = nodes.around(node)
    both = [node, *around]
    identifiers = [text for one in both for text in (*_xml.texts(one, "identifier"), *_xml.texts(one, "doi"))]
    about = str(node.get(_RDF + "about") or "")
    fields: dict[str, Any] = {
        "type": _fields.csl_type(_xml.text(node, "itemType") or _xml.local(node), fallback="document"),
        "title": _xml.text(node, "title"),
        "abstract": _xml.text(node, "abstract"),
        "author": nodes.people(node, "authors", "authorList", "creator", "inventors", "presenters", "directors"),
        "editor": nodes.people(node, "editors", "editorList", "editor"),
        "issued": _first(both, "date", "issued", "created"),
        "container-title": next((title for one in reversed(around) if (title := _xml.text(one, "title"))), ""),
        "DOI": next((doi for text in identifiers if (doi := _ids.doi(text))), ""),
        "ISSN": next((text.removeprefix("ISSN").strip() for text in identifiers if text.startswith("ISSN")), ""),
        "volume": _first(both, "volume"),
        "issue": _first(both, "number", "issue"),
        "page": _first([node], "pages"),
        "publisher": _xml.text(node, "publisher//name", "publisher"),
        "language": _first([node], "language"),
        "note": _first([node], "description"),
        "URL": _address(node, about),
        "keyword": list(dict.fromkeys(_subjects(node))),
        "id": _first([node], "citationKey", "key") or ("" if "://" in about else about.removeprefix("#")),
    }
    fields["arxiv"] = next((arxiv for text in [*identifiers, *_lines(node)] if (arxiv := _ids.arxiv(text))), "")
    fields["DOI"] = fields["DOI"] or next((doi for text in _lines(node) if (doi := _ids.doi(text))), "")
    return _record.build(where, fields, {}, fallback_type="document")


def _first(nodes: list[_xml.Element], *names: str) -> str:
    return next((text for node in nodes if (text := _xml.text(node, *names))), "")


def _lines(node: _xml.Element) -> list[str]:
    """Return the lines of the field in which Zotero keeps what has no field of its own."""
    found = _xml.find(node, "description")
    lines = str(found.text or "").splitlines() if found is not None else []
    return [line for line in lines if line.lower().startswith(("arxiv", "doi"))]


def _subjects(node: _xml.Element) -> list[str]:
    return [word for one in _xml.every(node, "subject") if (word := _xml.words(one))]


def _address(node: _xml.Element, about: str) -> str:
    said = _xml.text(node, "identifier/URI/value", "uri", "url")
    return said or (about if about.startswith(("http://", "https://")) else "")
