"""Reader of the plain text of one whole paper, such as a converter made of a PDF. Pages that list papers are `listing`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.readers import _fulltext, _record

_FRONT = 600  # lines of which title and abstract are expected
_SHORTEST = 150  # characters of an abstract that stands alone
_MOST_BEFORE = 30  # lines of title and names
_MARKUP = re.compile(r"^\s*(?:<[!?/a-zA-Z]|[\[{]|```|---|@\w+\s*\{|\\\w+|#)")


def sniff(head: str) -> float:
    """Tell how surely `head` begins a paper: by one heading that says Abstract, and one after it Introduction."""
    if _MARKUP.match(head):
        return 0.0
    abstracts, introduced = _fulltext.headings(head)
    if abstracts != 1:
        return 0.0
    if introduced:
        return 0.8
    lines = head.split("\n")[:_FRONT]
    fields = _fulltext.fields(lines)
    before = (
        next(i for i, line in enumerate(lines) if _fulltext.ABSTRACT.match(line)) if "abstract" in fields else _FRONT
    )
    after = sum(len(line) for line in lines[before:])
    alone = len(fields.get("abstract", "")) * 2 > after and before <= _MOST_BEFORE
    return 0.72 if alone and fields["title"] and len(fields["abstract"]) >= _SHORTEST else 0.0


def read(stream: TextIO, file: str) -> Iterator[Paper | Problem]:
    """Yield the one paper."""
    lines = [line.rstrip("\n").lstrip("\ufeff\f") for line in islice(stream, _FRONT)]
    if not any(line.strip() for line in lines):
        if any(line.strip() for line in stream):
            yield Problem(Where(file), f"its first {_FRONT:,} lines are empty")
        return
    fields = _fulltext.fields(lines)
    first = next(i for i, line in enumerate(lines, 1) if line.strip())
    if "abstract" not in fields:
        yield Problem(Where(file, first), "a text without a heading or label that says Abstract")
        return
    yield _record.build(Where(file, first), fields, {}, decode=str)
