"""What the tasks of one build must know: a file in the folder that they share. Written by `stream`, read by every task."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import kg
from kg.cluster import shards
from kg.errors import KgError
from kg.rdf.statements import Mentions

_FILE = "job.json"
_CODE = {".py", ".toml", ".tsv", ".crf"}


@dataclass(frozen=True, slots=True)
class Job:
    """One build: its folder, into how many parts how many papers are dealt, and how papers are read.

    `code` is `code_version` and `reading` is `kg.making.version.reading_version` of the one who asked; `vocabularies` are
    copies in the folder. `readings` names, for each part of the papers, the file in `kept` for what is read from them.
    """

    folder: str
    kept: str
    parts: int
    papers: int
    code: str
    reading: str
    vocabularies: Sequence[str]
    apart: Mapping[str, Sequence[str]]
    base: str
    min_confidence: float
    mentions: Mentions
    tagger: bool
    patience: float
    readings: Sequence[str]

    def save(self) -> None:
        """Write it down, for the tasks to read."""
        (Path(self.folder) / _FILE).write_text(json.dumps(asdict(self)), encoding="ascii")

    def path(self, name: str, number: int) -> Path:
        """Return the file of one part of what a pass wrote."""
        return Path(self.folder) / f"{name}.{number:06}.parquet"

    def reading_of(self, number: int) -> Path:
        """Return the file of what was read from the papers of one part; it outlives the build."""
        return Path(self.kept) / f"{self.readings[number]}.parquet"

    def pieces(
        self, name: str, number: int, columns: Sequence[str] | None = None
    ) -> Iterator[tuple[int, shards.Table]]:
        """Yield what each task of a pass wrote for part `number`, with that task's own number."""
        for other in range(self.parts):
            yield other, shards.group(self.path(name, other), number, columns)

    def rows(self, name: str, number: int, columns: Sequence[str] | None = None) -> Iterator[tuple[object, ...]]:
        """Yield the rows that all tasks of a pass wrote for part `number`."""
        for _, piece in self.pieces(name, number, columns):
            yield from shards.rows(piece)


def load(folder: Path) -> Job:
    """Return the job in a folder. Raises `KgError` where there is none, or it is of another version of kg."""
    here = socket.gethostname()
    try:
        job = Job(**json.loads((folder / _FILE).read_text(encoding="ascii")))
    except OSError as error:
        hint = "--output must be in a folder that all machines of the cluster see under the same name"
        raise KgError(f"the worker on {here} does not see this folder", where=str(folder), hint=hint) from error
    if job.code != code_version():
        hint = f"install the same version everywhere; yours and the worker's {kg.__version__} differ in their files, or in Python"
        raise KgError(f"the worker on {here} has another kg or another Python", hint=hint)
    return job


@cache
def code_version() -> str:
    """Return a digest of the code and data of kg, and of Python's version."""
    root = Path(kg.__file__).parent
    found = blake2b(repr((kg.__version__, sys.version_info[:2])).encode(), digest_size=16)
    for path in sorted(path for path in root.rglob("*") if path.suffix in _CODE):
        found.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()
