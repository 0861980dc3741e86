"""A small graph on disk, and `kg serve` running over it as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.samples import small_graph

for _needed in ("starlette", "uvicorn", "httpx"):
    pytest.importorskip(_needed, reason=f"{_needed} is not installed: kg serve is not tried")

SORTS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i ?l"
"""Takes memory until there is no more."""

RUNS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
"""Takes time until there is no more, and no memory."""

Serve = Callable[..., "Server"]


class Server:
    """A `kg serve` that runs; `url` ends in a slash."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.process = process
        self.url = process.stdout.readline().strip()
        assert self.url, process.communicate()[1]
        self.endpoint = f"{self.url}sparql"

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop the server as Ctrl-C would, and return how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(20)


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Server]:
    """Run `kg serve` for a while."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        server = Server(process)
        yield server
        server.stop()
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small graph with its page."""
    folder = tmp_path_factory.mktemp("served")
    small_graph().write(folder)
    (folder / ".kg").mkdir()
    reason = '{"entity": "method/vision-transformer", "reasons": ["ViT stands beside it in brackets"]}\n'
    (folder / ".kg" / "reasons.jsonl").write_text(reason, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """Run a server that tests share: two workers, four seconds and 200 MB a query, 300 rows."""
    with serving(
        folder, "--timeout", "4", "--memory", "200", "--workers", "2", "--rows", "300", "--body", "20000"
    ) as server:
        yield server
