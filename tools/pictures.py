"""Take the pictures of the tutorial: `python -m tools.pictures`, after `make graphs`. Needs Playwright and Chromium.

It does in a browser what the tutorial says, by the keys that the page's help names, so that it outlives changes of the page.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = (1280, 800)
_SETTLE = 1500  # milliseconds


def main() -> None:
    """Write docs/images/tutorial-*.png anew."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        sys.exit("no chromium found; set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light")
        page.goto((ROOT / "graphs" / "kg.html").as_uri())
        _take(page, "tutorial-start")
        page.keyboard.press("/")
        page.keyboard.type("swin", delay=50)
        page.wait_for_timeout(_SETTLE)
        page.keyboard.press("Enter")
        _take(page, "tutorial-search")
        browser.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(_SETTLE)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
