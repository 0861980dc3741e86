"""Work out the values of BibTeX: what stands in braces or quotes, numbers, and names of strings, joined by ``#``.

Used by the `bibtex` reader. Strings can be made of strings, each twice as long as the one before; so each is worked out
where it is defined, and how much they may add to a file is limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_STRING = 10_000
"""Characters of what one string may stand for."""

_MOST_PUT_IN = 1 << 26  # characters that strings may add to a file
_SHORT = 100  # characters of the names of journals and months, which count for nothing
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BARE = re.compile(r"[^\s#{}\",=]+")
_SPACE = re.compile(r"\s*")
_NOT_A_VALUE = "a value is neither in braces nor in quotes"


class Strings:
    """The strings that a file has defined, and the months."""

    def __init__(self) -> None:
        from bibtexparser.bibdatabase import COMMON_STRINGS

        self._known: dict[str, str] = dict(COMMON_STRINGS)
        self._left = _MOST_PUT_IN

    def define(self, body: str) -> str:
        """Take in what stands between the brackets of an ``@string``; return why it is not used, nothing where it is."""
        name, _, expression = (part.strip() for part in body.partition("="))
        try:
            value = self.value(expression)
        except ValueError as error:
            return f"not valid BibTeX: {error}"
        if len(value) > LONGEST_STRING:
            self._known.pop(name.lower(), None)
            return f"a BibTeX string longer than {LONGEST_STRING:,} characters is not used"
        self._known[name.lower()] = value
        return ""

    def value(self, expression: str) -> str:
        """Return what an expression stands for; a name that is not defined stands for itself.

        Raises `ValueError` with a reason in one line for what is no expression, and for strings that grow without end.
        """
        return "".join(self._parts(expression)).strip()

    def _parts(self, text: str) -> Iterator[str]:
        at = 0
        while True:
            at = _skip(text, at)
            sign = text[at : at + 1]
            if sign in ("{", '"'):
                end = _closing(text, at) if sign == "{" else _closing_quote(text, at)
                yield text[at + 1 : end]
                at = end + 1
            elif word := _BARE.match(text, at):
                yield self._of(word.group())
                at = word.end()
            else:
                raise ValueError(_NOT_A_VALUE)
            at = _skip(text, at)
            if at >= len(text):
                return
            if text[at] != "#":
                raise ValueError(_NOT_A_VALUE)
            at += 1

    def _of(self, name: str) -> str:
        value = self._known.get(name.lower(), name)
        if len(value) > _SHORT:
            self._left -= len(value)
            if self._left < 0:
                raise ValueError("the strings of this file make it too long")
        return value


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _closing(text: str, at: int) -> int:
    """Return the place of the brace that closes the one at `at`."""
    depth = 0
    for sign in _BRACE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if not depth:
            return sign.start()
    raise ValueError(_NOT_A_VALUE)


def _closing_quote(text: str, at: int) -> int:
    """Return the place of the quote that closes the one at `at`, outside braces."""
    depth = 0
    for sign in _QUOTE.finditer(text, at + 1):
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if sign.group() == '"' and depth <= 0:
            return sign.start()
    raise ValueError(_NOT_A_VALUE)
