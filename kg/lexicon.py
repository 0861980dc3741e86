"""The lexicon: SKOS concept schemes read from Turtle, and the longest-match scan that finds their names in text.

Stands beside the readers: `pipeline` loads it once and hands it to extraction. The project's own schemes are
`ontology/vocabulary/*.ttl`; `--vocabulary FILE` adds any SKOS file. A name is stored as the sequence of its word forms
(`kg.text.forms`), so case, plurals, hyphens and British spelling do not matter, except for names where case is what
tells them from ordinary words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.text.forms import digest, form, key, slug, tight_key
from kg.text.tokens import Token, tokens
from kg.vocab import BASE, KG, PREFIXES, Kind

_SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"
_REMEMBERED = 64
_SHORT = 6  # characters; shorter names would be found in chance runs of letters
_ORDER = [kind for kind in Kind if kind is not Kind.CONCEPT]
_KIND_OF = {KG + kind.value: kind for kind in _ORDER}
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_JOINERS = frozenset("-–‐‑/'’")


@dataclass(frozen=True, slots=True)
class LexicalConcept:
    """A concept of a vocabulary. `id` is its local id (``method/adam``); `ordinary` marks names that are words too."""

    id: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    matches: tuple[str, ...] = ()
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon in a sequence of tokens: `begin` to `end` (exclusive)."""

    begin: int
    end: int
    concept: LexicalConcept


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, LexicalConcept]] = field(default_factory=list)


class Lexicon:
    """Concepts by id and by name, and a trie over word forms."""

    def __init__(self, concepts: Iterable[LexicalConcept]) -> None:
        self.concepts: dict[str, LexicalConcept] = {}
        self._by_key: dict[str, list[LexicalConcept]] = {}
        self._root = _Node()
        self._scanned: dict[int, tuple[Sequence[Token], list[Hit]]] = {}
        for concept in concepts:
            self._add(concept)

    def __len__(self) -> int:
        return len(self.concepts)

    @property
    def fingerprint(self) -> str:
        """A hash of everything the lexicon says, for caches of what was read with it."""
        return digest("\n".join(repr(c) for _, c in sorted(self.concepts.items())), 16)

    def named(self, name: str, kind: Kind | None = None) -> LexicalConcept | None:
        """Return the concept that goes by `name`, of one kind if asked; the first added wins."""
        found = self._by_key.get(key(name)) or self._by_tight.get(tight_key(name), [])
        return next((c for c in found if kind in (None, c.kind)), None)

    def specificity(self, concept: str) -> float:
        """Return the intrinsic information content of a concept, from 0 (the whole field is narrower) to 1 (nothing is).

        After Seco, Veale & Hayes, "An intrinsic information content metric for semantic similarity in WordNet" (ECAI
        2004): 1 - log(narrower + 1) / log(all). It depends on the vocabulary alone, not on the papers. Unknown things give 1.
        """
        if concept not in self.concepts:
            return 1.0
        return round(1.0 - math.log(len(self._narrower(concept)) + 1) / math.log(max(2, len(self.concepts))), 3)

    def _narrower(self, concept: str) -> set[str]:
        found: set[str] = set()
        todo = [concept]
        while todo:
            for child in self._children.get(todo.pop(), ()):
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return found

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for parent in concept.broader:
                children.setdefault(parent, []).append(concept.id)
        return children

    def scan(self, words: Sequence[Token]) -> list[Hit]:
        """Return the longest names in a sequence of tokens, left to right, not overlapping. Linear in practice.

        The last sentences are remembered, as several extractors ask for the same one.
        """
        remembered = self._scanned.get(id(words))
        if remembered is not None and remembered[0] is words:
            return remembered[1]
        found = list(self._scan(words))
        if isinstance(words, tuple):
            if len(self._scanned) >= _REMEMBERED:
                self._scanned.clear()
            self._scanned[id(words)] = (words, found)
        return found

    def _scan(self, words: Sequence[Token]) -> Iterator[Hit]:
        forms = [form(token.text) for token in words]
        i = 0
        while i < len(words):
            hit = self._longest(words, forms, i)
            if hit:
                yield hit
                i = hit.end
            else:
                i += 1

    @cached_property
    def _by_tight(self) -> dict[str, list[LexicalConcept]]:
        """Concepts by names without spaces, for names split otherwise ("multi-layer perceptron")."""
        tight: dict[str, list[LexicalConcept]] = {}
        for normal, concepts in self._by_key.items():
            if len(normal) > _SHORT:
                tight.setdefault(normal.replace(" ", ""), concepts)
        return tight

    def _longest(self, words: Sequence[Token], forms: Sequence[str], begin: int) -> Hit | None:
        best: Hit | None = None
        states = [(self._root, begin)]
        while states:
            node, at = states.pop()
            if (
                node.ends
                and (best is None or at > best.end)
                and _word_ends(words, at)
                and words[at - 1].text not in _JOINERS
            ):
                concept = _accept(node, words, begin, at)
                if concept:
                    best = Hit(begin, at, concept)
            if at >= len(words):
                continue
            if at > begin and words[at].text in _JOINERS and words[at - 1].end == words[at].start:
                states.append((node, at + 1))
                continue
            following = node.next.get(forms[at])
            if following:
                states.append((following, at + 1))
            if at + 2 < len(words) and words[at + 1].text in _JOINERS and words[at + 1].end == words[at + 2].start:
                glued = node.next.get(form(words[at].text + words[at + 2].text))
                if glued:  # pre-training for pretraining
                    states.append((glued, at + 3))
        return best

    def _add(self, concept: LexicalConcept) -> None:
        if concept.id in self.concepts:
            return
        self.concepts[concept.id] = concept
        for name in (concept.label, *concept.aliases):
            words, normal = _forms(name)
            if not words:
                continue
            known = self._by_key.setdefault(normal, [])
            if concept not in known:
                known.append(concept)
            self._insert(words, name, concept)
            if len(words) == 2 and "-" in name:
                self._insert([form(name.replace("-", ""))], name, concept)

    def _insert(self, words: Sequence[str], name: str, concept: LexicalConcept) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.ends.append((name, concept))


