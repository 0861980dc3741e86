"""Reading a page back: the data blocks, scripts and styles that a browser would find in it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

_ALPHABET = [chr(code) for code in range(33, 127) if chr(code) not in "\"&'<>\\"]


def unpack(text: str) -> list[int]:
    """Read packed numbers back, written apart from the code that packs them."""
    found, number = [], 0
    for character in text:
        value = _ALPHABET.index(character)
        if value >= 44:
            number = (number + value - 44) * 44
        else:
            found.append(number + value)
            number = 0
    return found


def unpack_signed(text: str) -> list[int]:
    """Read numbers of either sign."""
    return [-(n + 1) // 2 if n % 2 else n // 2 for n in unpack(text)]


def unpack_steps(text: str) -> list[int]:
    """Read numbers written as differences."""
    return list(accumulate(unpack_signed(text)))


_READ: dict[str, Any] = {
    **dict.fromkeys(("x", "y", "tx", "ty", "topic"), unpack_signed),
    **dict.fromkeys(("size", "n", "group", "type", "weight", "year"), unpack),
    **dict.fromkeys(("from", "to"), unpack_steps),
}


def _key(column: Any, at: int) -> Any:
    if isinstance(column, dict):
        return str(at) if str(at) in column else None
    return at


class PageParts(HTMLParser):
    """Collects the scripts, styles and metas of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.policy = ""
        self.addresses: list[str] = []
        self._inside: list[str] | None = None
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        if tag in ("script", "style"):
            self._inside = []
            if tag == "script":
                self.scripts.append((given, ""))

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._inside is None:
            return
        text, self._inside = "".join(self._inside), None
        if tag == "style":
            self.styles.append(text)
        else:
            self.scripts[-1] = (self.scripts[-1][0], text)

    def block(self, name: str) -> Any:
        """Return the JSON of a data block."""
        return next(json.loads(text) for given, text in self.scripts if given.get("id") == f"graph-{name}")

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a block of columns (`papers`, `entities`, `links` or `statements`)."""
        table = self.block(name)
        read = {name: _READ[name](column) if name in _READ else column for name, column in table.items()}
        return [
            {
                name: column[key]
                for name, column in read.items()
                if name != "length" and (key := _key(column, at)) is not None
            }
            for at in range(table["length"])
        ]

    def running(self) -> list[str]:
        """Return the texts of the scripts that run."""
        return [text for given, text in self.scripts if "type" not in given]

    def allowed(self, directive: str) -> list[str]:
        """Return the sources that the content security policy allows."""
        found = re.search(rf"(?:^|; ){directive} ([^;]*)", self.policy)
        return found[1].split() if found else []
