"""A small graph on disk, and `kg` run inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.main import run
from tests.samples import small_graph


@dataclass(frozen=True)
class Outcome:
    """What a run of `kg` gave."""

    code: int
    out: str
    err: str


Kg = Callable[..., Outcome]


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Kg:
    """Run `kg` with arguments, as the shell would."""

    def call(*args: object) -> Outcome:
        capfd.readouterr()
        code = run([str(arg) for arg in args])
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small graph to a folder, which tests do not change."""
    folder = tmp_path_factory.mktemp("graphs")
    small_graph().write(folder)
    return folder


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three made-up papers as JSON lines, two of which share a technique."""
    records = [
        {
            "id": "p1",
            "title": "FoxNet: Quick Detection",
            "abstract": "We propose FoxNet, a convolutional neural network for object detection. On ImageNet it "
            "reaches an accuracy of 91.5%. Code is at https://github.com/fox/fox.",
        },
        {
            "id": "p2",
            "title": "Hounds That Detect",
            "abstract": "We use a convolutional neural network for object detection and evaluate on ImageNet.",
        },
        {"id": "p3", "title": "A Title Alone"},
    ]
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
