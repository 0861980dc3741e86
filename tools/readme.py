"""Run the shell sessions of README.md again and paste what they print, so that what it shows is what kg does.

usage: python tools/readme.py README.md

A session is a fenced block marked ``console``; its lines that begin with ``$`` are run in a folder that holds `seeds/`
and nothing else. A test compares the result with the file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)


def refreshed(text: str) -> str:
    """Return a Markdown text with the output of its sessions as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").symlink_to(ROOT / "seeds")
        return _BLOCK.sub(lambda block: _session(block[1], folder), text)


def python_block(text: str) -> str:
    """Return the code of the first block of Python."""
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    return found[1] if found else ""


def _session(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{command}\n{_output(command[2:], folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    """Return what a command writes on stdout, run by a shell as a user would."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(  # noqa: S603  # the commands are those of our own README
        ["/usr/bin/env", "bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode not in (0, 1):
        sys.exit(f"README: `{command}` failed: {done.stderr}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    readme = Path(sys.argv[1])
    readme.write_text(refreshed(readme.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
