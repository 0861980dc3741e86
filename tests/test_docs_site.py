"""The documentation site: its pages show what kg prints, lead somewhere, and ask the network for nothing."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from kg.cli.main import COMMANDS
from tools.reference import PAGES
from tools.sessions import all_refreshed, has_sessions

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
OWN = ("index.md", "tutorial.md", "howto/*.md", "reference/*.md", "explanation/*.md")
DOCUMENTS = sorted(file.relative_to(DOCS).as_posix() for pattern in OWN for file in DOCS.glob(pattern))


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


SHOWING = [name for name in DOCUMENTS if has_sessions(_read(name))]


@pytest.fixture(scope="session")
def shown() -> dict[str, str]:
    """Run what the pages show; returns the pages as they should be."""
    return dict(zip(SHOWING, all_refreshed([_read(name) for name in SHOWING]), strict=True))


@pytest.mark.parametrize("name", SHOWING)
def test_pages_show_what_kg_prints(name: str, shown: dict[str, str]) -> None:
    assert _read(name) == shown[name], "run `make docs`"


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_what_code_and_ontology_say(name: str) -> None:
    assert _read(f"reference/{name}") == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere_and_commands_exist(name: str) -> None:
    text = _read(name)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (DOCS / name).parent.joinpath(target).exists(), target
    for command in re.findall(r"(?:`|^\$ |^)kg ([a-z]+)(?=[`\s])(?! reads)", text, re.MULTILINE):
        assert command in COMMANDS, command


def test_the_reader_of_the_guide_reads() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", _read("howto/extend.md"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "extend.md", "exec"), names)  # noqa: S102  # our own document
    text = "TALK On Hares\nWe count hares.\nTwice.\nTALK \nNo title.\n"
    assert names["sniff"](text) > 0.5
    paper, problem = names["read"](io.StringIO(text), "x.txt")
    assert (paper.title, paper.abstract, problem.reason) == (
        "On Hares",
        "We count hares. Twice.",
        "a talk without title",
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make site` does: a warning is an error."""
    pytest.importorskip("sphinx", reason="sphinx is not installed: the site is not built (pip install --group docs)")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", f"{out}/.trees", str(DOCS), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return out


class _Addresses(HTMLParser):
    """Collects what a page fetches by itself, where it links to, and the names of its own places."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.places.update(said[name] for name in ("id", "name") if name in said)
        if tag == "link" and "href" in said and said.get("rel") not in ("canonical", "index", "search", "next", "prev"):
            self.fetched.append(said["href"])
        self.fetched += [said[name] for name in ("src", "srcset", "data", "poster") if name in said]
        if tag == "a" and "href" in said:
            self.links.append(said["href"])


def _pages(site: Path) -> Iterator[tuple[Path, _Addresses]]:
    for file in sorted(site.rglob("*.html")):
        yield file, _Addresses(file.read_text(encoding="utf-8"))


def test_the_site_fetches_nothing_from_elsewhere(site: Path) -> None:
    for file, page in _pages(site):
        for address in page.fetched:
            assert not urlsplit(address).netloc, f"{file.name} fetches {address}"
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", text), sheet.name


def test_every_link_of_the_site_leads_to_a_place(site: Path) -> None:
    pages = dict(_pages(site))
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or file.name in ("search.html", "genindex.html"):
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            assert target.exists(), f"{file.name} links to {link}"
            if target in pages:
                assert unquote(parts.fragment) in pages[target].places, f"{file.name} links to {link}"


def test_every_page_is_in_the_navigation(site: Path) -> None:
    home = _Addresses((site / "index.html").read_text(encoding="utf-8"))
    linked = {urlsplit(link).path for link in home.links}
    expected = {file.relative_to(DOCS).with_suffix(".html").as_posix() for file in DOCS.rglob("*.md")}
    assert expected - {"index.html", "example-plugin/README.html"} <= linked


_BROWSE = """
import sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.on("request", lambda request: print(request.url))
    page.goto(sys.argv[2] + "/search.html?q=vocabulary")
    page.wait_for_selector("ul.search li")
    for name in ("index.html", "tutorial.html", "reference/ontology.html"):
        page.goto(sys.argv[2] + "/" + name)
    browser.close()
"""


def test_a_browser_asks_the_network_for_nothing_and_finds_words(site: Path) -> None:
    pytest.importorskip("playwright", reason="playwright is not installed: the site is not tried in a browser")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium found (set CHROMIUM to its path): the site is not tried in a browser")
    command = [sys.executable, "-c", _BROWSE, chromium, site.as_uri()]
    asked = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert any(url.endswith("/tutorial.html") for url in asked)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
