"""Looks over a Turtle file once, fast: its digest, whether `kg.rdf.turtle` wrote it, and where each sort of node stands.

Our files hold a node a block, in order of IRI, so that all papers, all mentions, all links stand together. Who knows
where can read one sort alone, or several side by side, in little memory. Used to make the store, and by `kg.verify`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import lt
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
    from which to which byte the nodes of each sort stand, in order; "" is what belongs to none. `nodes` counts them; `papers`
    are the IRIs of the papers, when they were asked for.
    """

    digest: str
    ours: bool
    base: str = ""
    sections: tuple[tuple[str, int, int], ...] = ()
    nodes: int = 0
    papers: tuple[str, ...] = ()

    def spans(self, name: str) -> list[tuple[int, int]]:
        """Return the places of one sort of node: none, one, or several where others stand between."""
        return [(start, end) for section, start, end in self.sections if section == name]


def survey(path: Path, *, digest: bool = True, papers: bool = False) -> Survey:
    """Look over a file; raises `OSError` when it cannot be read.

    Its digest can be left out where it is not needed, and the IRIs of the papers be kept.
    """
    look = _Look(papers)
    with path.open("rb") as file:
        tail, at = b"", 0
        while chunk := file.read(_CHUNK):
            if digest:
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

    So a block begins with the IRI of its node and ends with the full stop.
    """
    at, tail = start, b""
    while at < end:
        chunk = _read(file, at, min(_CHUNK // 8, end - at))
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


def _read(file: BinaryIO, at: int, size: int) -> bytes:
    """Read some bytes at a place, without moving where others read who share the file (a process that was forked)."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, at)
    file.seek(at)
    return file.read(size)


class _Look:
    """What is known while the file goes by."""

    def __init__(self, keep_papers: bool) -> None:
        self.papers: list[bytes] | None = [] if keep_papers else None
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
        done = text[:keep]
        head, *blocks = done.split(b"\n\n<")
        if not self.seen_head:
            self.seen_head, self.ours = True, _plain_head(head)
            done = done[len(head) :]
        elif head:
            self.ours = False
        if blocks:
            self.blocks(blocks, done.rstrip(b"\n"), at + len(head) + 3)
        return text[keep:]

    def blocks(self, blocks: list[bytes], text: bytes, at: int) -> None:
        """Take in several blocks, their text with what stands between them, and the byte of the first subject."""
        subjects = [block.partition(b">")[0] for block in blocks]
        rising = self.last < subjects[0] and all(map(lt, subjects, islice(subjects, 1, None)))
        indented = text.count(b"\n") == text.count(b"\n    ") + 2 * len(blocks)
        begun = text.count(b">\n    a ") == len(blocks)
        ended = text.count(b" .\n\n<") == len(blocks) - 1 and text.endswith(b" .")
        if not (rising and indented and begun and ended):
            self.ours = False
        self.last = subjects[-1]
        self.nodes += len(blocks)
        if subjects[0].startswith(self.here) and subjects[-1].startswith(self.here):
            self.keep(subjects)
            return
        for subject, block in zip(subjects, blocks, strict=True):
            if not subject.startswith(self.here):
                self.section(subject, at - 1)
            self.keep((subject,))
            at += len(block) + 3

    def keep(self, subjects: Iterable[bytes]) -> None:
        """Keep the subjects that are papers, if they are wanted."""
        if self.papers is not None and self.sections[-1][0] == "paper":
            self.papers += subjects

    def section(self, subject: bytes, at: int) -> None:
        """Note that another sort of nodes begins with a subject."""
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
        places = [*self.sections, ("", size)]
        sections = tuple((name, start, end) for (name, start), (_, end) in pairwise(places))
        papers = tuple(paper.decode("utf-8", "replace") for paper in self.papers or ())
        return Survey(digest, True, (self.base or b"").decode("utf-8", "replace"), sections, self.nodes, papers)


def _plain_head(head: bytes) -> bool:
    """Tell whether a file begins with the prefixes of kg and nothing else."""
    for line in head.decode("utf-8", "replace").splitlines():
        match = _PREFIX.fullmatch(line)
        if not match or PREFIXES.get(match[1]) != match[2]:
            return False
    return True
