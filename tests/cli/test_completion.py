"""Completion: what is offered, and that the three shells, where they are installed, offer it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kg.cli import completion
from kg.cli.main import COMMANDS
from kg.cli.main import kg as group
from tests.cli.conftest import Kg

Complete = Callable[[str], list[str]]
HEAVY = {"networkx", "rdflib", "pyvis", "pyoxigraph", "igraph", "rich"}


@pytest.fixture
def complete(kg: Kg, monkeypatch: pytest.MonkeyPatch, graph_folder: Path) -> Complete:
    """What is offered for a line whose last word is being typed, as a shell would ask; `GRAPH` is a small graph."""

    def offered(line: str) -> list[str]:
        words = line.replace("GRAPH", str(graph_folder)).split(" ")
        monkeypatch.setenv("COMP_WORDS", " ".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        monkeypatch.setenv(completion.VARIABLE, "bash_complete")
        done = kg()
        assert (done.code, done.err) == (0, "")
        return [item.partition(",")[2] for item in done.out.splitlines() if item]

    return offered


@pytest.mark.parametrize(("command", "parameter"), completion.FINDERS)
def test_what_is_completed_is_a_parameter(command: str, parameter: str) -> None:
    found = group.get_command(click.Context(group), command)
    assert found is not None
    assert parameter in [one.name for one in found.params]


def test_commands_and_options(complete: Complete) -> None:
    assert complete("kg ") == list(COMMANDS)
    assert complete("kg comp") == ["completion"]
    assert complete("kg completion ") == list(completion.SHELLS)
    assert "--vocabulary" in complete("kg build --")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kg export gra", ["graphml"]),
        ("kg export bibtex bib", []),
        ("kg build --to turtle,gra", ["turtle,graphml"]),
        ("kg build --format bib", ["bibtex"]),
        ("kg query papers-w", ["papers-with-code"]),
        ("kg query --graph GRAPH evaluated-on m", ["meadow-net"]),
        ("kg query --graph GRAPH used-with method/", None),
        ("kg query --graph GRAPH most-shared 1", []),
        ("kg query nothing-of-the-sort a", []),
        ("kg show --graph GRAPH Vis", ["vision-transformer"]),
        ("kg show --graph GRAPH method/f", ["method/fox-transformer"]),
        ("kg show --graph GRAPH paper/", ["paper/10.1234/hostile", "paper/2401.00001", "paper/nothing-in-common-0a1b2c3d"]),
        ("kg show --graph GRAPH zzz", []),
        ("kg show --graph GRAPH/nowhere v", []),
        ("kg related --graph GRAPH 24", ["2401.00001"]),
        ("kg related --graph GRAPH vis", []),
        ("kg path --graph GRAPH rare-trick fox", ["fox-transformer"]),
        ("kg decide s", ["same"]),
        ("kg decide type Maestro M", ["Method", "Metric"]),
    ],
)  # fmt: skip
def test_what_is_offered(line: str, expected: list[str] | None, complete: Complete) -> None:
    found = complete(line)
    assert found == (expected if expected is not None else sorted(found))
    assert expected is not None or len(found) == 3


def test_names_for_decisions_are_those_that_read_the_same_as_their_identifier(complete: Complete) -> None:
    decide = "kg decide --decisions GRAPH/decisions.txt same "
    assert complete(decide + "rare") == ["rare-trick"]
    assert complete(decide + "meadow") == []  # "MeadowNet" is one word, its identifier two


def test_files_are_left_to_the_shell(complete: Complete) -> None:
    assert complete("kg build some") == ["some"]


def test_at_most_a_hundred_names(tmp_path: Path) -> None:
    blocks = (f'<https://x.org/method/m{n:04}>\n    skos:prefLabel "M \\"{n}\\"" .\n' for n in range(300))
    (tmp_path / "kg.ttl").write_text("@prefix a: <b> .\n\n" + "\n".join(blocks), encoding="utf-8")
    found = list(completion.names_in(tmp_path, "method", "m"))
    assert len(found) == completion.MOST
    assert found[7] == ("m0007", 'M "7"')
    assert list(completion.names_in(tmp_path, "method", "m0299")) == [("m0299", 'M "299"')]
    assert list(completion.names_in(tmp_path, "paper", "")) == []


@pytest.mark.parametrize("line", ["kg show v", "kg export g", "kg query p", "kg query used-with v"])
def test_an_answer_loads_nothing_heavy(line: str, graph_folder: Path) -> None:
    code = "import atexit, sys; from kg.cli.main import run; run([]); "
    code += "print({name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), completion.VARIABLE: "bash_complete"}
    usual = graph_folder.parent / "graphs"
    if not usual.exists():
        usual.symlink_to(graph_folder)
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | asked, cwd=graph_folder.parent, capture_output=True, check=True, text=True
    )  # fmt: skip
    assert done.stdout.startswith("plain,")
    assert not any(f"'{name}'" in done.stderr for name in HEAVY)


def test_a_shell_that_is_not_there_is_wrong_usage(kg: Kg) -> None:
    done = kg("completion", "tcsh")
    assert done.code == 2
    assert "'bash', 'zsh', 'fish'" in done.err


BASH = """
source <(kg completion bash)
COMP_WORDS=(kg query papers-w) COMP_CWORD=2
_kg_completion kg
echo "${COMPREPLY[*]}"
COMP_WORDS=(kg show --graph GRAPH fox) COMP_CWORD=4 COMPREPLY=()
_kg_completion kg
echo "${COMPREPLY[*]}"
complete -p kg
"""
ZSH = """
autoload -U compinit && compinit -u -D
source <(kg completion zsh)
compadd() { while [[ $1 == -* ]]; do [[ $1 == -a ]] && { print -l -- ${(P)2}; return }; shift; done }
_describe() { print -l -- ${(P)3} }
words=(kg query papers-w) CURRENT=3
_kg_completion
words=(kg show --graph GRAPH fox) CURRENT=5
_kg_completion
print ${_comps[kg]}
"""
FISH = """
kg completion fish | source
complete -C "kg query papers-w"
complete -C "kg show --graph GRAPH fox"
"""


@pytest.mark.parametrize(("shell", "script"), [("bash", BASH), ("zsh", ZSH), ("fish", FISH)])
def test_in_a_real_shell(shell: str, script: str, graph_folder: Path, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    home = {"HOME": str(tmp_path), "ZDOTDIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [shell, "-c", script.replace("GRAPH", str(graph_folder))],
        env=os.environ | home | {"PATH": path},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert "papers-with-code" in done.stdout, done.stderr
    assert "fox-transformer" in done.stdout, done.stderr
    assert shell == "fish" or "_kg_completion" in done.stdout.splitlines()[-1]
