"""Reader of JSON: arXiv snapshots and daily crawls, CSL-JSON, proceedings; arrays, objects by id, nested lists."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _jsonrecord, _jsonstream, _mapping

_BEGINNING = re.compile(r"\s*(?:\[\s*(?:[\[{\]]|null\b|$)|\{\s*(?:\"|\}|$))")


def sniff(head: str) -> float:
    """Tell how surely `head` begins a JSON text: by its first two signs."""
    return 0.8 if _BEGINNING.match(head) else 0.0


def read(stream: TextIO, file: str, *, mapping: Mapping[str, str] | None = None) -> Iterator[Paper | Problem]:
    """Yield the records of a JSON text, at the lines where their objects start; `mapping` gives the keys the user named."""
    if mapping:
        stream = io.StringIO(_mapping.keys(stream.read(), mapping))
    for line, item in _jsonstream.items(stream):
        yield _jsonrecord.paper(Where(file, line), item)
