from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tagging import scores
from kg.tagging.crf import read_crf
from kg.tagging.features import rows
from kg.tagging.scores import Scores
from tests.papers import document, lexicon

CRF = read_crf(resources.files("kg.tagging").joinpath("tagger.crf").read_bytes())
WORDS = st.sampled_from(
    ["We", "train", "BERT", "on", "ImageNet", "graph", "parsing", "by", ",", "F1", "and", "x", "It", "works."]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_a_token_scores_what_its_features_weigh(words: list[str]) -> None:
    sentences = list(document(" ".join(words)).abstract)
    hits = [lexicon().scan(sentence.tokens) for sentence in sentences]
    want = [
        CRF.weights[[CRF.rows[name] for name in row if name in CRF.rows]].sum(0)
        for pair in zip(sentences, hits, strict=True)
        for row in rows(*pair)
    ]
    assert Scores(CRF).of(sentences, hits) == pytest.approx(np.array(want))


def test_words_are_forgotten_when_there_are_too_many_and_none_is_too_many_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [" ".join(f"word{n}" for n in range(begin, begin + 40)) + "." for begin in (0, 20, 100, 0)]
    plain = Scores(CRF)
    want = [plain.of(sentences, [[]]) for sentences in ([*document(text).abstract] for text in texts)]
    monkeypatch.setattr(scores, "_KEPT", 16)
    small = Scores(CRF)
    for text, same in zip(texts, want, strict=True):
        assert (small.of(list(document(text).abstract), [[]]) == same).all()
