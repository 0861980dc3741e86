from __future__ import annotations

import pytest

from kg.vocab import Kind, Role
from tests.papers import by_text, reading

TEXT = (
    "Vision transformers (ViTs) have spread. In this paper, we propose FoxNet, which combines ViT with pretraining. "
    "Experiments on FoxBench and ImageNet show that FoxNet outperforms HareNet in accuracy by 2.1%."
)


@pytest.mark.parametrize(
    ("words", "kind", "role"),
    [
        ("FoxNet", Kind.METHOD, Role.PROPOSES),
        ("pretraining", Kind.METHOD, Role.USES),
        ("HareNet", Kind.METHOD, Role.COMPARES_WITH),
        ("FoxBench", Kind.DATASET, Role.EVALUATES_ON),
        ("ImageNet", Kind.DATASET, Role.EVALUATES_ON),
        ("accuracy", Kind.METRIC, Role.REPORTS),
        ("Vision transformers", Kind.METHOD, Role.MENTIONS),
        ("ViT", Kind.METHOD, Role.USES),
    ],
)
def test_kinds_and_roles(words: str, kind: Kind, role: Role) -> None:
    mention = by_text(reading(TEXT))[words]
    assert (mention.kind, mention.role) == (kind, role)


def test_short_and_long_form_are_one_entity() -> None:
    found = by_text(reading(TEXT))
    assert (
        found["Vision transformers"].entity
        == found["ViTs"].entity
        == found["ViT"].entity
        == "method/vision-transformer"
    )


def test_a_paper_s_own_definition_beats_the_vocabulary() -> None:
    found = by_text(reading("We study spatial audio modelling (SAM). We propose to train SAM with care. SAM works."))
    assert "sharpness" not in found["SAM"].entity


def test_a_survey_proposes_nothing() -> None:
    extraction = reading(
        "We present FoxNet and others. This paper introduces transformer methods.", title="Foxes in Vision: A Survey"
    )
    assert Role.PROPOSES not in {m.role for m in extraction.mentions}


def test_a_name_is_found_again_where_no_pattern_matches() -> None:
    mentions = [
        m
        for m in reading("We propose Vixen, a new network. Later, Vixen sleeps. Nobody beats Vixen.").mentions
        if m.text == "Vixen"
    ]
    assert len(mentions) == 3
    assert mentions[0].confidence > mentions[1].confidence


def test_empty_papers_say_nothing() -> None:
    extraction = reading("", title="")
    assert extraction.mentions == extraction.results == extraction.urls == ()


def test_a_paper_that_proposes_is_no_survey_though_it_reviews_something() -> None:
    text = "We review 200 dens of foxes. We propose FoxNet, a network for tracking, and compare it with HareNet."
    assert by_text(reading(text))["FoxNet"].role is Role.PROPOSES


def test_a_survey_by_its_own_word_compares_what_it_names() -> None:
    text = "Vision transformers have spread. This survey outlines them. It covers HareNet."
    assert by_text(reading(text))["Vision transformers"].role is Role.COMPARES_WITH
