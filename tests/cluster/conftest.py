"""An engine that runs all tasks in this process, and a cluster of processes on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from kg.cli.main import run
from tests.making.test_stream import records

FILES = ("kg.ttl", ".kg/origins.jsonl", ".kg/reasons.jsonl")


class Here:
    """Runs every task in this process; `again` runs each twice, as a cluster may."""

    again = False

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def check(self, folder: Path) -> None:
        self.run(folder, "hello", 1, lambda number: None)

    def run(self, folder: Path, name: str, parts: int, done: Callable[[int], None]) -> list[Any]:
        from kg.cluster.job import load
        from kg.cluster.passes import passes

        found = []
        for part in range(parts):
            for _ in range(1 + self.again):
                answer = passes()[name](load(folder), part)
            found.append(json.loads(json.dumps(answer)))
            done(len(found))
        return found


def built(source: Path, out: Path, *options: str) -> list[bytes]:
    """Return the files of a build."""
    assert run(["build", str(source), "-o", str(out), "--to", "turtle", *options]) == 0
    return [(out / name).read_bytes() for name in FILES]


def write_papers(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records(count)), encoding="utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers.jsonl", 60)
