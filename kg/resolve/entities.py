"""Mentions to entities: names that mean one thing become one node, and each join can say why.

What is joined, in this order:
1. names of one vocabulary concept, and names with one normal form (case, plural, hyphen, spelling): by `kg.reading`, in a paper;
2. keys that differ only in where words are split (``pretraining``, ``pre training``);
3. a short form used without definition, with the long form that the other papers define for it, where they agree;
4. what the user's decisions say.
The kind of a thing is the vocabulary's, else what most of its papers say.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.decisions import Decision
from kg.lexicon import Lexicon
from kg.model import Entity
from kg.resolve.joins import Joined, join
from kg.resolve.labels import choose_label
from kg.resolve.tally import Tally
from kg.text.forms import digest, key, slug
from kg.vocab import Kind


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities by id, and the id of each resolution key; a key that is no entity is missing."""

    entities: Mapping[str, Entity]
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity without id and parents, the keys it goes by, and the id it wants."""

    entity: Entity
    names: tuple[str, ...]
    wanted: str


def resolve(tallies: Mapping[str, Tally], lexicon: Lexicon, decisions: Sequence[Decision] = ()) -> Resolution:
    """Return the entities that the keys of all papers stand for. Independent of the order of papers."""
    drafts = draft_all(tallies, lexicon, join(tallies, lexicon, decisions))
    shared = Counter(one.wanted for one in drafts)
    own = {one.entity.key: final_id(one, shared=shared[one.wanted] > 1) for one in drafts}
    ids = {name: own[one.entity.key] for one in drafts for name in one.names}
    made = (finished(one, own[one.entity.key], lexicon, ids.get) for one in drafts)
    return Resolution({entity.id: entity for entity in sorted(made, key=lambda entity: entity.id)}, ids)


def draft_all(tallies: Mapping[str, Tally], lexicon: Lexicon, joined: Joined) -> list[Draft]:
    """Return what is known of each entity from its own papers and the vocabulary, in order of the first key."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(tallies):
        groups[joined.joins.root(name)].append(name)
    return [draft(names, tallies, lexicon, joined) for names in groups.values() if not joined.refused & set(names)]


def _chief(names: Sequence[str], tallies: Mapping[str, Tally], lexicon: Lexicon) -> str:
    """Return the key a group goes by: a vocabulary concept's, else the longest form's, then the most papers', then the first."""
    return min(names, key=lambda n: (n not in lexicon.concepts, -bool(tallies[n].shorts), -tallies[n].papers, n))


def draft(names: Sequence[str], tallies: Mapping[str, Tally], lexicon: Lexicon, joined: Joined) -> Draft:
    """Return what is known of the entity that goes by some keys."""
    chief = _chief(names, tallies, lexicon)
    total = tallies[chief]
    if len(names) > 1:
        total = Tally()
        for name in names:
            total.add(tallies[name])
    concept = lexicon.concepts.get(chief)
    order = list(Kind)
    voted = max(total.kinds, key=lambda k: (total.kinds[k], -order.index(k)))
    kind = next((joined.kinds[n] for n in names if n in joined.kinds), concept.kind if concept else voted)
    label = concept.label if concept else choose_label(total.names)
    known = concept.aliases if concept else ()
    unsaid = {name for name in known if chief not in joined.apart.get(key(name), ())}
    aliases = tuple(sorted({*total.names, *unsaid} - {label}))
    reasons = [reason for name in names for reason in joined.joins.reasons.get(name, ())]
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
    return Draft(entity, tuple(names), _wanted_id(entity, lexicon))


def final_id(draft: Draft, *, shared: bool) -> str:
    """Return the id it wants, with a hash of the key where it is `shared` with another or names nothing."""
    return f"{draft.wanted}-{digest(draft.entity.key)}" if shared or draft.wanted.endswith("/") else draft.wanted


def finished(draft: Draft, own: str, lexicon: Lexicon, id_of: Callable[[str], str | None]) -> Entity:
    """Return the entity with its id and its parents; `id_of` finds the id of a concept that is in the graph."""
    concept = lexicon.concepts.get(draft.entity.key)
    above = concept.broader if concept else _named_for(draft.entity, lexicon)
    parents = _ancestors(above, lexicon, id_of)
    return dataclasses.replace(draft.entity, id=own, broader=tuple(sorted(parents - {own})))


def _named_for(entity: Entity, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the concept that the name of something unknown says it is a kind of: window attention is attention."""
    head = lexicon.head(entity.key)
    return (head.id,) if head and head.kind in (entity.kind, Kind.CONCEPT) else ()


def _wanted_id(entity: Entity, lexicon: Lexicon) -> str:
    local = entity.key.split("/", 1)[1] if entity.key in lexicon.concepts else slug(entity.key)
    return f"{entity.kind.value.lower()}/{local}"


def _ancestors(parents: Iterable[str], lexicon: Lexicon, id_of: Callable[[str], str | None]) -> set[str]:
    """Return the ids of the nearest broader concepts that are in the graph, past those that are not."""
    found, todo, seen = set(), list(parents), set()
    while todo:
        parent = todo.pop()
        if parent in seen:
            continue
        seen.add(parent)
        own = id_of(parent)
        if own:
            found.add(own)
        else:
            todo += lexicon.concepts[parent].broader if parent in lexicon.concepts else ()
    return found
