"""What a person can do with the page, point 10: share and keep; the end of it all is text that other tools read."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import bibtexparser
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import Reader


def _title(page: Page) -> str:
    return page.inner_text("#pane-details h2")


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
    assert (
        picture.count("<circle") > 20 and picture.count('font-size="13" font-weight="650"') == 2
    )  # its ground, its words
    assert ElementTree.fromstring(picture.encode()).tag.endswith("svg")  # noqa: S314  (our own picture)
    title = _title(page)
    rows = list(csv.DictReader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == [title]
    assert bibtexparser.loads(saved("bib").decode()).entries[0]["year"] == rows[0]["year"]
    assert f"TI  - {title}" in saved("ris").decode()
    page.keyboard.press("Escape")
    assert len(list(csv.DictReader(io.StringIO(saved("csv").decode("utf-8-sig"), newline="")))) == 78
    assert saved("svg").decode().count('font-weight="700"') > 4  # the names of topics
    page.click("[data-view=timeline]")
    assert re.findall(r">(20\d\d)<", saved("svg").decode()) == [str(year) for year in range(2019, 2027)]


def test_10_copies_a_link_a_citation_and_sparql(reader: Reader) -> None:
    page = reader.open("small", "#select=paper/2401.00001")
    page.evaluate("window.copied = []")
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied.push(text); }; }")
    for name in ("link", "citation", "sparql"):
        page.click("#keep")
        page.click(f"#keep-{name}")
        page.wait_for_function("!document.getElementById('toast').hidden")
    link, citation, query = page.evaluate("window.copied")
    assert link.endswith("#select=paper/2401.00001")
    assert citation.startswith("Ada Lovelace, Grace Hopper. (2024). Fox Transformer: Quick Detection.")
    from tests.samples import small_graph

    assert len(list(small_graph().query(query).rows)) == 6
