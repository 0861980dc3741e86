"""Concepts by id and by name, and the scan for their names in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from kg.lexicon.concepts import Entry, Hit, LexicalConcept, Named, entry
from kg.lexicon.trie import Trie
from kg.text.forms import digest, form, key, tight_key
from kg.text.tokens import Token
from kg.vocab import Kind

_REMEMBERED = 512  # sentences: those of several papers, which are looked at together
_SHORT = 6  # characters; shorter names would be found in chance runs of letters


class Lexicon:
    """Concepts by id and by name, and a trie of their names."""

    def __init__(self, concepts: Iterable[LexicalConcept | Entry]) -> None:
        self.concepts: dict[str, LexicalConcept] = {}
        self._by_key: dict[str, list[LexicalConcept]] = {}
        self._trie = Trie()
        self._all_named = lru_cache(maxsize=1 << 15)(self._find)
        self._scanned: dict[int, tuple[Sequence[Token], list[Hit]]] = {}
        for concept in concepts:
            self._add(*(entry(concept) if isinstance(concept, LexicalConcept) else concept))

    def __len__(self) -> int:
        return len(self.concepts)

    @property
    def fingerprint(self) -> str:
        """A hash of everything the lexicon says, for caches of what was read with it."""
        return digest("\n".join(repr(c) for _, c in sorted(self.concepts.items())), 16)

    def named(self, name: str, kind: Kind | None = None) -> LexicalConcept | None:
        """Return the concept that goes by `name`, of one kind if asked; the first added wins."""
        found = self._all_named(name)
        return next((c for c in found if kind in (None, c.kind)), None) if found else None

    def _find(self, name: str) -> list[LexicalConcept]:
        return self._by_key.get(key(name)) or self._by_tight.get(tight_key(name), [])

    def head(self, normal: str) -> LexicalConcept | None:
        """Return the concept that a name ends with, given in its normal form: what it is a kind of, as English names go.

        The longest ending that is a name counts; not the whole name, and no name that is an ordinary word too.
        """
        words = normal.split(" ")
        for start in range(1, len(words)):
            for concept in self._by_key.get(" ".join(words[start:]), ()):
                if not concept.ordinary:
                    return concept
        return None

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

    def scan(self, words: Sequence[Token], forms: Sequence[str] | None = None) -> list[Hit]:
        """Return the longest names in a sequence of tokens, left to right, not overlapping; `forms` are their forms.

        Linear in practice. The last sentences are remembered, as several extractors ask for the same one.
        """
        remembered = self._scanned.get(id(words))
        if remembered is not None and remembered[0] is words:
            return remembered[1]
        found = self._trie.scan(words, tuple(form(token.text) for token in words) if forms is None else forms)
        if isinstance(words, tuple):
            if len(self._scanned) >= _REMEMBERED:
                self._scanned.clear()
            self._scanned[id(words)] = (words, found)
        return found

    @cached_property
    def _by_tight(self) -> dict[str, list[LexicalConcept]]:
        """Concepts by names without spaces, for names split otherwise ("multi-layer perceptron")."""
        tight: dict[str, list[LexicalConcept]] = {}
        for normal, concepts in self._by_key.items():
            if len(normal) > _SHORT:
                tight.setdefault(normal.replace(" ", ""), concepts)
        return tight

    def _add(self, concept: LexicalConcept, names: Iterable[Named]) -> None:
        if concept.id in self.concepts:
            return
        self.concepts[concept.id] = concept
        for name, words, normal in names:
            known = self._by_key.setdefault(normal, [])
            if concept not in known:
                known.append(concept)
            self._trie.add(name, words, concept)
