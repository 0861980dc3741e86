"""Recognise the format of a text by its content: ask every reader, take the surest."""

from __future__ import annotations

from typing import cast

from kg import plugins
from kg.readers._protocol import Reader

PACKAGE = "kg.readers"
_ENOUGH = 0.2  # below this no reader means it


def load(name: str) -> Reader:
    """Import the reader of a format. Raises `UsageError` for a format that is not there."""
    return cast(Reader, plugins.load(PACKAGE, name))


def scores(head: str) -> dict[str, float]:
    """Return how surely each reader takes `head` for the beginning of its format, from 0 to 1."""
    head = head.removeprefix("\ufeff")
    return {name: load(name).sniff(head) for name in plugins.names(PACKAGE)}


def detect(head: str) -> str:
    """Return the name of the format that `head` begins, or nothing; equals go by name."""
    ranked = sorted((-score, name) for name, score in scores(head).items() if score >= _ENOUGH)
    return ranked[0][1] if ranked else ""
