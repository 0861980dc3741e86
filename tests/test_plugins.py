"""Plugins of other packages: the example of the documents, installed as pip would, and what goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import plugins
from kg.errors import UsageError

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example-plugin"
TALKS = "TALK FoxNet for Hare Detection\nWe propose FoxNet.\nIt is quick.\nTALK   \nNo title.\nTALK On Hares\n"


def _install(folder: Path, name: str, entries: dict[str, dict[str, str]]) -> None:
    """Make the metadata that pip leaves behind."""
    info = folder / f"{name.replace('-', '_')}-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in each.items()) for group, each in entries.items()]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages besides those there are."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    plugins.others.cache_clear()
    yield folder
    plugins.others.cache_clear()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a process that has the example package, which its own `pyproject.toml` describes."""
    folder = tmp_path_factory.mktemp("site")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    _install(folder, project["name"], project["entry-points"])
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), str(EXAMPLE / "src")])}


def _kg(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_example_reads_extracts_and_exports(environment: dict[str, str], tmp_path: Path) -> None:
    source, out = tmp_path / "programme", tmp_path / "out"
    source.write_text(TALKS, encoding="utf-8")
    built = _kg(environment, "build", str(source), "-o", str(out), "--to", "turtle,titles")
    assert built.returncode == 1 and f"{source}:4: a talk without title" in built.stderr, built.stderr
    assert sorted((out / "titles.txt").read_text(encoding="utf-8").splitlines()) == [
        "FoxNet for Hare Detection",
        "On Hares",
    ]
    extracted = [json.loads(line) for line in _kg(environment, "extract", str(source)).stdout.splitlines()]
    found = {m["text"]: (m["type"], m["role"]) for record in extracted for m in record["mentions"]}
    assert found["Hare Detection"] == ("Task", "addresses")
    assert _kg(environment, "verify", "--graph", str(out)).returncode == 0
    assert _kg(environment, "export", "titles", "--graph", str(out), "-o", str(tmp_path)).returncode == 0


def test_others_are_listed_after_ours_and_not_imported(environment: dict[str, str]) -> None:
    code = "import sys; from kg.plugins import GROUPS, names; print({p: names(p)[-1] for p in GROUPS}, 'kg_example' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    expected = {"kg.readers": "talks", "kg.extract": "purposes", "kg.export": "titles"}
    assert done.stdout.strip() == f"{expected} False"


def test_pip_installs_the_example(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the package is built with hatchling")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--target", str(tmp_path), str(EXAMPLE)]
    subprocess.run([*pip, *options], check=True, capture_output=True)
    listed = _kg(os.environ | {"PYTHONPATH": str(tmp_path)}, "export")
    assert listed.stdout.splitlines()[-1] == "titles"


def test_a_name_of_ours_cannot_be_taken(site: Path) -> None:
    _install(site, "rival", {"papers_kg.exporters": {"bibtex": "rival.bibtex"}})
    with pytest.raises(UsageError, match="two exporters are called 'bibtex': one of kg itself, one of rival") as caught:
        plugins.names("kg.export")
    assert "uninstall rival" in str(caught.value)


def test_two_packages_cannot_have_one_name(site: Path) -> None:
    for name in ("one", "two"):
        _install(site, name, {"papers_kg.readers": {"talks": f"{name}.talks"}})
    with pytest.raises(UsageError, match="two readers are called 'talks': one of one, one of two"):
        plugins.load("kg.readers", "csv")


def test_a_plugin_that_is_broken_is_named(site: Path) -> None:
    _install(site, "broken", {"papers_kg.exporters": {"gone": "broken.gone", "empty": "broken_empty"}})
    (site / "broken_empty.py").write_text("", encoding="utf-8")
    assert plugins.names("kg.export")[-2:] == ["empty", "gone"]
    with pytest.raises(UsageError, match="'gone' of the package broken: this plugin cannot be imported: No module"):
        plugins.load("kg.export", "gone")
    with pytest.raises(UsageError, match="has no FILES"):
        plugins.load("kg.export", "empty")


def test_two_formats_cannot_write_one_file(site: Path, tmp_path: Path) -> None:
    from kg.export import write_all
    from tests.samples import small_graph

    _install(site, "rival", {"papers_kg.exporters": {"mine": "rival_mine"}})
    (site / "rival_mine.py").write_text("FILES = {'kg.ttl': print}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"'turtle' and 'mine' both write kg\.ttl"):
        write_all(small_graph(), tmp_path / "out", ["turtle", "mine"])
    assert not (tmp_path / "out").exists()


def test_what_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(UsageError, match="no 'morse' among the readers \\(choose from "):
        plugins.load("kg.readers", "morse")
