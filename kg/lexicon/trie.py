"""Names as a trie over word forms, and the scan for the longest ones. Used by `Lexicon` and by `kg.reading`.

A name is stored as the sequence of its word forms (`kg.text.forms.form`), so case, plurals, hyphens and British spelling do
not matter, except for names where case is what tells them from ordinary words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.lexicon.concepts import JOINERS, Hit, LexicalConcept, capitals_fit
from kg.text.forms import form
from kg.text.tokens import Token


class _Node:
    """What can follow the words so far, and the names that end here with their concepts."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: list[tuple[str, LexicalConcept]] = []


_Waiting = list[tuple[Sequence[str], str, LexicalConcept]]


def _grow(node: _Node, names: _Waiting) -> None:
    """Add names to the node of their first word."""
    for words, name, concept in names:
        at = node
        for word in words[1:]:
            at = at.next.setdefault(word, _Node())
        at.ends.append((name, concept))


class Trie:
    """Names with the concepts they belong to. Where two concepts share a name, the first added is found."""

    def __init__(self) -> None:
        self._first: dict[str, _Node | _Waiting] = {}  # by the first word of a name
        self._marks = set(JOINERS)  # the forms at which the scan stops to look: first words and joiners

    def add(self, name: str, words: Sequence[str], concept: LexicalConcept) -> None:
        """Add one name of a concept; `words` are its forms."""
        self._wait(words, name, concept)
        if len(words) == 2 and "-" in name:
            self._wait((form(name.replace("-", "")),), name, concept)

    def _wait(self, words: Sequence[str], name: str, concept: LexicalConcept) -> None:
        """Keep a name until its first word is met: of a large vocabulary few names ever are."""
        self._marks.add(words[0])
        waiting = self._first.setdefault(words[0], [])
        if isinstance(waiting, _Node):
            _grow(waiting, [(words, name, concept)])
        else:
            waiting.append((words, name, concept))

    def _after(self, word: str) -> _Node | None:
        """Return what can follow the first word of a name."""
        node = self._first.get(word)
        if isinstance(node, list):
            waiting, node = node, _Node()
            _grow(node, waiting)
            self._first[word] = node
        return node

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
        node = self._after(forms[begin])
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
        states = self._following(self._after, tokens, forms, begin)
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
            if tokens[at].text in JOINERS and tokens[at - 1].end == tokens[at].start:
                states.append((node, at + 1))
            else:
                states += self._following(node.next.get, tokens, forms, at)
        return best

    @staticmethod
    def _following(
        after: Callable[[str], _Node | None], tokens: Sequence[Token], forms: Sequence[str], at: int
    ) -> list[tuple[_Node, int]]:
        """Return the states that a token leads to, alone and glued to the next: pre-training for pretraining."""
        found = []
        node = after(forms[at])
        if node:
            found.append((node, at + 1))
        if at + 2 < len(tokens) and tokens[at + 1].text in JOINERS and tokens[at + 1].end == tokens[at + 2].start:
            glued = after(form(tokens[at].text + tokens[at + 2].text))
            if glued:
                found.append((glued, at + 3))
        return found


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
