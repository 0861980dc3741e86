"""Run what the pages of the documentation show and paste what it prints, so that what they show is what kg does.

usage: python -m tools.sessions FILE...

Each page has a folder of its own that holds `seeds/` and, unless the page builds it itself, `graphs/` as built from them.
In it are run, from the top of the page to its end:

* ```console blocks: the lines that begin with `$`, and those after one whose quotes are still open; stdout and stderr together;
* ```python blocks that a ```text block follows, which gets what they print; they share their names;
* a block right after `<!-- file: NAME -->` is written to that file; ```turtle, ```bibtex and the like are only shown.

Lines longer than `WIDTH` are cut, with `…`. A command may exit with 0 or 1. A test compares the result with the pages.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
WIDTH = 96
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n+)?^```(?P<language>\w+)\n(?P<body>.*?)^```$(?P<output>\n\n^```text\n.*?^```$)?",
    re.DOTALL | re.MULTILINE,
)
_MARK = "\x1e"


def has_sessions(text: str) -> bool:
    """Tell whether a page shows anything that can be run."""
    return any(found["language"] == "console" or _is_script(found) for found in _BLOCK.finditer(text))


def refreshed(text: str) -> str:
    """Return a page with what its sessions print now. Exits with a message when a command fails."""
    with _folder(build=not re.search(r"^\$ kg build seeds/$", text, re.MULTILINE)) as folder:
        return _BLOCK.sub(_Page(text, folder).block, text)


def all_refreshed(texts: Sequence[str]) -> list[str]:
    """Return several pages as `refreshed` does, as many at a time as there are cores."""
    _graph()  # once, before the pages ask for it
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(refreshed, texts))


class _Page:
    """One page while its blocks are run: its folder, and the Python that it has shown so far."""

    def __init__(self, text: str, folder: Path) -> None:
        self._folder = folder
        self._scripts: list[str] = []

    def block(self, found: re.Match[str]) -> str:
        """Return one block as it should be."""
        if found["file"]:
            path = self._folder / found["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["body"], encoding="utf-8", newline="\n")
        if found["language"] == "console":
            return found[0].replace(found["body"], _session(found["body"], self._folder), 1)
        if _is_script(found):
            self._scripts.append(found["body"])
            shown = found[0].removesuffix(found["output"])
            return f"{shown}\n\n```text\n{self._printed()}```"
        return found[0]

    def _printed(self) -> str:
        """Return what the last script prints, after those before it."""
        script = f"print({_MARK!r})\n".join([*self._scripts[:-1], ""]) + self._scripts[-1]
        return _cut(_run([sys.executable, "-c", script], self._folder, fine=(0,)).rpartition(_MARK)[2].lstrip("\n"))


def _is_script(found: re.Match[str]) -> bool:
    return found["language"] == "python" and found["output"] is not None


@contextmanager
def _folder(*, build: bool) -> Iterator[Path]:
    """Give a folder with the seeds and, if asked, the graph built from them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").symlink_to(ROOT / "seeds")
        if build:
            for path, content in _graph():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
        yield folder


@cache
def _graph() -> tuple[tuple[str, bytes], ...]:
    """Return the files of the graph of the seeds, built once a run."""
    with _folder(build=False) as folder:
        _run(["kg", "build", "seeds/"], folder)
        files = sorted(path for path in (folder / "graphs").rglob("*") if path.is_file())
        return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)


def _session(body: str, folder: Path) -> str:
    """Return a session with its outputs renewed; an empty line keeps the commands apart."""
    commands = list(_commands(body.splitlines()))
    outputs = (_cut(_run(["/usr/bin/env", "bash", "-c", command], folder)) for command in commands)
    return "\n".join(f"$ {command}\n{output}" for command, output in zip(commands, outputs, strict=True))


def _commands(lines: list[str]) -> Iterator[str]:
    """Yield the commands of a session; one goes on in the next line while a quote is open."""
    command = ""
    for line in lines:
        if command:
            command += "\n" + line
        elif line.startswith("$ "):
            command = line[2:]
        if command and _is_whole(command):
            yield command
            command = ""


def _is_whole(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


def _run(command: list[str], folder: Path, *, fine: tuple[int, ...] = (0, 1)) -> str:
    """Return what a command writes, as a terminal would show it."""
    own = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(  # noqa: S603  # the commands are those of our own pages
        command,
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    if done.returncode not in fine:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}")
    return done.stdout


def _cut(text: str) -> str:
    lines = (line.rstrip() for line in text.splitlines())
    return "".join((line if len(line) <= WIDTH else line[: WIDTH - 1] + "…") + "\n" for line in lines)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pages = {page: text for page in map(Path, sys.argv[1:]) if has_sessions(text := page.read_text(encoding="utf-8"))}
    for page, text in zip(pages, all_refreshed(list(pages.values())), strict=True):
        page.write_text(text, encoding="utf-8", newline="\n")
