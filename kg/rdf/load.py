"""Reads a graph back from its Turtle: the other end of `kg.rdf.turtle`, and the way into every command but `kg build`.

Everything kg.ttl holds comes back; writing the loaded graph gives the same bytes. What it does not hold (resolution
keys, reasons, keywords) is lost: the key of an entity is read back as its local id.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Field, Link, Mention, Paper, PaperNode, Result, Shared, Url
from kg.rdf.iris import decode
from kg.rdf.layout import ForeignLayoutError, Values, values
from kg.rdf.locate import locate
from kg.rdf.parse import Pairs, gather, graph_file
from kg.rdf.turtle import short_name
from kg.vocab import BASE, KG, Kind, Role, expand, strength

_HINT = "`kg verify` says what is wrong; `kg build` makes it anew"
_PAPER, _PERSON = re.compile("(?<=[/#])paper/"), re.compile("(?<=[/#])person/")
_ENTITY = re.compile(f"(?<=[/#])(?:{'|'.join(kind.value.lower() for kind in Kind)})/")
_CLASSES = {KG + name: name for name in ("Paper", "Entity", "Mention", "Result", "Link", "SharedTechnique")}
_CLASSES[expand("foaf:Person")] = "Person"


def load(path: str | Path) -> KnowledgeGraph:
    """Read the graph in a folder that `kg build` wrote, or in a Turtle file.

    Raises `InputError` when there is none, when it is not valid Turtle, or not a graph of kg.
    """
    file = graph_file(path)
    try:
        with file.open("rb") as turtle:
            return _read(turtle, str(file))
    except OSError as error:
        raise InputError("the graph cannot be read", where=str(file), hint=str(error)) from error


def loads(turtle: bytes) -> KnowledgeGraph:
    """Read a graph from Turtle in UTF-8; raises `InputError` as `load` does."""
    return _read(BytesIO(turtle), "")


def _read(turtle: BinaryIO, where: str) -> KnowledgeGraph:
    collecting = gc.isenabled()
    gc.disable()  # millions of new objects and no cycle among them: looking for one takes a third of the time
    text = TextIOWrapper(turtle, encoding="utf-8", newline="\n")
    try:
        return _graph(values(text), where)
    except ForeignLayoutError:
        turtle = text.detach()
        turtle.seek(0)
        return _graph(((subject, _values(pairs)) for subject, pairs in gather(turtle, where=where)), where)
    finally:
        if collecting:
            gc.enable()


def _graph(nodes: Iterable[tuple[str, Values]], where: str) -> KnowledgeGraph:
    reader = _Reader()
    subject = ""
    try:
        for subject, said in nodes:
            reader.take(subject, said)
        graph = reader.graph()
    except (KeyError, ValueError, StopIteration) as error:
        near = f"near <{subject}>: {error}"
        raise InputError(f"the graph is not as kg writes it, {near}", where=where, hint=_HINT) from error
    if subject and not (reader.papers or reader.entities):
        raise InputError("this Turtle holds no graph of kg", where=where, hint="make one with `kg build SOURCE`")
    return graph


def _values(pairs: Pairs) -> Values:
    said: Values = {}
    for predicate, thing in pairs:
        said.setdefault(short_name(predicate), []).append(thing.value)
    return said


class _Reader:
    """Gathers the nodes of a graph by full IRI; `graph` puts them together."""

    def __init__(self) -> None:
        self.papers: dict[str, Values] = {}
        self.entities: dict[str, Values] = {}
        self.persons: dict[str, tuple[int, str]] = {}
        self.mentions: dict[tuple[str, str], list[tuple[str, Values]]] = {}
        self.results: dict[str, Values] = {}
        self.links: list[Values] = []
        self.shared: dict[str, tuple[str, float]] = {}
        self.evidence: set[str] = set()
        self.base = BASE

    def take(self, subject: str, said: Values) -> None:
        """Take in one node."""
        classes = {_CLASSES[name] for name in said.get("rdf:type", ()) if name in _CLASSES}
        if "Mention" in classes:
            self.mentions.setdefault((said["kg:inPaper"][0], said["kg:entity"][0]), []).append((subject, said))
        elif "Entity" in classes:
            self.entities[subject] = said
        elif "Paper" in classes:
            self.papers[subject] = said
        elif "Person" in classes:
            self.persons[subject] = (int(said["kg:position"][0]), said["foaf:name"][0])
        elif "Result" in classes:
            self.results[subject] = said
        elif "Link" in classes:
            self.links.append(said)
        elif "SharedTechnique" in classes:
            self.shared[subject] = (said["kg:sharedEntity"][0], float(said["kg:weight"][0]))
            self.evidence.update(said.get("kg:evidence", ()))

    def graph(self) -> KnowledgeGraph:
        """Put the graph together."""
        self.base = derive_base(self.papers, self.entities, self.persons)
        kinds = {iri: _kind(said) for iri, said in self.entities.items()}
        entities = [self.entity(iri, kinds[iri], said) for iri, said in self.entities.items()]
        papers = [self.paper(iri, said) for iri, said in self.papers.items()]
        facts = [fact for iri, said in self.papers.items() for fact in self.facts(iri, said, kinds)]
        return KnowledgeGraph(papers, entities, facts, [self.link(said) for said in self.links], base=self.base)

    def local(self, iri: str) -> str:
        """Return the local id of an IRI of this graph."""
        return decode(iri.removeprefix(self.base))

    def locals(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Return the local ids of IRIs, in order."""
        return tuple(sorted(map(self.local, iris)))

    def entity(self, iri: str, kind: Kind, said: Values) -> Entity:
        """Read an entity."""
        local = self.local(iri)
        return Entity(
            id=local,
            key=local,
            kind=kind,
            label=_one(said, "skos:prefLabel"),
            aliases=tuple(said.get("skos:altLabel", ())),
            broader=self.locals(said.get("skos:broader", ())),
            definition=_one(said, "skos:definition"),
            matches=tuple(said.get("skos:exactMatch", ())),
            paper_count=int(said["kg:paperCount"][0]),
        )

    def paper(self, iri: str, said: Values) -> PaperNode:
        """Read a paper."""
        local = self.local(iri)
        identifiers = tuple(said.get("dcterms:identifier", ()))
        creators = sorted(self.persons[creator] for creator in said.get("dcterms:creator", ()))
        years = said.get("fabio:hasPublicationYear")
        paper = Paper(
            id=identifiers[0] if identifiers else local.removeprefix("paper/"),
            title=_one(said, "dcterms:title"),
            abstract=_one(said, "dcterms:abstract"),
            authors=tuple(name for _, name in creators),
            year=int(years[0]) if years else None,
            venue=_one(said, "dcterms:source"),
            doi=_one(said, "bibo:doi"),
            arxiv=_one(said, "fabio:hasArXivId"),
            identifiers=identifiers,
            csl=_one(said, "kg:cslJson"),
        )
        results = tuple(r for result in said.get("kg:hasResult", ()) for r in self.result(self.results[result]))
        urls = [_url(paper, url, code=True) for url in said.get("schema:codeRepository", ())]
        urls += [_url(paper, url, code=False) for url in said.get("kg:url", ())]
        return PaperNode(local, paper, results, tuple(urls), self.locals(said.get("cito:cites", ())))

    def result(self, said: Values) -> Iterable[Result]:
        """Read a result: one for each metric, dataset or method where the node names several."""
        named = [self.locals(said.get(name, ())) for name in ("kg:metric", "kg:dataset", "kg:method")]
        for metric, dataset, method in list(zip_longest(*named, fillvalue="")) or [("", "", "")]:
            yield Result(
                value=said["kg:value"][0],
                value_to=_one(said, "kg:valueTo"),
                error=_one(said, "kg:error"),
                lexical=said["kg:lexicalValue"][0],
                unit=_one(said, "kg:unit"),
                metric=metric,
                dataset=dataset,
                method=method,
                field=_field(said),
                start=int(said["kg:start"][0]),
                end=int(said["kg:end"][0]),
                extractor=said["kg:extractor"][0],
                confidence=float(said["kg:confidence"][0]),
                sentence=(int(said["kg:sentenceStart"][0]), int(said["kg:sentenceEnd"][0])),
            )

    def facts(self, paper: str, said: Values, kinds: dict[str, Kind]) -> Iterable[Fact]:
        """Read what a paper does with each of its entities."""
        roles = dict.fromkeys(said.get("kg:mentions", ()), Role.MENTIONS)
        for role in Role:
            if role is not Role.MENTIONS:
                roles.update(dict.fromkeys(said.get(f"kg:{role.value}", ()), role))
        for entity, role in roles.items():
            found = self.mentions.get((paper, entity), [])
            mentions = self.in_order([(iri, self.mention(kinds[entity], entity, read)) for iri, read in found])
            confidence = next((m.confidence for m in mentions if m.role is role), 0.0)
            yield Fact(self.local(paper), self.local(entity), role, confidence, mentions)

    def mention(self, kind: Kind, entity: str, said: Values) -> Mention:
        """Read a mention."""
        return Mention(
            kind=kind,
            text=said["kg:quote"][0],
            field=_field(said),
            start=int(said["kg:start"][0]),
            end=int(said["kg:end"][0]),
            role=Role(said["kg:role"][0].removeprefix(KG)),
            entity=self.local(entity),
            extractor=said["kg:extractor"][0],
            confidence=float(said["kg:confidence"][0]),
            sentence=(int(said["kg:sentenceStart"][0]), int(said["kg:sentenceEnd"][0])),
        )

    def in_order(self, found: list[tuple[str, Mention]]) -> tuple[Mention, ...]:
        """Return a fact's mentions, the best of each role first: that which links point to, else the surest."""
        found.sort(key=lambda pair: _rank(pair[1], pair[0] in self.evidence))
        return tuple(mention for _, mention in found)

    def link(self, said: Values) -> Link:
        """Read a link."""
        a, b = self.locals(said["kg:paper"])
        parts = [self.shared[shared] for shared in said.get("kg:shared", ())]
        shared = sorted(
            (Shared(self.local(entity), weight) for entity, weight in parts), key=lambda s: (-s.weight, s.entity)
        )
        return Link(a, b, float(said["kg:weight"][0]), tuple(shared))


