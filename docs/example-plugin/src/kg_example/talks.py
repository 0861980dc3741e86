"""Reader of lists of talks: ``TALK title`` on one line, the abstract on the lines below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from kg.model import Paper, Problem, Where
from kg.text.clean import clean
from kg.text.forms import digest

_MARK = "TALK "


def sniff(head: str, /) -> float:
    """Tell from 0 to 1 how surely a text that begins with `head` is such a list, by content."""
    return 0.9 if head.startswith(_MARK) else 0.0


def read(stream: TextIO, file: str, /) -> Iterator[Paper | Problem]:
    """Yield a paper a talk. A record that cannot be used is a `Problem`, never an exception."""
    title, begin, lines = "", 0, [""]
    for number, line in enumerate(stream, start=1):
        if line.startswith(_MARK):
            if begin:
                yield _talk(Where(file, begin), title, lines)
            title, begin, lines = line.removeprefix(_MARK), number, []
        else:
            lines.append(line)
    if begin:
        yield _talk(Where(file, begin), title, lines)


def _talk(where: Where, title: str, lines: list[str]) -> Paper | Problem:
    name, abstract = clean(title), clean(" ".join(lines))
    if not name:
        return Problem(where, "a talk without title")
    return Paper(id=digest(f"{name}\n{abstract}", 16), title=name, abstract=abstract, where=where)
