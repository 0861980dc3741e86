"""The numbers that stand in a text, as exact values: how `kg.verify` sees that a reported value is in its quote."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_MINUS = ("-", "−", "–")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
)
_UNITS += "eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_UNITS.split())}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
_WORDS |= {
    "once": 1,
    "twice": 2,
    "double": 2,
    "thrice": 3,
    "triple": 3,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
}
_WORD = re.compile(r"[a-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine)\b)?", re.IGNORECASE)


def numbers(text: str) -> set[Decimal]:
    """Return the numbers printed in a text, thousands separators dropped, words as digits; with a sign also as negative.

    >>> sorted(map(str, numbers("from -1,024.50 to three")))
    ['-1024.50', '1024.50', '3']
    >>> numbers("٣.٥")
    {Decimal('3.5')}
    """
    found = set()
    for match in _NUMBER.finditer(text):
        value = Decimal(match.group().replace(",", ""))
        found.add(value)
        if text[: match.start()].rstrip(" $").endswith(_MINUS):
            found.add(-value)
    for match in _WORD.finditer(text.lower()):
        tens, _, rest = match.group().partition("-")
        if match.group() in _WORDS:
            found.add(Decimal(_WORDS[match.group()]))
        elif tens in _WORDS:
            found.add(Decimal(_WORDS[tens] + _WORDS.get(rest, 0)))
    return found
