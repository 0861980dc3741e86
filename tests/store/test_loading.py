from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.rdf.turtle import to_turtle
from kg.store.loading import load, pieces
from kg.store.survey import survey
from tests.samples import small_graph


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kg.ttl"
    path.write_bytes(to_turtle(small_graph()))
    return path


def test_two_pieces_hold_all_triples_and_each_is_turtle(file: Path) -> None:
    parts = []
    for piece in pieces(file, survey(file)):
        text = b"".join(iter(lambda piece=piece: piece.read(100), b""))  # type: ignore[misc]
        parts.append({str(triple) for triple in parse(text, format=RdfFormat.TURTLE)})
    whole = {str(triple) for triple in parse(file.read_bytes(), format=RdfFormat.TURTLE)}
    assert len(parts) == 2 and all(parts)
    assert parts[0] | parts[1] == whole and not parts[0] & parts[1]


def test_a_store_has_every_triple_once(file: Path, tmp_path: Path) -> None:
    count = load(tmp_path / "store", file, survey(file))
    assert count == len({str(triple) for triple in parse(file.read_bytes(), format=RdfFormat.TURTLE)})


def test_turtle_of_others_is_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://x/b> <http://x/p> 1 .\n<http://x/a> <http://x/p> 2 .\n", encoding="utf-8")
    assert len([*pieces(path, survey(path))]) == 1
    assert load(tmp_path / "store", path, survey(path)) == 2


@pytest.mark.parametrize("place", [0.2, 0.9])
def test_what_is_no_turtle_is_told_whichever_piece_it_is_in(file: Path, tmp_path: Path, place: float) -> None:
    seen, text = survey(file), file.read_bytes()
    at = text.index(b" ;\n", int(place * len(text)))
    file.write_bytes(text[:at] + b" !!" + text[at + 3 :])
    with pytest.raises(SyntaxError):
        load(tmp_path / "store", file, seen)
