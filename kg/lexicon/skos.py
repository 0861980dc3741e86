"""Read SKOS concept schemes from Turtle into a lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg import collector
from kg.errors import InputError
from kg.lexicon import cache
from kg.lexicon.concepts import Entry, LexicalConcept, entry
from kg.lexicon.lexicon import Lexicon
from kg.text.forms import slug
from kg.vocab import BASE, KG, PREFIXES, Kind

_SKOS = PREFIXES["skos"]
_FIELDS = {
    PREFIXES["rdf"] + "type": "type",
    _SKOS + "prefLabel": "label",
    _SKOS + "altLabel": "alias",
    _SKOS + "hiddenLabel": "alias",
    _SKOS + "broader": "broader",
    _SKOS + "definition": "definition",
    _SKOS + "exactMatch": "match",
    KG + "ordinaryWord": "ordinary",
}
_ORDER = [kind for kind in Kind if kind is not Kind.CONCEPT]
_KIND_OF = {KG + kind.value: kind for kind in _ORDER}
Facts = dict[str, list[str]]
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def own_files() -> list[Path]:
    """Return the project's own vocabulary files, in order."""
    from kg.data import ontology_path

    return sorted(ontology_path("vocabulary").glob("*.ttl"))


def load(files: Sequence[Path]) -> Lexicon:
    """Read SKOS Turtle files into one lexicon; where two name the same concept, the earlier file wins.

    What a file says is kept in the user's cache folder (`kg.lexicon.cache`). Raises `InputError` for a file that cannot be
    read or is not Turtle.
    """
    with collector.resting():
        return Lexicon(entry for file in files for entry in _entries(file))


def _entries(file: Path) -> list[Entry]:
    """Return the concepts of a file with the forms of their names, from the cache where they are there."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error
    known = cache.fetch(content)
    if known is None:
        known = [entry(concept) for concept in read_skos(file)]
        cache.keep(content, known)
    return known


def _unreadable(file: Path, error: Exception) -> InputError:
    return InputError(f"the vocabulary cannot be read: {error}", where=str(file), hint="it should be SKOS in Turtle")


def read_skos(file: Path) -> list[LexicalConcept]:
    """Read the concepts of one SKOS file. A concept that has none of our kinds as its type is a Concept."""
    import pyoxigraph as ox

    about: dict[str, Facts] = {}
    try:
        for triple in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=BASE):
            field = _FIELDS.get(triple.predicate.value)
            if field:
                subject: Any = triple.subject
                told: Any = triple.object
                about.setdefault(subject.value, {}).setdefault(field, []).append(told.value)
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(file, error) from error
    scheme = _SKOS + "ConceptScheme"
    labelled = {iri: facts for iri, facts in about.items() if "label" in facts and scheme not in facts.get("type", ())}
    kinds = {iri: _kind(facts) for iri, facts in labelled.items()}
    ids = {iri: f"{kind.value.lower()}/{_local_name(iri)}" for iri, kind in kinds.items()}
    return [_concept(iri, labelled[iri], kinds[iri], ids) for iri in sorted(labelled)]


def _kind(facts: Facts) -> Kind:
    told = [_KIND_OF[iri] for iri in facts.get("type", ()) if iri in _KIND_OF]
    return min(told, key=_ORDER.index) if len(told) > 1 else told[0] if told else Kind.CONCEPT


def _local_name(iri: str) -> str:
    tail = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return tail if _PLAIN_SLUG.fullmatch(tail) else slug(tail)


def _concept(iri: str, facts: Facts, kind: Kind, ids: dict[str, str]) -> LexicalConcept:
    parents = (ids.get(parent) for parent in facts.get("broader", ()))
    return LexicalConcept(
        id=ids[iri],
        kind=kind,
        label=min(facts["label"]),
        aliases=tuple(sorted(set(facts.get("alias", ())))),
        broader=tuple(sorted(parent for parent in parents if parent)),
        definition=min(facts.get("definition", [""])),
        matches=tuple(sorted(facts.get("match", ()))),
        ordinary="true" in facts.get("ordinary", ()),
    )
