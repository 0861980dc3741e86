"""Turn what the user named as input into files: a file, a folder, a glob, or ``-`` for standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError


def sources(source: str) -> list[str]:
    """Return the files that `source` names, in sorted order; hidden files and folders inside a folder are left out.

    Raises `InputError` where nothing is found.
    """
    if source == "-":
        return ["-"]
    path = Path(source)
    try:
        if path.is_dir():
            return _inside(path) or _nothing(source, "no files in this folder")
        if path.exists():
            return [source]
        if glob.has_magic(source):
            files = [file for hit in _matching(path) for file in (_inside(hit) if hit.is_dir() else [str(hit)])]
            return sorted(set(files)) or _nothing(source, "no file matches")
    except OSError as error:
        return _nothing(source, f"cannot be read: {error.strerror or error}")
    return _nothing(source, "no such file or folder")


def _matching(pattern: Path) -> Iterator[Path]:
    """Yield what a glob names. Links to folders are not followed by ``**``: they may lead back to where they stand."""
    parts = pattern.parts
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    rest = [part if part == "**" else part.replace("**", "*") for part in parts[first:]]
    hidden = any(part.startswith(".") for part in rest)
    folder = Path(*parts[:first])
    for hit in folder.glob(os.path.join(*rest)):
        if hidden or not any(part.startswith(".") for part in hit.relative_to(folder).parts):
            yield hit


def _inside(folder: Path) -> list[str]:
    """Return the files under a folder, sorted by the names on the way to them.

    A folder that cannot be listed stands for itself, so that whoever opens it says why. Links to folders are not followed.
    """
    found: list[tuple[tuple[str, ...], str]] = []

    def refused(error: OSError) -> None:
        found.append((Path(str(error.filename)).parts, str(error.filename)))

    for root, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(root, name) for name in files if not name.startswith("."))
        found += [(path.parts, str(path)) for path in paths if path.is_file()]
    return [path for _, path in sorted(found)]


def _nothing(source: str, message: str) -> list[str]:
    raise InputError(message, where=source, hint="check the path; put a glob in quotes; - reads standard input")
