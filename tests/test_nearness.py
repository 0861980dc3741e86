from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nearness import COMMON, LEAST, NEAR, TOP, UNIT, Candidates, Comparison, links_papers
from kg.vectors import Rows, bring_to_length_one

TERMS = 6
LIBRARIES = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, TERMS - 1), st.integers(1, 9), max_size=4),
        st.dictionaries(st.integers(0, 20), st.integers(1, 9), min_size=1, max_size=6),
    ),
    min_size=2,
    max_size=12,
)
Papers = list[tuple[dict[int, int], dict[int, int]]]


def vectors(papers: Papers) -> tuple[Rows, Rows]:
    techniques, said = Rows(), Rows()
    for entities, words in papers:
        techniques.add((term, float(weight)) for term, weight in sorted(entities.items()))
        said.add((term, float(weight)) for term, weight in sorted(words.items()))
    bring_to_length_one(techniques, said)
    return techniques, said


def test_what_all_have_links_nobody() -> None:
    assert not links_papers(1, 1.0)
    assert links_papers(2, 1.0) and links_papers(COMMON, 1.0)
    assert not links_papers(COMMON + 1, 1.0)
    assert not links_papers(2, 0.1)


@settings(deadline=None)
@given(LIBRARIES)
def test_candidates_are_the_papers_that_share_an_entity_that_links(papers: Papers) -> None:
    techniques, _ = vectors(papers)
    links = bytearray([1] * TERMS)
    links[0] = 0
    found = Candidates(techniques, links)
    for paper, (entities, _) in enumerate(papers):
        mine = entities.keys() - {0}
        sharing = {other for other, (theirs, _) in enumerate(papers) if other != paper and mine & theirs.keys()}
        assert set(found.of(paper)) == sharing
        assert len(found.of(paper)) <= NEAR


@settings(deadline=None)
@given(LIBRARIES)
def test_nearness_is_the_same_from_both_sides_and_shared_parts_add_up(papers: Papers) -> None:
    comparison = Comparison(*vectors(papers))
    everyone = range(len(papers))
    for paper in everyone:
        others = [other for other in everyone if other != paper]
        weights = comparison.weights(paper, others)
        assert [comparison.weights(other, [paper]) for other in others] == [[weight] for weight in weights]
        for weight, shared in zip(weights, comparison.shared(paper, others), strict=True):
            assert not shared or sum(part for _, part in shared) == weight
        strongest = comparison.strongest(paper, others)
        assert len(strongest) <= TOP
        assert all(weight >= LEAST * UNIT for _, weight in strongest)
        assert [weight for _, weight in strongest] == sorted((w for _, w in strongest), reverse=True)
