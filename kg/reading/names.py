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

from kg.cues import cues
from kg.cues.heads import is_empty_modifier, is_generic, kind_of_head, looks_like_name
from kg.lexicon import Lexicon
from kg.model import Candidate, Span
from kg.reading.chains import settle_chains
from kg.reading.kinds import OWN_EXTRACTORS, kind_of
from kg.reading.spans import mend
from kg.reading.variants import drop_shadows, join_variants, without_tail
from kg.text.document import Document
from kg.text.forms import form, key
from kg.text.words import DETERMINERS, word_class
from kg.vocab import Kind, Role

_DESCRIBING = frozenset({"phrases", "concepts", "tasks", "tagger"})
_CERTAIN = OWN_EXTRACTORS | {"abbreviations", "evaluation"}
_STANDS = 0.6
_LONGEST_NAME = 90
_MODIFIERS = 4


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
    candidates = list(settle_chains(doc, list(mend(doc, candidates)), lexicon))
    groups: dict[str, list[Candidate]] = defaultdict(list)
    certain = [c for c in candidates if c.extractor in _CERTAIN]
    settled: dict[tuple[str, int, int], str] = {}
    for candidate in sorted(candidates, key=lambda c: c.extractor == "tagger"):
        place = (candidate.field, candidate.start, candidate.end)
        if candidate.extractor == "tagger" and _cuts_across(candidate, certain):
            continue
        entity = settled.get(place) if candidate.extractor == "tagger" else ""
        entity = entity or _entity(doc, candidate, longs, lexicon)
        if entity:
            groups[entity].append(candidate)
            settled.setdefault(place, entity)
    _drop_covered(doc, groups, lexicon)
    join_variants(doc, groups, longs, lexicon)
    drop_shadows(groups, lexicon)
    things = []
    for entity, group in sorted(groups.items()):
        if _standing(group) >= _STANDS and (entity in lexicon.concepts or not _says_little(doc, group)):
            things.append(_thing(doc, entity, group, longs, lexicon))
    return things


def _cuts_across(candidate: Candidate, certain: Sequence[Candidate]) -> bool:
    """Tell whether the tagger's span overlaps a name that a pattern is certain of without ending where it ends."""
    return any(
        c.field == candidate.field
        and c.start < candidate.end
        and candidate.start < c.end
        and c.end != candidate.end
        and not (c.extractor == "abbreviations" and candidate.start <= c.start and c.end < candidate.end)  # "X (Y)"
        for c in certain
    )


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
    text = doc.text(candidate)
    if (len(text) > _LONGEST_NAME and text not in longs.values()) or (
        candidate.extractor == "names" and is_generic(text)
    ):
        return ""
    long = longs.get(text) or longs.get(text.removesuffix("s")) or longs.get(_without_nouns(text))
    if candidate.extractor == "tagger" and not long:
        text = bare_name(text, lexicon)
        if all(is_generic(word) or _says_nothing(word) for word in text.split()):
            return ""
        long = longs.get(text) or longs.get(text.removesuffix("s"))
    name = long or (_bare_dataset(text) if candidate.kind is Kind.DATASET and not candidate.concept else text)
    concept = lexicon.named(name)
    if concept and (long or not candidate.concept):
        return key(name) if concept.ordinary and " " not in name and not long else concept.id
    if long:
        return key(long)
    return candidate.concept or key(name)


def _bare_dataset(text: str) -> str:
    """Return the name of a data set without the noun that says what it is: "FOX benchmark" names FOX."""
    words = text.split()
    while (
        len(words) > 1 and form(words[-1]) in cues("evaluation")["dataset_nouns"] and any(c.isupper() for c in words[0])
    ):
        words.pop()
    return " ".join(words)


def _without_nouns(text: str) -> str:
    """Return a text without the generic nouns at its end: "FN framework" -> "FN"."""
    words = text.split()
    while len(words) > 1 and words[-1].lower() in cues("heads")["generic"]["peeled"]:
        words.pop()
    return " ".join(words)


def bare_name(text: str, lexicon: Lexicon) -> str:
    """Return what a freely cut span names: no brackets, no empty words before, no generic nouns behind.

    "an efficient CNN-based human detection framework" names human detection; a name of the vocabulary is left whole.
    """
    words = text.split("(")[0].split()
    while len(words) > 1 and not lexicon.named(" ".join(words)) and _says_nothing(words[0]):
        words.pop(0)
    while (
        len(words) > 1
        and not lexicon.named(" ".join(words))
        and words[-1].lower() in cues("heads")["generic"]["peeled"]
    ):
        if len(words) == 2 and not (looks_like_name(words[0]) or lexicon.named(words[0])):
            break
        words.pop()
    return " ".join(words) or text


