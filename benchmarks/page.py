"""How the page grows: time to build it, its size, first draw and frames a second in a browser, at 78 to 5,000 papers.

    python benchmarks/page.py [PAPERS...] [--pickle GRAPH.pickle]...

Prints a Markdown table, as in docs/explorer.md: `first draw` is when the graph is on the canvas, `all of it` when every
panel and filter works too, both since the page was asked for. The graphs are invented (tests/view/big.py); `--pickle`
measures graphs of yours instead. Needs playwright and chromium (CHROMIUM names its path).
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.graph import KnowledgeGraph
from kg.view import page as make_page
from tests.view.big import wide_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (78, 500, 2000, 5000)
ROUNDS = 3
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update"]
FRAMES = """(kind) => new Promise((done) => {
  let frames = 0;
  const start = performance.now();
  const step = () => {
    frames++;
    if (kind === "pan") kg.canvas.pan(frames % 40 < 20 ? 6 : -6, 3 * Math.sin(frames / 9));
    else kg.canvas.nudge(frames % 40 < 20 ? 1.02 : 1 / 1.02);
    const spent = performance.now() - start;
    if (spent > 2500) done((1000 * frames) / spent);
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--pickle", type=Path, action="append", help="a pickled KnowledgeGraph")
    given = parser.parse_args()
    graphs = map(_read, given.pickle) if given.pickle else (wide_graph(papers=count) for count in given.papers)
    from playwright.sync_api import sync_playwright

    print("| papers | entities | build | file | a paper | first draw | all of it | pan | zoom |")  # noqa: T201
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")  # noqa: T201
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for graph in graphs:
            print(measure(graph, browser), flush=True)  # noqa: T201
        browser.close()


def measure(graph: KnowledgeGraph, browser: Browser) -> str:
    """Return the row of a graph."""
    start = time.perf_counter()
    content = make_page(graph)
    built = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kg.html")
        path.write_bytes(content)
        seen = [_look(path, browser) for _ in range(ROUNDS)]
    draw, whole, pan, zoom = (statistics.median(values) for values in zip(*seen, strict=True))
    papers = len(graph.papers)
    each = (len(content) - len(make_page(KnowledgeGraph([], [], [], [])))) / papers
    return (
        f"| {papers:,} | {len(graph.entities):,} | {built:.1f} s | {len(content) / 1e6:.1f} MB | {each / 1024:.1f} KB "
        f"| {draw / 1000:.2f} s | {whole / 1000:.2f} s | {pan:.0f} fps | {zoom:.0f} fps |"
    )


def _look(path: Path, browser: Browser) -> tuple[float, float, float, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]", timeout=120_000)
    drawn, whole = (float(page.evaluate(f"Number(document.body.dataset.{name})")) for name in ("drawn", "usable"))
    frames = [float(page.evaluate(FRAMES, kind)) for kind in ("pan", "zoom")]
    context.close()
    return drawn, whole, frames[0], frames[1]


def _read(path: Path) -> KnowledgeGraph:
    graph: KnowledgeGraph = pickle.loads(path.read_bytes())  # noqa: S301  (a file of the caller's own)
    return graph


if __name__ == "__main__":
    main()
