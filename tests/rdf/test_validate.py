from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import InputError, KgError
from kg.rdf.turtle import to_turtle
from kg.rdf.validate import validate
from tests.samples import small_graph

pytest.importorskip("pyshacl", reason="SHACL validation needs pySHACL")


def test_the_sample_conforms(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph(), mentions="all"))
    assert validate(tmp_path) == []


def test_a_violation_names_node_property_and_rule(tmp_path: Path) -> None:
    turtle = to_turtle(small_graph()).replace(b'kg:confidence "0.55"', b'kg:confidence "1.55"')
    (tmp_path / "kg.ttl").write_bytes(turtle)
    (line,) = validate(tmp_path)
    assert "/mention/10.1234/hostile/mentions/" in line and "kg:confidence" in line and line.endswith("MaxInclusive")


def test_no_turtle_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(b"no turtle")
    with pytest.raises(InputError, match="not valid Turtle"):
        validate(tmp_path)


def test_without_pyshacl_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(KgError, match=r"pip install papers-kg\[validate\]"):
        validate(tmp_path)
