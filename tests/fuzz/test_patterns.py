"""Every regular expression of kg takes time in proportion to the text, on strings made to drive it mad.

Time is that of the processor, and what counts is how it grows: twice the text may not take four times as long.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from kg.text.clean import clean
from tests.fuzz.patterns import Used, all_patterns, bombs

_LENGTH = 4000
_NOTHING = 0.006  # seconds in which no machine takes so many steps as the square of that length
_STEEP = 2.9  # times as long for twice the text: 2 is straight, 4 is a square
_TOO_LONG = 1.0
_ENDS = ("\x01", "")

CLEANED = (
    "kg.extract.",
    "kg.reading.",
    "kg.resolve.",
    "kg.text.tokens",
    "kg.text.phrases",
    "kg.text.words",
    "kg.tagging.",
)
"""Rooms that see only text that `clean` made, in which white space is one space."""

BOUNDED = {
    "kg.extract.results:": "a slice of 30 characters at most",
    "kg.store.index._PART": "one node of Turtle that kg wrote, in which no IRI holds <",
    "kg.serve.accept._RANGE": "called by fullmatch on one part of a header, which the server limits",
    "kg.rdf.iris._AUTHORITY": "the authority of one IRI, called by fullmatch",
    "kg.extract.abbreviations._TRAIL": "what stands in one bracket, of a few tokens",
    "kg.readers._fulltext._LAST_WORD": "the 40 characters before a hyphen",
}
"""Patterns that are steep on long strings but never get one, and why."""


class _TooLongError(Exception):
    pass


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    begin = time.process_time()
    if method == "search":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)
    return time.process_time() - begin


def _text(used: Used, before: str, unit: str, end: str, length: int) -> str:
    text = before + unit * (length // len(unit) + 1) + end
    return clean(text) if used.where.startswith(CLEANED) else text


def _is_steep(used: Used, method: str, before: str, unit: str, end: str) -> bool:
    """Tell whether time grows faster than the text, measured again where it seems so."""
    texts = [_text(used, before, unit, end, _LENGTH * times) for times in (1, 2, 4)]
    for _ in range(3):
        first, second, third = (min(_seconds(used.pattern, method, text) for _ in range(2)) for text in texts)
        if second < first * _STEEP or third < second * _STEEP:
            return False
    return True


def worst(used: Used) -> str:
    """Return what drives a pattern mad, thrice of three times; nothing for one that stays calm."""
    for method in sorted(used.methods):
        for before, unit in bombs(used.pattern):
            for end in _ENDS:
                if all(_is_mad(used, method, before, unit, end) for _ in range(3)):
                    return f"{used.where} {method}: {before!r} {unit!r}... {end!r}"
    return ""


def _is_mad(used: Used, method: str, before: str, unit: str, end: str) -> bool:
    """Tell whether a string is too much for a pattern."""
    try:
        with _at_most(_TOO_LONG):
            for length in (16, 32, 64, 500):  # what grows faster than any power of the length shows here
                _seconds(used.pattern, method, _text(used, before, unit, end, length))
            slow = _seconds(used.pattern, method, _text(used, before, unit, end, _LENGTH)) > _NOTHING
            return slow and _is_steep(used, method, before, unit, end)
    except _TooLongError:
        return True


def test_patterns_are_found() -> None:
    found = all_patterns()
    assert len(found) > 150
    assert {used.where for used in found} >= {"kg.text.tokens._TOKEN", "kg.readers._ids._DOI", "kg.text.clean._TAG"}


def test_a_pattern_that_explodes_is_found_out() -> None:
    for bad in (r"(a+)+$", r"\s+$", r"(?:a|a)*b", r"x\s*,\s*\s*y"):
        assert worst(Used("here", re.compile(bad), frozenset({"search"}))), bad
    for good in (r"a+b", r"[^x]*x", r"\w+"):
        assert not worst(Used("here", re.compile(good), frozenset({"match"}))), good


@pytest.mark.parametrize("room", sorted({used.where.split(".")[1].split(":")[0] for used in all_patterns()}))
def test_every_pattern_is_linear(room: str) -> None:
    patterns = [used for used in all_patterns() if used.where.split(".")[1].split(":")[0] == room]
    assert [found for used in patterns if not used.where.startswith(tuple(BOUNDED)) and (found := worst(used))] == []