_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")


def _forms(name: str) -> tuple[list[str], str]:
    """Return the word forms of a name and its key; names of plain words, which are most, take a short cut."""
    if _PLAIN.fullmatch(name):
        words = [form(word) for word in name.replace("-", " ").split(" ")]
        return words, " ".join(words)
    return [form(t.text) for t in tokens(name) if t.text not in _JOINERS], key(name)


def exact_case(name: str) -> bool:
    """Tell whether a name is only meant in its own capitals: acronyms and names with inner capitals.

    >>> exact_case("SAM"), exact_case("ResNet"), exact_case("vision transformer"), exact_case("Adam")
    (True, True, False, False)
    """
    return " " not in name and len(name) <= 12 and any(c.isupper() for c in name[1:])


def _word_ends(words: Sequence[Token], at: int) -> bool:
    """Tell whether a name may end before token `at`: not inside a glued word such as ``GPT`` of ``GPT-4``."""
    if at + 1 < len(words) and words[at].text == "-" and words[at - 1].end == words[at].start:
        return not (words[at + 1].text[0].isdigit() and words[at].end == words[at + 1].start)
    return True


def _accept(node: _Node, words: Sequence[Token], begin: int, end: int) -> LexicalConcept | None:
    """Choose among the concepts that end here, where capitals allow."""
    surface = words[begin].text if end == begin + 1 else "".join(t.text for t in words[begin:end])
    for name, concept in node.ends:
        if " " in name or _capitals_fit(surface, name, concept, first=begin == 0):
            return concept
    return None


def _capitals_fit(surface: str, name: str, concept: LexicalConcept, *, first: bool) -> bool:
    """Tell whether a word is written as the name asks.

    Acronyms and names with inner capitals want their own; a name that is an ordinary word too must not start the sentence,
    where its capital would tell nothing; any other name that starts with a capital wants one.
    """
    bare = surface[:-1] if surface.endswith("s") and not name.endswith("s") else surface
    same = bare.replace("-", "") == name.replace("-", "").replace(" ", "")
    if exact_case(name) or len(name) <= 2:
        return same or (not concept.ordinary and _louder(bare, name))
    if concept.ordinary:
        return same and not (first and name[:1].isupper())
    return bare[:1].isupper() or not name[:1].isupper()


def _louder(surface: str, name: str) -> bool:
    """Tell whether a surface writes a long mixed-case name otherwise (``Imagenet``, ``IMAGENET``), still with a capital."""
    return len(name) >= 6 and surface[:1].isupper() and surface.casefold() == name.casefold()


def own_files() -> list[Path]:
    """Return the project's own vocabulary files, in order."""
    from kg.data import ontology_path

    return sorted(ontology_path("vocabulary").glob("*.ttl"))


def load(files: Sequence[Path]) -> Lexicon:
    """Read SKOS Turtle files into one lexicon; where two name the same concept, the earlier file wins.

    Raises `InputError` for a file that cannot be read or is not Turtle.
    """
    concepts: list[LexicalConcept] = []
    for file in files:
        concepts.extend(read_skos(file))
    return Lexicon(concepts)


def read_skos(file: Path) -> list[LexicalConcept]:
    """Read the concepts of one SKOS file. A concept that has none of our kinds as its type is a Concept."""
    import pyoxigraph as ox

    try:
        triples = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=BASE)
        about: dict[str, dict[str, list[str]]] = {}
        for triple in triples:
            subject: Any = triple.subject
            obj: Any = triple.object
            about.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(obj.value)
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(
            f"the vocabulary cannot be read: {error}", where=str(file), hint="it should be SKOS in Turtle"
        ) from error
    scheme = _SKOS + "ConceptScheme"
    labelled = {iri: f for iri, f in about.items() if f.get(_SKOS + "prefLabel") and scheme not in f.get(_TYPE, ())}
    kinds = {iri: _kind(facts) for iri, facts in labelled.items()}
    ids = {iri: f"{kind.value.lower()}/{_local_name(iri)}" for iri, kind in kinds.items()}
    return [_concept(iri, labelled[iri], kinds[iri], ids) for iri in sorted(labelled)]


def _kind(facts: dict[str, list[str]]) -> Kind:
    told = [_KIND_OF[iri] for iri in facts.get(_TYPE, ()) if iri in _KIND_OF]
    return min(told, key=_ORDER.index) if len(told) > 1 else told[0] if told else Kind.CONCEPT


def _local_name(iri: str) -> str:
    tail = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return tail if _PLAIN_SLUG.fullmatch(tail) else slug(tail)


def _concept(iri: str, facts: dict[str, list[str]], kind: Kind, ids: dict[str, str]) -> LexicalConcept:
    parents = (ids.get(parent) for parent in facts.get(_SKOS + "broader", ()))
    return LexicalConcept(
        id=ids[iri],
        kind=kind,
        label=min(facts[_SKOS + "prefLabel"]),
        aliases=tuple(sorted({*facts.get(_SKOS + "altLabel", ()), *facts.get(_SKOS + "hiddenLabel", ())})),
        broader=tuple(sorted(parent for parent in parents if parent)),
        definition=min(facts.get(_SKOS + "definition", [""])),
        matches=tuple(sorted(facts.get(_SKOS + "exactMatch", ()))),
        ordinary="true" in facts.get(KG + "ordinaryWord", ()),
    )
