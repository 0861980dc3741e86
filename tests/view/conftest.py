"""A browser and somebody who opens pages in it, for the tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph import KnowledgeGraph
from kg.pipeline import build
from kg.view import page as make_page
from tests.samples import small_graph
from tests.view.big import big_graph, hostile_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEEDS = Path(__file__).parents[2] / "seeds"

_FLAGS = [
    f"--{flag}"
    for flag in "no-sandbox disable-gpu disable-quic no-first-run disable-sync disable-component-update".split()
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser"
    )
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no chromium found (set CHROMIUM to its path): the page is not tried in a browser")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    graphs = {
        "small": small_graph(),
        "big": big_graph(),
        "hostile": hostile_graph(),
        "empty": KnowledgeGraph([], [], [], []),
        "seeds": build([str(SEEDS)]).graph,
    }
    found = {}
    for name, graph in graphs.items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(make_page(graph))
    return found


class Reader:
    """Somebody who opens a page; notes every request and every complaint of the browser."""

    def __init__(self, browser: Browser, files: dict[str, Path]) -> None:
        self.files = files
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, name: str, hash_: str = "") -> Page:
        self.page.goto(self.files[name].as_uri() + hash_)
        self.page.wait_for_selector("body[data-ready='1']", timeout=20_000)
        return self.page


@pytest.fixture
def reader(browser: Browser, files: dict[str, Path]) -> Iterator[Reader]:
    reader = Reader(browser, files)
    yield reader
    reader.context.close()
    assert [url for url in reader.requests if not url.startswith(("file:", "data:"))] == []
    assert reader.complaints == []