def _says_nothing(word: str) -> bool:
    ends = cues("heads")["generic"]["adjective_ends"]
    return (
        is_empty_modifier(word)
        or word.lower() in DETERMINERS
        or ("-" in word and word.rsplit("-", 1)[1].lower() in ends)
    )


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


def _telling(name: str) -> str:
    """Return a name without generic nouns behind, where the word before them tells the kind: "fox detection methods"."""
    words = name.split()
    bare = without_tail(words)
    return " ".join(bare if bare and kind_of_head(bare[-1]) else words)


def _says_little(doc: Document, group: Iterable[Candidate]) -> bool:
    """Tell whether a thing is only ever a generic noun with adjectives: "adaptive scheme", "well-optimized algorithms"."""
    return all(c.extractor in _DESCRIBING and _is_vague(doc.text(c)) for c in group)


def _is_vague(text: str) -> bool:
    *before, head = text.lower().split()
    parts = [word.rsplit("-", 1)[-1] for word in before]
    generic = cues("heads")["generic"]
    return (head in generic["peeled"] or head in generic["acts"]) and all(
        is_empty_modifier(part) or word_class(part) in "JRD" for part in parts
    )


def _drop_covered(doc: Document, groups: dict[str, list[Candidate]], lexicon: Lexicon) -> None:
    """Settle described phrases that end in a surer name: "robust data augmentation" is data augmentation.

    Unless the paper proposes or stresses it, such a phrase is dropped; where the tagger cut it, its words become a
    mention of the name.
    """
    names = _surer_names(groups, lexicon)
    for entity in list(groups):
        group = groups[entity]
        if entity in lexicon.concepts or any(c.concept or c.extractor not in _DESCRIBING for c in group):
            continue
        inner = [names.get((c.field, c.end)) for c in group]
        if all(
            name and name[0] > c.start and not _adds(doc, c, name, lexicon)
            for name, c in zip(inner, group, strict=True)
        ):
            places = {(c.field, c.start) for c in group}
            if len(places) < 2 and not any(c.field == "title" for c in group):
                del groups[entity]
                for name, c in zip(inner, group, strict=True):
                    if name and c.extractor == "tagger" and _is_one_phrase(doc, c, name[0]):
                        groups[name[1]].append(c)


def _is_one_phrase(doc: Document, candidate: Candidate, inner: int) -> bool:
    """Tell whether a few modifiers stand before an inner name, not a clause: "attacks capable of fooling fox detection"."""
    before = doc.text(Span(candidate.field, candidate.start, inner)).lower().split()
    return len(before) <= _MODIFIERS and not any(word_class(word) in "FV" for word in before)


def _adds(doc: Document, candidate: Candidate, name: tuple[int, str], lexicon: Lexicon) -> bool:
    """Tell whether the words before a method's name say which one it is: "instrument-wise attention" is no mere attention."""
    known = lexicon.concepts.get(name[1])
    before = doc.text(Span(candidate.field, candidate.start, name[0])).lower().split()
    is_method = candidate.kind is Kind.METHOD and known is not None and known.kind is Kind.METHOD
    return is_method and any("-" in word and not is_empty_modifier(word) for word in before)


def _surer_names(groups: dict[str, list[Candidate]], lexicon: Lexicon) -> dict[tuple[str, int], tuple[int, str]]:
    """Return where names end that stand without the tagger: field and end -> start and entity."""
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for entity, group in groups.items():
        if any(c.extractor not in _DESCRIBING for c in group):
            for c in group:
                if c.extractor not in _DESCRIBING:
                    found[c.field, c.end] = (c.start, entity)
    return found


def _thing(doc: Document, entity: str, group: list[Candidate], longs: dict[str, str], lexicon: Lexicon) -> Thing:
    concept = lexicon.concepts.get(entity)
    texts = dict.fromkeys(doc.text(c) for c in group)
    names = dict.fromkeys(texts)
    for short, long in longs.items():
        if long in texts or key(long) == entity or (concept and lexicon.named(long) is concept):
            names[short] = None
            names[long] = None
    proposed = any(c.role in (Role.PROPOSES, Role.INTRODUCES) for c in group)
    if concept and not proposed:
        kind = concept.kind
    else:
        kind = kind_of(group, concept.kind if concept else None, map(_telling, names))
    return Thing(entity, kind, tuple(names), bool(concept and concept.ordinary), proposed, list(group))
