"""That the drawing can be read: names where they matter, nothing on top of anything, colours that all eyes tell apart."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg.view
from kg.view.data import collect
from tests.view.big import big_graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import Reader

THEME = Path(kg.view.__file__).parent / "page" / "theme.css"
SCALE = "kg.canvas.toScreen({ x: 1000, y: 0 }).x - kg.canvas.toScreen({ x: 0, y: 0 }).x"

# Machado, Oliveira and Fernandes (2009), each at its strongest, for linear light.
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def _light(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _seen(colour: str, eye: str) -> tuple[float, float, float]:
    """Return a colour as an eye sees it, in CIE Lab: 2.3 is a difference that can just be told."""
    parts = [sum(a * b for a, b in zip(row, _light(colour), strict=True)) for row in EYES[eye]]
    red, green, blue = (min(1.0, max(0.0, part)) for part in parts)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _until(page: Page, condition: str) -> None:
    """Wait until something is so; the page's policy forbids the browser's own way to wait."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(60)
    pytest.fail(f"never so: {condition}")


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_08_topics_are_told_apart_with_any_colour_vision(theme: str, eye: str) -> None:
    light, dark = THEME.read_text(encoding="utf-8").split(':root[data-theme="dark"]')
    colours = re.findall(r"--topic-\w+: (#\w{6})", light if theme == "light" else dark)
    assert len(colours) == 11
    assert min(dist(_seen(one, eye), _seen(two, eye)) for one, two in combinations(colours, 2)) > 12


def test_08_a_topic_in_focus_has_a_panel_that_leads_to_its_papers(reader: Reader) -> None:
    page = reader.open("seeds")
    home = page.evaluate(SCALE)
    name = page.evaluate("kg.model.topics[1].name")
    page.locator(".row.topic[aria-pressed]").nth(1).click()
    assert page.inner_text("#pane-details h2") == name
    terms = page.evaluate("kg.model.topics[1].terms.map((term) => kg.model.nodes[term].label)")
    assert page.locator("#pane-details .chips").first.locator(".name").all_inner_texts() == terms
    page.locator("#pane-details .source button").first.click()
    assert page.evaluate("kg.model.nodes[kg.state.get().chosen.node].topic") == 1
    page.keyboard.press("Escape")
    assert page.inner_text("#pane-details h2") == name
    page.click("#pane-details .close")
    assert "What am I looking at?" in page.inner_text("#pane-details")
    _until(page, f"Math.abs({SCALE} - {home}) < 1")  # all of it is shown again


def _written(page: Page) -> list[str]:
    """Return the names on the drawing, of several lines joined."""
    return re.findall(r"<text[^>]*fill=\"#\w+\"[^>]*>([^<]*)</text>", page.evaluate("kg.picture.svg(kg.state.get())"))


@pytest.mark.parametrize("width", [1440, 390])
def test_scale_the_techniques_of_most_papers_have_names(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    page = reader.open("seeds")
    page.keyboard.press("3")
    most = 8 if width == 1440 else 2
    labels = page.evaluate(
        f"[...kg.visible.of(kg.state.get()).nodes].sort((a, b) => b.n - a.n).slice(0, {most}).map(({{ label }}) => label)"
    )
    words = " ".join(_written(page))
    assert [label for label in labels if label not in words] == []


def test_scale_techniques_and_papers_stand_clear_of_one_another() -> None:
    data = collect(big_graph())
    nodes: Any = data.nodes
    apart: Any = data.outline["spread"]
    papers = [(apart * node["x"], apart * node["y"], 13) for node in nodes if not node["group"]]
    shared = [(node["x"], node["y"], node["size"]) for node in nodes if node["group"] and node["n"] > 1]
    assert len(shared) > 100
    for x, y, size in shared:
        assert all(dist((x, y), (a, b)) >= size + other for a, b, other in papers)
    assert all(dist(one[:2], two[:2]) >= one[2] + two[2] for one, two in combinations(shared, 2))


def test_scale_a_selected_paper_shows_its_links_however_weak(reader: Reader) -> None:
    page = reader.open("big")
    drawn = "kg.focus.of(kg.state.get(), kg.visible.of(kg.state.get())).lines.length"
    weak = """kg.model.papers.map(({ id }) => id).find((id) => kg.model.linksOf(id).length > 3
      && kg.model.linksOf(id).filter(({ weight }) => weight >= kg.state.start.minWeight).length < 3)"""
    page.evaluate("kg.state.set({ minWeight: kg.state.start.minWeight })")
    paper = page.evaluate(weak)
    if paper is None:
        pytest.skip("every paper of the graph has strong links")
    page.evaluate(f"kg.state.choose({paper})")
    assert page.evaluate(drawn) == min(12, page.evaluate(f"kg.model.linksOf({paper}).length"))
    page.evaluate("kg.state.set({ minWeight: 2 * kg.state.start.minWeight + 0.001 })")  # the reader asks for fewer
    assert page.evaluate(drawn) < 3


def test_11_a_telephone_begins_with_fewer_techniques_and_shares_what_it_shows(reader: Reader) -> None:
    nodes = "kg.visible.of(kg.state.get()).nodes.length"
    page = reader.open("seeds")
    page.keyboard.press("3")
    wide = page.evaluate(nodes)
    page.goto("about:blank")
    page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("seeds")
    assert page.evaluate("location.hash") == ""
    page.click("[data-view=techniques]")
    narrow, hash_ = page.evaluate(nodes), page.evaluate("location.hash")
    assert 5 < narrow < wide
    page.goto("about:blank")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert reader.open("seeds", hash_).evaluate(nodes) == narrow


def test_12_an_empty_drawing_says_which_filter_empties_it(reader: Reader) -> None:
    page = reader.open("big", "#hide=Paper")
    assert page.inner_text("#nothing p") == "Everything is filtered out. Switch papers back on."
    page.evaluate("kg.state.set({ view: 'techniques', hidden: [], minPapers: 500 })")
    assert page.inner_text("#nothing p") == "Everything is filtered out. Lower the number of papers."
    page.click("#nothing button")
    assert page.is_hidden("#nothing")


def test_11_nodes_keep_their_size_where_nothing_moves_by_itself(reader: Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("seeds")
    page.evaluate("kg.state.chooseLink(0)")
    _until(page, f"kg.nodes.drawn(kg.model.links[0].a).options.size * ({SCALE}) / 1000 < 30")  # pixels of radius
