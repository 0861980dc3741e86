"""Take the words out of a value of whatever shape. Used by everything that makes a record of fields."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT_KEYS = ("text", "value", "content", "name", "title", "display_name", "#text", "en", "tag", "term")


def text_of(value: object) -> str:
    """Return the words of a value of whatever shape: text, number, list of texts or object around a text.

    >>> text_of(["A", "title"]), text_of({"text": "words"}), text_of(12), text_of(None)
    ('A title', 'words', '12', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return " ".join(text for item in value if (text := text_of(item)))
    if isinstance(value, Mapping):
        return next((text_of(value[key]) for key in _TEXT_KEYS if key in value), "")
    return ""


def first(value: object) -> str:
    """Return the first text of a value that may be a list.

    >>> first(["", "A", "B"]), first("A")
    ('A', 'A')
    """
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item).strip())), "")
    return text_of(value)
