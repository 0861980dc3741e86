"""Small papers of our own making, and a small lexicon, for the tests of extraction, resolution and linking."""

from __future__ import annotations

from functools import cache

from kg.lexicon import LexicalConcept, Lexicon
from kg.model import Candidate, Extraction, Mention, Paper
from kg.reading import read
from kg.text.document import Document, analyse
from kg.vocab import Kind, Role


@cache
def lexicon() -> Lexicon:
    """A vocabulary of a dozen concepts, enough to show every rule of the scan."""
    return Lexicon(
        [
            LexicalConcept("method/transformer", Kind.METHOD, "transformer"),
            LexicalConcept(
                "method/vision-transformer", Kind.METHOD, "vision transformer", ("ViT",), ("method/transformer",)
            ),
            LexicalConcept("method/adam", Kind.METHOD, "Adam", ("Adam optimizer",), ordinary=True),
            LexicalConcept(
                "method/sharpness-aware-minimization",
                Kind.METHOD,
                "sharpness-aware minimization",
                ("SAM",),
                ordinary=True,
            ),
            LexicalConcept(
                "method/attention-mechanism", Kind.METHOD, "attention mechanism", ("attention",), ordinary=True
            ),
            LexicalConcept("method/pretraining", Kind.METHOD, "pretraining"),
            LexicalConcept("dataset/imagenet", Kind.DATASET, "ImageNet", ("ImageNet-1k", "ILSVRC")),
            LexicalConcept("task/image-classification", Kind.TASK, "image classification"),
            LexicalConcept("metric/accuracy", Kind.METRIC, "accuracy", ("top-1 accuracy",)),
            LexicalConcept("metric/f1", Kind.METRIC, "F1 score", ("F1",)),
            LexicalConcept("metric/latency", Kind.METRIC, "latency"),
            LexicalConcept("concept/inductive-bias", Kind.CONCEPT, "inductive bias"),
        ]
    )


def paper(abstract: str, title: str = "A Study of Foxes") -> Paper:
    """A paper with the given text."""
    return Paper("t", title, abstract)


def document(abstract: str, title: str = "A Study of Foxes") -> Document:
    """An analysed paper with the given text."""
    return analyse(paper(abstract, title))


def reading(abstract: str, title: str = "A Study of Foxes") -> Extraction:
    """Everything read from a paper with the given text."""
    return read(paper(abstract, title), lexicon())


def words(doc: Document, candidate: Candidate) -> str:
    """The words of a candidate."""
    return doc.paper.text(candidate.field)[candidate.start : candidate.end]


def by_text(extraction: Extraction) -> dict[str, Mention]:
    """The first mention of each surface form."""
    found: dict[str, Mention] = {}
    for mention in extraction.mentions:
        found.setdefault(mention.text, mention)
    return found


OWN = "We propose FoxNet, a network for tracking. "
"""How a text begins whose next sentences are about the paper's own thing."""


def proposed(text: str) -> set[str]:
    """The names that a text is read to propose."""
    return {words for words, mention in by_text(reading(text)).items() if mention.role is Role.PROPOSES}
