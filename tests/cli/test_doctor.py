"""The doctor: what it says of a sound installation, and of each way in which one can be broken."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from kg import __version__, plugins
from kg.cli import doctor
from kg.cli.doctor import Row, State
from tests.cli.conftest import Kg

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, searched before the others."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    plugins.others.cache_clear()
    yield folder
    plugins.others.cache_clear()


def _install(site: Path, name: str, *, requires: tuple[str, ...] = (), code: str = "", entry: str = "") -> None:
    """Make what pip leaves of a package of one module with `code`, and of the metadata that say what it requires."""
    info = site / f"{name.replace('-', '_')}-{__version__}.dist-info"
    info.mkdir()
    needs = "".join(f"Requires-Dist: {need}\n" for need in requires)
    info.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {__version__}\n{needs}", encoding="utf-8"
    )
    (site / name).mkdir()
    (site / name / "__init__.py").write_text(code, encoding="utf-8")
    info.joinpath("RECORD").write_text(f"{name}/__init__.py,,\n", encoding="utf-8")
    if entry:
        info.joinpath("entry_points.txt").write_text(entry, encoding="utf-8")


def _states(rows: Iterator[Row]) -> dict[str, State]:
    return {row.what: row.state for row in rows}


def test_a_sound_installation(kg: Kg, graph_folder: Path) -> None:
    done = kg("doctor", "--graph", graph_folder, "--format", "json")
    rows = json.loads(done.out)
    assert (done.code, done.err) == (0, "all is well\n"), [row for row in rows if row["state"] == "wrong"]
    found = {(row["part"], row["what"]): row for row in rows}
    assert list(rows[0]) == ["part", "what", "state", "details"]
    assert ("kg", __version__) in found
    assert found["needs", "click"]["details"] == metadata.version("click")
    assert found["extra", "pdf"]["details"].startswith("reading PDF files: pypdf ")
    assert found["data", "vocabulary"]["details"].endswith(" concepts")
    assert found["data", "page"]["details"].endswith(" KB")
    assert found["graph", str(graph_folder / "kg.ttl")]["details"].startswith("3 papers, ")
    assert {row["state"] for row in rows} <= {state.value for state in State}


def test_it_says_what_every_extra_adds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) <= set(doctor.EXTRAS), "say in kg/cli/doctor.py what the extra adds"


def test_a_library_too_old_missing_or_broken(site: Path) -> None:
    needs = ("oldlib>=99.1", "morse-lib", "brokenlib>=0.1,<2", 'windowslib>=1; sys_platform == "none"')
    _install(site, doctor.PACKAGE, requires=needs)
    _install(site, "oldlib")
    _install(site, "brokenlib", code="raise ImportError('no such symbol')")
    rows = {row.what: row for row in doctor.dependencies(Path("graphs"))}
    assert rows["oldlib"] == Row("needs", "oldlib", State.WRONG, f"{__version__}, but kg wants >=99.1")
    assert rows["morse-lib"].state is State.WRONG
    assert rows["brokenlib"].details == f"{__version__}, but it cannot be imported: no such symbol"
    assert rows["windowslib"].state is State.ABSENT


def test_an_extra_that_is_absent_is_not_wrong(site: Path) -> None:
    _install(site, doctor.PACKAGE, requires=('morse-lib>=4.0; extra == "pdf"',))
    (row,) = doctor.extras(Path("graphs"))
    assert row.state is State.ABSENT
    hint = f"pip install '{doctor.PACKAGE}[pdf]'"
    assert row.details == f"reading PDF files: morse-lib not installed (wants >=4.0); {hint}"


@pytest.mark.parametrize(
    ("version", "sign", "bound", "expected"),
    [("8.1.7", ">=", "8.1.7", True), ("8.1", ">=", "8.1.0", True), ("10.0", ">=", "9.2", True), ("7.6.0", "<", "8", True),
     ("8.0rc1", "<", "8", False), ("2.4.6", ">=", "3", False), ("1.0", "==", "1.0.0", True)],
)  # fmt: skip
def test_bounds(version: str, sign: str, bound: str, expected: bool) -> None:
    assert doctor._satisfies(version, sign, bound) is expected


def test_files_that_were_changed_after_the_installation(site: Path) -> None:
    _install(site, doctor.PACKAGE)
    package = site / "kg"
    package.mkdir()
    (package / "__init__.py").write_text("changed", encoding="utf-8")
    record = site / f"papers_kg-{__version__}.dist-info" / "RECORD"
    record.write_text("kg/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n", encoding="utf-8")
    (row,) = doctor.package_files(Path("graphs"))
    assert row.state is State.WRONG
    assert "kg/__init__.py" in row.details
    (package / "__init__.py").write_text("", encoding="utf-8")
    assert _states(doctor.package_files(Path("graphs"))) == {"files": State.OK}


def test_data_that_is_missing_or_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = tmp_path / "cut.ttl"
    cut.write_text("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<x> skos:pref", encoding="utf-8")
    monkeypatch.setattr("kg.data.ontology_path", lambda name: cut)
    states = _states(doctor.data(Path("graphs")))
    assert states["ontology"] is State.WRONG
    assert states["vocabulary"] is State.WRONG
    assert states["tagger"] is State.OK


def test_a_plugin_that_cannot_be_imported(site: Path) -> None:
    _install(site, "morse", entry="[papers_kg.readers]\nmorse = morse.gone\n")
    states = _states(doctor.plugin_modules(Path("graphs")))
    assert states == {"readers": State.WRONG, "extractors": State.OK, "exporters": State.OK}


def test_no_graph_is_not_wrong(kg: Kg, tmp_path: Path) -> None:
    assert _states(doctor.graph_folder(tmp_path / "none")) == {str(tmp_path / "none"): State.ABSENT}


def test_a_graph_that_is_cut_off_is_wrong(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    whole = (graph_folder / "kg.ttl").read_bytes()
    (tmp_path / "kg.ttl").write_bytes(whole[: len(whole) // 2])
    (tmp_path / ".kg.html.77.part").write_bytes(b"")
    states = _states(doctor.graph_folder(tmp_path))
    assert states == {
        str(tmp_path / "kg.ttl"): State.WRONG,
        "kg.html": State.ABSENT,
        ".kg.html.77.part": State.WARNING,
    }
    done = kg("doctor", "--graph", tmp_path)
    assert done.code == 1
    assert done.err == f"wrong: graph {tmp_path / 'kg.ttl'}\n"


def test_decisions_that_cannot_be_read_are_wrong(graph_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_bytes((graph_folder / "kg.ttl").read_bytes())
    (tmp_path / "decisions.txt").write_text("sameish a b\n", encoding="utf-8")
    assert State.WRONG in [row.state for row in doctor.graph_folder(tmp_path)]
    (tmp_path / "decisions.txt").write_text("same a b\n", encoding="utf-8")
    assert State.WRONG not in [row.state for row in doctor.graph_folder(tmp_path)]
