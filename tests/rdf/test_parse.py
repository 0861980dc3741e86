from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.rdf.parse import subjects
from kg.rdf.turtle import to_turtle
from tests.samples import small_graph


def test_a_subject_in_several_places_comes_once(tmp_path: Path) -> None:
    file = tmp_path / "kg.ttl"
    file.write_bytes(b"<urn:b> <urn:p> 1 .\n<urn:a> <urn:p> 2 .\n<urn:b> <urn:p> 3 .\n")
    found = {subject: [thing.value for _, thing in pairs] for subject, pairs in subjects(file)}
    assert list(found) == ["urn:a", "urn:b"] and found["urn:b"] == ["1", "3"]


def test_our_own_layout_is_streamed_and_a_hidden_second_place_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "kg.ttl"
    turtle = to_turtle(small_graph())
    file.write_bytes(turtle)
    assert len(list(subjects(file))) == turtle.count(b"\n\n")
    first = turtle.split(b"\n\n")[1].split(b"\n")[0]
    file.write_bytes(turtle[:-2] + b". " + first + b" a kg:Concept .\n")
    with pytest.raises(InputError, match="several places"):
        list(subjects(file))


def test_blank_nodes_are_told_apart_from_iris(tmp_path: Path) -> None:
    file = tmp_path / "kg.ttl"
    file.write_bytes(b"_:a <urn:p> _:b .\n")
    ((subject, pairs),) = subjects(file)
    assert subject.startswith("_:") and str(pairs[0][1].python()).startswith("_:")
