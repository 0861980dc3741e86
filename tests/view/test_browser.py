"""The page in a real browser: what people see and do, and that nothing leaves the machine or runs from the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import Reader

HOSTILE = 'Hostile <img src=x onerror=alert(1)> & "quotes" \\ </script>'


def _title(page: Page) -> str:
    return page.inner_text("#pane-details h2")


@pytest.mark.parametrize("name", ["small", "big"])
@pytest.mark.parametrize("view", ["papers", "both", "techniques"])
def test_every_view_draws(reader: Reader, name: str, view: str) -> None:
    page = reader.open(name, f"#view={view}")
    assert page.get_attribute(f"[data-view={view}]", "aria-pressed") == "true"
    assert page.evaluate("kg.visible.of(kg.state.get()).nodes.length") > 0
    assert page.inner_text("#caption")


def test_an_empty_graph_says_what_to_do(reader: Reader) -> None:
    assert "no papers yet" in reader.open("empty").inner_text("#nothing")


def test_search_finds_by_alias_and_enter_goes_there(reader: Reader) -> None:
    page = reader.open("small")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("vit")
    assert "vision transformer" in page.inner_text("#suggestions li:first-child")
    page.keyboard.press("Enter")
    assert _title(page) == "vision transformer"
    assert "A transformer over image patches." in page.inner_text("#pane-details")


def test_titles_that_begin_with_the_words_come_first(reader: Reader) -> None:
    page = reader.open("small")
    page.fill("#search", "fox trans")
    labels = page.locator("#suggestions li > span").all_inner_texts()
    assert labels[0].startswith("Fox Transformer")
    page.fill("#search", "hostile")
    assert page.inner_text("#suggestions li:first-child > span") == HOSTILE


def test_escape_clears_the_search_then_the_selection(reader: Reader) -> None:
    page = reader.open("small", "#select=method/rare-trick")
    assert _title(page) == "rare trick"
    page.keyboard.press("/")
    page.keyboard.type("xyzzy")
    assert "Nothing goes by that name" in page.inner_text("#suggestions")
    page.keyboard.press("Escape")
    assert page.input_value("#search") == "" and page.is_hidden("#suggestions")
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("kg.state.get().chosen") is None


def test_list_leads_to_the_details_with_the_words(reader: Reader) -> None:
    page = reader.open("small")
    page.click("#tab-list")
    page.click("#list button:has-text('Fox Transformer')")
    details = page.inner_text("#pane-details")
    assert "Ada Lovelace, Grace Hopper" in details and "91.5%" in details
    quote = page.locator(".fact[open] .quote").first.inner_text()
    assert (
        quote == "We propose the Fox Transformer, a vision transformer (ViT) with the rare trick for object detection."
    )
    assert page.locator("#abstract mark[data-node]").all_inner_texts()[:2] == ["Fox Transformer", "vision transformer"]
    code = page.locator("#pane-details a", has_text="github.com/fox/fox")
    assert code.get_attribute("href") == "https://github.com/fox/fox" and "noopener" in (
        code.get_attribute("rel") or ""
    )


def test_entity_shows_every_paper_by_role_with_its_sentence(reader: Reader) -> None:
    page = reader.open("small", "#select=method/rare-trick")
    details = page.inner_text("#pane-details").lower()
    assert "used in" in details and "compared with in" in details
    assert page.locator(".quote").all_inner_texts()[1] == "The rare trick and vision transformers are compared."


def test_link_says_because(reader: Reader) -> None:
    page = reader.open("small", "#select=paper/2401.00001")
    page.click("text=Why linked?")
    assert page.locator(".because .chip .name").all_inner_texts() == ["rare trick", "MeadowNet"]
    assert page.locator(".because .quote").count() == 4


def test_class_toggles_hide_nodes(reader: Reader) -> None:
    page = reader.open("small", "#view=both")
    shown = "[...new Set(kg.visible.of(kg.state.get()).nodes.map((node) => node.group))].sort().join()"
    assert page.evaluate(shown) == "Dataset,Method,Paper"
    page.click("[data-toggle=Dataset]")
    assert page.evaluate(shown) == "Method,Paper"
    assert page.get_attribute("[data-toggle=Dataset]", "aria-pressed") == "false"
    page.click("[data-toggle=Method]")
    page.click("[data-toggle=Paper]")
    assert "Everything is filtered out" in page.inner_text("#nothing")
    page.click("#nothing button")
    assert page.evaluate(shown) == "Dataset,Method,Paper"


def test_class_toggles_take_their_part_out_of_links(reader: Reader) -> None:
    page = reader.open("small")
    lines = "kg.visible.of(kg.state.get()).lines.length"
    assert page.evaluate(lines) == 1
    page.click("[data-toggle=Method]")
    page.click("[data-toggle=Dataset]")
    assert page.evaluate(lines) == 0


def test_hostile_title_is_text_and_nothing_runs(reader: Reader) -> None:
    page = reader.open("small", "#select=paper/10.1234/hostile")
    assert _title(page) == HOSTILE
    assert page.locator("img").count() == 0
    page.click("#tab-list")
    assert HOSTILE in page.locator("#list .title").all_inner_texts()


def test_click_on_a_node_selects_it_and_on_nothing_lets_go(reader: Reader) -> None:
    page = reader.open("big")
    at, box = page.evaluate("[kg.canvas.where(3), kg.canvas.holder.getBoundingClientRect()]")
    page.mouse.click(at["x"] + box["left"], at["y"] + box["top"])
    page.wait_for_function("kg.state.get().chosen?.node === 3")
    assert "select=paper" in page.evaluate("location.hash")
    page.go_back()
    page.wait_for_function("kg.state.get().chosen === null")


def test_address_leads_to_the_same_view(reader: Reader) -> None:
    page = reader.open("big", "#view=techniques&topic=2")
    assert page.evaluate("[kg.state.get().view, kg.state.get().topic]") == ["techniques", 1]
    page.keyboard.press("1")
    assert page.get_attribute("[data-view=papers]", "aria-pressed") == "true"


def test_list_filter_narrows_the_list_and_says_when_nothing_is_left(reader: Reader) -> None:
    page = reader.open("big")
    page.click("#tab-list")
    before = page.locator("#list .row").count()
    page.fill("#filter", "spectral")
    assert 0 < page.locator("#list .row").count() < before
    page.fill("#filter", "no such words")
    assert "Nothing in this view goes by" in page.inner_text("#list")


def test_focusing_a_topic_narrows_the_list(reader: Reader) -> None:
    page = reader.open("big")
    row = page.locator(".row.topic").first
    size = int(row.locator(".number").inner_text())
    row.click()
    assert page.inner_text("#listed") == str(size)


def test_dark_and_light(reader: Reader) -> None:
    page = reader.open("small")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_narrow_windows_do_not_scroll_sideways_and_show_details_in_a_tab(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    page = reader.open("big")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#tab-list")
    page.locator("#list .row").first.click()
    assert page.get_attribute("#tab-details", "aria-selected") == "true"
    assert page.is_visible("#pane-details h2")


def test_everything_that_acts_has_a_name(reader: Reader) -> None:
    page = reader.open("big", "#view=both")
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select, a')].filter((e) => e.offsetParent && "
        "!(e.innerText || e.getAttribute('aria-label') || e.labels?.length || e.title)).map((e) => e.outerHTML)"
    )
    assert nameless == []
