"""Checks that a graph keeps its promises: every statement has its words, and all words stand where the graph says.

It reads the Turtle itself, not what a `KnowledgeGraph` makes of it, in two passes: the first keeps the texts of the
papers and the classes of the nodes, the second checks a node at a time. `kg verify` prints its report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.model import Paper
from kg.numerals import numbers
from kg.rdf.locate import locate
from kg.rdf.parse import Pairs, graph_file, subjects
from kg.rdf.schema import check, class_of
from kg.rdf.turtle import short_name
from kg.vocab import KG, ROLES_BY_KIND, Kind, Role, expand, strength

_ROLES = {f"kg:{role.value}": role for role in Role}
_KINDS = {kind.value for kind in Kind}
_TITLE, _ABSTRACT, _HAS_RESULT = expand("dcterms:title"), expand("dcterms:abstract"), expand("kg:hasResult")

Said = dict[str, list[str]]
"""What is said of a node: prefixed names of predicates, and the values of the objects."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what is wrong: a line for each problem, naming the node."""

    mentions: int
    statements: int
    results: int
    urls: int
    problems: list[str]


def verify(path: str | Path) -> Report:
    """Check the graph in a folder or Turtle file; raises `InputError` when there is none or it is no Turtle."""
    file = graph_file(path)
    checker = _Checker()
    for subject, pairs in subjects(file):
        checker.note(subject, pairs)
    for subject, pairs in subjects(file):
        checker.check(subject, pairs)
    checker.conclude()
    return Report(
        checker.counts["Mention"],
        len(checker.stated),
        checker.counts["Result"],
        checker.counts["url"],
        checker.problems,
    )


