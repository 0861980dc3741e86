"""Keeps what a vocabulary file says in the user's cache folder, so that it is parsed once. Used by `kg.lexicon.skos`.

The name of a kept file is a hash of the vocabulary's content and of the code that reads it, so that neither can grow
stale; what is kept is plain JSON, and anything that is not as it should be counts as not kept. Nobody notices a folder that
cannot be written to. `KG_CACHE` names another folder; empty, it switches this off.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import starmap
from pathlib import Path

import kg.text
from kg.lexicon.concepts import Entry, LexicalConcept, Named
from kg.vocab import Kind

_KEPT = 16
"""Vocabularies that are kept; those used longest ago make room."""


def fetch(content: bytes) -> list[Entry] | None:
    """Return what was kept for a file of this content, if it is whole."""
    path = _path(content)
    if path is None:
        return None
    try:
        text = path.read_bytes()
        mark, _, body = text.partition(b"\n")
        if mark != hashlib.sha256(body).hexdigest().encode():
            return None
        os.utime(path)  # used just now
        return list(starmap(_entry, json.loads(body)))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(content: bytes, entries: Sequence[Entry]) -> None:
    """Keep what a file of this content says, if the folder lets us."""
    path = _path(content)
    if path is None:
        return
    body = json.dumps([[*concept, names] for concept, names in entries], ensure_ascii=False).encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as draft:
            draft.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(draft.name, path)
        _make_room(path.parent)
    except OSError:
        return


def folder() -> Path | None:
    """Return the folder where vocabularies are kept on this platform; None when there is to be none."""
    if "KG_CACHE" in os.environ:
        return Path(os.environ["KG_CACHE"]) / "vocabularies" if os.environ["KG_CACHE"] else None
    try:
        home = Path.home()
    except RuntimeError:  # this user has none
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "papers-kg" / "vocabularies"


def _path(content: bytes) -> Path | None:
    base = folder()
    return base / f"{hashlib.sha256(_code() + content).hexdigest()[:32]}.json" if base else None


@cache
def _code() -> bytes:
    """Return a hash of the code that makes entries out of a file."""
    rooms = (Path(__file__).parent, Path(kg.text.__file__).parent)
    files = [file for room in rooms for file in sorted(room.glob("*.py"))]
    return hashlib.sha256(b"\0".join([kg.__version__.encode(), *(file.read_bytes() for file in files)])).digest()


def _entry(
    id: str,
    kind: str,
    label: str,
    aliases: list[str],
    broader: list[str],
    definition: str,
    matches: list[str],
    ordinary: bool,
    names: list[list[str]],
) -> Entry:
    concept = LexicalConcept(
        id, _KINDS[kind], label, tuple(aliases), tuple(broader), definition, tuple(matches), ordinary
    )
    named: list[Named] = [(name, tuple(words), normal) for name, words, normal in names]
    return concept, named


_KINDS = {kind.value: kind for kind in Kind}


def _make_room(base: Path) -> None:
    """Remove the files used longest ago, and drafts that were left behind."""
    files = sorted(base.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)
