"""Keeps texts from running as formulas where a table is opened in a spreadsheet, without losing a character of them.

A cell that begins with ``= + - @`` (or a tab, or one of their wide forms) is a formula to Excel, LibreOffice and Google Sheets, and
a formula can start programs and send data away (OWASP, "CSV injection"). An apostrophe before it makes it a text. A text that
begins with apostrophes and then such a sign gets one more, so that taking one away gives every text back. Numbers stay numbers.
"""

from __future__ import annotations

import re

_RUNS = "=+\\-@\t\r＝＋－＠"
_FORMULA = re.compile(rf"'*[{_RUNS}]")
_GUARDED = re.compile(rf"''*[{_RUNS}]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs.

    >>> guarded("=1+1"), guarded("-0.5"), guarded("- a list"), guarded("LoRA"), guarded("'=1")
    ("'=1+1", '-0.5', "'- a list", 'LoRA', "''=1")
    """
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("-0.5"), unguarded("''=1"), unguarded("'tis")
    ('=1+1', '-0.5', "'=1", "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text
