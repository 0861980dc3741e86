"""Names as a trie over word forms, and the scan for the longest ones. Used by `Lexicon` and by `kg.reading`.

A name is stored as the sequence of its word forms (`kg.text.forms.form`), so case, plurals, hyphens and British spelling do
not matter, except for names where case is what tells them from ordinary words.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon.concepts import JOINERS, Hit, LexicalConcept, capitals_fit, name_forms
from kg.text.forms import form
from kg.text.tokens import Token


class _Node:
    """What can follow the words so far, and the names that end here with their concepts."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: list[tuple[str, LexicalConcept]] = []


class Trie:
    """Names with the concepts they belong to. Where two concepts share a name, the first added is found."""

    def __init__(self) -> None:
        self._root = _Node()
        self._marks = set(JOINERS)  # the forms at which the scan stops to look: first words and joiners

    def add(self, name: str, concept: LexicalConcept) -> None:
        """Add one name of a concept."""
        words = name_forms(name)[0]
        if words:
            self._insert(words, name, concept)
            if len(words) == 2 and "-" in name:
                self._insert((form(name.replace("-", "")),), name, concept)

    def _insert(self, words: Sequence[str], name: str, concept: LexicalConcept) -> None:
        self._marks.add(words[0])
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.ends.append((name, concept))

    def scan(self, tokens: Sequence[Token], forms: Sequence[str]) -> list[Hit]:
        """Return the longest names in a sequence of tokens, left to right, not overlapping. Linear in practice."""
        marks = self._marks
        found = []
        at = 0
        looked = -1
        for i in [i for i, word in enumerate(forms) if word in marks]:
            hit = None
            if i > at and i - 1 != looked and forms[i] in JOINERS:
                hit = self._longest(tokens, forms, i - 1)  # "pre-training" may be one word of a name
            if i >= at and hit is None:
                looked = i
                hit = self._longest_plain(tokens, forms, i)
            if hit:
                found.append(hit)
                at = hit.end
        return found

    def _longest_plain(self, tokens: Sequence[Token], forms: Sequence[str], begin: int) -> Hit | None:
        """Return what `_longest` does, faster: up to a sign that joins words, a name is read in one way."""
        best = None
        node = self._root.next.get(forms[begin])
        last = len(forms) - 1
        at = begin
        while node:
            at += 1
            if at <= last and (forms[at] in JOINERS or (at < last and forms[at + 1] in JOINERS)):
                return self._longest(tokens, forms, begin)
            if node.ends:
                concept = _accept(node, tokens, begin, at)
                if concept:
                    best = Hit(begin, at, concept)
            node = node.next.get(forms[at]) if at <= last else None
        return best

    def _longest(self, tokens: Sequence[Token], forms: Sequence[str], begin: int) -> Hit | None:
        """Return the longest name that starts at a token; a hyphen may stand for a space, or for nothing."""
        best: Hit | None = None
        states = [(self._root, begin)]
        while states:
            node, at = states.pop()
            if (
                node.ends
                and (best is None or at > best.end)
                and _word_ends(tokens, at)
                and tokens[at - 1].text not in JOINERS
            ):
                concept = _accept(node, tokens, begin, at)
                if concept:
                    best = Hit(begin, at, concept)
            if at >= len(tokens):
                continue
            if at > begin and tokens[at].text in JOINERS and tokens[at - 1].end == tokens[at].start:
                states.append((node, at + 1))
                continue
            following = node.next.get(forms[at])
            if following:
                states.append((following, at + 1))
            if at + 2 < len(tokens) and tokens[at + 1].text in JOINERS and tokens[at + 1].end == tokens[at + 2].start:
                glued = node.next.get(form(tokens[at].text + tokens[at + 2].text))
                if glued:  # pre-training for pretraining
                    states.append((glued, at + 3))
        return best


def _word_ends(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a name may end before token `at`: not inside a glued word such as ``GPT`` of ``GPT-4``."""
    if at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at - 1].end == tokens[at].start:
        return not (tokens[at + 1].text[0].isdigit() and tokens[at].end == tokens[at + 1].start)
    return True


def _accept(node: _Node, tokens: Sequence[Token], begin: int, end: int) -> LexicalConcept | None:
    """Choose among the concepts that end here, where capitals allow."""
    surface = tokens[begin].text if end == begin + 1 else "".join(t.text for t in tokens[begin:end])
    for name, concept in node.ends:
        if " " in name or capitals_fit(surface, name, concept, first=begin == 0):
            return concept
    return None
