from __future__ import annotations

import subprocess
import sys

import pytest

from kg.cli.main import COMMANDS

HEAVY = {
    "networkx",
    "rdflib",
    "pyvis",
    "IPython",
    "pyoxigraph",
    "igraph",
    "bibtexparser",
    "rispy",
    "rich",
    "jinja2",
    "numpy",
    "starlette",
    "uvicorn",
    "httpx",
    "pyarrow",
    "distributed",
}


def _loaded(code: str) -> set[str]:
    """Return the top-level modules that a new process has loaded after running `code`."""
    report = "import sys; print('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, check=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def test_import_kg_loads_nothing_heavy() -> None:
    loaded = _loaded("import kg")
    assert "kg" in loaded
    assert loaded & (HEAVY | {"click"}) == set()


def test_the_list_of_commands_loads_none_of_them() -> None:
    code = "from kg.cli.main import COMMANDS, run; run(['--help']); import sys; "
    code += "assert not [name for name in COMMANDS if f'kg.cli.{name}' in sys.modules]"
    assert _loaded(code) & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    assert _loaded(f"from kg.cli.main import run; run(['{command}', '--help'])") & HEAVY == set()


@pytest.mark.parametrize("package", ["kg.readers", "kg.export"])
def test_listing_plugins_loads_nothing_heavy(package: str) -> None:
    assert _loaded(f"from kg.plugins import names; assert names('{package}')") & HEAVY == set()
