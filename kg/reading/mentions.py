"""Find every mention of the things a paper names, and give each its role.

One scan over the paper with a lexicon of its own things: the longest name wins at each place, so that no two mentions
overlap, and a name known from one sentence is found in all others (coreference by name).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import itemgetter

from kg.cues import cues
from kg.cues.heads import kind_of_head
from kg.lexicon import Hit, LexicalConcept
from kg.lexicon.concepts import name_forms
from kg.lexicon.trie import Trie
from kg.model import Candidate, Mention, Url
from kg.reading.confidence import calibrated, evidence
from kg.reading.names import Thing
from kg.reading.roles import Roles
from kg.text.document import Document, Sentence
from kg.text.forms import form
from kg.vocab import Kind

_BY_NAME = "coreference"


def find_mentions(doc: Document, things: Sequence[Thing], urls: Sequence[Url]) -> Iterator[Mention]:
    """Yield the mentions of a paper in the order of the text."""
    by_id = {thing.entity: thing for thing in things}
    concepts = {thing.entity: _concept(thing) for thing in things}
    own = _names(things, concepts)
    roles = Roles(doc, by_id)
    for sentence, places in _by_sentence(doc, things):
        field, text, tokens = sentence.field, doc.paper.text(sentence.field), sentence.tokens
        hits = _hits(own, sentence, places, concepts)
        for hit, following in zip_longest(hits, hits[1:]):
            thing = by_id[hit.concept.id]
            free = following.begin if following else len(tokens)
            start, end = tokens[hit.begin].start, tokens[_end(sentence, hit, thing.kind, free) - 1].end
            if urls and any(u.field == field and u.start < end and start < u.end for u in urls):
                continue
            behind = _behind(thing, sentence, start, end)
            best = max(behind, key=lambda c: (c.confidence, c.extractor), default=None)
            yield Mention(
                kind=thing.kind,
                text=text[start:end],
                field=field,
                start=start,
                end=end,
                role=roles.role(thing, sentence, hit.begin, hit.end, behind),
                entity=thing.entity,
                extractor=best.extractor if best else _BY_NAME,
                confidence=calibrated(evidence(behind)),
                sentence=(sentence.start, sentence.end),
            )


def _names(things: Iterable[Thing], concepts: Mapping[str, LexicalConcept]) -> Trie:
    own = Trie()
    for thing in things:
        for name in thing.names:
            words = name_forms(name)[0]
            if words:
                own.add(name, words, concepts[thing.entity])
    return own


def _by_sentence(doc: Document, things: Iterable[Thing]) -> Iterator[tuple[Sentence, list[tuple[int, int, str]]]]:
    """Yield each sentence with the places of the candidates that start in it: start, end and thing, in order of start."""
    places = [(c.field != "title", c.start, c.end, thing.entity) for thing in things for c in thing.candidates]
    places.sort(key=itemgetter(0, 1))
    at = 0
    for sentence in doc.sentences:
        stop = (sentence.field != "title", sentence.end)
        first = at
        while at < len(places) and places[at][:2] < stop:
            at += 1
        yield sentence, [place[1:] for place in places[first:at]]


def _hits(
    own: Trie, sentence: Sentence, places: Sequence[tuple[int, int, str]], concepts: Mapping[str, LexicalConcept]
) -> list[Hit]:
    """Return the scan's hits, and candidates at places where the scan asks for more (a word at a sentence's start)."""
    tokens = sentence.tokens
    found = own.scan(tokens, sentence.forms)
    taken = [(tokens[hit.begin].start, tokens[hit.end - 1].end) for hit in found]
    for start, end, entity in places:
        if not any(a < end and start < b for a, b in taken):
            begin = next((k for k, token in enumerate(tokens) if token.start == start), -1)
            stop = next((k for k, token in enumerate(tokens, 1) if token.end == end), -1)
            if 0 <= begin < stop:
                taken.append((start, end))
                found.append(Hit(begin, stop, concepts[entity]))
    return sorted(found)


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


def _behind(thing: Thing, sentence: Sentence, start: int, end: int) -> list[Candidate]:
    """Return the candidates of a thing that a mention covers: its own, and shorter cuts of the same name."""
    field = sentence.field
    return [c for c in thing.candidates if start <= c.start and c.end <= end and c.field == field]


def _concept(thing: Thing) -> LexicalConcept:
    return LexicalConcept(thing.entity, thing.kind, thing.names[0], ordinary=thing.ordinary)
