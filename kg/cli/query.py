"""`kg query`: named questions, and SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options

FORMATS = ["table", "csv", "tsv", "json", "turtle"]

_EXAMPLES = options.example(
    "kg query                                   # lists the questions",
    'kg query papers-using "Vision Transformer"',
    "kg query 'SELECT ?label WHERE { ?m a kg:Method ; skos:prefLabel ?label }' --format csv",
    "kg query -f ask.rq",
)
