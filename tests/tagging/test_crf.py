"""What CRFsuite says of its own models, and what `kg.tagging.crf` says, is the same."""

from __future__ import annotations

from importlib import resources
from itertools import islice, pairwise

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tagging.crf import decode, read_crf
from kg.tagging.features import rows
from kg.tagging.scores import Scores
from tests.papers import document, lexicon

MODEL = resources.files("kg.tagging").joinpath("tagger.crf").read_bytes()
CRF = read_crf(MODEL)
SCORES = Scores(CRF)
TEXTS = (
    "We present a fast chart parser for unification grammars and evaluate it on machine translation by BLEU. It is fast.",
    "No. FoxNet, a graph neural network with 3D convolutions (3D-GNN), beats BERT on SQuAD 2.0 by 4.2% F1!",
    "Word embeddings, topic models and part-of-speech taggers are learned without labelled data. " * 30,
)


def reference() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(MODEL)
    return tagger


def test_a_model_is_read_as_crfsuite_reads_it() -> None:
    info = reference().info()
    assert set(CRF.rows) == set(info.attributes)
    assert list(CRF.labels) == reference().labels()
    (name, label), weight = next(iter(info.state_features.items()))
    assert CRF.weights[CRF.rows[name], CRF.labels.index(label)] == pytest.approx(weight, abs=1e-6)
    assert not CRF.weights[-1].any()
    for (before, after), weight in info.transitions.items():
        assert CRF.transitions[CRF.labels.index(before), CRF.labels.index(after)] == pytest.approx(weight, abs=1e-6)


@pytest.mark.parametrize("text", TEXTS)
def test_it_labels_as_crfsuite_does(text: str) -> None:
    sentences = list(document(text).abstract)
    hits = [lexicon().scan(sentence.tokens) for sentence in sentences]
    labels, chances = decode(CRF, SCORES.of(sentences, hits), [len(sentence.tokens) for sentence in sentences])
    ours = zip((CRF.labels[label] for label in labels), chances, strict=True)
    tagger = reference()
    for sentence, names in zip(sentences, hits, strict=True):
        theirs = tagger.tag(rows(sentence, names))
        for i, (label, chance) in enumerate(islice(ours, len(theirs))):
            assert label == theirs[i]
            assert chance == pytest.approx(tagger.marginal(label, i), abs=1e-9)
    assert next(ours, None) is None


def brute(scores: np.ndarray) -> tuple[tuple[int, ...], list[float]]:
    """Return the best of all sequences, and how probable each of its labels is, by trying every sequence."""
    n, k = scores.shape
    every = list(np.ndindex(*[k] * n))
    weights = np.array(
        [sum(scores[i, y] for i, y in enumerate(s)) + sum(CRF.transitions[a, b] for a, b in pairwise(s)) for s in every]
    )
    odds = np.exp(weights - weights.max())
    best = every[int(weights.argmax())]
    return best, [float(odds[[s[i] == y for s in every]].sum() / odds.sum()) for i, y in enumerate(best)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=5), st.integers(0, 1 << 30))
def test_it_finds_the_best_of_all_sequences(lengths: list[int], seed: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (sum(lengths), len(CRF.labels)))
    labels, chances = decode(CRF, scores, lengths)
    at = 0
    for length in lengths:
        best, sure = brute(scores[at : at + length])
        assert tuple(labels[at : at + length]) == best
        assert chances[at : at + length] == pytest.approx(sure)
        at += length


def test_long_sentences_stay_within_the_numbers() -> None:
    scores = np.random.default_rng(7).normal(0, 30, (20_000, len(CRF.labels)))
    labels, chances = decode(CRF, scores, [20_000])
    assert len(labels) == 20_000
    assert np.isfinite(chances).all()
    assert 0 < chances.min() <= chances.max() <= 1.0000001
