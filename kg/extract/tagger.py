"""Names found by the statistical tagger (`kg.tagging`): what neither list nor pattern knows.

Its confidence is the model's own probability, a little lowered, as it was trained on other papers than it reads.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kg.lexicon import Hit, Lexicon
from kg.model import Candidate, Tagged
from kg.tagging.model import tag
from kg.text.document import Document, Sentence
from kg.text.words import word_classes
from kg.vocab import Kind

STAGE = "names"
_KINDS = {
    "Method": Kind.METHOD,
    "Task": Kind.TASK,
    "Metric": Kind.METRIC,
    "Dataset": Kind.DATASET,
    "Term": Kind.CONCEPT,
}
_BREAKS = frozenset(
    [*",;:.?!", "named", "called", "termed", "dubbed", "namely"]
)  # no name goes on past these, whatever the tagger thinks
_JOINS = frozenset({"and", "or", "&"})
_LINKS = frozenset({"of", "with", "in", "for", "to", "by", "from"})
_TRUST = {Kind.METHOD: 0.78, Kind.TASK: 0.75, Kind.CONCEPT: 0.72, Kind.DATASET: 0.7, Kind.METRIC: 0.75}


def together(docs: Sequence[Document], lexicon: Lexicon) -> list[Document]:
    """Return papers with what the tagger labels in them: it takes a third of the time for several papers at once."""
    sentences = [sentence for doc in docs for sentence in doc.sentences]
    tagged = tag(sentences, [lexicon.scan(sentence.tokens, sentence.forms) for sentence in sentences])
    return [dataclasses.replace(doc, tagged=tuple(islice(tagged, len(doc.sentences)))) for doc in docs]


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for each span that the tagger labels."""
    if doc.tagged is None:
        (doc,) = together([doc], lexicon)
    for sentence, tagged in zip(doc.sentences, doc.tagged or (), strict=True):
        hits = lexicon.scan(sentence.tokens, sentence.forms) if tagged else []
        for found in tagged:
            kind = _KINDS.get(found.label)
            if not _JOINS.isdisjoint(sentence.lowers[found.begin : found.end]) and _holds(found, hits):
                continue  # "image captioning and visual question answering" are two
            begin, end = _without_verbs(sentence, found)
            if sentence.field == "abstract" and _says_more(kind, sentence, begin, end):
                continue
            if kind and begin < end and _BREAKS.isdisjoint(sentence.lowers[begin:end]):
                span = sentence.span(begin, end)
                if kind is Kind.DATASET and doc.text(span).islower():
                    continue  # data without a name is no entity
                sure = round(max(0.05, _TRUST[kind] * found.probability), 2)
                yield Candidate(span.field, span.start, span.end, kind, None, "tagger", sure)


def _says_more(kind: Kind | None, sentence: Sentence, begin: int, end: int) -> bool:
    """Tell whether a span says more than a name: with a preposition in it, or for a notion with any joining word or verb."""
    inside = sentence.bag.intersection(sentence.lowers[begin:end])
    if kind is Kind.CONCEPT:
        return not inside.isdisjoint(_LINKS | _JOINS) or word_classes().get(sentence.lowers[begin]) == "G"
    return kind is Kind.METHOD and not inside.isdisjoint(_LINKS - {"of"})


def _without_verbs(sentence: Sentence, found: Tagged) -> tuple[int, int]:
    """Return a span of an abstract without the verbs at its ends: "den layer learns"."""
    begin, end = found.begin, found.end
    if sentence.field == "title":
        return begin, end
    while begin < end and _is_verb(sentence, begin):
        begin += 1
    while end > begin and _is_verb(sentence, end - 1):
        end -= 1
    return begin, end


def _is_verb(sentence: Sentence, at: int) -> bool:
    return sentence.tags[at] == "V" and word_classes().get(sentence.lowers[at]) == "V"


def _holds(found: Tagged, hits: Iterable[Hit]) -> bool:
    """Tell whether a name of the vocabulary lies inside a span and is less than all of it."""
    return any(
        found.begin <= hit.begin and hit.end <= found.end and hit.end - hit.begin < found.end - found.begin
        for hit in hits
    )
