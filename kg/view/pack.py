"""Numbers as short text: how the page carries positions, lines and spans at a character or two each.

A whole number is written in digits of base 44, the last digit apart from those before it, in 88 characters that JSON and
HTML leave as they are. Columns that rise are written as differences. `page/unpack.js` reads them back. Called by
`kg.view.assemble` for nodes and edges and by `kg.view.details` for spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ALPHABET = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"&'<>\\")
"""The 88 characters: the first 44 end a number, the others lead on to its next digit."""

_BASE = len(ALPHABET) // 2


def pack(numbers: Iterable[int]) -> str:
    """Write whole numbers, none below zero.

    >>> pack([0, 43, 44])
    '!QS!'
    """
    return "".join(_FEW[n] if n < len(_FEW) else _digits(n) for n in numbers)


def pack_signed(numbers: Iterable[int]) -> str:
    """Write whole numbers of either sign, the small ones short.

    >>> pack_signed([0, -1, 1])
    '!#$'
    """
    return pack(2 * n if n >= 0 else -2 * n - 1 for n in numbers)


def pack_steps(numbers: Iterable[int]) -> str:
    """Write whole numbers each as its difference from the one before, the first from 0."""
    before = 0
    steps = []
    for number in numbers:
        steps.append(number - before)
        before = number
    return pack_signed(steps)


def columns(rows: Sequence[Mapping[str, Any]], codes: Mapping[str, str]) -> dict[str, Any]:
    """Turn rows into columns; a name in `codes` is packed: plain, signed or steps.

    Absent values are written as 0, and a column of nothing else is left out.
    """
    names = sorted({name for row in rows for name in row})
    packers = {"plain": pack, "signed": pack_signed, "steps": pack_steps}
    made: dict[str, Any] = {"length": len(rows)}
    for name in names:
        if name in codes and not any(row.get(name) for row in rows):
            continue
        if name in codes:
            made[name] = packers[codes[name]](row.get(name, 0) for row in rows)
        elif all(name in row for row in rows):
            made[name] = [row[name] for row in rows]
        else:
            made[name] = {str(at): row[name] for at, row in enumerate(rows) if name in row}
    return made


def _digits(number: int) -> str:
    text = ALPHABET[number % _BASE]
    while number := number // _BASE:
        text = ALPHABET[_BASE + number % _BASE] + text
    return text


_FEW = [_digits(n) for n in range(_BASE * _BASE)]
"""The numbers of one and two digits, which are nearly all."""
