"""Take the pictures of the README, of the tutorial and of docs/explorer.md anew: `python tools/pictures.py [PAGE]`, after `make graphs`.

Opens graphs/kg.html, or the page of the seeds that is given, in Chromium through Playwright (CHROMIUM names its path).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"

_PAPER = "kg.state.choose(kg.search.find('Coarse-to-Fine Vision-Language')[0].node.id)"
_FOUND = "kg.state.choose(kg.search.find('swin')[0].node.id)"
_METHOD = "kg.state.set({ view: 'both' }); kg.state.choose(kg.model.find('method/vision-transformer'))"

PICTURES: dict[str, tuple[Literal["light", "dark"], str]] = {
    "explorer-paper": ("light", _PAPER),
    "explorer-techniques": ("light", _METHOD),
    "explorer-dark": ("dark", ""),
    "tutorial-start": ("light", ""),
    "tutorial-search": ("light", _FOUND),
}
"""What is seen in each picture: the colours, and what is done first."""


def main() -> None:
    """Write the pictures to docs/images/."""
    from playwright.sync_api import sync_playwright

    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "graphs" / "kg.html"
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, (colours, action) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": 1280, "height": 800}, color_scheme=colours, reduced_motion="reduce"
            )
            page.goto(source.resolve().as_uri())
            page.wait_for_selector("body[data-ready]")
            if action:
                page.evaluate(action)
            page.wait_for_timeout(1000)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
