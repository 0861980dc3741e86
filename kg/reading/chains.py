"""Names that go on: "FoxNet-Den-7B" is no FoxNet, "FoxNet2" is another one. Used by `kg.reading.names` before it groups candidates.

A chain of words with hyphens that says more than a known name in it is a name of its own, unless what it adds is only a
size ("FoxNet-base"); a known name with a number of its own is a thing of the same kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.cues import cues
from kg.lexicon import Lexicon
from kg.model import Candidate, Field
from kg.text.document import Document
from kg.vocab import Kind

_PART = re.compile(r"[^\W_][\w.]*")
_VERSIONED = re.compile(r"(?P<base>.*[^\W\d_])-?[vV]?\d{1,2}(?:\.\d)?[a-z]?")
_SURE = 0.7
_WORD = 4  # letters of a part that can tell a name from another


def _place(candidate: Candidate) -> tuple[Field, int]:
    return candidate.field, candidate.start


def settle_chains(doc: Document, candidates: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the candidates; known names inside a longer name are left out, and the longer one gets their kind."""
    known = sorted((c for c in candidates if c.extractor == "lexicon" and c.concept), key=_place)
    kept: list[Candidate] = []
    hidden: set[Candidate] = set()
    for c in candidates:
        if c.extractor == "names":
            first, last = (bisect_left(known, (c.field, at), key=_place) for at in (c.start, c.end))
            inside = [k for k in known[first:last] if k.end <= c.end]
            kind = _kind_of_chain(doc, c, inside) or _kind_of_version(doc, c, inside, lexicon)
            if kind:
                hidden.update(inside)
                c = c._replace(kind=c.kind or kind, confidence=max(c.confidence, _SURE))
        kept.append(c)
    yield from (c for c in kept if c not in hidden)


def _kind_of_chain(doc: Document, name: Candidate, inside: Sequence[Candidate]) -> Kind | None:
    """Return the kind of a known name in a chain that adds a word to it; None when it adds none."""
    text = doc.text(name)
    if not inside or "-" not in text or " " in text:
        return None
    sizes = cues("heads")["generic"]["sizes"]
    for part in _PART.finditer(text):
        start, end = name.start + part.start(), name.start + part.end()
        word = part.group()
        covered = any(k.start < end and start < k.end for k in inside)
        if not covered and len(word) >= _WORD and word[0].isupper() and word.lower() not in sizes:
            return inside[0].kind
    return None


def _kind_of_version(doc: Document, name: Candidate, inside: Sequence[Candidate], lexicon: Lexicon) -> Kind | None:
    """Return the kind of the known name that a name is a version of: "FoxNet2"."""
    if inside:
        return None
    match = _VERSIONED.fullmatch(doc.text(name))
    base = lexicon.named(match["base"]) if match and len(match["base"]) > 1 else None
    return base.kind if base and base.kind is Kind.METHOD else None
