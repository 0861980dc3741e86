from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.export import files_of
from kg.rdf.turtle import to_turtle
from kg.store.dump import STREAMED, dump_file
from tests.samples import small_graph


@pytest.mark.parametrize("form", STREAMED)
def test_the_bytes_are_those_of_the_export_in_memory(folder: Path, form: str) -> None:
    graph, streamed, exported = small_graph(), io.BytesIO(), io.BytesIO()
    dump_file(folder / "kg.ttl", form, streamed)
    ((name, write),) = files_of(form).items()
    write(graph, exported)
    assert name == STREAMED[form]
    assert streamed.getvalue() == exported.getvalue()


def test_any_turtle_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes(to_turtle(small_graph()) + b'\n<urn:a> <urn:b> "x"@en, 1.50, <urn:c> .\n')
    out = io.BytesIO()
    dump_file(tmp_path / "kg.ttl", "ntriples", out)
    lines = out.getvalue().decode().splitlines()
    assert '<urn:a> <urn:b> "x"@en .' in lines and "<urn:a> <urn:b> <urn:c> ." in lines
