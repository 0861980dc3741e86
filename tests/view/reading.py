"""Reading a page back: the data blocks, scripts and styles that a browser would find in it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any


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

    def running(self) -> list[str]:
        """Return the texts of the scripts that run."""
        return [text for given, text in self.scripts if "type" not in given]

    def allowed(self, directive: str) -> list[str]:
        """Return the sources that the content security policy allows."""
        found = re.search(rf"(?:^|; ){directive} ([^;]*)", self.policy)
        return found[1].split() if found else []
