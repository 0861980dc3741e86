"""Pages by community: whole, named, and leading to one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.view import pages
from kg.view.split import cuts, parts
from tests.view import axe
from tests.view.big import big_graph
from tests.view.test_access import AXE

if TYPE_CHECKING:
    from tests.view.conftest import Reader

MOST = 40


def test_parts_hold_every_paper_once_and_have_names_of_their_own() -> None:
    graph = big_graph()
    found = parts(graph, MOST)
    assert sorted(paper for part in found for paper in part.papers) == sorted(graph.papers)
    assert all(0 < len(part.papers) <= MOST for part in found)
    assert len({part.name for part in found}) == len({part.file for part in found}) == len(found)


def test_small_topics_stay_whole() -> None:
    from kg.view.communities import find_topics
    from kg.view.ties import paper_ties

    graph = big_graph()
    names = list(graph.papers)
    number = {name: n for n, name in enumerate([*names, *graph.entities])}
    topics = find_topics(len(names), paper_ties(graph.links, number))
    found = [set(part.papers) for part in parts(graph, MOST)]
    for topic in topics:
        assert sum(bool(part & {names[n] for n in topic}) for part in found) == 1


def test_a_cut_counts_within_itself_and_names_the_nearest_of_other_pages() -> None:
    graph = big_graph()
    found = parts(graph, MOST)
    place_of = {paper: n for n, part in enumerate(found) for paper in part.papers}
    weights = {frozenset((link.a, link.b)): link.weight for link in graph.links}
    stated = linked = 0
    for at, (own, place) in enumerate(cuts(graph, found)):
        assert all(entity.paper_count == len(own.facts_of(name)) for name, entity in own.entities.items())
        assert place.totals == {name: graph.entities[name].paper_count for name in own.entities}
        assert place.elsewhere
        for paper, others in place.elsewhere.items():
            assert place_of[paper] == at
            assert all(other.page == place_of[other.paper] != at for other in others)
            assert all(weights[frozenset((paper, other.paper))] == other.weight for other in others)
            assert [other.weight for other in others] == sorted((o.weight for o in others), reverse=True)
        stated += len(own.facts)
        linked += len(own.links)
    assert stated == len(graph.facts) and 0 < linked < len(graph.links)


@pytest.fixture
def index(reader: Reader, tmp_path: Path) -> Reader:
    for name, content in pages(big_graph(), most=MOST).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    reader.files["index"] = tmp_path / "kg.html"
    return reader


def test_related_papers_of_other_pages_are_a_click_away(index: Reader) -> None:
    page = index.open("index")
    page.locator("ol:not(#found) a").first.click()
    page.wait_for_selector("body[data-ready] #pane-details h2")
    paper = page.evaluate("kg.model.papers.find(({ id }) => kg.model.about(id).elsewhere).id")
    page.evaluate(f"kg.state.choose({paper})")
    link = page.locator("#pane-details a.title").first
    title = link.inner_text()
    link.click()
    page.wait_for_selector("body[data-ready] #pane-details h2")
    assert page.inner_text("#pane-details h2") == title
    page.click("#index")
    page.wait_for_selector("main.index")


def test_the_index_finds_papers_and_techniques_by_name(index: Reader) -> None:
    page = index.open("index")
    graph = big_graph()
    wanted = next(iter(graph.papers.values())).paper.title
    page.fill("#search", wanted[:20])
    assert wanted in page.locator("#found b").all_inner_texts()
    page.locator("#found a", has_text=wanted).first.click()
    page.wait_for_selector("body[data-ready] #pane-details h2")
    assert page.inner_text("#pane-details h2") == wanted
    page.go_back()
    page.wait_for_selector("#search")
    shared = max(graph.entities.values(), key=lambda entity: (entity.paper_count, entity.id))
    page.fill("#search", shared.label)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready] #pane-details h2")
    assert page.inner_text("#pane-details h2") == shared.label
    assert f"{shared.paper_count} on all pages" in page.inner_text("#pane-details")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_index(index: Reader, theme: str) -> None:
    script = axe.source()
    index.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page = index.open("index")
    page.fill("#search", "fox")
    page.evaluate(script)
    assert page.evaluate(AXE) == []
