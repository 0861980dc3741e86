"""What was read from one paper as one JSON object: the form that `kg extract` writes, a line for each record.

Stands beside the flow, after the extractors: it knows the model and nothing else.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import Abbreviation, Extraction, Mention, Paper, Result, Url


def to_line(paper: Paper, extraction: Extraction) -> str:
    """Return the JSON object of one record, without a line end. Spans count Unicode code points, `end` is exclusive."""
    record = {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "mentions": [_mention(mention) for mention in extraction.mentions],
        "abbreviations": [_abbreviation(found) for found in extraction.abbreviations],
        "results": [_result(paper, result) for result in extraction.results],
        "urls": [_url(url) for url in extraction.urls],
    }
    return json.dumps(record, ensure_ascii=False)


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "type": mention.kind.value,
        "text": mention.text,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "role": mention.role.value,
        "entity": mention.entity,
        "extractor": mention.extractor,
        "confidence": mention.confidence,
    }


def _abbreviation(found: Abbreviation) -> dict[str, Any]:
    return {
        "short": found.short,
        "long": found.long,
        "field": found.field,
        "short_start": found.short_start,
        "short_end": found.short_end,
        "long_start": found.long_start,
        "long_end": found.long_end,
    }


def _result(paper: Paper, result: Result) -> dict[str, Any]:
    return {
        "value": result.value,
        "value_to": result.value_to,
        "error": result.error,
        "lexical": result.lexical,
        "unit": result.unit,
        "metric": result.metric,
        "dataset": result.dataset,
        "method": result.method,
        "text": paper.text(result.field)[result.start : result.end],
        "field": result.field,
        "start": result.start,
        "end": result.end,
        "extractor": result.extractor,
        "confidence": result.confidence,
    }


def _url(url: Url) -> dict[str, Any]:
    return {
        "url": url.iri,
        "text": url.text,
        "field": url.field,
        "start": url.start,
        "end": url.end,
        "code": url.code,
    }
