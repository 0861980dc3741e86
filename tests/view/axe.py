"""axe-core, the checker of accessibility: taken from a cache outside the repository, filled by npm at the first use."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

VERSION = "4.10.2"


def source() -> str:
    """Return the script; skips the test that asks where there is none and npm cannot bring it."""
    named = os.environ.get("AXE_CORE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "papers-kg-tests" / f"axe-core-{VERSION}"
    script = Path(named) if named else home / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if named or not npm:
            pytest.skip(f"no axe-core at {script} and no npm to bring it: accessibility is not checked by axe")
        home.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), f"axe-core@{VERSION}"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=90)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"npm could not bring axe-core ({error}): accessibility is not checked by axe")
    return script.read_text(encoding="utf-8")
