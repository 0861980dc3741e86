"""A store that is made from an earlier one is the store that would be made anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import Store, disk, make, renewing
from kg.store.renewing import SOURCE

pytestmark = pytest.mark.usefixtures("every_graph_is_large")
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"


def replace(file: Path, text: bytes) -> None:
    """Replace a graph as a build does: another file takes the name."""
    draft = file.with_suffix(".part")
    draft.write_bytes(text)
    os.replace(draft, file)


def edited(text: bytes) -> bytes:
    """Return a graph with a node more, one less and one that says something else."""
    head, *nodes = text.split(b"\n\n")
    papers = [n for n, node in enumerate(nodes) if b"a fabio:ResearchPaper" in node]
    nodes[papers[3]] = nodes[papers[3]].replace(b"dcterms:title ", b'dcterms:title "Another Fox", ', 1)
    entity = next(n for n, node in enumerate(nodes) if b"a kg:Dataset" in node)
    more = nodes[entity].replace(b"/dataset/", b"/dataset/0-", 1)
    del nodes[papers[-1]]
    return b"\n\n".join([head, *nodes[:entity], more, *nodes[entity:]])


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each store that was made was made from another."""
    found: list[bool] = []
    renew: Callable[..., int | None] = renewing.renew

    def watch(*given: object) -> int | None:
        count = renew(*given)
        found.append(count is not None)
        return count

    monkeypatch.setattr(disk, "renew", watch)
    return found


def test_it_is_what_would_be_made_anew(seeds: Path, tmp_path: Path, watched: list[bool]) -> None:
    file = tmp_path / "kg.ttl"
    shutil.copy(seeds / "kg.ttl", file)
    make(tmp_path)
    for text in (edited(file.read_bytes()), edited(edited(file.read_bytes())), file.read_bytes()):
        replace(file, text)
        make(tmp_path)
        assert watched[-1:] == [True]
        renewed, fresh = Store.open(tmp_path), Store.from_turtle(text)
        assert renewed.query(EVERYTHING) == fresh.query(EVERYTHING)
        assert len(renewed) == len(fresh)
        assert disk.open_disk(file).count == len(fresh)
        titled = Store.open(tmp_path).index
        assert titled is not None
        papers = titled.execute("SELECT COUNT(*) FROM node WHERE kind = 'paper'").fetchone()[0]
        assert papers == text.count(b"a fabio:ResearchPaper")


def test_a_reader_of_the_old_store_is_not_disturbed(seeds: Path, tmp_path: Path, watched: list[bool]) -> None:
    file = tmp_path / "kg.ttl"
    shutil.copy(seeds / "kg.ttl", file)
    make(tmp_path)
    reader = Store.open(tmp_path)
    before = reader.query(EVERYTHING)
    replace(file, edited(file.read_bytes()))
    make(tmp_path)
    assert watched == [True]
    assert reader.query(EVERYTHING) == before != Store.open(tmp_path).query(EVERYTHING)


@pytest.mark.parametrize("harm", ["no source", "other source", "damaged", "much"])
def test_what_does_not_serve_is_left(seeds: Path, tmp_path: Path, watched: list[bool], harm: str) -> None:
    file = tmp_path / "kg.ttl"
    shutil.copy(seeds / "kg.ttl", file)
    place = make(tmp_path)
    assert place is not None
    text = edited(file.read_bytes())
    replace(file, text)
    if harm == "no source":
        (place / SOURCE).unlink()
    if harm == "other source":
        (place / SOURCE).write_bytes(text)
    if harm == "damaged":
        next((place / "triples").glob("*.sst")).write_bytes(b"no table")
    if harm == "much":
        head, *nodes = text.split(b"\n\n")
        text = b"\n\n".join([head, *nodes[: len(nodes) // 2]])
        replace(file, text)
    make(tmp_path)
    assert True not in watched
    assert len(Store.open(tmp_path)) == len(Store.from_turtle(text))


def test_without_second_names_a_store_is_made_all_the_same(
    seeds: Path, tmp_path: Path, watched: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*paths: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "kg.ttl"
    shutil.copy(seeds / "kg.ttl", file)
    make(tmp_path)
    replace(file, edited(file.read_bytes()))
    make(tmp_path)
    assert watched == [False]
    assert "Another Fox" in {
        row["t"] for row in Store.open(tmp_path).query("SELECT ?t { ?p dcterms:title ?t }").python()
    }
