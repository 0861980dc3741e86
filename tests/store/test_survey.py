from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from kg.graph import KnowledgeGraph
from kg.rdf.turtle import to_turtle
from kg.store import survey as room
from kg.store.survey import SECTIONS, blocks_of, lines_of, survey
from tests.rdf.strategies import graphs
from tests.samples import small_graph


def _written(folder: Path, turtle: str) -> Path:
    (folder / "kg.ttl").write_text(turtle, encoding="utf-8", newline="\n")
    return folder / "kg.ttl"


def _blocks(turtle: str) -> list[str]:
    return [f"<{block}" for block in turtle.rstrip("\n").split("\n\n<")[1:]]


def test_it_tells_where_each_sort_of_node_stands(tmp_path: Path) -> None:
    turtle = to_turtle(small_graph()).decode()
    file = _written(tmp_path, turtle)
    seen = survey(file, papers=True)
    assert seen.ours and seen.base == "https://w3id.org/papers-kg/id/"
    assert seen.nodes == len(_blocks(turtle))
    assert seen.papers == tuple(seen.base + paper for paper in sorted(small_graph().papers))
    with file.open("rb") as opened:
        for name in SECTIONS:
            found = [f"<{block}" for start, end in seen.spans(name) for block in blocks_of(opened, start, end)]
            assert found == [block for block in _blocks(turtle) if block.startswith(f"<{seen.base}{name}/")]
            lines = [line for start, end in seen.spans(name) for line in lines_of(opened, start, end)]
            assert "".join(lines).split() == " ".join(found).split()


@pytest.mark.parametrize("size", [64, 200, 1000])
def test_pieces_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    turtle = to_turtle(small_graph()).decode()
    file = _written(tmp_path, turtle)
    whole = survey(file)
    monkeypatch.setattr(room, "_CHUNK", size)
    assert survey(file) == whole
    with file.open("rb") as opened:
        found = [f"<{block}" for _, start, end in whole.sections for block in blocks_of(opened, start, end)]
    assert found == _blocks(turtle)


@given(graphs())
def test_whatever_the_writer_writes_is_ours(tmp_path_factory: pytest.TempPathFactory, graph: KnowledgeGraph) -> None:
    turtle = to_turtle(graph).decode()
    seen = survey(_written(tmp_path_factory.mktemp("any"), turtle))
    assert seen.ours
    assert seen.nodes == len(_blocks(turtle))


_END = "\n<urn:z>\n    a <urn:c> .\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "# a comment\n" + text,
        lambda text: text.replace("@prefix kg:", "@prefix k:", 1),
        lambda text: text.replace("\n    a kg:", "\n   a kg:", 1),
        lambda text: text + "\n<urn:x> a <urn:c> .\n",
        lambda text: text + "\n_:a a <urn:c> .\n",
        lambda text: text + "<urn:x>\n    a <urn:c> .\n",
        lambda text: text + "\n<http://a/>\n    a <urn:c> .\n",
        lambda text: text + _END + _END,
        lambda text: text.removesuffix(" .\n"),
        lambda text: "",
    ],
    ids=["comment", "prefix", "indent", "one line", "blank", "no gap", "order", "twice", "no end", "empty"],
)
def test_what_others_wrote_is_not(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    text = change(to_turtle(small_graph()).decode())
    seen = survey(_written(tmp_path, text))
    assert not seen.ours if text else seen.nodes == 0


def test_what_has_no_place_is_told_apart(tmp_path: Path) -> None:
    seen = survey(_written(tmp_path, to_turtle(small_graph()).decode() + _END))
    assert seen.ours and len(seen.spans("")) == 1


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    file = _written(tmp_path, "a")
    first = survey(file).digest
    file.write_bytes(b"b")
    assert survey(file).digest != first
