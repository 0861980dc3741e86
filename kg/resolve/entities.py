"""Mentions to entities: names that mean one thing become one node, and each join can say why.

What is joined, in this order:
1. names of one vocabulary concept, and names with one normal form (case, plural, hyphen, spelling): by `kg.reading`, in a paper;
2. keys that differ only in where words are split (``pretraining``, ``pre training``);
3. a short form used without definition, with the long form that the other papers define for it, where they agree;
4. what the user's decisions say.
The kind of a thing is the vocabulary's, else what most of its papers say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.decisions import Decision
from kg.lexicon import Lexicon, exact_case
from kg.model import Entity, Extraction
from kg.resolve.labels import choose_label, names_in
from kg.resolve.rekey import separations
from kg.text.forms import digest, key, slug
from kg.vocab import Kind

_AGREE = 0.75  # the share of defining papers that must mean one long form


@dataclass(slots=True)
class Tally:
    """What all papers say of one key: addable, so that parts can be counted apart. Weights are hundredths."""

    papers: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    shorts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add the counts of other papers."""
        self.papers += other.papers
        self.kinds += other.kinds
        self.names += other.names
        self.shorts += other.shorts


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities by id, and the id of each resolution key; a key that is no entity is missing."""

    entities: Mapping[str, Entity]
    ids: Mapping[str, str]


def tally(extraction: Extraction) -> dict[str, Tally]:
    """Count what one paper says of each of its keys."""
    counts: dict[str, Tally] = {}
    long_key = {a.short: key(a.long) for a in extraction.abbreviations}
    for mention in extraction.mentions:
        entry = counts.setdefault(mention.entity, Tally(papers=1))
        entry.kinds[mention.kind] = max(entry.kinds[mention.kind], round(100 * mention.confidence))
        entry.names.update(names_in(mention.text))
        if mention.text in long_key:
            entry.shorts[key(mention.text)] = 1
    return counts


def resolve(tallies: Mapping[str, Tally], lexicon: Lexicon, decisions: Sequence[Decision] = ()) -> Resolution:
    """Return the entities that the keys of all papers stand for. Independent of the order of papers."""
    apart = separations(decisions, lexicon)
    joins = _Joins(tallies, apart)
    _join_spacing(tallies, lexicon, joins)
    _join_short_forms(tallies, lexicon, joins)
    refused, kinds = _apply(decisions, tallies, lexicon, joins)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(tallies):
        groups[joins.root(name)].append(name)
    drafts = []
    for names in groups.values():
        chief = _chief(names, tallies, lexicon)
        if not refused & set(names):
            drafts.append(_draft(chief, names, tallies, lexicon, kinds, joins, apart))
    return _with_ids(drafts, lexicon)


class _Joins:
    """Union-find over keys, with the reason of every join."""

    def __init__(self, keys: Iterable[str], apart: Mapping[str, frozenset[str]]) -> None:
        self._parent = {name: name for name in keys}
        self._members = {name: {name} for name in keys}
        self._apart = apart
        self.reasons: dict[str, list[str]] = defaultdict(list)

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, a: str, b: str, reason: str) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        if first != second:
            together = self._members[first] | self._members[second]
            if any(self._apart.get(name, frozenset()) & together for name in together):
                return  # the user said that two of these differ
            self._parent[second] = first
            self._members[first] = together
        self.reasons[a].append(reason)


def _join_spacing(tallies: Mapping[str, Tally], lexicon: Lexicon, joins: _Joins) -> None:
    by_tight: dict[str, str] = {}
    for name in sorted(tallies):
        if name in lexicon.concepts:
            continue
        first = by_tight.setdefault(name.replace(" ", ""), name)
        if first != name:
            joins.join(name, first, f"{name!r} is {first!r} with other spacing")


def _join_short_forms(tallies: Mapping[str, Tally], lexicon: Lexicon, joins: _Joins) -> None:
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
    decisions: Sequence[Decision], tallies: Mapping[str, Tally], lexicon: Lexicon, joins: _Joins
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


def _chief(names: Sequence[str], tallies: Mapping[str, Tally], lexicon: Lexicon) -> str:
    """Return the key a group goes by: a vocabulary concept's, else the longest form's, then the most papers', then the first."""
    return min(names, key=lambda n: (n not in lexicon.concepts, -bool(tallies[n].shorts), -tallies[n].papers, n))


def _draft(
    chief: str,
    names: Sequence[str],
    tallies: Mapping[str, Tally],
    lexicon: Lexicon,
    kinds: Mapping[str, Kind],
    joins: _Joins,
    apart: Mapping[str, frozenset[str]],
) -> tuple[Entity, tuple[str, ...]]:
    total = Tally()
    for name in names:
        total.add(tallies[name])
    concept = lexicon.concepts.get(chief)
    order = list(Kind)
    voted = max(total.kinds, key=lambda k: (total.kinds[k], -order.index(k)))
    kind = next((kinds[n] for n in names if n in kinds), concept.kind if concept else voted)
    label = concept.label if concept else choose_label(total.names)
    known = concept.aliases if concept else ()
    unsaid = {name for name in known if chief not in apart.get(key(name), ())}
    aliases = tuple(sorted({*total.names, *unsaid} - {label}))
    reasons = [reason for name in names for reason in joins.reasons.get(name, ())]
    if concept:
        reasons += [
            f"{name!r} is a name of it in the vocabulary" for name in aliases if name in known and name in total.names
        ]
    else:
        reasons += [f"{name!r} has the same normal form, or is a short form defined in the text" for name in aliases]
    entity = Entity(
        id="",
        key=chief,
        kind=kind,
        label=label,
        aliases=aliases,
        definition=concept.definition if concept else "",
        matches=concept.matches if concept else (),
        specificity=lexicon.specificity(chief),
        reasons=tuple(dict.fromkeys(reasons)),
    )
    return entity, tuple(names)


def _with_ids(drafts: Sequence[tuple[Entity, tuple[str, ...]]], lexicon: Lexicon) -> Resolution:
    """Give each entity its id: the vocabulary's local name or a slug of the key, with a hash where two keys share one."""
    import dataclasses

    wanted = {entity.key: _wanted_id(entity, lexicon) for entity, _ in drafts}
    shared = Counter(wanted.values())
    ids: dict[str, str] = {}
    for entity, names in drafts:
        own = wanted[entity.key]
        own = f"{own}-{digest(entity.key)}" if shared[own] > 1 or own.endswith("/") else own
        ids.update(dict.fromkeys(names, own))
    entities = {}
    for entity, _ in drafts:
        concept = lexicon.concepts.get(entity.key)
        parents = (
            tuple(sorted({ids[p] for p in _ancestors(concept.broader, lexicon, ids)} - {ids[entity.key]}))
            if concept
            else ()
        )
        entities[ids[entity.key]] = dataclasses.replace(entity, id=ids[entity.key], broader=parents)
    return Resolution(dict(sorted(entities.items())), ids)


def _wanted_id(entity: Entity, lexicon: Lexicon) -> str:
    local = entity.key.split("/", 1)[1] if entity.key in lexicon.concepts else slug(entity.key)
    return f"{entity.kind.value.lower()}/{local}"


def _ancestors(parents: Iterable[str], lexicon: Lexicon, ids: Mapping[str, str]) -> list[str]:
    """Return the nearest broader concepts that are in the graph, past those that are not."""
    found, todo, seen = [], list(parents), set()
    while todo:
        parent = todo.pop()
        if parent in seen:
            continue
        seen.add(parent)
        if parent in ids:
            found.append(parent)
        else:
            todo += lexicon.concepts[parent].broader if parent in lexicon.concepts else ()
    return found
