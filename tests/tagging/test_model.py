from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tagging.features import clusters, rows
from kg.tagging.model import spans, tag
from tests.papers import document, lexicon

TEXT = "We present a fast chart parser for unification grammars and evaluate it on machine translation by BLEU."


def test_it_knows_tasks_methods_and_measures() -> None:
    (sentence,) = document(TEXT).abstract
    (tagged,) = tag([sentence], [lexicon().scan(sentence.tokens)])
    found = {(" ".join(t.text for t in sentence.tokens[x.begin : x.end]), x.label) for x in tagged}
    assert ("machine translation", "Task") in found
    assert ("BLEU", "Metric") in found
    assert any(label == "Method" for _, label in found)


def test_sentences_are_labelled_the_same_alone_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = list(document(f"{TEXT} It is fast. {TEXT} We use BERT, {TEXT}").abstract)
    hits = [lexicon().scan(sentence.tokens) for sentence in sentences]
    together = list(tag(sentences, hits))
    assert len(together) == len(sentences) > 3
    monkeypatch.setattr("kg.tagging.model._TOGETHER", 1)
    assert [[x[:3] for x in found] for found in tag(sentences, hits)] == [[x[:3] for x in found] for found in together]
    assert not list(tag([], []))


def test_every_token_has_features_and_the_same_ones_each_time() -> None:
    (sentence,) = document(TEXT).abstract
    every = rows(sentence, lexicon().scan(sentence.tokens))
    assert len(every) == len(sentence.tokens)
    assert every == rows(sentence, lexicon().scan(sentence.tokens))
    assert every[0].count("first") == every[-1].count("last") == 1
    assert "w=chart" in every[4]
    assert {"-1w=fast", "+1w=parser", "2w=fast|chart", "-2w=a", "+2w=for"} <= set(every[4])


def test_clusters_put_words_of_one_use_together() -> None:
    known = clusters()
    assert known["english"] == known["french"]
    assert known["english"] != known["propose"]


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_sentence_can_be_tagged(text: str) -> None:
    sentences = list(document(text).abstract)
    for sentence, tagged in zip(sentences, tag(sentences, [[] for _ in sentences]), strict=True):
        for found in tagged:
            assert 0 <= found.begin < found.end <= len(sentence.tokens)
            assert 0 <= found.probability <= 1


@given(st.lists(st.sampled_from(["O", "B-Task", "I-Task", "B-Method", "I-Method"])))
def test_spans_never_overlap_and_cover_every_label(labels: list[str]) -> None:
    found = spans(labels)
    covered = [i for begin, end, _ in found for i in range(begin, end)]
    assert covered == [i for i, label in enumerate(labels) if label != "O"]
