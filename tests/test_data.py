from __future__ import annotations

from pathlib import Path

import pytest

from kg import data
from kg.errors import KgError


def test_the_ontology_is_found() -> None:
    assert data.ontology_path("kg.ttl").is_file()
    assert data.ontology_path("shapes.ttl").is_file()


def test_a_missing_file_is_a_clear_error() -> None:
    with pytest.raises(KgError, match=r"ontology/nothing\.ttl"):
        data.ontology_path("nothing.ttl")


def test_the_folder_in_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kg"
    (package / "ontology").mkdir(parents=True)
    (tmp_path / "ontology").mkdir()
    for folder in (package, tmp_path):
        (folder / "ontology" / "kg.ttl").touch()
    monkeypatch.setattr(data, "_HERE", package)
    assert data.ontology_path("kg.ttl") == package / "ontology" / "kg.ttl"
