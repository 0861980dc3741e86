"""The pages of a graph too large for one are written beside their index."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import kg.view
from kg.errors import OutputError
from kg.export import write_all
from kg.export.html import write
from tests.view.big import big_graph


def test_pages_stand_beside_their_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = big_graph()
    monkeypatch.setattr(kg.view, "pages", lambda graph, pages=kg.view.pages: pages(graph, most=40))
    write_all(graph, tmp_path, ["html"])
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert written == sorted(kg.view.pages(graph))
    assert len(written) > 2
    with pytest.raises(OutputError):
        write(graph, io.BytesIO())
