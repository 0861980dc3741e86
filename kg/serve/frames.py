"""What goes over the pipe between the server and a worker: a header in JSON and a body of bytes, each with its length.

A `Task` goes to the worker, a `Reply` comes back. Used by `pool` and `worker`.
"""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is to do: the name of a task of `kg.serve.tasks`, and its arguments."""

    name: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a task: an HTTP status, a media type, the body; `limit` names the limit that was broken, if any."""

    status: int
    media: str
    body: bytes
    limit: str = ""


def text(status: int, message: str, *, limit: str = "") -> Reply:
    """Return a reply of plain words."""
    return Reply(status, "text/plain", f"{message.rstrip()}\n".encode("utf-8", "replace"), limit)


def encode_task(task: Task) -> bytes:
    """Return a task as it goes over the pipe."""
    return _frame(asdict(task), b"")


def encode_reply(reply: Reply) -> bytes:
    """Return a reply as it goes over the pipe."""
    return _frame({"status": reply.status, "media": reply.media, "limit": reply.limit}, reply.body)


def read_task(pipe: BinaryIO) -> Task | None:
    """Wait for a task; None when the server has closed the pipe or is gone."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header = pipe.read(_LENGTHS.unpack(lengths)[0])
    return Task(**json.loads(header))


async def read_reply(pipe: StreamReader) -> Reply:
    """Wait for a reply; raises `asyncio.IncompleteReadError` when the worker is gone."""
    header, body = _LENGTHS.unpack(await pipe.readexactly(_LENGTHS.size))
    said = json.loads(await pipe.readexactly(header))
    return Reply(body=await pipe.readexactly(body), **said)


def _frame(header: dict[str, Any], body: bytes) -> bytes:
    head = json.dumps(header).encode("ascii")
    return _LENGTHS.pack(len(head), len(body)) + head + body
