"""Read a year or date as records write it and give it as CSL-JSON. Used by `_record` for every format."""

from __future__ import annotations

import re
from typing import Any

_ISO = re.compile(r"^\s*([12]\d{3})(?:[-/.](\d{1,2})(?!\d))?(?:[-/.](\d{1,2})(?!\d))?")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d:])([0-3]?\d)(?:st|nd|rd|th)?(?![\d:])")


def issued(value: object) -> dict[str, Any]:
    """Return a date as CSL-JSON: ``date-parts`` as far as it is understood, and ``raw`` where words were left over.

    >>> issued("2024-05-08"), issued(2017), issued("8 May 2024"), issued("2014//")
    ({'date-parts': [[2024, 5, 8]]}, {'date-parts': [[2017]]}, {'date-parts': [[2024, 5, 8]]}, {'date-parts': [[2014]]})
    >>> issued("1 Jan.-Feb. 2019"), issued([{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}])
    ({'date-parts': [[2019]], 'raw': '1 Jan.-Feb. 2019'}, {'date-parts': [[2007, 4, 2]]})
    """
    if isinstance(value, dict):
        return _of_mapping(value)
    if isinstance(value, list):
        return issued(value[0]) if value else {}
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return {}
    text = str(value)
    parts, whole = _parts(text)
    if not parts:
        return {"raw": text} if text.strip() else {}
    return {"date-parts": [parts]} if whole else {"date-parts": [parts], "raw": text}


def year(date: dict[str, Any]) -> int | None:
    """Return the year of a CSL-JSON date."""
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and isinstance(parts[0][0], int):
        return int(parts[0][0])
    return None


def _of_mapping(value: dict[str, Any]) -> dict[str, Any]:
    """Read a CSL-JSON date (numbers may be strings), or an object with year, month and day or with one date in it."""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        dates = [_numbers(part) for part in parts if isinstance(part, list)]
        known = {key: item for key, item in value.items() if key != "date-parts"}
        return known | ({"date-parts": dates} if dates[0] else {})
    lower = {str(key).lower(): item for key, item in value.items()}
    if "year" in lower:
        numbers = _numbers([lower.get("year"), lower.get("month"), lower.get("day")])
        return {"date-parts": [numbers]} if numbers else {}
    for key in ("raw", "literal", "created", "date", "date-time", "value"):
        if isinstance(lower.get(key), str):
            return issued(lower[key])
    return {}


def _numbers(part: list[Any]) -> list[int]:
    """Return the leading whole numbers of a date part, at most year, month and day."""
    numbers: list[int] = []
    for item in part[:3]:
        digits = str(item).strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
            break
        numbers.append(int(digits))
    return numbers


def _parts(text: str) -> tuple[list[int], bool]:
    """Return year, month and day as far as `text` gives them, and whether that is all it says."""
    if (iso := _ISO.match(text)) and not _MONTH.search(text):
        numbers = [int(group) for group in iso.groups() if group]
        if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
            numbers = numbers[:1]
        rest = text[iso.end() :].strip(" /.-")
        return numbers, not rest or rest[0] in "T0123456789"
    found = _YEAR.search(text)
    if not found:
        return [], False
    numbers = [int(found.group())]
    months = _MONTH.findall(text)
    if not months:
        return numbers, text.strip(" /.-()") == found.group()
    if len(months) > 1:
        return numbers, False
    numbers.append(_MONTHS.index(months[0].lower()) + 1)
    days = _DAY.findall(text.replace(found.group(), " ", 1))
    return numbers + [int(day) for day in days[:1] if 1 <= int(day) <= 31], len(days) <= 1
