"""The twelve things a person can do with the page, and its safety, each in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import bibtexparser
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


def _state(page: Page, name: str) -> Any:
    return page.evaluate(f"kg.state.get().{name}")


def test_01_opens_from_disk_without_network_and_never_jiggles(reader: Reader) -> None:
    page = reader.open("seeds")
    assert {url.split(":")[0] for url in reader.requests} <= {"file", "data"}
    assert (
        page.evaluate(
            "performance.getEntriesByType('resource').filter((e) => !/^(file|data|blob):/.test(e.name)).length"
        )
        == 0
    )
    places = "JSON.stringify(kg.model.papers.map(({ id }) => kg.canvas.where(id)))"
    before = page.evaluate(places)
    page.wait_for_timeout(400)
    assert page.evaluate(places) == before
    page.reload()
    page.wait_for_selector("body[data-ready='1']")
    assert page.evaluate(places) == before
    near = """(() => { const d = (a, b) => Math.hypot(a.x - b.x, a.y - b.y), n = kg.model.nodes, p = kg.model.papers;
      const mean = (v) => v.reduce((s, x) => s + x, 0) / v.length;
      return [mean(kg.model.links.map(({ a, b }) => d(n[a], n[b]))), mean(p.flatMap((a) => p.map((b) => d(a, b))))]; })()"""
    linked, any_two = page.evaluate(near)
    assert linked < 0.75 * any_two


def test_02_search_prefers_the_paper_and_enter_jumps(reader: Reader) -> None:
    page = reader.open("seeds")
    page.keyboard.press("/")
    page.keyboard.type("ADEM-VL")
    page.keyboard.press("Enter")
    assert _title(page).startswith("ADEM-VL:")
    assert page.evaluate("kg.model.isPaper(kg.state.get().chosen.node)")
    page.keyboard.press("/")
    page.keyboard.type("ViT")
    assert "vision transformer" in page.inner_text("#suggestions li:first-child").lower()
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_03_a_paper_shows_all_that_was_read(reader: Reader) -> None:
    page = reader.open("big", "#select=paper/2401.00012")
    details = page.inner_text("#pane-details").lower()
    about = page.evaluate("kg.model.about(kg.state.get().chosen.node)")
    assert about["authors"][0].lower() in details and str(about["year"]) in details
    marks = page.locator("#abstract mark[data-node]")
    assert marks.count() == page.evaluate("kg.model.factsOf[kg.state.get().chosen.node].length")
    assert len(set(marks.evaluate_all("(all) => all.map((one) => getComputedStyle(one).boxShadow)"))) > 2
    for heading in ("proposes", "results", "related papers"):
        assert heading in details
    assert page.locator(".results tbody tr").count() == 1
    assert (
        page.locator("#pane-details a[href^='https://github.com/invented/']").get_attribute("rel")
        == "noopener noreferrer"
    )
    assert page.locator(".related .chip").count() > 0


def test_04_an_entity_shows_names_kin_and_every_paper_with_its_words(reader: Reader) -> None:
    page = reader.open("big")
    entity = page.evaluate(
        "kg.model.entities.find((e) => e.n > 3 && (kg.model.broaderOf[e.id].length || kg.model.narrowerOf[e.id].length)).id"
    )
    page.evaluate(f"kg.state.choose({entity})")
    details = page.inner_text("#pane-details").lower()
    assert "a kind of" in details or "kinds of it" in details
    assert page.locator("#pane-details .quote").count() == page.evaluate(f"kg.model.nodes[{entity}].n")
    label = page.evaluate(f"kg.model.nodes[{entity}].label")
    assert all(label.lower() in quote.lower() for quote in page.locator("#pane-details .quote").all_inner_texts())


def test_05_a_click_on_a_link_says_because(reader: Reader) -> None:
    page = reader.open("small")
    a, b, box = page.evaluate("[kg.canvas.where(0), kg.canvas.where(2), kg.canvas.holder.getBoundingClientRect()]")
    link = page.evaluate("kg.model.links[0]")
    a, b = (page.evaluate(f"kg.canvas.where({link[end]})") for end in "ab")
    page.mouse.click((a["x"] + b["x"]) / 2 + box["left"], (a["y"] + b["y"]) / 2 + box["top"])
    page.wait_for_selector(".because")
    weights = [float(text.split()[0]) for text in page.locator(".because .head .number").all_inner_texts()]
    assert weights == sorted(weights, reverse=True) and len(weights) == 2
    assert page.locator(".because .quote").count() == 4


def test_06_filters_narrow_count_and_reset(reader: Reader) -> None:
    page = reader.open("big")
    papers, lines = page.evaluate(NODES), page.evaluate(LINES)
    assert all(re.fullmatch(r"[\d,]+", text) for text in page.locator("#legend .toggle .number").all_text_contents())
    page.click("#roles summary")
    page.click("#roles [data-toggle=uses]")
    assert page.evaluate(LINES) < lines
    page.locator("#min-weight").evaluate(
        "(e) => { e.value = e.max / 2; e.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    fewer = page.evaluate(LINES)
    assert page.inner_text("#legend .slider output").startswith(f"{fewer:,} of ")
    page.select_option("#year-from", "2024")
    years = page.evaluate("kg.visible.of(kg.state.get()).nodes.map(({ id }) => kg.model.about(id).year)")
    assert years and min(years) == 2024
    assert page.inner_text("#years-count") == f"{len(years)} of 78 papers"
    page.click("[data-toggle='topic:1']")
    assert page.evaluate("kg.visible.of(kg.state.get()).nodes.some(({ topic }) => topic === 0)") is False
    page.click("#reset")
    assert (page.evaluate(NODES), page.evaluate(LINES)) == (papers, lines)


def test_06_year_and_topic_filters_reach_the_techniques(reader: Reader) -> None:
    page = reader.open("big", "#view=techniques")
    before = page.evaluate(NODES)
    page.select_option("#year-from", "2026")
    assert 0 < page.evaluate(NODES) < before


@pytest.mark.parametrize("name", ["seeds", "big"])
def test_07_views_switch_and_the_timeline_needs_years(reader: Reader, name: str) -> None:
    page = reader.open(name)
    assert page.get_attribute("[data-view=papers]", "aria-pressed") == "true"
    assert page.is_visible("[data-view=timeline]") is (name == "big")
    for key, view in enumerate(page.evaluate("kg.views"), 1):
        page.keyboard.press(str(key))
        assert page.get_attribute(f"[data-view={view}]", "aria-pressed") == "true"
    if name == "big":
        page.click("[data-view=timeline]")
        spots = page.evaluate("kg.model.papers.map(({ id }) => [kg.model.about(id).year, kg.canvas.where(id).x])")
        by_year: dict[int, list[float]] = {}
        for year, x in spots:
            by_year.setdefault(year, []).append(x)
        ordered = [by_year[year] for year in sorted(by_year)]
        assert all(max(one) < min(two) for one, two in pairwise(ordered))


def test_07_tables_sort_by_every_column(reader: Reader) -> None:
    page = reader.open("big", "#view=table")
    for table in ("papers", "techniques"):
        page.click(f"[data-table={table}]")
        for column in page.locator("[data-sort]").evaluate_all("(all) => all.map((one) => one.dataset.sort)"):
            for _ in range(2):
                page.click(f"[data-sort={column}]")
                index = page.evaluate(
                    f"[...document.querySelectorAll('[data-sort]')].findIndex((e) => e.dataset.sort === '{column}')"
                )
                way = page.locator("thead th").nth(index).get_attribute("aria-sort")
                cells = page.locator(f"tbody tr > :nth-child({index + 1})").all_inner_texts()
                numbers = [float(text.replace(",", "")) for text in cells if re.fullmatch(r"[\d,.]+", text)]
                if len(numbers) == len(cells):
                    assert numbers == sorted(numbers, reverse=way == "descending")
                else:
                    filled = [text for text in cells if text]
                    ordered = page.evaluate("(all) => [...all].sort(kg.text.byAlphabet)", filled)
                    assert filled == (ordered if way == "ascending" else ordered[::-1])
    page.locator("tbody .title").first.click()
    assert _title(page) == page.locator("tbody tr[aria-current] .title").inner_text()


def test_08_topics_are_named_coloured_sized_and_focused(reader: Reader) -> None:
    page = reader.open("seeds")
    rows = page.locator(".row.topic[aria-pressed]")
    names = page.evaluate("kg.model.topics.map(({ name }) => name)")
    assert len(set(names)) == len(names) == rows.count() > 2
    for dull in ("deep neural network", "data modality", "source code", "neural network"):
        assert all(dull not in name.split(" · ") for name in names)
    colours = page.locator(".topicrow .dot[data-toggle^='topic:'] .swatch").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colours)) == len(colours)
    size = int(rows.first.locator(".number").inner_text())
    rows.first.click()
    assert page.evaluate("kg.focus.of(kg.state.get(), kg.visible.of(kg.state.get())).ids.size") == size


def test_09_a_path_is_a_chain_with_reasons(reader: Reader) -> None:
    page = reader.open("big", "#select=paper/2401.00012")
    start = _title(page)
    page.click("#path-from")
    assert "Choose where the path ends" in page.inner_text("#pane-details")
    far = page.evaluate("""(() => { const from = kg.state.get().path.from;
      return kg.model.papers.map(({ id }) => id).find((id) => (kg.path.between(from, id) || []).length > 1); })()""")
    page.fill("[data-end=To]", page.evaluate(f"kg.model.nodes[{far}].label"))
    page.keyboard.press("Enter")
    stations = page.locator(".chain .station .title").all_inner_texts()
    assert stations[0] == start and len(stations) > 2
    assert page.locator(".chain .reason").count() == len(stations) - 1
    assert all(text.strip() for text in page.locator(".chain .reason").all_inner_texts())
    assert page.evaluate("kg.focus.of(kg.state.get(), kg.visible.of(kg.state.get())).lines.length") > 0
    assert "path=paper/2401.00012~" in page.evaluate("location.hash")
    page.keyboard.press("Escape")
    assert page.evaluate("kg.state.get().path") is None


def test_09_the_other_end_of_a_path_can_be_an_entity_that_is_clicked(reader: Reader) -> None:
    page = reader.open("small", "#select=paper/2401.00001&view=both")
    page.click("#path-from")
    page.click("#tab-list")
    page.click("#list button:has-text('rare trick')")
    assert page.locator(".chain .station .title").all_inner_texts() == [
        "Fox Transformer: Quick Detection",
        "rare trick",
    ]
    assert "We propose the Fox Transformer" in page.inner_text(".chain .quote")


def test_10_the_address_holds_view_selection_and_filters(reader: Reader) -> None:
    page = reader.open("big")
    page.click("#roles summary")
    page.click("#roles [data-toggle=uses]")
    page.select_option("#year-from", "2022")
    page.click("[data-toggle='topic:2']")
    page.locator("#min-weight").evaluate(
        "(e) => { e.value = e.max / 3; e.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    page.keyboard.press("4")
    page.evaluate("kg.state.choose(kg.visible.of(kg.state.get()).nodes[0].id)")
    keep = "JSON.stringify([kg.state.get(), kg.visible.of(kg.state.get()).nodes.map((n) => n.id)], (k, v) => (k === 'tab' ? undefined : v))"
    before, hash_ = page.evaluate(keep), page.evaluate("location.hash")
    page.goto("about:blank")
    after = json.loads(reader.open("big", hash_).evaluate(keep))
    before = json.loads(before)
    assert after[0].pop("minWeight") == pytest.approx(before[0].pop("minWeight"), abs=1e-4)
    assert after == before


def test_10_saves_pictures_and_lists_of_papers(reader: Reader) -> None:
    page = reader.open("big", "#select=paper/2401.00012")

    def saved(name: str) -> bytes:
        page.click("#keep")
        with page.expect_download() as download:
            page.click(f"#keep-{name}")
        return download.value.path().read_bytes()

    assert saved("png").startswith(b"\x89PNG")
    picture = saved("svg").decode()
    assert picture.count("<circle") > 20 and "<text" in picture
    assert ElementTree.fromstring(picture.encode()).tag.endswith("svg")  # noqa: S314  (our own picture)
    title = _title(page)
    rows = list(csv.DictReader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == [title]
    assert bibtexparser.loads(saved("bib").decode()).entries[0]["year"] == rows[0]["year"]
    assert f"TI  - {title}" in saved("ris").decode()
    page.keyboard.press("Escape")
    assert len(list(csv.DictReader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))) == 78


def test_10_copies_a_link_a_citation_and_sparql(reader: Reader) -> None:
    page = reader.open("small", "#select=paper/2401.00001")
    page.evaluate("window.copied = []")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied.push(text); }")
    for name in ("link", "citation", "sparql"):
        page.click("#keep")
        page.click(f"#keep-{name}")
        page.wait_for_function("!document.getElementById('toast').hidden")
    link, citation, query = page.evaluate("window.copied")
    assert link.endswith("#select=paper/2401.00001")
    assert citation.startswith("Ada Lovelace, Grace Hopper. (2024). Fox Transformer: Quick Detection.")
    from tests.samples import small_graph

    assert len(list(small_graph().query(query).rows)) == 6


AXE = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " | " + node.failureSummary)]))"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "hash_",
    [
        "",
        "#view=both&select=paper/2401.00012",
        "#view=techniques",
        "#view=timeline",
        "#view=table",
        "#path=paper/2401.00012~paper/2402.00001",
    ],
)
def test_11_axe_finds_nothing_serious(reader: Reader, theme: str, hash_: str) -> None:
    script = axe.source()
    reader.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page = reader.open("big", hash_)
    page.evaluate(script)
    assert page.evaluate(AXE) == []
    if not hash_:
        page.click("#keep")
        assert page.evaluate(AXE) == []
        page.keyboard.press("Escape")
        page.click("#tab-list")
        assert page.evaluate(AXE) == []


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
