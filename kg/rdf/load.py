"""Reads a graph back from its Turtle: the other end of `kg.rdf.turtle`, and the way into every command but `kg build`.

Everything kg.ttl holds comes back; writing the loaded graph gives the same bytes. What it does not hold (resolution keys,
reasons, keywords) is lost: the key of an entity is read back as its local id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Field, Link, Mention, Paper, PaperNode, Result, Shared, Url
from kg.rdf.iris import decode
from kg.rdf.locate import locate
from kg.rdf.parse import Pairs, graph_file, subjects
from kg.vocab import BASE, KG, Kind, Role, expand, strength

_HINT = "`kg verify` says what is wrong; `kg build` makes it anew"
Values = dict[str, list[str]]
"""What is said of a subject: prefixed names of predicates, and the values of the objects in order."""

_NAMES = {
    expand(f"{prefix}:"): f"{prefix}:"
    for prefix in ("kg", "dcterms", "skos", "fabio", "bibo", "foaf", "schema", "cito", "rdf")
}
_PAPER, _PERSON = re.compile("(?<=[/#])paper/"), re.compile("(?<=[/#])person/")
_ENTITY = re.compile(f"(?<=[/#])(?:{'|'.join(kind.value.lower() for kind in Kind)})/")
_CLASSES = {KG + name: name for name in ("Paper", "Entity", "Mention", "Result", "Link", "SharedTechnique")}
_CLASSES[expand("foaf:Person")] = "Person"


def load(path: str | Path) -> KnowledgeGraph:
    """Read the graph in a folder that `kg build` wrote, or in a Turtle file.

    Raises `InputError` when there is none, when it is not valid Turtle, or not a graph of kg.
    """
    file = graph_file(path)
    return graph_of(subjects(file), where=str(file))


def graph_of(nodes: Iterable[tuple[str, Pairs]], *, where: str = "") -> KnowledgeGraph:
    """Make the graph out of its subjects in order of IRI; raises `InputError` naming the node that is not whole."""
    reader = _Reader()
    empty = True
    for subject, pairs in nodes:
        empty = False
        try:
            reader.take(subject, _values(pairs))
        except (KeyError, ValueError) as error:
            raise InputError(f"<{subject}> is not as kg writes it: {error}", where=where, hint=_HINT) from error
    if not empty and not (reader.papers or reader.entities):
        raise InputError("this Turtle holds no graph of kg", where=where, hint="make one with `kg build SOURCE`")
    try:
        return reader.graph()
    except (KeyError, ValueError, StopIteration) as error:
        raise InputError(f"the graph is not whole: {error}", where=where, hint=_HINT) from error


_short: dict[str, str] = {}


def _values(pairs: Pairs) -> Values:
    values: Values = {}
    for predicate, thing in pairs:
        name = _short.get(predicate)
        if name is None:
            cut = max(predicate.rfind("/"), predicate.rfind("#")) + 1
            name = _short[predicate] = _NAMES.get(predicate[:cut], predicate[:cut]) + predicate[cut:]
        values.setdefault(name, []).append(thing.value)
    return values


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

    def take(self, subject: str, values: Values) -> None:
        """Take in one node."""
        classes = {_CLASSES[name] for name in values.get("rdf:type", ()) if name in _CLASSES}
        if "Mention" in classes:
            self.mentions.setdefault((values["kg:inPaper"][0], values["kg:entity"][0]), []).append((subject, values))
        elif "Entity" in classes:
            self.entities[subject] = values
        elif "Paper" in classes:
            self.papers[subject] = values
        elif "Person" in classes:
            self.persons[subject] = (int(values["kg:position"][0]), values["foaf:name"][0])
        elif "Result" in classes:
            self.results[subject] = values
        elif "Link" in classes:
            self.links.append(values)
        elif "SharedTechnique" in classes:
            self.shared[subject] = (values["kg:sharedEntity"][0], float(values["kg:weight"][0]))
            self.evidence.update(values.get("kg:evidence", ()))

    def graph(self) -> KnowledgeGraph:
        """Put the graph together."""
        self.base = derive_base(self.papers, self.entities, self.persons)
        kinds = {iri: _kind(values) for iri, values in self.entities.items()}
        entities = [self.entity(iri, kinds[iri], values) for iri, values in self.entities.items()]
        papers = [self.paper(iri, values) for iri, values in self.papers.items()]
        facts = [fact for iri, values in self.papers.items() for fact in self.facts(iri, values, kinds)]
        return KnowledgeGraph(papers, entities, facts, [self.link(values) for values in self.links], base=self.base)

    def local(self, iri: str) -> str:
        """Return the local id of an IRI of this graph."""
        return decode(iri.removeprefix(self.base))

    def locals(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Return the local ids of IRIs, in order."""
        return tuple(sorted(map(self.local, iris)))

    def entity(self, iri: str, kind: Kind, values: Values) -> Entity:
        """Read an entity."""
        local = self.local(iri)
        return Entity(
            id=local,
            key=local,
            kind=kind,
            label=_one(values, "skos:prefLabel"),
            aliases=tuple(values.get("skos:altLabel", ())),
            broader=self.locals(values.get("skos:broader", ())),
            definition=_one(values, "skos:definition"),
            matches=tuple(values.get("skos:exactMatch", ())),
            paper_count=int(values["kg:paperCount"][0]),
        )

    def paper(self, iri: str, values: Values) -> PaperNode:
        """Read a paper."""
        local = self.local(iri)
        identifiers = tuple(values.get("dcterms:identifier", ()))
        creators = sorted(self.persons[creator] for creator in values.get("dcterms:creator", ()))
        years = values.get("fabio:hasPublicationYear")
        paper = Paper(
            id=identifiers[0] if identifiers else local.removeprefix("paper/"),
            title=_one(values, "dcterms:title"),
            abstract=_one(values, "dcterms:abstract"),
            authors=tuple(name for _, name in creators),
            year=int(years[0]) if years else None,
            venue=_one(values, "dcterms:source"),
            doi=_one(values, "bibo:doi"),
            arxiv=_one(values, "fabio:hasArXivId"),
            identifiers=identifiers,
            csl=_one(values, "kg:cslJson"),
        )
        results = tuple(r for result in values.get("kg:hasResult", ()) for r in self.result(self.results[result]))
        urls = [_url(paper, url, code=True) for url in values.get("schema:codeRepository", ())]
        urls += [_url(paper, url, code=False) for url in values.get("kg:url", ())]
        return PaperNode(local, paper, results, tuple(urls), self.locals(values.get("cito:cites", ())))

    def result(self, values: Values) -> Iterable[Result]:
        """Read a result: one for each metric, dataset or method where the node names several."""
        named = [self.locals(values.get(name, ())) for name in ("kg:metric", "kg:dataset", "kg:method")]
        for metric, dataset, method in list(zip_longest(*named, fillvalue="")) or [("", "", "")]:
            yield Result(
                value=values["kg:value"][0],
                value_to=_one(values, "kg:valueTo"),
                error=_one(values, "kg:error"),
                lexical=values["kg:lexicalValue"][0],
                unit=_one(values, "kg:unit"),
                metric=metric,
                dataset=dataset,
                method=method,
                field=_field(values),
                start=int(values["kg:start"][0]),
                end=int(values["kg:end"][0]),
                extractor=values["kg:extractor"][0],
                confidence=float(values["kg:confidence"][0]),
                sentence=(int(values["kg:sentenceStart"][0]), int(values["kg:sentenceEnd"][0])),
            )

    def facts(self, paper: str, values: Values, kinds: dict[str, Kind]) -> Iterable[Fact]:
        """Read what a paper does with each of its entities."""
        roles = dict.fromkeys(values.get("kg:mentions", ()), Role.MENTIONS)
        for role in Role:
            if role is not Role.MENTIONS:
                roles.update(dict.fromkeys(values.get(f"kg:{role.value}", ()), role))
        for entity, role in roles.items():
            found = self.mentions.get((paper, entity), [])
            mentions = self.in_order([(iri, self.mention(kinds[entity], entity, read)) for iri, read in found])
            confidence = next((m.confidence for m in mentions if m.role is role), 0.0)
            yield Fact(self.local(paper), self.local(entity), role, confidence, mentions)

    def mention(self, kind: Kind, entity: str, values: Values) -> Mention:
        """Read a mention."""
        return Mention(
            kind=kind,
            text=values["kg:quote"][0],
            field=_field(values),
            start=int(values["kg:start"][0]),
            end=int(values["kg:end"][0]),
            role=Role(values["kg:role"][0].removeprefix(KG)),
            entity=self.local(entity),
            extractor=values["kg:extractor"][0],
            confidence=float(values["kg:confidence"][0]),
            sentence=(int(values["kg:sentenceStart"][0]), int(values["kg:sentenceEnd"][0])),
        )

    def in_order(self, found: list[tuple[str, Mention]]) -> tuple[Mention, ...]:
        """Return the mentions of a fact, the best one of each role first: that which links point to, else the surest."""
        found.sort(
            key=lambda pair: (strength(pair[1].kind, pair[1].role), pair[0] not in self.evidence, *_rank(pair[1]))
        )
        mentions = [mention for _, mention in found]
        best = list({mention.role: mention for mention in reversed(mentions)}.values())[::-1]
        return (*best, *(mention for mention in mentions if mention not in best))

    def link(self, values: Values) -> Link:
        """Read a link."""
        a, b = self.locals(values["kg:paper"])
        parts = [self.shared[shared] for shared in values.get("kg:shared", ())]
        shared = sorted(
            (Shared(self.local(entity), weight) for entity, weight in parts), key=lambda s: (-s.weight, s.entity)
        )
        return Link(a, b, float(values["kg:weight"][0]), tuple(shared))


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


def _one(values: Values, name: str) -> str:
    return values[name][0] if name in values else ""


def _kind(values: Values) -> Kind:
    """Return the kind of an entity, the most specific of its classes."""
    names = {name.removeprefix(KG) for name in values["rdf:type"]}
    return next(kind for kind in Kind if kind.value in names)  # Concept, the widest, is the last of the kinds


def _field(values: Values) -> Field:
    return "title" if values["kg:field"][0] == "title" else "abstract"


def _rank(mention: Mention) -> tuple[float, bool, int, int]:
    return (-mention.confidence, mention.field != "title", mention.start, mention.end)


def _url(paper: Paper, iri: str, *, code: bool) -> Url:
    found = locate(iri, paper)
    text = paper.text(found.field)[found.start : found.end] if found else iri
    return (
        Url(iri, text, found.field, found.start, found.end, code) if found else Url(iri, text, "abstract", 0, 0, code)
    )
