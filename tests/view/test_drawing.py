"""What the drawing promises beyond being there: things can be hit, say why they are there, and fit any frame and mode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.view import page as make_page
from tests.view.odd import odd_graphs

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import Reader


def test_every_node_can_be_hit_where_it_stands(reader: Reader) -> None:
    page = reader.open("big")
    hit = """kg.visible.of(kg.state.get()).nodes.filter(({ id }) => {
      const { x, y } = kg.canvas.where(id);
      return kg.canvas.nodeAt(x, y) !== id;
    }).length"""
    for view in ("papers", "techniques", "timeline"):
        page.click(f"[data-view={view}]")
        assert page.evaluate(hit) == 0


def test_nodes_that_share_the_work_of_the_first_are_like_it(reader: Reader) -> None:
    page = reader.open("big")
    alike = """(() => {
      const [one, two] = [0, 1].map((id) => kg.nodes.drawn(id));
      return [Object.keys(one.options).sort().join() === Object.keys(two.options).sort().join(), one.options !== two.options,
        one.shape.options === one.options, two.shape.options === two.options, one.options.shape === two.options.shape];
    })()"""
    assert page.evaluate(alike) == [True] * 5


def test_a_line_says_why_it_is_there(reader: Reader) -> None:
    page = reader.open("small")
    link = page.evaluate("kg.model.links[0]")
    a, b = (page.evaluate(f"kg.canvas.where({link[end]})") for end in "ab")
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.move((a["x"] + b["x"]) / 2 + box["x"], (a["y"] + b["y"]) / 2 + box["y"])
    page.wait_for_selector("#tooltip:not([hidden])")
    assert page.inner_text("#tooltip").startswith("Both have rare trick, MeadowNet")


@pytest.mark.parametrize(
    ("filters", "words", "button"),
    [
        ("{ hidden: ['topic:1'] }", "filtered out of the drawing", "Reset filters"),
        ("{ years: [2019, 2019] }", "Its year is filtered out", "Show all years"),
    ],
)
def test_what_is_filtered_out_can_be_read_and_brought_back(
    reader: Reader, filters: str, words: str, button: str
) -> None:
    page = reader.open("big")
    page.evaluate("kg.state.choose(kg.model.papers.find(({ topic, year }) => topic === 0 && year > 2019).id)")
    assert page.locator(".note").count() == 0
    page.evaluate(f"kg.state.set({filters})")
    assert words in page.inner_text(".note")
    page.click(f".note button:has-text('{button}')")
    assert page.locator(".note").count() == 0
    assert page.evaluate("kg.visible.of(kg.state.get()).ids.has(kg.state.get().chosen.node)")


def test_a_paper_without_a_year_is_told_apart_on_the_timeline(reader: Reader) -> None:
    page = reader.open("small", "#view=timeline")
    paper = page.evaluate("kg.model.papers.find(({ year }) => !year)?.id")
    if paper is None:
        pytest.skip("every paper of the small graph has a year")
    page.evaluate(f"kg.state.choose({paper})")
    assert "has no year" in page.inner_text(".note")
    page.click(".note button")
    assert page.evaluate("kg.state.get().view") == "papers"


def test_papers_come_before_what_only_one_of_them_names(reader: Reader) -> None:
    page = reader.open("seeds")
    page.fill("#search", "vision")
    shown = page.evaluate("kg.search.find('vision', 40).map(({ node }) => [kg.model.isPaper(node.id), node.n])")
    first_lone = next((at for at, (paper, n) in enumerate(shown) if not paper and n == 1), len(shown))
    assert any(paper for paper, _ in shown[:first_lone])


def test_a_path_in_a_view_without_its_techniques_is_one_chain(reader: Reader) -> None:
    page = reader.open("seeds")
    through = """(() => {
      for (const { id } of kg.model.papers) for (const { id: other } of kg.model.papers) {
        const steps = kg.path.between(id, other) || [];
        if (steps.some(({ to }) => !kg.model.isPaper(to))) return [id, other];
      }
      return null;
    })()"""
    ends = page.evaluate(through)
    if ends is None:
        pytest.skip("no path leads through a technique")
    page.evaluate("([a, b]) => kg.state.findPath(a, b)", ends)
    focus = page.evaluate(
        "(() => { const f = kg.focus.of(kg.state.get(), kg.visible.of(kg.state.get())); return [f.ids.size, f.lines.length]; })()"
    )
    assert focus[1] == focus[0] - 1


def test_paper_is_light(reader: Reader) -> None:
    reader.page.emulate_media(color_scheme="dark")
    page = reader.open("small", "#select=paper/2401.00001")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.is_visible("#pane-details") and page.is_visible("#canvas")
    assert not page.is_visible("#search") and not page.is_visible("#pane-explore")
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight / 2")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_nothing_moves_by_itself_for_those_who_ask_for_that(reader: Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    page = reader.open("big")
    page.evaluate("kg.state.set({ topic: 1 })")
    place = "JSON.stringify(kg.canvas.where(0))"
    at_once = page.evaluate(place)
    page.wait_for_timeout(500)
    assert page.evaluate(place) == at_once


def _opened(reader: Reader, folder: Path, name: str, width: int) -> Page:
    reader.files[name] = folder / "odd.html"
    reader.files[name].write_bytes(make_page(odd_graphs()[name]))
    reader.page.set_viewport_size({"width": width, "height": 844})
    return reader.open(name)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", list(odd_graphs()))
def test_odd_libraries_fit_the_page_in_every_view(reader: Reader, tmp_path: Path, name: str, width: int) -> None:
    page = _opened(reader, tmp_path, name, width)
    for action in (
        "kg.state.set({ view: 'papers' })",
        "kg.state.set({ view: 'both' })",
        "kg.state.set({ view: 'techniques' })",
        "kg.state.set({ view: 'table' })",
        "kg.state.choose(0)",
        "kg.state.choose(kg.model.nodes.length - 1)",
        "kg.state.findPath(0, kg.model.papers.length - 1)",
    ):
        page.evaluate(action)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = "[...document.querySelectorAll('.pane:not([hidden]), .bar')].filter((e) => e.scrollWidth > e.clientWidth + 1).length"
        assert page.evaluate(wide) == 0


def test_no_lines_are_explained(reader: Reader, tmp_path: Path) -> None:
    assert "no lines" in _opened(reader, tmp_path, "nothing shared", 1440).inner_text("#caption")


def test_words_run_in_their_own_direction(reader: Reader, tmp_path: Path) -> None:
    page = _opened(reader, tmp_path, "right to left", 1440)
    page.evaluate("kg.state.choose(0)")
    for place in ("#abstract", "#pane-details h2"):
        edges = """(element) => {
          const range = document.createRange();
          range.selectNodeContents(element.firstChild);
          return [element.getBoundingClientRect().right, range.getBoundingClientRect().right];
        }"""
        frame, words = page.locator(place).evaluate(edges)
        assert frame - words < 3


def test_a_small_window_scrolls_as_a_whole(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 512, "height": 384})  # 1024 by 768 at 200 %
    page = reader.open("big", "#select=paper/2401.00012")
    assert page.evaluate("document.documentElement.scrollWidth") <= 512
    assert page.evaluate("document.documentElement.scrollHeight") > 1000
    assert page.evaluate("document.getElementById('canvas').clientHeight") >= 200
