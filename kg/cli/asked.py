"""Which graph a command asks: the one beside you, or one on a server. Options and credentials in, a store out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.narrate import say

if TYPE_CHECKING:
    from kg.store import Source
    from kg.store.http import Server


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph by its path, or by the URL of the server that has it.

    `user` may hold a password after a colon; what is not given is looked for in the environment, and a password that is not
    there either is asked for where somebody sits at a terminal.
    """

    graph_path: Path
    endpoint: str = ""
    named_graph: str = ""
    user: str = ""
    token: str = field(default="", repr=False)
    timeout: float = 60.0

    @contextmanager
    def open(self) -> Iterator[Source]:
        """Open the graph to ask it; raises `KgError` when that cannot be done."""
        if self.endpoint:
            from kg.store.remote import Endpoint

            with Endpoint(self.server()) as endpoint:
                yield endpoint
            return
        from kg.store import Store, is_made

        if not is_made(self.graph_path):
            say(f"{self.graph_path} is large: its store is made first, so that this and later questions are fast")
        yield Store.open(self.graph_path)

    def server(self) -> Server:
        """Return the server with what is needed to get in."""
        from kg.store.http import Server

        name, _, password = self.user.partition(":")
        name = name or os.environ.get("KG_ENDPOINT_USER", "")
        password = password or os.environ.get("KG_ENDPOINT_PASSWORD", "")
        if name and not password and sys.stdin.isatty():
            password = click.prompt(f"password of {name}", hide_input=True, err=True)
        return Server(
            self.endpoint,
            graph=self.named_graph,
            user=name,
            password=password,
            token=self.token or os.environ.get("KG_ENDPOINT_TOKEN", ""),
            timeout=self.timeout,
        )
