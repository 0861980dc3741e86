"""Read long JSON in bounded memory: arrays, and objects around them, value by value. Used by the `json` reader.

A text that fits into the window is left to `_jsonscan`, which looks at it as a whole. Of a longer one no more is held than the
window and one record. Where it is broken, the rest is read as a whole, and `_jsonscan` saves of it what it can.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, TextIO

from kg.readers import _jsonscan
from kg.readers._jsonscan import Item

WINDOW = 1 << 23  # characters; no record of a single paper is longer
_DEPTH = 8  # objects around an array that is too long for the window

Placed = tuple[int, Item]
"""The line an item starts at, and the item."""


def items(stream: TextIO, *, window: int = WINDOW) -> Iterator[Placed]:
    """Yield the records of a JSON text with their lines, and what is broken."""
    text = stream.read(window)
    if len(text) < window:
        yield from _scanned(text, 1)
        return
    part = _Part(stream, text, window)
    while sign := part.sign():
        try:
            short = part.value(if_short=True) if sign != "[" else None
        except ValueError:
            yield from part.rest("")
            return
        if short:
            yield from part.records(*short, "", always=True)
        elif not (yield from _walked(part, sign, 0)):
            return


def _walked(part: _Part, opening: str, depth: int) -> Generator[Placed, None, bool]:
    """Walk through the array or object that begins here; tell whether it is whole, and something may follow."""
    part.at += 1
    while part.sign() != ("]" if opening == "[" else "}"):
        try:
            key = part.key() if opening == "{" else ""
            found = part.value(if_short=opening == "{" and depth < _DEPTH)
        except ValueError:
            yield from part.rest(opening)
            return False
        if found:
            yield from part.records(*found, key, always=opening == "[")
        elif not (yield from _walked(part, part.sign(), depth + 1)):
            return False
        if part.sign() == ",":
            part.at += 1
    part.at += 1
    return True


class _Part:
    """The part of a text that is in memory; `at` is the place reached in it."""

    def __init__(self, stream: TextIO, text: str, window: int) -> None:
        self._stream = stream
        self._window = window
        self._text = text
        self._line, self._counted = 1, 0
        self.at = 0

    def sign(self) -> str:
        """Return the next character that is no white space, nothing at the end."""
        while True:
            self.at = _jsonscan.skip(self._text, self.at)
            if self.at < len(self._text) or not self._more():
                return self._text[self.at : self.at + 1]

    def key(self) -> str:
        """Return the key that comes next, and go to its value. Raises `ValueError` where there is none."""
        found = self.value()
        if not found or not isinstance(found[1], str) or self.sign() != ":":
            raise ValueError("no key")
        self.at += 1
        self.sign()
        return found[1]

    def value(self, *, if_short: bool = False) -> tuple[int, Any] | None:
        """Return place and value of what comes next, and go behind it; None for what is longer than the window.

        With `if_short` false, it may be of any length. Raises `ValueError` where there is none.
        """
        while True:
            try:
                value, end = _jsonscan.decode(self._text, self.at)
            except ValueError:
                if if_short and len(self._text) - self.at >= self._window and self._text[self.at] in "[{":
                    return None
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # else a number may go on
                start, self.at = self.at, end if end < len(self._text) else len(self._text)
                return start, value

    def records(self, start: int, value: Any, key: str, *, always: bool) -> Iterator[Placed]:
        """Yield the records in a value; where not `always` one is expected, only where there are any."""
        if always or _jsonscan.has_records(value):
            for item in _jsonscan.walk(self._text, start, value, key=key):
                yield self._line_of(item.start), item

    def rest(self, opening: str) -> Iterator[Placed]:
        """Read all there is, and yield what can be saved of it; `opening` is the sign of what is broken."""
        while self._more():
            pass
        line, at = self._line_of(self.at), self.at
        self.at = len(self._text)
        yield from _scanned(opening + self._text[at:], line)

    def _more(self) -> bool:
        """Forget what was read, and take in as much again as is left; tell whether there was any."""
        self._line_of(self.at)
        self._counted -= self.at
        self._text, self.at = self._text[self.at :], 0
        added = self._stream.read(max(self._window, len(self._text)))
        self._text += added
        return bool(added)

    def _line_of(self, place: int) -> int:
        if place > self._counted:
            self._line += self._text.count("\n", self._counted, place)
            self._counted = place
        return self._line


def _scanned(text: str, line: int) -> Iterator[Placed]:
    counted = 0
    for item in _jsonscan.items(text):
        if item.start > counted:
            line += text.count("\n", counted, item.start)
            counted = item.start
        yield line, item
