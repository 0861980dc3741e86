"""What the documents say is so: they are made of the program, or run against it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def test_the_reference_is_what_the_helps_say() -> None:
    from cli_reference import reference

    assert _read("docs/cli-reference.md") == reference(), "run `make docs`"


def test_every_command_is_in_the_reference() -> None:
    sections = re.findall(r"^## kg (\S+)$", _read("docs/cli-reference.md"), re.MULTILINE)
    assert sections == list(COMMANDS)


def test_the_readme_shows_what_kg_prints() -> None:
    from readme import refreshed

    assert _read("README.md") == refreshed(_read("README.md")), "run `make docs`"


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    from readme import python_block

    code = python_block(_read("README.md"))
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout
    assert (tmp_path / "graphs" / "kg.ttl").exists()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/cli-reference.md"])
def test_links_lead_somewhere_and_commands_exist(name: str) -> None:
    text = _read(name)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (ROOT / name).parent.joinpath(target).exists(), target
    for command in re.findall(r"`kg ([a-z]+)[ `]", text):
        assert command in COMMANDS, command


def test_the_license_is_the_apache_license() -> None:
    assert "Apache License\n                           Version 2.0, January 2004" in _read("LICENSE")
