"""The page by keyboard, with a screen reader, on a telephone (11); guidance (12); safety; scale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.view import page as make_page
from tests.view import axe
from tests.view.big import HOSTILE_TEXTS, wide_graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import Reader

NODES = "kg.visible.of(kg.state.get()).nodes.length"
LINES = "kg.visible.of(kg.state.get()).lines.length"


def _title(page: Page) -> str:
    return page.inner_text("#pane-details h2")


AXE = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " | " + node.failureSummary)]))"""


VIEWS = {
    "papers": "kg.state.set({ view: 'papers' })",
    "papers and techniques": "kg.state.set({ view: 'both' })",
    "techniques": "kg.state.set({ view: 'techniques' })",
    "timeline": "kg.state.set({ view: 'timeline' })",
    "table of papers": "kg.state.set({ view: 'table' })",
    "table of techniques": "kg.state.set({ view: 'table', table: 'techniques' })",
    "a paper": "kg.state.set({ view: 'papers' }); kg.state.choose(1)",
    "a paper among techniques": "kg.state.set({ view: 'both' }); kg.state.choose(1)",
    "a technique": "kg.state.set({ view: 'techniques' }); kg.state.choose(kg.model.factsOf(1)[0].entity)",
    "a link": "kg.state.set({ view: 'papers' }); kg.state.chooseLink(3)",
    "a path": "kg.state.findPath(1, 9)",
    "a path without an end": "kg.state.findPath(1)",
    "a topic": "kg.state.set({ path: null, topic: 1 })",
    "filters": "kg.state.set({ topic: null, hidden: ['Method', 'uses', 'topic:1'], years: [2021, 2024] })",
    "a paper that is filtered out": "kg.state.choose(kg.model.papers.find((paper) => paper.topic === 0).id)",
    "nothing left": "kg.state.set({ chosen: null, hidden: ['Paper'] })",
    "the list": "kg.state.reset(); document.getElementById('tab-list').click()",
    "the list, nothing found": "kg.state.set({ filter: 'no such words' })",
    "the menu": "kg.state.reset(); document.getElementById('keep').click()",
    "suggestions": "(() => { const box = document.getElementById('search'); box.value = 'fox'; box.focus(); box.dispatchEvent(new Event('input')); })()",  # noqa: E501
}


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_11_axe_finds_nothing_serious_in_any_view(reader: Reader, theme: str, width: int) -> None:
    script = axe.source()
    reader.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    reader.page.set_viewport_size({"width": width, "height": 860})
    page = reader.open("big")
    page.evaluate(script)
    found = {}
    for name, action in VIEWS.items():
        page.evaluate(action)
        if problems := page.evaluate(AXE):
            found[name] = problems
    assert found == {}


FOCUSED = """(() => {
  const { activeElement: element } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const name = element.id || element.dataset.view || element.dataset.toggle || element.className;
  return [name, outlineStyle !== "none" && parseFloat(outlineWidth) >= 1];
})()"""


def test_11_everything_can_be_reached_by_keyboard_with_a_visible_focus(reader: Reader) -> None:
    page = reader.open("small")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert all(visible for name, visible in seen if name)
    names = {name for name, _ in seen}
    assert {"search", "keep", "theme", "papers", "table", "canvas", "tab-explore", "Method"} <= names
    page.focus("#keep")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "menuitem"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "keep"


@pytest.mark.parametrize("view", ["papers", "both", "techniques", "timeline", "table"])
def test_11_a_telephone_shows_every_view(reader: Reader, view: str) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("big", f"#view={view}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in page.evaluate("kg.views"):
        box = page.locator(f"[data-view={name}]").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.click("#tab-list")
    page.locator("#list .row").first.click()
    assert page.is_visible("#pane-details h2")


def test_11_colours_follow_the_system_and_can_be_switched(reader: Reader) -> None:
    reader.page.emulate_media(color_scheme="dark")
    page = reader.open("small")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_12_the_page_says_what_it_shows_and_what_to_do(reader: Reader) -> None:
    page = reader.open("big")
    assert "What am I looking at?" in page.inner_text("#pane-details")
    for view in page.evaluate("kg.views.filter((view) => view !== 'table')"):
        page.click(f"[data-view={view}]")
        assert len(page.inner_text("#caption")) > 20
        assert page.locator("#legend .key svg").count() >= 2
    page.click("[data-view=papers]")
    for topic in page.evaluate("kg.model.topics.map(({ id }) => `topic:${id + 1}`).concat('topic:none')"):
        page.evaluate(f"kg.state.toggle('{topic}')")
    assert "Everything is filtered out" in page.inner_text("#nothing")
    page.click("#nothing button")
    assert page.evaluate(NODES) == 78


@pytest.mark.parametrize("view", ["papers", "both", "techniques", "timeline", "table"])
def test_safety_hostile_text_is_text_everywhere(reader: Reader, view: str) -> None:
    page = reader.open("hostile", f"#view={view}")
    for chosen in range(page.evaluate("kg.model.nodes.length")):
        page.evaluate(f"kg.state.choose({chosen})")
        assert _title(page) in HOSTILE_TEXTS
    page.evaluate("kg.state.chooseLink(0)")
    page.evaluate("kg.state.findPath(0, 3)")
    page.fill("#search", "<img")
    assert HOSTILE_TEXTS[0] in page.inner_text("#suggestions")
    page.evaluate("kg.picture.svg(kg.state.get())")
    assert page.locator("img, main script, svg[onload]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("[...document.querySelectorAll('a[target]')].every((a) => a.rel.includes('noopener'))")


def test_scale_a_thousand_papers_draw_what_can_be_read(reader: Reader, tmp_path: Path) -> None:
    content = make_page(wide_graph(papers=1000))
    reader.files["wide"] = tmp_path / "wide.html"
    reader.files["wide"].write_bytes(content)
    page = reader.open("wide")
    assert float(page.evaluate("document.body.dataset.drawn")) < 8000  # docs/explorer.md has the measured times
    assert page.evaluate(NODES) == 1000 and page.evaluate(LINES) <= 3 * 1000
    page.click("[data-view=both]")
    assert page.evaluate(NODES) <= 1000 + 600 and page.evaluate(LINES) <= 4000
    page.click("[data-view=techniques]")
    assert page.evaluate(NODES) <= 600
    assert len(content) / 1000 < 4096 + 600_000 / 1000


def test_scale_names_move_along_while_the_view_moves(reader: Reader, tmp_path: Path) -> None:
    reader.files["wide"] = tmp_path / "wide.html"
    reader.files["wide"].write_bytes(make_page(wide_graph(papers=700)))
    page = reader.open("wide")
    before = page.evaluate("kg.canvas.where(0)")
    page.evaluate("kg.canvas.pan(50, 20)")
    after = page.evaluate("kg.canvas.where(0)")
    assert (round(before["x"] - after["x"]), round(before["y"] - after["y"])) == (50, 20)
    page.wait_for_timeout(400)  # the view rests, and everything is drawn anew
