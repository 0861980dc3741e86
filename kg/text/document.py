"""A paper as extractors see it: its sentences with tokens, the part each word plays, and noun phrases.

Made once a paper by `analyse`; all offsets are into the paper's own title and abstract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Abbreviation, Candidate, Field, Mention, Paper, Span, Tagged
from kg.text.forms import form
from kg.text.phrases import noun_phrases
from kg.text.tokens import Token, sentences, tokens
from kg.text.words import tag_words


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, so that what depends on a sentence can be cached
class Sentence:
    """One sentence of a field. `tags` has a letter for each token (`kg.text.words`), `phrases` are token ranges.

    `lowers` and `forms` are the tokens in lower case and as `kg.text.forms.form` has them; `bag` is the set of `lowers`.
    """

    field: Field
    start: int
    end: int
    index: int
    tokens: tuple[Token, ...]
    lowers: tuple[str, ...]
    tags: str
    phrases: tuple[tuple[int, int], ...]
    forms: tuple[str, ...]
    bag: frozenset[str]

    def span(self, begin: int, end: int) -> Span:
        """Return the characters that the tokens `begin` to `end` (exclusive) cover."""
        return Span(self.field, self.tokens[begin].start, self.tokens[end - 1].end)

    def count_words(self, begin: int, end: int) -> int:
        """Return how many of the tokens `begin` to `end` (exclusive) are words or numbers, not signs."""
        signs = self.tags.count("P", begin, end)
        if self.tags.find("M", begin, end) >= 0:  # math is tagged as a number
            signs += sum(word[0] == "$" for word in self.lowers[begin:end] if len(word) > 1)
        return end - begin - signs

    def phrase_at(self, token: int) -> tuple[int, int] | None:
        """Return the noun phrase that holds a token, if any."""
        return next((phrase for phrase in self.phrases if phrase[0] <= token < phrase[1]), None)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A paper with its sentences: the title's first (index 0), then the abstract's.

    `abbreviations` and `mentions` are filled in as they become known, for the extractors that come later; `tagged`, what
    the tagger labels in each sentence, where several papers are tagged together.
    """

    paper: Paper
    sentences: tuple[Sentence, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    tagged: tuple[tuple[Tagged, ...], ...] | None = None

    def text(self, span: Span | Candidate) -> str:
        """Return the words of a span or candidate."""
        return (self.paper.title if span.field == "title" else self.paper.abstract)[span.start : span.end]

    @property
    def title(self) -> Iterator[Sentence]:
        """The sentences of the title."""
        return (s for s in self.sentences if s.field == "title")

    @property
    def abstract(self) -> Iterator[Sentence]:
        """The sentences of the abstract."""
        return (s for s in self.sentences if s.field == "abstract")


LONGEST = 50_000
"""Characters of a field that are analysed; a longer one is no abstract (`kg.pipeline` says so)."""


def analyse(paper: Paper) -> Document:
    """Cut a paper into sentences, tokens and noun phrases. Linear in the length of the text, of which `LONGEST` are read."""
    found: list[Sentence] = []
    for field in ("title", "abstract"):
        text = paper.text(field)[:LONGEST]
        spans = [(0, len(text))] if field == "title" and text else sentences(text)
        for start, end in spans:
            cut = tokens(text, start, end)
            if cut:
                found.append(_sentence(field, start, end, len(found), cut))
    return Document(paper, tuple(found))


def _sentence(field: Field, start: int, end: int, index: int, cut: list[Token]) -> Sentence:
    words = [token.text for token in cut]
    lowers = tuple(map(str.lower, words))
    tags = tag_words(words, lowers, title=field == "title")
    phrases = tuple(noun_phrases(cut, tags))
    return Sentence(
        field, start, end, index, tuple(cut), lowers, tags, phrases, tuple(map(form, words)), frozenset(lowers)
    )
