from __future__ import annotations

import os
import subprocess
import sys
import time

import click
import pytest

from kg.cli.codes import Code
from kg.cli.main import COMMANDS
from kg.cli.main import kg as group
from tests.cli.conftest import Kg


def _command(name: str) -> click.Command:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, kg: Kg) -> None:
    done = kg(name, "--help")
    assert done.code == Code.DONE
    assert done.out.startswith(f"Usage: kg {name}")
    assert f"\n    kg {name}" in done.out.split("Example", 1)[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_their_helps_say(name: str) -> None:
    assert _command(name).get_short_help_str(limit=200) == COMMANDS[name]
    assert _command(name).name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    options = [parameter for parameter in _command(name).params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_list_of_commands_is_complete(kg: Kg) -> None:
    done = kg("--help")
    assert all(f"\n  {name} " in done.out for name in COMMANDS)
    assert "Example" in done.out


def test_the_exit_codes_are_the_documented_ones() -> None:
    assert {code.name: code.value for code in Code} == {
        "DONE": 0,
        "SOME_BAD": 1,
        "USAGE": 2,
        "FAILED": 3,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(
    "args",
    [["biuld"], ["build"], ["stats", "--nonsense"], ["query", "--format", "xml"], ["build", "x", "--workers", "0"]],
)
def test_wrong_usage_is_one_line_and_2(args: list[str], kg: Kg) -> None:
    done = kg(*args)
    assert done.code == Code.USAGE
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1
    assert "--help" in done.err
    assert done.out == ""


def test_without_arguments_it_helps(kg: Kg) -> None:
    done = kg()
    assert done.code == Code.USAGE
    assert "Commands:" in done.err


def test_version(kg: Kg) -> None:
    from kg import __version__

    assert kg("--version").out == f"kg {__version__}\n"


def test_help_is_not_far_from_the_bare_interpreter() -> None:
    """A heavy import would cost ten times more; `make bench` gives the milliseconds."""

    def fastest(*args: str) -> float:
        best = 1e9
        for _ in range(7):  # the fastest run is the one that other work on the machine disturbed least
            start = time.perf_counter()
            subprocess.run([sys.executable, *args], check=True, capture_output=True)
            best = min(best, time.perf_counter() - start)
        return best

    assert fastest("-m", "kg", "--help") < 12 * fastest("-c", "pass")


def test_a_closed_pipe_is_no_error(graph_folder: os.PathLike[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    args = [sys.executable, "-m", "kg", "stats", "--graph", os.fspath(graph_folder)]
    done = subprocess.run(args, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (Code.DONE, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_one_line(graph_folder: os.PathLike[str]) -> None:
    args = [sys.executable, "-m", "kg", "stats", "--graph", os.fspath(graph_folder)]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(args, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == Code.FAILED
    assert done.stderr == "kg: No space left on device\n"


def test_output_is_utf_8_whatever_the_locale(graph_folder: os.PathLike[str]) -> None:
    args = [sys.executable, "-m", "kg", "show", "10.1234/hostile", "--graph", os.fspath(graph_folder)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(args, capture_output=True, check=True, env=environment)
    assert "“We study inductive bias on MeadowNet.”" in done.stdout.decode("utf-8")


def test_what_nobody_foresaw_is_a_line_too(kg: Kg, monkeypatch: pytest.MonkeyPatch, graph_folder: object) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("kg.store.counts.count", fail)
    done = kg("stats", "--graph", graph_folder)
    assert done.code == Code.FAILED
    assert done.err == "kg: RuntimeError: two lines (a bug of kg; KG_DEBUG=1 shows where)\n"
