"""File names made of titles and labels: readable, legal on every system, and different where the things are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.text.forms import digest

_UNFIT = re.compile(r'[\\/:*?"<>|#^\[\]%`\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # names of devices on Windows
_LONGEST = 150  # bytes of UTF-8; systems allow 255, and a suffix and an ending come after


def file_name(text: str) -> str:
    """Return a text as a file name without ending; empty when nothing of it can stand in one.

    Signs that would end a link or begin a formula in Markdown are left out too.

    >>> file_name('A/B: "c" <d>?'), file_name("..."), file_name("con"), len(file_name("x" * 500))
    ('A B c d', '', 'con_', 150)
    """
    words = " ".join(_UNFIT.sub(" ", text.replace("$", "")).split()).strip(". ")
    words = words.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip(". ")
    return words + "_" if _RESERVED.fullmatch(words) else words


def file_names(things: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a file name for each (id, text), in whatever order they come.

    Where several would have one name, on a system to which upper and lower case are one, all of them get the beginning
    of a hash of their id.
    """
    names = {ident: file_name(text) for ident, text in things}
    times = Counter(name.casefold() for name in names.values())
    return {
        ident: name if name and times[name.casefold()] == 1 else f"{name} {digest(ident)}".strip()
        for ident, name in names.items()
    }
