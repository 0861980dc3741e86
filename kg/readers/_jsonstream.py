"""Read long JSON in bounded memory: arrays, and objects around them, value by value. Used by the `json` reader.

A text that fits into the window is left to `_jsonscan`, which looks at it as a whole. Of a longer one no more is held than the
window and one record. Where it is broken, the rest is read as a whole, and `_jsonscan` saves of it what it can.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from kg.readers import _fields, _jsonscan
from kg.readers._jsonscan import Item, Text
from kg.readers._lines import LONGEST

WINDOW = 1 << 23  # characters; no record of a single paper is longer
_DEPTH = 8  # objects around an array that is too long for the window
TOO_LONG = f"an object of more than {LONGEST:,} characters without a list of records"

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
            short = part.value(window) if sign != "[" else None
        except ValueError:
            yield from part.rest("")
            return
        if short:
            yield from part.records(*short, "")
        elif (yield from _walked(part, sign)) is None:
            return


def _walked(
    part: _Part, opening: str, name: str = "", depth: int = 0
) -> Generator[Placed, None, dict[str, Any] | None]:
    """Walk through the array or object that begins here; `name` is its name in the object around it.

    An object in which no record was found is one itself if it can be; else, unless it stands alone, its fields are returned,
    to be a value in the object around it. None is returned where it is broken, and nothing can follow.
    """
    own = _Own(part.line(), part.given, part.passed())
    part.at += 1
    while part.sign() != ("]" if opening == "[" else "}"):
        try:
            key = part.key() if opening == "{" else ""
            found = part.value(part.most() if opening == "{" and depth < _DEPTH else 0)
        except ValueError:
            yield from part.rest(opening)
            return None
        if not found:
            inner = yield from _walked(part, part.sign(), key, depth + 1)
            if inner is None:
                return None
            if inner:
                own.take(key, inner, part.passed())
        elif opening == "[" or (not own.is_whole and _jsonscan.has_records(found[1])):
            yield from part.records(*found, key)
        else:
            own.take(key, found[1], part.passed())
        if part.sign() == ",":
            part.at += 1
    part.at += 1
    if opening == "[" or part.given > own.given:
        return {}
    if depth and not own.too_long and not _jsonscan.is_one(own.fields):
        return own.fields
    yield from part.own(own, name)
    return {}


@dataclass
class _Own:
    """What an object that is longer than the window says besides the records it holds: it may be a record itself.

    `line` and `begin` are where it begins, `given` is how many records and problems had been found before it.
    """

    line: int
    given: int
    begin: int
    fields: dict[str, Any] = field(default_factory=dict)
    too_long: bool = False
    _texts: set[str] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        """Tell a record, which has title and abstract, from a list of records that has a title."""
        return len(self._texts) > 1

    def take(self, key: str, value: Any, passed: int) -> None:
        """Take a field that holds no records."""
        self.too_long = passed - self.begin > LONGEST
        if self.too_long:
            self.fields.clear()
        else:
            self.fields[key] = value
        if _fields.is_text_field(key):
            self._texts.add(_fields.variable(key)[0])


class _Part:
    """The part of a text that is in memory; `at` is the place reached in it, `given` the number of items found so far."""

    def __init__(self, stream: TextIO, text: str, window: int) -> None:
        self._stream = stream
        self._window = window
        self._text = Text(text)
        self._line, self._counted = 1, 0
        self._forgotten = 0  # characters
        self.at = 0
        self.given = 0

    def passed(self) -> int:
        """Return the number of characters before the place reached."""
        return self._forgotten + self.at

    def line(self) -> int:
        """Return the line of the place reached."""
        return self._line_of(self.at)

    def sign(self) -> str:
        """Return the next character that is no white space, nothing at the end."""
        while True:
            self.at = _jsonscan.skip(self._text, self.at)
            if self.at < len(self._text) or not self._more():
                return self._at(self.at)

    def _at(self, place: int) -> str:
        return self._text[place : place + 1]

    def key(self) -> str:
        """Return the key that comes next, and go to its value. Raises `ValueError` where there is none."""
        found = self.value()
        if not found or not isinstance(found[1], str) or self.sign() != ":":
            raise ValueError("no key")
        self.at += 1
        self.sign()
        return found[1]

    def most(self) -> int:
        """Return how long what comes next may be to be read at once: an array of words or numbers is no list of records."""
        sign = self._at(_jsonscan.skip(self._text, self.at + 1)) if self.sign() == "[" else ""
        return LONGEST if sign and sign not in "[{" else self._window

    def value(self, most: int = 0) -> tuple[int, Any] | None:
        """Return place and value of what comes next, and go behind it; None for what is longer than `most` characters.

        Where `most` is 0, it may be of any length. Raises `ValueError` where there is none.
        """
        while True:
            try:
                value, end = _jsonscan.decode(self._text, self.at)
            except ValueError:
                if most and len(self._text) - self.at >= most and self._text[self.at] in "[{":
                    return None
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():  # else a number may go on
                start, self.at = self.at, end if end < len(self._text) else len(self._text)
                return start, value

    def records(self, start: int, value: Any, key: str) -> Iterator[Placed]:
        """Yield the records in a value, where one is expected."""
        for item in _jsonscan.walk(self._text, start, value, key=key):
            self.given += 1
            yield self._line_of(item.start), item

    def own(self, own: _Own, key: str) -> Iterator[Placed]:
        """Yield the record, or the table, that a long object is."""
        if own.too_long:
            found = iter([Item(0, None, error=TOO_LONG)])
        else:
            found = _jsonscan.walk("", 0, own.fields, key=key)
        for item in found:
            self.given += 1
            yield own.line, item

    def rest(self, opening: str) -> Iterator[Placed]:
        """Read all there is, and yield what can be saved of it; `opening` is the sign of what is broken."""
        while self._more():
            pass
        line, at = self._line_of(self.at), self.at
        self.at = len(self._text)
        self.given += 1
        yield from _scanned(opening + self._text[at:], line)

    def _more(self) -> bool:
        """Forget what was read, and take in as much again as is left; tell whether there was any."""
        self._line_of(self.at)
        self._counted -= self.at
        self._forgotten += self.at
        rest = self._text[self.at :]
        added = self._stream.read(max(self._window, len(rest)))
        self._text, self.at = Text(rest + added), 0
        return bool(added)

    def _line_of(self, place: int) -> int:
        if place > self._counted:
            self._line += str.count(self._text, "\n", self._counted, place)  # a `Text` counts nothing
            self._counted = place
        return self._line


def _scanned(text: str, line: int) -> Iterator[Placed]:
    counted = 0
    for item in _jsonscan.items(text):
        if item.start > counted:
            line += text.count("\n", counted, item.start)
            counted = item.start
        yield line, item
