"""Which resolution keys are one thing: the joins of `kg.resolve.entities`, each with its reason, and the user's decisions.

Most keys take part in no join. `Suspects` finds those that may in one pass over all keys, so that only they need be held
together: the joins of the suspects are the joins of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.decisions import Decision
from kg.lexicon import Lexicon, exact_case
from kg.resolve.rekey import separations
from kg.resolve.tally import Tally
from kg.text.forms import key
from kg.vocab import Kind

_AGREE = 0.75  # the share of defining papers that must mean one long form


@dataclass(frozen=True, slots=True)
class Joined:
    """The joins, the keys that are no entity, and the kinds that the user gave."""

    joins: Joins
    refused: frozenset[str]
    kinds: Mapping[str, Kind]
    apart: Mapping[str, frozenset[str]]


def join(tallies: Mapping[str, Tally], lexicon: Lexicon, decisions: Sequence[Decision] = ()) -> Joined:
    """Return which keys are one thing. Independent of the order of papers."""
    apart = separations(decisions, lexicon)
    joins = Joins(tallies, apart)
    _join_spacing(tallies, lexicon, joins)
    _join_short_forms(tallies, lexicon, joins)
    refused, kinds = _apply(decisions, tallies, lexicon, joins)
    return Joined(joins, frozenset(refused), kinds, apart)


class Suspects:
    """The keys that may take part in a join or a decision. Note every key in order, then ask."""

    def __init__(self, lexicon: Lexicon, decisions: Sequence[Decision]) -> None:
        self._lexicon = lexicon
        self._tight: set[int] = set()  # hashes: two keys that share one by chance are suspected in vain
        self._crowded: set[int] = set()
        self._names: set[str] = set()
        self._said = {key(name) for said in decisions for name in said.names}
        concepts = (lexicon.named(name) for said in decisions for name in said.names)
        self._names.update(self._said, (concept.id for concept in concepts if concept))

    def note(self, name: str, entry: Tally) -> None:
        """Take in a key and what is said of it."""
        if name not in self._lexicon.concepts:
            tight = hash(name.replace(" ", ""))
            (self._crowded if tight in self._tight else self._tight).add(tight)
        if entry.shorts:
            self._names.add(name)
            self._names.update(entry.shorts)
        if self._said:
            found = {key(surface) for surface in entry.names} & self._said
            if found:
                self._names.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._names or hash(name.replace(" ", "")) in self._crowded


class Joins:
    """Union-find over keys, with the reason of every join."""

    def __init__(self, keys: Iterable[str], apart: Mapping[str, frozenset[str]]) -> None:
        self._parent = {name: name for name in keys}
        self._members = {name: {name} for name in keys}
        self._apart = apart
        self.reasons: dict[str, list[str]] = defaultdict(list)

    def root(self, name: str) -> str:
        """Return the key that stands for all that `name` is joined with."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, a: str, b: str, reason: str) -> None:
        """Make two keys one thing, unless the user said that they differ."""
        first, second = sorted((self.root(a), self.root(b)))
        if first != second:
            together = self._members[first] | self._members[second]
            if any(self._apart.get(name, frozenset()) & together for name in together):
                return  # the user said that two of these differ
            self._parent[second] = first
            self._members[first] = together
        self.reasons[a].append(reason)


def _join_spacing(tallies: Mapping[str, Tally], lexicon: Lexicon, joins: Joins) -> None:
    by_tight: dict[str, str] = {}
    for name in sorted(tallies):
        if name in lexicon.concepts:
            continue
        first = by_tight.setdefault(name.replace(" ", ""), name)
        if first != name:
            joins.join(name, first, f"{name!r} is {first!r} with other spacing")


def _join_short_forms(tallies: Mapping[str, Tally], lexicon: Lexicon, joins: Joins) -> None:
    """Join an undefined short form with the long form most papers define for it, of the same kind."""
    longs: dict[str, Counter[str]] = defaultdict(Counter)
    for name, entry in tallies.items():
        for short, papers in entry.shorts.items():
            longs[short][joins.root(name)] += papers
    for short, meanings in sorted(longs.items()):
        used = tallies.get(short)
        if used is None or short in lexicon.concepts or not any(exact_case(name) for name in used.names):
            continue
        meaning, papers = max(sorted(meanings.items()), key=lambda item: item[1])
        if papers >= _AGREE * meanings.total() and meaning != short:
            joins.join(
                short,
                meaning,
                f"{short!r} is short for {meaning!r} in {papers} of {meanings.total()} papers that define it",
            )


def _apply(
    decisions: Sequence[Decision], tallies: Mapping[str, Tally], lexicon: Lexicon, joins: Joins
) -> tuple[set[str], dict[str, Kind]]:
    """Apply the user's decisions; later ones overrule earlier ones."""
    refused: set[str] = set()
    kinds: dict[str, Kind] = {}

    def keys_of(name: str) -> list[str]:
        concept = lexicon.named(name)
        found = [k for k in (concept.id if concept else "", key(name)) if k in tallies]
        return found or [k for k, entry in sorted(tallies.items()) if any(key(n) == key(name) for n in entry.names)][:1]

    for said in decisions:
        first = keys_of(said.names[0])
        if said.verb == "same":
            for a in first:
                for b in keys_of(said.names[1]):
                    joins.join(a, b, f"you said {said}")
        elif said.verb == "not-an-entity":
            refused.update(first)
        elif said.verb == "type":
            kinds.update(dict.fromkeys(first, Kind(said.names[1])))
    return refused, kinds
