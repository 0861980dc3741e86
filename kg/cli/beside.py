"""What is kept beside a graph, in `OUT/.kg/`: where each record was read, and why names became one entity.

These depend on paths and lines, so they are no part of the graph, which does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.cli.files import text_output
from kg.model import Entity, Where

FOLDER = ".kg"


def write_origins(out: Path, origins: Iterable[tuple[str, Where]]) -> None:
    """Write the place each paper (local id) was read from."""
    records = ({"paper": paper, "file": where.file, "line": where.line} for paper, where in origins)
    _write(out / FOLDER / "origins.jsonl", records)


def write_reasons(out: Path, entities: Iterable[Entity]) -> None:
    """Write for each entity of several names why they are one thing."""
    records = ({"entity": entity.id, "reasons": list(entity.reasons)} for entity in entities if entity.reasons)
    _write(out / FOLDER / "reasons.jsonl", records)


def origins_of(graph_path: Path, paper: str) -> list[Where]:
    """Return the places a paper was read from; none when nobody wrote them down."""
    records = _read(_folder(graph_path) / "origins.jsonl", paper)
    return [Where(record["file"], record["line"]) for record in records if record["paper"] == paper]


def reasons_of(graph_path: Path, entity: Entity) -> tuple[str, ...]:
    """Return why the names of an entity are one thing; none when nobody wrote it down."""
    records = _read(_folder(graph_path) / "reasons.jsonl", entity.id)
    kept = (tuple(record["reasons"]) for record in records if record["entity"] == entity.id)
    return entity.reasons or next(kept, ())


def _folder(graph_path: Path) -> Path:
    return (graph_path if graph_path.is_dir() else graph_path.parent) / FOLDER


def _write(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    with text_output(path) as write:
        for record in records:
            write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(path: Path, node: str) -> Iterator[dict[str, Any]]:
    """Yield the records that may be about a node; the files are as long as the graph is large."""
    if not path.is_file():
        return
    named = json.dumps(node, ensure_ascii=False)
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if named in line)
