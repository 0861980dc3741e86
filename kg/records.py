"""Extractions, papers and entities as a few bytes, and back: the form in which they are kept and sent between processes.

Compact JSON (a list a record, in the order of the fields of `kg.model`), compressed. It holds no code and no types, so that
a file of anybody's making can do no harm: what does not fit raises `ValueError`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from kg.model import Abbreviation, Entity, Extraction, Field, Mention, Paper, Result, Url, Where
from kg.vocab import Kind, Role

_KINDS = {kind.value: kind for kind in Kind}
_ROLES = {role.value: role for role in Role}
_FIELDS: dict[str, Field] = {"title": "title", "abstract": "abstract"}
_PAPER = [field.name for field in fields(Paper) if field.name != "where"]
_LEVEL = 1  # of compression: a third larger than the best, and several times as fast
_LARGEST = 64 << 20  # bytes of JSON; a longer one is no record of ours


def encode(extraction: Extraction) -> bytes:
    """Return an extraction as bytes; the same bytes for the same extraction."""
    rows = [
        [_mention(mention) for mention in extraction.mentions],
        [[a.short, a.long, a.field, a.short_start, a.short_end, a.long_start, a.long_end] for a in extraction.abbreviations],
        [_result(result) for result in extraction.results],
        [[u.iri, u.text, u.field, u.start, u.end, u.code] for u in extraction.urls],
    ]  # fmt: skip
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode("ascii"), _LEVEL)


def decode(record: bytes) -> Extraction:
    """Return what `encode` made bytes of; raises `ValueError` for bytes that it did not make."""
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(record, _LARGEST)
        if not reader.eof:
            raise ValueError("not a record: it goes on")
        mentions, abbreviations, results, urls = json.loads(text)
        return Extraction(
            tuple(_as_mention(*row) for row in mentions),
            tuple(Abbreviation(short, long, _FIELDS[name], *at) for short, long, name, *at in abbreviations),
            tuple(_as_result(*row) for row in results),
            tuple(Url(iri, words, _FIELDS[name], *rest) for iri, words, name, *rest in urls),
        )
    except (zlib.error, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a record: {error}") from error


def encode_paper(paper: Paper) -> bytes:
    """Return a record of an input as bytes."""
    where = [paper.where.file, paper.where.line] if paper.where else None
    row = [getattr(paper, name) for name in _PAPER]
    return zlib.compress(json.dumps([*row, where], separators=(",", ":")).encode("ascii"), _LEVEL)


def decode_paper(record: bytes) -> Paper:
    """Return what `encode_paper` made bytes of."""
    *row, where = json.loads(zlib.decompress(record))
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return replace(Paper(*values), where=Where(*where) if where else None)


def entity_row(entity: Entity) -> list[Any]:
    """Return an entity as a list that JSON can hold."""
    e = entity
    names = [e.id, e.key, e.kind.value, e.label, e.aliases, e.broader, e.definition, e.matches]
    return [*names, e.paper_count, e.specificity, e.reasons]


def entity_of(row: Sequence[Any]) -> Entity:
    """Return what `entity_row` made a list of."""
    own, key, kind, label, aliases, broader, definition, matches, papers, specificity, reasons = row
    lists = (tuple(aliases), tuple(broader), definition, tuple(matches))
    return Entity(own, key, _KINDS[kind], label, *lists, papers, specificity, tuple(reasons))


def _mention(m: Mention) -> list[Any]:
    place = [m.field, m.start, m.end, *m.sentence]
    return [m.kind.value, m.role.value, m.text, m.entity, m.extractor, m.confidence, *place]


def _as_mention(
    kind: str, role: str, text: str, entity: str, extractor: str, confidence: float,
    field: str, start: int, end: int, begin: int, stop: int,
) -> Mention:  # fmt: skip
    return Mention(
        _KINDS[kind], text, _FIELDS[field], start, end, _ROLES[role], entity, extractor, confidence, (begin, stop)
    )


def _result(r: Result) -> list[Any]:
    value = [r.value, r.value_to, r.error, r.lexical, r.unit, r.metric, r.dataset, r.method]
    return [*value, r.extractor, r.confidence, r.field, r.start, r.end, *r.sentence]


def _as_result(
    value: str, to: str, error: str, lexical: str, unit: str, metric: str, dataset: str, method: str,
    extractor: str, confidence: float, field: str, start: int, end: int, begin: int, stop: int,
) -> Result:  # fmt: skip
    place = (_FIELDS[field], start, end)
    return Result(
        value, to, error, lexical, unit, metric, dataset, method, *place, extractor, confidence, (begin, stop)
    )
