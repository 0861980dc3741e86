"""Checks that a graph keeps its promises: every statement has its words, and every word stands where the graph says.

It reads the Turtle itself, not what a `KnowledgeGraph` makes of it, in two passes: the first keeps the texts of papers and
the classes of nodes, the second checks one node at a time. Stands beside the queries; `kg verify` prints its report.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.model import Paper
from kg.rdf.locate import locate
from kg.rdf.parse import Pairs, graph_file, subjects
from kg.rdf.terms import Iri, Literal, Term
from kg.rdf.turtle import short_name
from kg.verify_rules import KINDS, Rules
from kg.verify_values import has_number
from kg.vocab import ROLES_BY_KIND, Kind, Role
