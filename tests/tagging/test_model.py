from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tagging import model
from kg.tagging.features import Features, clusters
from kg.tagging.model import spans, tag
from tests.papers import document, lexicon

TEXT = "We present a fast chart parser for unification grammars and evaluate it on machine translation by BLEU."


def test_it_knows_tasks_methods_and_measures() -> None:
    (sentence,) = document(TEXT).abstract
    found = {
        (" ".join(t.text for t in sentence.tokens[x.begin : x.end]), x.label)
        for x in tag(sentence, lexicon().scan(sentence.tokens))
    }
    assert ("machine translation", "Task") in found
    assert ("BLEU", "Metric") in found
    assert any(label == "Method" for _, label in found)


def test_every_token_has_features_and_the_same_ones_each_time() -> None:
    (sentence,) = document(TEXT).abstract
    rows = Features().rows(sentence, lexicon().scan(sentence.tokens))
    assert len(rows) == len(sentence.tokens)
    assert rows == Features().rows(sentence, lexicon().scan(sentence.tokens))
    assert rows[0].count(b"first") == rows[-1].count(b"last") == 1
    assert b"w=chart" in rows[4]
    assert {b"-1w=fast", b"+1w=parser", b"2w=fast|chart", b"-2w=a", b"+2w=for"} <= set(rows[4])


def test_at_run_time_only_features_that_the_model_knows_are_made() -> None:
    weights = model._weights()
    known = model.attributes(weights)
    assert known == set(model._tagger()[0].info().attributes)
    (sentence,) = document(TEXT).abstract
    every, some = Features().rows(sentence, ()), Features(known).rows(sentence, ())
    assert some == [[name for name in row if name.decode() in known] for row in every]
    assert 0 < sum(map(len, some)) < sum(map(len, every))


def test_clusters_put_words_of_one_use_together() -> None:
    known = clusters()
    assert known["english"] == known["french"]
    assert known["english"] != known["propose"]


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_sentence_can_be_tagged(text: str) -> None:
    for sentence in document(text).abstract:
        for found in tag(sentence, []):
            assert 0 <= found.begin < found.end <= len(sentence.tokens)
            assert 0 <= found.probability <= 1


@given(st.lists(st.sampled_from(["O", "B-Task", "I-Task", "B-Method", "I-Method"])))
def test_spans_never_overlap_and_cover_every_label(labels: list[str]) -> None:
    found = spans(labels)
    covered = [i for begin, end, _ in found for i in range(begin, end)]
    assert covered == [i for i, label in enumerate(labels) if label != "O"]