@dataclass
class _Checker:
    """Holds what the passes gather. Nodes are full IRIs."""

    papers: dict[str, Paper] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    reported: dict[str, list[str]] = field(default_factory=dict)  # result -> the papers that report it
    stated: dict[tuple[str, str], Role] = field(default_factory=dict)  # paper, entity -> the one role
    spoken: dict[tuple[str, str], set[Role]] = field(default_factory=dict)  # paper, entity -> the roles of mentions
    mentions: dict[str, tuple[str, str]] = field(default_factory=dict)  # mention -> paper, entity
    counted: dict[str, int] = field(default_factory=dict)  # entity -> its kg:paperCount
    neighbours: set[tuple[str, str]] = field(default_factory=set)
    links: dict[str, Said] = field(default_factory=dict)
    shared: dict[str, Said] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # full IRIs of predicates -> prefixed names
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def note(self, subject: str, pairs: Pairs) -> None:
        """Take in what checks of other nodes need: the first pass."""
        own = self.classes[subject] = class_of(pairs)
        if own == "Paper":
            texts = {predicate: thing.value for predicate, thing in pairs if predicate in (_TITLE, _ABSTRACT)}
            self.papers[subject] = Paper(subject, texts.get(_TITLE, ""), texts.get(_ABSTRACT, ""))
            for predicate, thing in pairs:
                if predicate == _HAS_RESULT:
                    self.reported.setdefault(thing.value, []).append(subject)

    def check(self, subject: str, pairs: Pairs) -> None:
        """Check one node: the second pass."""
        found = list(check(subject, pairs, self.classes))
        said: Said = {}
        for predicate, thing in pairs:
            said.setdefault(self.names.get(predicate) or self.name(predicate), []).append(thing.value)
        own = self.classes[subject]
        self.counts[own] += 1
        try:
            if own == "Paper":
                found += self.paper(subject, said)
            elif own == "Mention":
                found += self.mention(subject, said)
            elif own == "Result":
                found += self.result(subject, said)
            elif own in _KINDS:
                self.counted[subject] = int(said["kg:paperCount"][0])
            elif own == "Link":
                self.links[subject] = said
            elif own == "SharedTechnique":
                self.shared[subject] = said
        except (KeyError, ValueError, InvalidOperation) as error:
            if not found:  # else the vocabulary's rules have said what is missing or malformed
                found.append(f"cannot be read: {error}")
        self.problems += (f"{short_name(subject)} {problem}" for problem in found)

    def name(self, predicate: str) -> str:
        """Return the prefixed name of a predicate, and keep it."""
        return self.names.setdefault(predicate, short_name(predicate))

    def paper(self, subject: str, said: Said) -> Iterator[str]:
        """Check what a paper states of entities, its URLs, and take in its neighbours."""
        mentioned = set(said.get("kg:mentions", ()))
        roles: dict[str, list[Role]] = {entity: [] for entity in mentioned}
        for name, role in _ROLES.items():
            for entity in said.get(name, ()):
                if role is not Role.MENTIONS:
                    roles.setdefault(entity, []).append(role)
        for entity, found in sorted(roles.items()):
            if entity not in mentioned:
                yield f"kg:{found[0]} {short_name(entity)} without kg:mentions"
            if len(found) > 1:
                yield f"has several roles for {short_name(entity)}: {', '.join(sorted(found))}"
            self.stated[subject, entity] = found[0] if found else Role.MENTIONS
        for url in [*said.get("schema:codeRepository", ()), *said.get("kg:url", ())]:
            self.counts["url"] += 1
            if not locate(url, self.papers[subject]):
                yield f"has a URL that its text does not hold: {url}"
        self.neighbours.update((subject, other) for other in said.get("kg:sharesTechniqueWith", ()))

    def mention(self, subject: str, said: Said) -> Iterator[str]:
        """Check that the words of a mention stand where it says, in a paper and for an entity that are there."""
        paper, entity, role = said["kg:inPaper"][0], said["kg:entity"][0], Role(said["kg:role"][0].removeprefix(KG))
        self.mentions[subject] = (paper, entity)
        self.spoken.setdefault((paper, entity), set()).add(role)
        kind = self.classes.get(entity, "")
        if kind in _KINDS and role not in ROLES_BY_KIND[Kind(kind)]:
            yield f"gives a {kind} the role {role}"
        if f"/{role}/" not in subject:
            yield f"is named for another role than {role}"
        yield from self.place(subject, said, paper)

    def result(self, subject: str, said: Said) -> Iterator[str]:
        """Check that the words of a result stand where it says, and that its numbers are among them."""
        papers = self.reported.get(subject, [])
        if len(papers) != 1:
            yield f"is reported by {len(papers)} papers, not by one"
            return
        yield from self.place(subject, said, papers[0])
        quote = said["kg:quote"][0]
        for name in ("kg:value", "kg:valueTo", "kg:error"):
            for value in said.get(name, ()):
                if Decimal(value) not in numbers(quote):
                    yield f"has {name} {value}, which is not in its words {quote!r}"
        if said["kg:lexicalValue"][0] not in quote:
            yield f"has kg:lexicalValue {said['kg:lexicalValue'][0]!r}, which is not in its words {quote!r}"

    def place(self, subject: str, said: Said, paper: str) -> Iterator[str]:
        """Check a span against the text of its paper."""
        where = said["kg:field"][0]
        start, end = int(said["kg:start"][0]), int(said["kg:end"][0])
        begin, stop = int(said["kg:sentenceStart"][0]), int(said["kg:sentenceEnd"][0])
        if where not in ("title", "abstract"):
            yield f"stands in a field called {where!r}"
        elif paper in self.papers:
            text = self.papers[paper].text("title" if where == "title" else "abstract")
            if text[start:end] != said["kg:quote"][0] or start < 0:
                yield f"quotes {said['kg:quote'][0]!r}, but there stands {text[max(0, start) : max(0, end)]!r}"
            if not 0 <= begin <= start < end <= stop <= len(text):
                yield f"spans {start}-{end}, which is not inside a sentence {begin}-{stop} of {len(text)} characters"
        if not subject.endswith(f"/{where}-{start}-{end}"):
            yield f"is named for another place than {where}-{start}-{end}"
        if not 0 <= Decimal(said["kg:confidence"][0]) <= 1:
            yield f"has the confidence {said['kg:confidence'][0]}, which is not between 0 and 1"

    def conclude(self) -> None:
        """Check what needs the whole graph: statements against mentions, counts, links."""
        for found in (self._statements(), self._counts(), self._links()):
            self.problems += found

    def _statements(self) -> Iterator[str]:
        for (paper, entity), role in self.stated.items():
            spoken = self.spoken.get((paper, entity), set())
            if role not in spoken:
                yield f"{short_name(paper)} kg:{role} {short_name(entity)} has no mention of that role"
            kind = self.classes.get(entity, "")
            if kind in _KINDS and role in ROLES_BY_KIND[Kind(kind)]:
                known = [other for other in spoken if other in ROLES_BY_KIND[Kind(kind)]]
                best = min(known, key=lambda other: strength(Kind(kind), other), default=role)
                if strength(Kind(kind), best) < strength(Kind(kind), role):
                    yield f"{short_name(paper)} kg:{role} {short_name(entity)}, but has a mention of the stronger {best}"
        for paper, entity in self.spoken:
            if (paper, entity) not in self.stated:
                yield f"{short_name(paper)} does not state kg:mentions {short_name(entity)}, of which it has a mention"

    def _counts(self) -> Iterator[str]:
        papers = Counter(entity for _, entity in self.stated)
        for entity, count in self.counted.items():
            if count != papers[entity]:
                yield f"{short_name(entity)} has kg:paperCount {count}, but {papers[entity]} papers mention it"

    def _links(self) -> Iterator[str]:
        linked: set[tuple[str, str]] = set()
        parts = 0
        for subject, said in self.links.items():
            papers = sorted(said.get("kg:paper", ()))
            if len(papers) != 2:
                yield f"{short_name(subject)} has {len(papers)} papers, not two"
                continue
            if (papers[0], papers[1]) in linked:
                yield f"{short_name(subject)} is a second link of its papers"
            linked |= {(papers[0], papers[1]), (papers[1], papers[0])}
            shared = [self.shared[name] for name in said.get("kg:shared", ()) if name in self.shared]
            parts += len(shared)
            yield from self._weights(subject, said, shared)
            for part in shared:
                yield from self._because(subject, papers, part)
        for a, b in sorted(linked ^ self.neighbours):
            missing = "no kg:Link" if (a, b) in self.neighbours else "no kg:sharesTechniqueWith"
            yield f"{short_name(a)} and {short_name(b)} have {missing}"
        if parts != len(self.shared):
            yield f"{len(self.shared)} shared techniques belong to {parts} places in links"

    def _weights(self, subject: str, said: Said, shared: list[Said]) -> Iterator[str]:
        try:
            weight = Decimal(said["kg:weight"][0])
            total = sum((Decimal(part["kg:weight"][0]) for part in shared), Decimal(0))
        except (KeyError, InvalidOperation):
            return  # named already
        if weight != total:
            yield f"{short_name(subject)} weighs {weight}, but what it shares {total}"

    def _because(self, subject: str, papers: list[str], part: Said) -> Iterator[str]:
        for entity in part.get("kg:sharedEntity", ()):
            found = sorted(self.mentions.get(mention, ("", "")) for mention in part.get("kg:evidence", ()))
            if found != [(paper, entity) for paper in papers]:
                yield f"{short_name(subject)} does not point to one mention of {short_name(entity)} in each paper"
            if any((paper, entity) not in self.stated for paper in papers):
                yield f"{short_name(subject)} shares {short_name(entity)}, which not both papers mention"
