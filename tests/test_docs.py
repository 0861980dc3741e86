"""What the documents say is so: they are made of the program, or run against it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.main import COMMANDS
from kg.lexicon import Lexicon
from kg.model import Paper
from kg.text.document import analyse
from tests.samples import small_graph
from tools.cli_reference import reference
from tools.readme import python_block, refreshed

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("docs/*.md"))


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_reference_is_what_the_helps_say() -> None:
    assert _read("docs/cli-reference.md") == reference(), "run `make docs`"


def test_every_command_is_in_the_reference() -> None:
    sections = re.findall(r"^## kg (\S+)$", _read("docs/cli-reference.md"), re.MULTILINE)
    assert sections == list(COMMANDS)


def test_the_readme_shows_what_kg_prints() -> None:
    assert _read("README.md") == refreshed(_read("README.md")), "run `make docs`"


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = python_block(_read("README.md"))
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout
    assert (tmp_path / "graphs" / "kg.ttl").exists()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *DOCUMENTS])
def test_links_lead_somewhere_and_commands_exist(name: str) -> None:
    text = _read(name)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (ROOT / name).parent.joinpath(target).exists(), target
    for command in re.findall(r"`kg ([a-z]+)[ `]", text):
        assert command in COMMANDS, command


def test_the_license_is_the_apache_license() -> None:
    assert "Apache License\n                           Version 2.0, January 2004" in _read("LICENSE")


@pytest.mark.parametrize("recipe", re.findall(r"```python\n(.*?)```", _read("CONTRIBUTING.md"), re.DOTALL))
def test_the_recipes_work(recipe: str) -> None:
    names: dict[str, Any] = {}
    exec(compile(recipe, "CONTRIBUTING.md", "exec"), names)  # noqa: S102  # our own document
    if "sniff" in names:
        assert names["sniff"]("A Title\tAn abstract.\n") > 0
        (paper,) = names["read"](io.StringIO("A Title\tAn abstract.\n"), "x.txt")
        assert (paper.title, paper.abstract) == ("A Title", "An abstract.")
    elif "extract" in names:
        doc = analyse(Paper("x", "FoxNet for Object Detection", ""))
        (found,) = names["extract"](doc, Lexicon([]))
        assert doc.paper.title[found.start : found.end] == "Object Detection"
    else:
        ((_, write),) = names["FILES"].items()
        out = io.BytesIO()
        write(small_graph(), out)
        assert out.getvalue().startswith(b"Hostile")
