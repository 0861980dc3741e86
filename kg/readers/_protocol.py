"""What a reader is: the protocol that every module of this folder without a leading underscore keeps.

A reader turns the text of one file into papers, or problems for the records that are broken. It sees an open text
stream, with line ends and encoding settled, so that line-based formats are read in bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TextIO

from kg.model import Paper, Problem


class Reader(Protocol):
    """One input format. A module whose functions are these is a reader; its file name is the format's name."""

    def sniff(self, head: str, /) -> float:
        """Tell from 0 to 1 how surely a text that begins with `head` (about 64 KB) is of this format, by content."""

    def read(self, stream: TextIO, file: str, /) -> Iterator[Paper | Problem]:
        """Yield the records of `stream` in order; `file` names it in the places (`Where`) they were read from."""


class MappedReader(Protocol):
    """A reader of a format without fixed names, which also takes the names that the user gave, by field."""

    def read(
        self, stream: TextIO, file: str, /, *, mapping: Mapping[str, str] | None = None
    ) -> Iterator[Paper | Problem]:
        """Yield the records of `stream`, as every reader does."""
