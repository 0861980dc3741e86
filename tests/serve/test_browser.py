"""The editor and the pages in a browser: what is shown, and that nothing is asked of anybody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.serve.conftest import RUNS, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [f"--{flag}" for flag in ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser is tried")
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no chromium found (set CHROMIUM to its path): no browser is tried")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    yield page
    context.close()
    assert [url for url in requests if not url.startswith((server.url, "data:"))] == []
    assert [said for said in complaints if "status of 500" not in said and "status of 400" not in said] == []


def _rows(page: Page) -> list[str]:
    page.wait_for_selector(".yasr table tbody tr", timeout=20_000)
    return [row.inner_text() for row in page.query_selector_all(".yasr table tbody tr")]


def test_a_question_is_asked_with_a_click(page: Page, server: Server) -> None:
    page.goto(server.endpoint)
    page.wait_for_selector("body[data-ready='1']")
    assert page.locator("aside button").count() >= 15
    page.click("aside button[data-question='used-with']")
    rows = _rows(page)
    assert len(rows) >= 3 and any("MeadowNet" in row for row in rows)
    assert "PREFIX skos:" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_an_iri_in_an_answer_leads_to_its_page_here(page: Page, server: Server) -> None:
    page.goto(f"{server.endpoint}?query={quote('SELECT ?t { ?t a kg:Task }')}")
    assert len(_rows(page)) == 1
    with page.context.expect_page() as opened:
        page.click(".yasr table a.iri")
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{server.url}papers-kg/id/task/object-detection"
    assert opened.value.inner_text("h1") == "object detection"


EDITOR = "document.querySelector('.CodeMirror').CodeMirror"


def _type(page: Page, start: str, typed: str) -> str:
    """Type after a text in the editor, let it complete what is typed, and return what stands there then."""
    page.evaluate(f"(text) => {{ const e = {EDITOR}; e.setValue(text); e.focus(); e.setCursor(99, 999); }}", start)
    page.keyboard.type(typed)
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint", timeout=10_000)
    page.keyboard.press("Enter")
    return str(page.evaluate(f"{EDITOR}.getValue()"))


def test_completions_come_from_the_page_and_not_from_the_network(page: Page, server: Server) -> None:
    page.goto(server.endpoint)
    page.wait_for_selector("body[data-ready='1']")
    prefix = "PREFIX kg: <https://w3id.org/papers-kg/ontology#>\n"
    assert "kg:proposes" in _type(page, f"{prefix}SELECT * {{ ?p ", "kg:propo")
    assert "kg:SharedTechnique" in _type(page, f"{prefix}SELECT * {{ ?p a ", "kg:Shar")
    assert "PREFIX foaf: <http://xmlns.com/foaf/0.1/>" in _type(page, "SELECT * { ?p ", "foaf:na")


def test_what_goes_wrong_is_said_in_the_pane_of_the_answer(page: Page, server: Server) -> None:
    page.goto(f"{server.endpoint}?query={quote(RUNS)}")
    page.wait_for_selector(".errorResult", timeout=30_000)
    assert "took longer than the 4 seconds" in page.inner_text(".errorResult")


def test_pages_link_to_one_another_and_hostile_text_stays_text(page: Page, server: Server) -> None:
    page.goto(f"{server.url}papers-kg/id/paper/10.1234/hostile")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("h1")
    page.click("text=rare trick >> nth=0")
    assert page.inner_text("h1") == "rare trick"
    page.click("text=Fox Transformer: Quick Detection")
    assert page.inner_text("h1") == "Fox Transformer: Quick Detection"
    marks = page.eval_on_selector_all("blockquote mark", "(found) => found.map((mark) => mark.textContent)")
    assert "91.5%" in marks and "Fox Transformer" in marks
    page.click("text=ask for more")
    assert len(_rows(page)) > 10


def test_a_page_leads_into_the_explorer(page: Page, server: Server) -> None:
    page.goto(f"{server.url}papers-kg/id/method/rare-trick")
    page.click("text=Show it in the explorer")
    page.wait_for_selector("body[data-ready='1']", timeout=20_000)
    assert "rare trick" in page.inner_text("#pane-details")
