"""Find every mention of the things a paper names, and give each its role.

One scan over the paper with a lexicon of its own things: the longest name wins at each place, so that no two mentions
overlap, and a name known from one sentence is found in all others (coreference by name).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from kg.cues import cues
from kg.cues.heads import kind_of_head
from kg.lexicon import Hit, LexicalConcept, Lexicon, form
from kg.model import Candidate, Mention, Span, Url
from kg.reading.confidence import calibrated, evidence
from kg.reading.names import Thing
from kg.reading.roles import Roles
from kg.text.document import Document, Sentence
from kg.vocab import Kind

_BY_NAME = "coreference"


def find_mentions(doc: Document, things: Sequence[Thing], urls: Sequence[Url]) -> Iterator[Mention]:
    """Yield the mentions of a paper in the order of the text."""
    by_id = {thing.entity: thing for thing in things}
    own = Lexicon(_concept(thing) for thing in things)
    places: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for thing in things:
        for candidate in thing.candidates:
            places[candidate.field, candidate.start].append((candidate.end, thing.entity))
    roles = Roles(doc, by_id)
    for sentence in doc.sentences:
        hits = _hits(own, sentence, places)
        for hit, following in zip_longest(hits, hits[1:]):
            free = following.begin if following else len(sentence.tokens)
            span = sentence.span(hit.begin, _end(sentence, hit, by_id[hit.concept.id].kind, free))
            if any(u.field == span.field and u.start < span.end and span.start < u.end for u in urls):
                continue
            thing = by_id[hit.concept.id]
            behind = _behind(thing, span)
            best = max(behind, key=lambda c: (c.confidence, c.extractor), default=None)
            yield Mention(
                kind=thing.kind,
                text=doc.text(span),
                field=span.field,
                start=span.start,
                end=span.end,
                role=roles.role(thing, sentence, hit.begin, hit.end, behind),
                entity=thing.entity,
                extractor=best.extractor if best else _BY_NAME,
                confidence=calibrated(evidence(behind)),
                sentence=(sentence.start, sentence.end),
            )


def _hits(own: Lexicon, sentence: Sentence, places: Mapping[tuple[str, int], list[tuple[int, str]]]) -> list[Hit]:
    """Return the scan's hits, and candidates at places where the scan asks for more (a word at a sentence's start)."""
    found = list(own.scan(sentence.tokens))
    taken = {k for hit in found for k in range(hit.begin, hit.end)}
    ends = {token.end: i + 1 for i, token in enumerate(sentence.tokens)}
    for begin, token in enumerate(sentence.tokens):
        for end, entity in places.get((sentence.field, token.start), ()):
            span = range(begin, ends.get(end, begin))
            if span and taken.isdisjoint(span):
                taken.update(span)
                found.append(Hit(begin, span.stop, own.concepts[entity]))
    return sorted(found, key=lambda hit: hit.begin)


def _end(sentence: Sentence, hit: Hit, kind: Kind, free: int) -> int:
    """Return where a mention ends; what is behind it is free up to token `free`."""
    if kind is Kind.DATASET:
        return _past_noun(sentence, hit.end, free)
    return _before_noun(sentence, hit) if kind is Kind.TASK else hit.end


def _before_noun(sentence: Sentence, hit: Hit) -> int:
    """Return where a task's mention ends: without the noun for what does it, "fox tracking systems"."""
    end = hit.end
    nouns = cues("heads")["generic"]["peeled"]
    while (
        end - hit.begin > 1
        and sentence.lowers[end - 1] in nouns
        and kind_of_head(sentence.lowers[end - 2]) is Kind.TASK
    ):
        end -= 1
    return end


def _past_noun(sentence: Sentence, at: int, stop: int) -> int:
    """Return where a data set's mention ends: with the noun that says what it is, "FOX corpus", "FOX test set"."""
    words = sentence.lowers[at:stop]
    nouns = cues("evaluation")["dataset_nouns"]
    if words and form(words[0]) in nouns:
        return at + 1
    if len(words) > 1 and words[1] in ("set", "sets") and words[0] in cues("evaluation")["parts_of_data"]:
        return at + 2
    return at


def _behind(thing: Thing, span: Span) -> list[Candidate]:
    """Return the candidates of a thing that a mention covers: its own, and shorter cuts of the same name."""
    return [c for c in thing.candidates if c.field == span.field and span.start <= c.start and c.end <= span.end]


def _concept(thing: Thing) -> LexicalConcept:
    return LexicalConcept(thing.entity, thing.kind, thing.names[0], tuple(thing.names[1:]), ordinary=thing.ordinary)
