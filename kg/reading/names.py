"""Settle which things a paper names: candidates grouped by thing, with one kind each, weak ones dropped.

Rules of standing:
* a vocabulary concept, a proposal, a defined abbreviation and a name beside a telling noun stand by themselves;
* a described phrase ("dilated self-attention") stands when the paper proposes or stresses it, or when it is
  not merely a vocabulary concept with a modifier ("strong data augmentation" is data augmentation);
* everything else needs two extractors or two occurrences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract._cues import cues
from kg.lexicon import Lexicon, form
from kg.model import Candidate, Span
from kg.text.document import Document
from kg.text.forms import key
from kg.vocab import Kind, Role

OWN_EXTRACTORS = frozenset({"proposals", "titles"})
"""The extractors that tell what is a paper's own; their roles and kinds outrank the others'."""

_DESCRIBING = frozenset({"phrases", "concepts", "tasks"})
_STANDS = 0.6
_LONGEST_NAME = 90


@dataclass(slots=True)
class Thing:
    """Something a paper names: its resolution key, its kind, its names in this paper, and the candidates behind it."""

    entity: str
    kind: Kind
    names: tuple[str, ...]
    ordinary: bool = False
    proposed: bool = False
    candidates: list[Candidate] = field(default_factory=list)


def settle(doc: Document, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Thing]:
    """Return the things that a paper names, in order of key."""
    longs = long_forms(doc)
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        entity = _entity(doc, candidate, longs, lexicon)
        if entity:
            groups[entity].append(candidate)
    _drop_covered(doc, groups, lexicon)
    things = []
    for entity, group in sorted(groups.items()):
        if _standing(group) >= _STANDS:
            things.append(_thing(doc, entity, group, longs, lexicon))
    return things


def long_forms(doc: Document) -> dict[str, str]:
    """Return the long form of every short form the paper defines, by the short form as written and without its plural."""
    longs: dict[str, str] = {}
    for abbreviation in doc.abbreviations:
        short = abbreviation.short
        for written in (short, short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short):
            longs.setdefault(written, abbreviation.long)
    return longs


def _entity(doc: Document, candidate: Candidate, longs: dict[str, str], lexicon: Lexicon) -> str:
    """Return the resolution key of a candidate: its long form's concept or normal form, else its own."""
    text = doc.text(Span(candidate.field, candidate.start, candidate.end))
    if len(text) > _LONGEST_NAME:
        return ""
    long = longs.get(text) or longs.get(text.removesuffix("s"))
    name = long or (_bare_dataset(text) if candidate.kind is Kind.DATASET and not candidate.concept else text)
    concept = lexicon.named(name)
    if concept and (long or not candidate.concept):
        return concept.id if not concept.ordinary or concept.label in name or long else key(name)
    if long:
        return key(long)
    return candidate.concept or key(text)


def _bare_dataset(text: str) -> str:
    """Return the name of a data set without the noun that says what it is: "FOX benchmark" names FOX."""
    words = text.split()
    while (
        len(words) > 1 and form(words[-1]) in cues("evaluation")["dataset_nouns"] and any(c.isupper() for c in words[0])
    ):
        words.pop()
    return " ".join(words)


def _standing(group: Iterable[Candidate]) -> float:
    """Return how surely a group of candidates is a thing: independent extractors and repeated places add up."""
    best: dict[str, float] = {}
    places: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for c in group:
        best[c.extractor] = max(best.get(c.extractor, 0.0), c.confidence)
        places[c.extractor].add((c.field, c.start))
    doubt = 1.0
    for extractor, sure in best.items():
        doubt *= 1.0 - sure
        doubt *= 0.8 ** min(len(places[extractor]) - 1, 3)
    return 1.0 - doubt


def _drop_covered(doc: Document, groups: dict[str, list[Candidate]], lexicon: Lexicon) -> None:
    """Drop described phrases that are a vocabulary concept with a modifier, unless the paper proposes or stresses them."""
    hits = {(c.field, c.end): c for c in (c for g in groups.values() for c in g) if c.concept}
    for entity in list(groups):
        group = groups[entity]
        if (
            any(c.concept or c.extractor in OWN_EXTRACTORS | {"abbreviations"} for c in group)
            or entity in lexicon.concepts
        ):
            continue
        if any(c.extractor not in _DESCRIBING for c in group):
            continue
        inner = [hits.get((c.field, c.end)) for c in group]
        if all(hit and hit.start > c.start for hit, c in zip(inner, group, strict=True)):
            places = {(c.field, c.start) for c in group}
            if len(places) < 2 and not any(c.field == "title" for c in group):
                del groups[entity]


def _thing(doc: Document, entity: str, group: list[Candidate], longs: dict[str, str], lexicon: Lexicon) -> Thing:
    concept = lexicon.concepts.get(entity)
    texts = dict.fromkeys(doc.text(Span(c.field, c.start, c.end)) for c in group)
    names = dict.fromkeys(texts)
    for short, long in longs.items():
        if long in texts or key(long) == entity or (concept and lexicon.named(long) is concept):
            names[short] = None
            names[long] = None
    proposed = any(c.role in (Role.PROPOSES, Role.INTRODUCES) for c in group)
    kind = concept.kind if concept and not proposed else _kind(group, concept.kind if concept else None)
    return Thing(entity, kind, tuple(names), bool(concept and concept.ordinary), proposed, list(group))


def _kind(group: Iterable[Candidate], known: Kind | None) -> Kind:
    """Return the kind that the candidates vote for; open ones do not vote, and a thing without a vote is a method."""
    votes: dict[Kind, float] = defaultdict(float)
    if known:
        votes[known] += 1.5
    for c in group:
        if c.kind:
            votes[c.kind] += c.confidence * (
                3.0 if c.extractor in OWN_EXTRACTORS else 0.4 if c.kind is Kind.CONCEPT else 1.0
            )
    order = list(Kind)
    return max(votes, key=lambda kind: (round(votes[kind], 6), -order.index(kind)), default=Kind.METHOD)
