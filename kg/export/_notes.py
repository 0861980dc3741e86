"""The notes of a vault: what is known of a paper or an entity as Markdown, with ``[[links]]`` to the other notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from kg.export._filenames import file_name, file_names
from kg.export._markdown import escaped
from kg.graph import KnowledgeGraph
from kg.model import Fact, Link, Result
from kg.rdf.statements import evidence
from kg.vocab import ROLES_BY_KIND, Kind, Role, strength

FOLDERS = {
    Kind.METHOD: "Methods",
    Kind.DATASET: "Data sets",
    Kind.TASK: "Tasks",
    Kind.METRIC: "Metrics",
    Kind.CONCEPT: "Concepts",
}
_PAPERS_THAT = {
    Role.PROPOSES: "propose it",
    Role.USES: "use it",
    Role.COMPARES_WITH: "compare with it",
    Role.INTRODUCES: "introduce it",
    Role.EVALUATES_ON: "evaluate on it",
    Role.ADDRESSES: "address it",
    Role.REPORTS: "report it",
    Role.ABOUT: "are about it",
    Role.MENTIONS: "mention it",
}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Notes:
    """Writes the notes of one graph. `places` says where the note of a node is: ``Methods/Fox Transformer``."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.texts = {ident: node.paper.title or ident for ident, node in graph.papers.items()}
        self.places = {i: f"Papers/{name}" for i, name in file_names(self.texts.items()).items()}
        for kind, folder in FOLDERS.items():
            labels = {entity.id: entity.label for entity in graph.entities.values() if entity.kind is kind}
            self.texts |= labels
            self.places |= {i: f"{folder}/{name}" for i, name in file_names(labels.items()).items()}

    def link(self, node: str) -> str:
        """Return a link to the note of a node, shown by its title or label, without what could end the link."""
        place = self.places.get(node)
        if place is None:
            return escaped(node)
        return f"[[{place}|{file_name(self.texts[node]) or place}]]"

    def paper(self, ident: str) -> str:
        """Return the note of a paper."""
        node = self.graph.papers[ident]
        p = node.paper
        facts = self.graph.facts_of(ident)
        lines = [*_properties(title=p.title, authors=p.authors, year=p.year, venue=p.venue, doi=p.doi, arxiv=p.arxiv,
                              tags=("paper",)), f"# {escaped(p.title or ident)}", ""]  # fmt: skip
        if p.abstract:
            lines += [escaped(p.abstract), ""]
        for kind, folder in FOLDERS.items():
            of_kind = [fact for fact in facts if self.graph.entities[fact.entity].kind is kind]
            of_kind.sort(key=lambda fact: (strength(kind, fact.role), fact.entity))
            lines += _section(folder, (f"{_role(f)} {self.link(f.entity)}{self.quote(f)}" for f in of_kind))
        lines += _section("Results", (self.result(result) for result in node.results))
        lines += _section("Related papers", (self.related(ident, link) for link in self.graph.links_of(ident)))
        lines += _section("Cites", map(self.link, node.cites))
        return "\n".join(lines)

    def entity(self, ident: str) -> str:
        """Return the note of an entity."""
        e = self.graph.entities[ident]
        facts = self.graph.facts_of(ident)
        lines = [*_properties(aliases=e.aliases, tags=(e.kind.value.lower(),)), f"# {escaped(e.label)}", ""]
        if e.definition:
            lines += [escaped(e.definition), ""]
        lines += _section("Broader", map(self.link, e.broader))
        lines += _section("Narrower", map(self.link, self.graph.narrower(ident)))
        for role in ROLES_BY_KIND[e.kind]:
            said = [fact for fact in facts if fact.role is role]
            lines += _section(
                f"Papers that {_PAPERS_THAT[role]}", (f"{self.link(fact.paper)}{self.quote(fact)}" for fact in said)
            )
        return "\n".join(lines)

    def quote(self, fact: Fact) -> str:
        """Return the sentence that says so, after a colon."""
        said = evidence(fact)
        if not said:
            return ""
        text = self.graph.papers[fact.paper].paper.text(said.field)
        return f": “{escaped(text[slice(*said.sentence)])}”"

    def result(self, result: Result) -> str:
        """Return a result in words: ``91.5% accuracy on MeadowNet with Fox Transformer``."""
        named = (("", result.metric), ("on ", result.dataset), ("with ", result.method))
        return " ".join([escaped(result.lexical), *(word + self.link(node) for word, node in named if node)])

    def related(self, paper: str, link: Link) -> str:
        """Return the other paper of a link, and what both have."""
        other = link.b if link.a == paper else link.a
        return f"{self.link(other)} ({link.weight:.2f}): {', '.join(self.link(s.entity) for s in link.shared)}"


def _role(fact: Fact) -> str:
    return _HUMP.sub(" ", fact.role.value).lower()


def _section(name: str, items: Iterable[str]) -> list[str]:
    """Return a heading with a list, or nothing when the list is empty."""
    lines = [f"- {item}" for item in items]
    return [f"## {name}", "", *lines, ""] if lines else []


def _properties(**values: str | int | tuple[str, ...] | None) -> Iterator[str]:
    """Yield the lines of the front matter. JSON is YAML, once what YAML does not print is escaped."""
    yield "---"
    for name, value in values.items():
        if value:
            text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
            yield f"{name}: {_UNPRINTED.sub(_code, text)}"
    yield from ("---", "")


def _code(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign.group()):04x}"
