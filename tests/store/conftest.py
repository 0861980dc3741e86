"""Graphs on disk that tests of stores share: the one that the repository holds, with a store made for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.rdf.load import load
from kg.rdf.turtle import to_turtle
from kg.store import Store, disk
from tests.samples import small_graph

SEEDS = Path(__file__).parents[2] / "graphs" / "kg.ttl"


@pytest.fixture
def every_graph_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all graphs asked from disk."""
    monkeypatch.setattr(disk, "LARGE", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small graph of three papers, without a store."""
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()))
    return tmp_path


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of the seeds, and a store on disk for it."""
    place = tmp_path_factory.mktemp("seeds")
    shutil.copy(SEEDS, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "LARGE", 0)
        disk.make(place)
    return place


@pytest.fixture(scope="session")
def seeds_graph(seeds: Path) -> KnowledgeGraph:
    """The graph of the seeds in memory."""
    return load(seeds)


@pytest.fixture(scope="session")
def in_memory(seeds: Path) -> Store:
    """The graph of the seeds in a store in memory."""
    return Store.from_turtle((seeds / "kg.ttl").read_bytes())


@pytest.fixture(scope="session")
def on_disk(seeds: Path) -> Store:
    """The graph of the seeds in its store on disk."""
    kept = disk.open_disk_at(disk.folder_of(seeds / "kg.ttl"))
    return Store(kept.triples, kept, seeds / "kg.ttl")
