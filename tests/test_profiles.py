"""What papers speak of: weights worked out by hand on three papers, and what holds for any library."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.model import Entity, Fact, Mention, Paper, PaperNode
from kg.profiles import LEAST, Profiles
from kg.terms import words
from kg.vocab import Kind, Role

_MERGING = "method/fox-merging"


def _graph(texts: dict[str, str], roles: dict[str, Role]) -> KnowledgeGraph:
    """Papers by name with these titles; those with a role have it for the method 'fox merging'."""
    papers = [PaperNode(name, Paper(name, text, "")) for name, text in texts.items()]
    facts = [
        Fact(name, _MERGING, role, 0.9, (Mention(Kind.METHOD, "x", "title", 0, 1, role, _MERGING, "x", 0.9, (0, 1)),))
        for name, role in roles.items()
    ]
    return KnowledgeGraph(papers, [Entity(_MERGING, "fox merging", Kind.METHOD, "fox merging")], facts, [])


def _three() -> Profiles:
    return Profiles(_graph({"a": "Foxes", "b": "Hares", "c": "Foxes"}, {"a": Role.USES, "b": Role.COMPARES_WITH}))


def test_nearness_by_hand() -> None:
    rare, everywhere, alone = 1 + log(4 / 3), 1 + log(4 / 4), 1 + log(4 / 2)
    # a: the method 0.5, "fox" 0.7 + 3 for the title, "merging" 0.7; b: 0.7 of that, "hare" 3
    a = {"method": log(1.5) * rare, "merging": log(1.7) * rare, "fox": log(4.7) * everywhere}
    b = {"method": log(1.35) * rare, "merging": log(1.49) * rare, "fox": log(1.49) * everywhere, "hare": log(4) * alone}
    expected = sum(a[term] * b[term] for term in a)
    expected /= sqrt(sum(x * x for x in a.values())) * sqrt(sum(x * x for x in b.values()))
    near = {one.paper: one for one in _three().near("a")}
    assert near["b"].score == pytest.approx(expected, abs=1e-6)
    assert near["b"].entities == (_MERGING,)


def test_a_paper_without_entities_is_near_by_words() -> None:
    near = {one.paper: one for one in _three().near("c")}
    assert near["a"].entities == () and near["a"].words == ("fox",)
    assert near["a"].score > near["b"].score


def test_words_of_shared_names_are_not_told_twice() -> None:
    near = {one.paper: one for one in _three().near("a")}
    assert near["b"].words == ()


def test_names_that_share_a_word_meet() -> None:
    entities = [Entity(f"method/{name}", name, Kind.METHOD, f"{name} attention") for name in ("dilated", "linear")]
    facts = [Fact(paper, f"method/{name}", Role.USES, 0.9, ()) for paper, name in (("a", "dilated"), ("b", "linear"))]
    papers = [PaperNode(name, Paper(name, "", "")) for name in "ab"]
    (near,) = Profiles(KnowledgeGraph(papers, entities, facts, [])).near("a")
    assert (near.entities, near.words) == ((), ("attention",))


def test_only_words_that_can_name_things_are_terms() -> None:
    assert words("They quickly propose the Foxes' dilated self-attention in 3D") == [
        "fox",
        "dilated",
        "self",
        "attention",
    ]


def test_a_library_of_nothing_and_a_paper_of_nothing() -> None:
    assert Profiles(_graph({"a": ""}, {})).near("a") == []
    assert Profiles(_graph({"a": "", "b": "Foxes"}, {})).near("a") == []


_titles = st.lists(st.sampled_from(["fox", "hare", "elk", "owl", "merging"]), max_size=4).map(" ".join)


@given(st.lists(_titles, min_size=2, max_size=6), st.data())
def test_nearness_is_symmetric_and_between_0_and_1(titles: list[str], data: st.DataObject) -> None:
    texts = {f"p{at}": title for at, title in enumerate(titles)}
    roles = data.draw(st.dictionaries(st.sampled_from(sorted(texts)), st.sampled_from(Role)))
    profiles = Profiles(_graph(texts, roles))
    scores = {(one, near.paper): near.score for one in texts for near in profiles.near(one)}
    for (one, other), score in scores.items():
        assert LEAST <= score <= 1
        assert scores[other, one] == score
        assert profiles.between(one, other).score == pytest.approx(score, abs=1e-6)
