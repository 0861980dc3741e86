"""Read SKOS concept schemes from Turtle into a lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.lexicon.concepts import LexicalConcept
from kg.lexicon.lexicon import Lexicon
from kg.text.forms import slug
from kg.vocab import BASE, KG, PREFIXES, Kind

_SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"
_ORDER = [kind for kind in Kind if kind is not Kind.CONCEPT]
_KIND_OF = {KG + kind.value: kind for kind in _ORDER}
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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
