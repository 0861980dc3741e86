from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.link import TOP, link
from kg.model import Entity, Fact
from kg.vocab import ROLES_BY_KIND, Kind, Role


def entity(name: str, specificity: float = 1.0) -> Entity:
    return Entity(name, name, Kind.METHOD, name, specificity=specificity)


def fact(paper: str, name: str, role: Role = Role.USES) -> Fact:
    return Fact(paper, name, role, 0.9, ())


def test_two_papers_alone_link() -> None:
    (one,) = link([fact("b", "m"), fact("a", "m")], {"m": entity("m")})
    assert (one.a, one.b) == ("a", "b")
    assert one.weight == round(1 / 1.584962500721156, 3)


def test_rare_techniques_weigh_more_than_common_ones() -> None:
    facts = [fact(p, "common") for p in "abcdefgh"] + [fact(p, "rare") for p in "ab"]
    links = {(x.a, x.b): x for x in link(facts, {n: entity(n) for n in ("common", "rare")})}
    assert [s.entity for s in links["a", "b"].shared] == ["rare", "common"]
    assert links["a", "b"].weight > 2 * links["a", "c"].weight


def test_a_broad_concept_links_less() -> None:
    facts = [fact("a", "m"), fact("b", "m")]
    assert link(facts, {"m": entity("m", 0.5)})[0].weight < link(facts, {"m": entity("m")})[0].weight
    assert link(facts, {"m": entity("m", 0.0)}) == []


def test_methods_used_count_more_than_measures_reported() -> None:
    used = link([fact("a", "m"), fact("b", "m")], {"m": entity("m")})[0]
    told = link([fact("a", "m", Role.ADDRESSES), fact("b", "m", Role.ADDRESSES)], {"m": entity("m")})[0]
    assert used.weight > told.weight
    assert link([fact("a", "m", Role.REPORTS), fact("b", "m", Role.REPORTS)], {"m": entity("m")}) == []


def test_something_in_every_paper_does_not_link_everything_to_everything() -> None:
    facts = [fact(f"p{i:03}", "deep learning") for i in range(60)]
    links = link(facts, {"deep learning": entity("deep learning")})
    assert len(links) <= 60 * TOP


ROLES = st.sampled_from([r for roles in ROLES_BY_KIND.values() for r in roles])
FACTS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), ROLES), max_size=40, unique_by=lambda t: t[:2]
)


@given(FACTS, st.randoms(use_true_random=False))
def test_links_are_sound_and_do_not_depend_on_order(rows: list[tuple[str, str, Role]], rng: random.Random) -> None:
    facts = [fact(*row) for row in rows]
    entities = {name: entity(name) for name in "uvwxyz"}
    links = link(facts, entities)
    rng.shuffle(facts)
    assert link(facts, entities) == links
    held = {(row[0], row[1]) for row in rows}
    for one in links:
        assert one.a < one.b
        assert one.weight == round(sum(s.weight for s in one.shared), 3)
        assert all((p, s.entity) in held for p in (one.a, one.b) for s in one.shared)
        assert list(one.shared) == sorted(one.shared, key=lambda s: (-s.weight, s.entity))
