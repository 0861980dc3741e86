"""Looks over a Turtle file once, fast: its digest, whether `kg.rdf.turtle` wrote it, and where each sort of node stands.

Our files hold a node a block, in order of IRI, so that all papers, all mentions, all links stand together. Who knows
where can read one sort alone, or several side by side, in little memory. Used to make the store, and by `kg.verify`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.vocab import PREFIXES, Kind

ENTITIES = tuple(sorted(kind.value.lower() for kind in Kind))
SECTIONS = (*ENTITIES, "link", "mention", "paper", "person", "result")
"""What the local ids of nodes begin with, one for each sort of node."""

_SUBJECT = re.compile(rb"^(.*?[/#])(" + "|".join(SECTIONS).encode() + rb")/")
_PREFIX = re.compile(r"@prefix (\w+): <([^<>]*)> \.")
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look over a Turtle file tells.

    `ours` is false when the file is laid out otherwise than our writer does; then there are no sections. `sections` says
    from which to which byte the nodes of each sort stand, in order; "" is what belongs to none. `nodes` counts them.
    """

    digest: str
    ours: bool
    base: str = ""
    sections: tuple[tuple[str, int, int], ...] = ()
    nodes: int = 0

    def spans(self, name: str) -> list[tuple[int, int]]:
        """Return the places of one sort of node: none, one, or several where others stand between."""
        return [(start, end) for section, start, end in self.sections if section == name]


def survey(path: Path) -> Survey:
    """Look over a file; raises `OSError` when it cannot be read."""
    look = _Look()
    with path.open("rb") as file:
        tail, at = b"", 0
        while chunk := file.read(_CHUNK):
            look.digest.update(chunk)
            if look.ours:
                tail = look.take(tail + chunk, at - len(tail), last=False)
            at += len(chunk)
        if look.ours:
            look.take(tail, at - len(tail), last=True)
    return look.result(at)


def lines_of(file: BinaryIO, start: int, end: int) -> Iterator[str]:
    """Yield the lines from one byte to another of an open file, with their ends."""
    file.seek(start)
    left = end - start
    for line in file:
        if left <= 0:
            return
        left -= len(line)
        yield line.decode("utf-8")


def blocks_of(file: BinaryIO, start: int, end: int) -> Iterator[str]:
    """Yield the text of each node from one byte to another of an open file: what stands between ``<`` and the last line end.

    So a block begins with the IRI of its node and ends with the full stop. Others may read the same file meanwhile.
    """
    at, tail = start, b""
    while at < end:
        file.seek(at)
        chunk = file.read(min(_CHUNK // 8, end - at))
        if not chunk:
            break
        at += len(chunk)
        text = tail + chunk
        cut = text.rfind(b"\n\n<")
        if cut < 0 or at >= end:
            tail = text
            continue
        tail = text[cut + 2 :]
        yield from text[1:cut].decode("utf-8").split("\n\n<")
    if tail.strip():
        yield from tail[1:].decode("utf-8").rstrip("\n").split("\n\n<")


class _Look:
    """What is known while the file goes by."""

    def __init__(self) -> None:
        self.digest = hashlib.blake2b(digest_size=16)
        self.ours = True
        self.base: bytes | None = None
        self.here = b"<"  # what the names of the nodes that come by begin with; no IRI begins so
        self.last = b""
        self.nodes = 0
        self.seen_head = False
        self.sections: list[tuple[str, int]] = []

    def take(self, text: bytes, at: int, *, last: bool) -> bytes:
        """Take in text that begins at byte `at`; return the end of it, which has to be seen again with what follows."""
        keep = len(text) if last else text.rfind(b"\n\n<")
        if keep < 0:
            return text
        head, *blocks = text[:keep].split(b"\n\n<")
        if not self.seen_head:
            self.seen_head, self.ours = True, _plain_head(head)
        elif head:
            self.ours = False
        at += len(head) + 2
        for block in blocks:
            subject, _, said = block.partition(b">")
            lines = said.rstrip(b"\n")
            indented = lines.startswith(b"\n    ") and lines.count(b"\n") == lines.count(b"\n    ")
            if subject <= self.last or not indented or not lines.endswith(b" ."):
                self.ours = False
            self.node(subject, at)
            at += len(block) + 3
        return text[keep:]

    def node(self, subject: bytes, at: int) -> None:
        """Take in the subject of a block, and where it begins."""
        self.last = subject
        self.nodes += 1
        if subject.startswith(self.here):
            return
        if self.base is None:
            match = _SUBJECT.match(subject)
            self.base = match[1] if match else None
        section = ""
        if self.base is not None and subject.startswith(self.base):
            name = subject[len(self.base) :].partition(b"/")[0].decode("ascii", "replace")
            section = name if name in SECTIONS else ""
        self.here = (self.base or b"") + section.encode() + b"/" if section else b"<"
        if not self.sections or self.sections[-1][0] != section:
            self.sections.append((section, at))

    def result(self, size: int) -> Survey:
        """Return what was seen of a file of `size` bytes."""
        digest = self.digest.hexdigest()
        if not self.ours:
            return Survey(digest, ours=False)
        ends = [start for _, start in self.sections[1:]] + [size]
        sections = tuple((name, start, end) for (name, start), end in zip(self.sections, ends, strict=True))
        return Survey(digest, True, (self.base or b"").decode("utf-8", "replace"), sections, self.nodes)


def _plain_head(head: bytes) -> bool:
    """Tell whether a file begins with the prefixes of kg and nothing else."""
    for line in head.decode("utf-8", "replace").splitlines():
        match = _PREFIX.fullmatch(line)
        if not match or PREFIXES.get(match[1]) != match[2]:
            return False
    return True
