"""What an extraction depends on besides the words of its paper, as one digest: the first half of every key of the cache.

It covers the code and word lists that read papers, the vocabulary, the options and the extractors of other packages, byte
by byte. So nobody has to remember to raise a number, and what was read by other code or words is never taken for ours.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg import plugins
from kg.lexicon import Lexicon
from kg.model import Paper

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_ROOMS = ("cues", "extract", "lexicon", "reading", "tagging", "text")  # a folder, or a module of that name
_MODULES = ("model.py", "numerals.py", "vocab.py", "records.py")
_OTHERS = "kg.extract"


def reading_version(lexicon: Lexicon, *options: object) -> bytes:
    """Return a digest of everything that decides what is read from a given text; `options` are those of extraction."""
    others = [(name, *_identity(entry)) for name, entry in plugins.others(_OTHERS).items()]
    python = (sys.version_info[:2], unicodedata.unidata_version)
    order = ",".join(lexicon.concepts)  # of two concepts with one name the first wins
    parts = (_code(), python, lexicon.fingerprint, order, others, options)
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def paper_key(version: bytes, paper: Paper) -> bytes:
    """Return the key that what was read from a paper is kept under.

    Our extractors see the title and the abstract; those of others may look at the rest of the record as well.
    """
    seen: tuple[object, ...] = (paper.title, paper.abstract)
    if plugins.others(_OTHERS):
        seen += (paper.id, paper.authors, paper.year, paper.venue, paper.doi, paper.arxiv)
        seen += (paper.identifiers, paper.keywords, paper.references, paper.url, paper.csl)
    return blake2b(repr(seen).encode("utf-8", "surrogatepass"), key=version, digest_size=16).digest()


def _identity(entry: EntryPoint) -> tuple[str, str, str]:
    """Return what tells one state of another package's extractor from the next: its version and its source."""
    spec = find_spec(entry.module)
    source = Path(spec.origin) if spec and spec.origin else None
    text = source.read_bytes() if source and source.is_file() else b""
    return entry.value, entry.dist.version if entry.dist else "", blake2b(text, digest_size=16).hexdigest()


@cache
def _code() -> str:
    """Return a digest of our own code and data that read papers."""
    whole = blake2b(digest_size=16)
    for path in _files():
        whole.update(f"{path.name} {path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    root = Path(kg.__file__).parent
    for room in _ROOMS:
        folder = root / room
        files = folder.rglob("*") if folder.is_dir() else root.glob(f"{room}.py")
        yield from sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts)
    yield from (root / name for name in _MODULES)
