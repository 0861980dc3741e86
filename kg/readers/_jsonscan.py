"""Find the records in JSON of any shape, and the place each starts at. Used by the `json` and `jsonl` readers.

A record is an object with a title or an abstract. Arrays and objects around records are walked through: ``[...]``,
``{"count": 2, "papers": [...]}``, ``{"id1": {...}, "id2": {...}}``, and values after one another. The text is decoded
value by value, so that a broken element costs only itself.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.readers import _fields, _jsoncolumns, _providers

NOT_AN_OBJECT = "not a JSON object with title and abstract"
_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_NEXT_ELEMENT = re.compile(r"\}\s*,\s*(?=\{)")
_NEXT_VALUE = re.compile(r"\n(?=[{\[])")
_BACKSLASH = re.compile(r"(\\(?:[\"\\/bfnrt]|u[0-9A-Fa-f]{4}))|\\")  # one that JSON knows, or any other
_PATCHED = (1 << 8, 1 << 11, 1 << 14, 1 << 17, 1 << 20)  # characters in which backslashes are put right: few, then more
_NEAR_END = 20  # characters before the end of a piece in which an error may come of its being cut there
_DEPTH = 8  # objects around a record
_CONTAINERS = (dict, list)
_MOST_BROKEN = 5000  # broken places, after which the rest of a file is given up
GIVEN_UP = f"more than {_MOST_BROKEN:,} places are broken; the rest is not read"


@dataclass(frozen=True)
class Item:
    """A record and where in the text it starts, or what is wrong there. `key` names it in the object around it."""

    start: int
    record: Mapping[str, Any] | None
    key: str = ""
    error: str = ""


Items = Generator[Item, None, int]
"""Yields items, returns the place in the text after them."""


class Text(str):
    """A long text. Errors of `json` count the lines before them, which is slow where there are many; here they find none."""

    __slots__ = ()

    def count(self, *_: object) -> int:
        """Count nothing."""
        return 0

    def rindex(self, *_: object) -> int:
        """Find the beginning of the text."""
        return 0


class _Errors:
    """How many broken places of a file may still be met."""

    def __init__(self) -> None:
        self.left = _MOST_BROKEN

    def too_many(self) -> bool:
        """Count one more, and tell whether it is one too many."""
        self.left -= 1
        return self.left < 0


def _float(text: str) -> float | str:
    value = float(text)
    return value if math.isfinite(value) else text


def _nothing(name: str) -> None:
    """Read NaN and the infinities, which are no JSON but what Python writes for a missing number."""


DECODER = json.JSONDecoder(strict=False, parse_float=_float, parse_constant=_nothing)


def decode(text: str, start: int) -> tuple[Any, int]:
    """Return the value at `start` and the place after it. Raises `ValueError` with a reason in one line."""
    try:
        return DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Invalid \\") and (found := _with_backslashes(text, start)):
            return found
        raise ValueError(f"not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("not valid JSON: nested too deeply") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise ValueError(f"not valid JSON: {error}") from error


def _with_backslashes(text: str, start: int) -> tuple[Any, int] | None:
    """Return the value at `start` where backslashes stand for themselves, as in LaTeX that nobody escaped; else None."""
    for length in _PATCHED:
        piece = text[start : start + length]
        added = [found.start() for found in _BACKSLASH.finditer(piece) if not found.group(1)]
        # each cut ends with a backslash, and the next begins with it once more
        patched = "".join(piece[begin : end + 1] for begin, end in pairwise([0, *added, len(piece)]))
        try:
            value, end = DECODER.raw_decode(patched)
        except json.JSONDecodeError as error:
            if len(piece) < length or (error.pos < len(patched) - _NEAR_END and "Unterminated" not in error.msg):
                return None  # else the value may go on behind this piece
        except (ValueError, RecursionError):
            return None
        else:
            return value, start + end - sum(place + i < end for i, place in enumerate(added))
    return None


def items(text: str) -> Iterator[Item]:
    """Yield the records of a JSON text in order, and what is broken."""
    text = Text(text)
    at = skip(text, 0)
    errors = _Errors()
    while at < len(text):
        begin = at
        if text[at] == "[":
            at = yield from _array(text, at, errors)
        elif text[at] == "{":
            at = yield from _top_object(text, at, errors)
        else:
            yield Item(at, None, error=NOT_AN_OBJECT)
            at = len(text) if errors.too_many() else _resume(_NEXT_VALUE, text, at)
        at = skip(text, at)
    if errors.left < 0:
        yield Item(begin, None, error=GIVEN_UP)


def walk(text: str, start: int, value: object, *, key: str = "", depth: int = 0) -> Iterator[Item]:
    """Yield the records in a decoded `value`, which stands at `start` and where a record is expected."""
    keyed = value if isinstance(value, dict) else None
    if keyed is not None and _providers.passed_over(keyed):
        return
    if keyed is not None and (rows := _jsoncolumns.rows(keyed)):
        yield from (Item(start, row) for row in rows)
    elif keyed is not None and _is_record(keyed):
        yield Item(start, keyed, key)
    elif depth < _DEPTH and _holds_records(value):
        yield from _inner(text, start, value, depth)
    elif keyed is not None:
        yield Item(start, keyed, key)  # no text in it: the record's problem
    elif value is not None and value != []:
        yield Item(start, None, error=NOT_AN_OBJECT)


def has_records(value: object) -> bool:
    """Tell whether a value is a record or a table, or holds any."""
    return (isinstance(value, Mapping) and is_one(value)) or _holds_records(value)


def is_one(value: Mapping[str, Any]) -> bool:
    """Tell whether an object is itself a record or a table."""
    return _is_record(value) or bool(_jsoncolumns.rows(value))


def _inner(text: str, start: int, value: object, depth: int) -> Iterator[Item]:
    """Walk through a container: all of an array, but of an object only what holds records."""
    keyed = isinstance(value, Mapping) and len(value) > 1 and all(isinstance(v, Mapping) for v in value.values())
    for key, at, child in _children(text, start):
        if isinstance(value, list) or _holds_records(child) or (isinstance(child, Mapping) and _is_record(child)):
            yield from walk(text, at, child, key=key if keyed else "", depth=depth + 1)


def _is_record(value: Mapping[str, Any]) -> bool:
    """Tell a record from an object around records, which may have a title (of a collection) too."""
    if _providers.claimed(value):
        return True
    if not any(map(_fields.is_text_field, value)):
        return False
    variables = {_fields.variable(name)[0] for name in value}
    return "abstract" in variables or bool(variables & {"author", "issued", "DOI"}) or not _holds_records(value)


def _holds_records(value: object, depth: int = 0) -> bool:
    """Tell whether a list or object has a record anywhere in it."""
    if depth > _DEPTH:
        return False
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return any(
        (isinstance(child, dict) and _is_plain_record(child)) or _holds_records(child, depth + 1)
        for child in inner
        if isinstance(child, _CONTAINERS)
    )


def _is_plain_record(value: Mapping[str, Any]) -> bool:
    return _providers.claimed(value) or any(_fields.is_text_field(name) for name in value)


def _top_object(text: str, start: int, errors: _Errors) -> Items:
    """Read an object that stands alone; one that is broken is still searched for whole records."""
    try:
        value, end = decode(text, start)
    except ValueError as error:
        return (yield from _broken_object(text, start, str(error), errors))
    if not _is_empty_list(value) or _is_record(value) or _holds_records(value):
        yield from walk(text, start, value)
    return end


def _is_empty_list(value: Mapping[str, Any]) -> bool:
    """Tell an answer without hits ({"count": 0, "papers": []}) from a record without text."""
    return not value or any(child == [] for child in value.values())


def _broken_object(text: str, start: int, reason: str, errors: _Errors) -> Items:
    """Read what is whole in a broken object, such as the start of a list that was cut off."""
    at = skip(text, start + 1)
    while at < len(text) and text[at] == '"':
        try:
            _, at = decode(text, at)
            at = skip(text, at)
            if text[at : at + 1] != ":":
                break
            at = skip(text, at + 1)
            if text[at : at + 2] and text[at] == "[" and text[skip(text, at + 1) :][:1] == "{":
                at = yield from _array(text, at, errors)
                return _resume(_NEXT_VALUE, text, at)
            _, at = decode(text, at)
        except ValueError:
            break
        at = skip(text, at + 1) if text[at : at + 1] == "," else skip(text, at)
    yield Item(start, None, error=reason)
    return len(text) if errors.too_many() else _resume(_NEXT_VALUE, text, start)


def _array(text: str, start: int, errors: _Errors) -> Items:
    """Read an array element by element; after a broken one, go on at the next that is a record."""
    at = skip(text, start + 1)
    recovering = False
    while at < len(text) and (recovering or text[at] != "]"):
        try:
            value, end = decode(text, at)
        except ValueError as error:
            if not recovering:
                yield Item(at, None, error=str(error))
            recovering = True
            if errors.too_many():
                return len(text)
            at = _resume(_NEXT_ELEMENT, text, at)
            continue
        if recovering and not (isinstance(value, Mapping) and _is_record(value)):
            at = _resume(_NEXT_ELEMENT, text, at)
            continue
        recovering = False
        yield from walk(text, at, value)
        begin, at = at, skip(text, end)
        if text[at : at + 1] == ",":
            at = skip(text, at + 1)
        elif text[at : at + 1] != "]" and at < len(text):
            yield Item(begin, None, error="not valid JSON: no comma after this element")
            recovering, at = True, _resume(_NEXT_ELEMENT, text, begin)
    if at >= len(text) and not recovering:
        yield Item(start, None, error="not valid JSON: the array is not closed")
    return at + 1


def _children(text: str, start: int) -> Iterator[tuple[str, int, Any]]:
    """Yield key, place and value of what is in the valid array or object at `start`."""
    keyed = text[start] == "{"
    at = skip(text, start + 1)
    while text[at] not in "]}":
        key = ""
        if keyed:
            key, at = decode(text, at)
            at = skip(text, skip(text, at) + 1)
        value, end = decode(text, at)
        yield key, at, value
        at = skip(text, end)
        if text[at] == ",":
            at = skip(text, at + 1)


def skip(text: str, at: int) -> int:
    """Return the place of the next character that is no white space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _resume(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the place where reading can go on after `at`, or the end."""
    found = pattern.search(text, at)
    return found.end() if found else len(text)
