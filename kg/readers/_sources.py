"""Turn what the user named as input into files: a file, a folder, a glob, or ``-`` for standard input."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from kg.errors import InputError


def sources(source: str) -> list[str]:
    """Return the files that `source` names, in sorted order; hidden files and folders inside a folder are left out.

    Raises `InputError` where nothing is found.
    """
    if source == "-":
        return ["-"]
    path = Path(source)
    if path.is_dir():
        return _inside(path) or _nothing(source, "no files in this folder")
    if path.exists():
        return [source]
    if glob.has_magic(source):
        hits = (Path(hit) for hit in glob.glob(source, recursive=True))
        files = [file for hit in hits for file in (_inside(hit) if hit.is_dir() else [str(hit)])]
        return sorted(set(files)) or _nothing(source, "no file matches")
    return _nothing(source, "no such file or folder")


def _inside(folder: Path) -> list[str]:
    """Return the files under a folder, sorted by the names on the way to them."""
    found: list[tuple[tuple[str, ...], str]] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(root, name) for name in files if not name.startswith("."))
        found += [(path.parts, str(path)) for path in paths if path.is_file()]
    return [path for _, path in sorted(found)]


def _nothing(source: str, message: str) -> list[str]:
    raise InputError(message, where=source, hint="check the path; put a glob in quotes; - reads standard input")
