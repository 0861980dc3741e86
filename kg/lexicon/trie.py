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

    def add(self, name: str, concept: LexicalConcept) -> None:
        """Add one name of a concept."""
        words = name_forms(name)[0]
        if words:
            self._insert(words, name, concept)
            if len(words) == 2 and "-" in name:
                self._insert((form(name.replace("-", "")),), name, concept)

    def _insert(self, words: Sequence[str], name: str, concept: LexicalConcept) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.ends.append((name, concept))

    def scan(self, tokens: Sequence[Token], forms: Sequence[str]) -> list[Hit]:
        """Return the longest names in a sequence of tokens, left to right, not overlapping. Linear in practice."""
        first = self._root.next
        starts = [i for i, word in enumerate(forms) if word in first]
        longest = self._longest_plain
        if not JOINERS.isdisjoint(forms):
            longest = self._longest
            joined = [i - 1 for i, word in enumerate(forms) if word in JOINERS and i]
            starts = sorted({*starts, *joined})
        found = []
        at = 0
        for i in starts:
            if i >= at:
                hit = longest(tokens, forms, i)
                if hit:
                    found.append(hit)
                    at = hit.end
        return found

    def _longest_plain(self, tokens: Sequence[Token], forms: Sequence[str], begin: int) -> Hit | None:
        """Return the longest name that starts at a token, where no sign joins words: each name is read in one way."""
        best = None
        node = self._root.next.get(forms[begin])
        at = begin + 1
        while node:
            if node.ends:
                concept = _accept(node, tokens, begin, at)
                if concept:
                    best = Hit(begin, at, concept)
            node = node.next.get(forms[at]) if at < len(forms) else None
            at += 1
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
