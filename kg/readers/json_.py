"""Reader of JSON: arXiv snapshots and daily crawls, CSL-JSON, proceedings; arrays, objects by id, nested lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _jsonrecord, _jsonscan, _mapping

_BEGINNING = re.compile(r"\s*(?:\[\s*(?:[\[{\]]|null\b|$)|\{\s*(?:\"|\}|$))")


def sniff(head: str) -> float:
    """Tell how surely `head` begins a JSON text: by its first two signs."""
    return 0.8 if _BEGINNING.match(head) else 0.0


def read(stream: TextIO, file: str, *, mapping: Mapping[str, str] | None = None) -> Iterator[Paper | Problem]:
    """Yield the records of a JSON text, at the lines where their objects start; `mapping` gives the keys the user named."""
    text = _mapping.keys(stream.read(), mapping)
    line, counted = 1, 0
    for item in _jsonscan.items(text):
        if item.start >= counted:
            line += text.count("\n", counted, item.start)
            counted = item.start
        yield _jsonrecord.paper(Where(file, line), item)
