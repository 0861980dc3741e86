from __future__ import annotations

from kg.model import Candidate
from kg.reading.confidence import calibrated
from kg.reading.faint import faint_mentions
from kg.vocab import Kind
from tests.papers import document, reading

TEXT = "We study fox tails and hare ears."


def seen(text: str, words: str, confidence: float) -> Candidate:
    start = text.index(words)
    return Candidate("abstract", start, start + len(words), Kind.TASK, None, "tagger", confidence)


def test_what_only_the_tagger_sees_is_faint() -> None:
    (mention,) = faint_mentions(document(TEXT), [], [seen(TEXT, "fox tails", 0.5)])
    assert (mention.text, mention.confidence) == ("fox tails", calibrated(0.25))


def test_noise_and_what_overlaps_a_mention_are_left_out() -> None:
    assert not list(faint_mentions(document(TEXT), [], [seen(TEXT, "fox tails", 0.1)]))
    certain = reading("We study vision transformers.").mentions
    doc = document("We study vision transformers.")
    assert certain
    assert not list(faint_mentions(doc, certain, [seen(doc.paper.abstract, "study vision", 0.5)]))


def test_faint_mentions_stay_below_what_a_graph_takes() -> None:
    from kg.pipeline import LEAST_CONFIDENCE

    (mention,) = faint_mentions(document(TEXT), [], [seen(TEXT, "fox tails", 0.99)])
    assert mention.confidence < LEAST_CONFIDENCE
