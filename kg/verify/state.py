"""What is known of the whole graph while its nodes come by, and the close look at a node that does not fit its pattern."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.rdf.schema import check, class_of
from kg.rdf.turtle import short_name
from kg.store.survey import ENTITIES
from kg.verify.nodes import Node, Nodes, objects
from kg.verify.rules import IRI, broken, group_of, pattern, predicates, several
from kg.vocab import Kind, expand

Values = dict[str, Any]
"""What is said of a node by local name of the predicate: a text, or a list where there may be several; None where nothing."""

_BROADER = expand("skos:broader")
_KINDS = [kind.value for kind in Kind]
_SLOT = 8  # an entity's number is its count of papers times this, and the place of its kind


@dataclass
class State:
    """What the passes over a graph know and find."""

    nodes: Nodes
    entities: dict[str, int] = field(default_factory=dict)  # kind, and how many papers have not come by yet
    broader: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the entities that have any above them
    papers: set[str] = field(default_factory=set)
    mentions: array[int] = field(default_factory=lambda: array("q"))  # hashes of IRIs, sorted before they are asked for
    sharing: int = 0  # a sum over who shares with whom, as the papers say
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def read_names(self) -> None:
        """Take in which entities and papers there are, and check the entities."""
        unfit = False
        for name in ENTITIES:
            own = name.capitalize()
            fits = pattern(own).fullmatch
            for node in self.nodes.section(name):
                found = fits(node.text)
                kind = own if found else self._kind(node)
                if kind and IRI.fullmatch(node.subject):
                    count = found["paperCount"] if found else self._count(node)
                    self.entities[node.subject] = int(count) * _SLOT + _KINDS.index(kind)
                parents = objects(found["broader"]) if found else self._parents(node)
                if parents:
                    self.broader[node.subject] = tuple(parents)
                unfit = unfit or not found
        self.papers.update(subject for subject in self.nodes.papers() if IRI.fullmatch(subject))
        known = all(parent in self.entities for parents in self.broader.values() for parent in parents)
        for name in () if known and not unfit else ENTITIES:
            own = name.capitalize()
            fits = pattern(own).fullmatch
            for node in self.nodes.section(name):
                found = fits(node.text)
                if not found or not all(other in self.entities for other in objects(found["broader"])):
                    self.look(node, own)

    def read(self, node: Node, own: str, near: Mapping[str, str] | None = None) -> tuple[Values, bool]:
        """Return what is said of a node, and whether it is right in itself; if not, what is wrong has been noted."""
        found = pattern(own).fullmatch(node.text)
        if found:
            values: Values = found.groupdict()
            for name in several(own):
                values[name] = objects(values[name])
            return values, True
        right = self.look(node, own, near) == own and not self.wrong
        said: Values = {}
        for predicate, thing in node.pairs(self.nodes.where):
            said.setdefault(group_of(short_name(predicate)), []).append(thing.value)
        lists = several(own)
        names = {group_of(predicate.name) for predicate in predicates(own)}
        return {n: said.get(n, []) if n in lists else said[n][0] if n in said else None for n in names}, right

    wrong: bool = False  # whether the last close look found anything

    def kind(self, entity: str) -> str:
        """Return the kind of an entity; empty when there is none of that IRI."""
        number = self.entities.get(entity)
        return "" if number is None else _KINDS[number % _SLOT]

    def class_of(self, iri: str) -> str:
        """Return the class of an entity or a paper, empty for any other node."""
        return self.kind(iri) or ("Paper" if iri in self.papers else "")

    def state(self, stated: Iterable[str]) -> None:
        """Note that a paper has some entities."""
        entities = self.entities
        for entity in stated:
            self.counts["statement"] += 1
            if entity in entities:
                entities[entity] -= _SLOT

    settled: bool = False  # whether all mentions have come by

    def settle(self) -> None:
        """Make the mentions ready to be asked for."""
        self.mentions = array("q", sorted(self.mentions))
        self.settled = True

    def has_mention(self, wanted: int) -> bool:
        """Tell whether there is a mention whose IRI has that hash: of 64 bits, so that no two are likely to have one."""
        at = bisect_left(self.mentions, wanted)
        return at < len(self.mentions) and self.mentions[at] == wanted

    def check_counts(self) -> None:
        """Name the entities that say another number of papers than have them."""
        wrong = {entity: number // _SLOT for entity, number in self.entities.items() if number // _SLOT}
        for name in ENTITIES if wrong else ():
            for node in self.nodes.section(name):
                if node.subject in wrong:
                    said = self._count(node)
                    found = int(said) - wrong[node.subject]
                    self.say(node.subject, f"has kg:paperCount {said}, but {found} papers mention it")

    def check_others(self) -> None:
        """Name the nodes that are named as nothing of a graph."""
        for node in self.nodes.section(""):
            own = self.look(node, "")
            if own:
                self.say(node.subject, f"is a {own}, but not named as one")

    def look(self, node: Node, wanted: str, near: Mapping[str, str] | None = None) -> str:
        """Look closely at a node that does not fit, note what is wrong, and return its class.

        `wanted` is the class that its name tells, `near` the classes of nodes that belong to it.
        """
        pairs = node.pairs(self.nodes.where)
        own = class_of(pairs)
        found = list(check(node.subject, pairs, _Known(self, {node.subject: own, **(near or {})})))
        if own and not found:
            found = list(broken(own, pairs))
        if own and wanted and own != wanted:
            found.append(f"is a {own}, but named as a {wanted}")
        self.say(node.subject, *found)
        self.wrong = bool(found)
        return own

    def say(self, subject: str, *problems: str) -> None:
        """Note what is wrong with a node."""
        self.problems += (f"{short_name(subject)} {problem}" for problem in problems)

    def _count(self, node: Node) -> str:
        """Return the number of papers that an entity says have it; 0 when what it says is no number."""
        found = (t.value for p, t in node.pairs(self.nodes.where) if short_name(p) == "kg:paperCount")
        return next((count for count in found if count.lstrip("-").isdecimal()), "0")

    def _parents(self, node: Node) -> list[str]:
        return [thing.value for predicate, thing in node.pairs(self.nodes.where) if predicate == _BROADER]

    def _kind(self, node: Node) -> str:
        own = class_of(node.pairs(self.nodes.where))
        return own if own in _KINDS else ""


class _Known(Mapping[str, str]):
    """The class of any node, as far as a close look at one needs it."""

    def __init__(self, state: State, near: Mapping[str, str]) -> None:
        self._state, self._near = state, near

    def __getitem__(self, iri: str) -> str:
        found = self._near.get(iri) or self._state.class_of(iri)
        if found:
            return found
        if iri.startswith(f"{self._state.nodes.base}link/"):
            return "SharedTechnique"  # whether it is there, the check of links sees
        if iri.startswith(f"{self._state.nodes.base}mention/"):
            if not self._state.settled or self._state.has_mention(hash(iri)):
                return "Mention"
        raise KeyError(iri)

    def __iter__(self) -> Iterator[str]:
        return iter(self._near)

    def __len__(self) -> int:
        return len(self._near)
