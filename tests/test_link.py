from __future__ import annotations

import math
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.link import link
from kg.model import Entity, Fact, Link, Paper
from kg.nearness import BROAD, TOP
from kg.vocab import ROLES_BY_KIND, Kind, Role


def entity(name: str, specificity: float = 1.0) -> Entity:
    return Entity(name, name, Kind.METHOD, name, specificity=specificity)


def fact(paper: str, name: str, role: Role = Role.USES) -> Fact:
    return Fact(paper, name, role, 0.9, ())


def linked(facts: list[Fact], entities: dict[str, Entity], texts: dict[str, str] | None = None) -> list[Link]:
    """Links of papers without text, or with some."""
    papers = {one.paper: Paper(one.paper, (texts or {}).get(one.paper, ""), "") for one in facts}
    return link(facts, entities, papers)


def test_two_papers_alone_link() -> None:
    (one,) = linked([fact("b", "m"), fact("a", "m")], {"m": entity("m")})
    assert (one.a, one.b) == ("a", "b")
    assert one.weight == 1.0


def test_a_weight_is_the_cosine_of_techniques_and_words() -> None:
    facts = [fact("a", "m"), fact("b", "m"), fact("b", "x")]
    (one,) = linked(facts, {"m": entity("m"), "x": entity("x")}, {"a": "foxes", "b": "the fox and hares"})
    everywhere, once = math.log(2), math.log(2) * (1 + math.log(3 / 2))  # n = 2, n = 1 of N = 2
    said, said_once = math.log(4), math.log(4) * (1 + math.log(3 / 2))
    first, second = math.hypot(everywhere, said), math.hypot(everywhere, once, said, said_once)
    assert one.weight == round((everywhere**2 + said**2) / first / second, 3)
    assert [(part.entity, part.weight) for part in one.shared] == [("m", one.weight)]


def test_what_is_only_implied_links_too() -> None:
    entities = {"m": entity("m"), "x": replace(entity("x"), broader=("m",)), "y": replace(entity("y"), broader=("x",))}
    (one,) = linked([fact("a", "x"), fact("b", "y"), fact("c", "z")], entities | {"z": entity("z")})
    assert (one.a, one.b) == ("a", "b") and [part.entity for part in one.shared] == ["x", "m"]
    assert linked([fact("a", "m"), fact("b", "y")], entities)[0].shared[0].entity == "m"


def test_something_too_broad_links_nothing_by_itself() -> None:
    broad = {"m": entity("m", BROAD / 2), "x": entity("x")}
    assert linked([fact("a", "m"), fact("b", "m")], broad) == []
    (one,) = linked([fact("a", "m"), fact("b", "m"), fact("a", "x"), fact("b", "x")], broad)
    assert [part.entity for part in one.shared] == ["x"]


def test_words_alone_link_nothing() -> None:
    assert (
        linked([fact("a", "m"), fact("b", "n")], {"m": entity("m"), "n": entity("n")}, {"a": "foxes", "b": "foxes"})
        == []
    )


def test_rare_techniques_weigh_more_than_common_ones() -> None:
    facts = [fact(p, "common") for p in "abcdefgh"] + [fact(p, "rare") for p in "ab"]
    links = {(x.a, x.b): x for x in linked(facts, {n: entity(n) for n in ("common", "rare")})}
    assert [s.entity for s in links["a", "b"].shared] == ["rare", "common"]
    assert links["a", "b"].weight > 2 * links["a", "c"].weight


def test_a_broad_concept_adds_less() -> None:
    facts = [fact(paper, name) for paper in "ab" for name in ("broad", "narrow")]
    (one,) = linked(facts, {"broad": entity("broad", 0.5), "narrow": entity("narrow")})
    assert [part.entity for part in one.shared] == ["narrow", "broad"]
    assert one.shared[0].weight > 2 * one.shared[1].weight


def test_methods_used_count_more_than_measures_reported() -> None:
    facts = [fact("a", "m"), fact("b", "m"), fact("a", "r", Role.REPORTS), fact("b", "r", Role.REPORTS)]
    (one,) = linked(facts, {"m": entity("m"), "r": entity("r")})
    assert [part.entity for part in one.shared] == ["m"]  # the other adds less than a tenth of it


def test_something_in_every_paper_does_not_link_everything_to_everything() -> None:
    facts = [fact(f"p{i:03}", "deep learning") for i in range(60)]
    assert len(linked(facts, {"deep learning": entity("deep learning")})) <= 60 * TOP


ROLES = st.sampled_from([r for roles in ROLES_BY_KIND.values() for r in roles])
FACTS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), ROLES), max_size=40, unique_by=lambda t: t[:2]
)


@given(FACTS, st.randoms(use_true_random=False))
def test_links_are_sound_and_do_not_depend_on_order(rows: list[tuple[str, str, Role]], rng: random.Random) -> None:
    facts = [fact(*row) for row in rows]
    entities = {name: entity(name) for name in "uvwxyz"}
    texts = {paper: f"{paper}{paper} foxes" for paper in "abc"}
    links = linked(facts, entities, texts)
    rng.shuffle(facts)
    assert linked(facts, entities, texts) == links
    held = {(row[0], row[1]) for row in rows}
    for one in links:
        assert one.a < one.b
        assert one.weight == round(sum(s.weight for s in one.shared), 3)
        assert all((p, s.entity) in held for p in (one.a, one.b) for s in one.shared)
        assert list(one.shared) == sorted(one.shared, key=lambda s: (-s.weight, s.entity))