def derive_base(papers: Iterable[str], entities: Iterable[str] = (), persons: Iterable[str] = ()) -> str:
    """Return the base of full IRIs: what stands before ``paper/``, ``method/``, ``person/`` in all of them.

    >>> derive_base(["https://x.org/paper/paper/1"], ["https://x.org/paper/method/a"])
    'https://x.org/paper/'
    """
    found: set[str] | None = None
    for mark, iris in ((_PAPER, papers), (_ENTITY, entities), (_PERSON, persons)):
        for iri in iris:
            here = {iri[: match.start()] for match in mark.finditer(iri)}
            found = here if found is None else found & here
    return min(found, key=len) if found else BASE


def _one(said: Values, name: str) -> str:
    return said[name][0] if name in said else ""


def _kind(said: Values) -> Kind:
    """Return the kind of an entity, the most specific of its classes."""
    names = {name.removeprefix(KG) for name in said["rdf:type"]}
    return next(kind for kind in Kind if kind.value in names)  # Concept, the widest, is the last of the kinds


def _field(said: Values) -> Field:
    return "title" if said["kg:field"][0] == "title" else "abstract"


def _rank(mention: Mention, linked: bool) -> tuple[object, ...]:
    place = (mention.field != "abstract", mention.start, mention.end)
    return (strength(mention.kind, mention.role), not linked, -mention.confidence, *place)


def _url(paper: Paper, iri: str, *, code: bool) -> Url:
    found = locate(iri, paper)
    text = paper.text(found.field)[found.start : found.end] if found else iri
    return (
        Url(iri, text, found.field, found.start, found.end, code) if found else Url(iri, text, "abstract", 0, 0, code)
    )
