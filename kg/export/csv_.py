"""CSV tables, for spreadsheets: papers, entities, statements, results and links, joined by their ids.

No cell can run as a formula: before one that would stands an apostrophe. TSV has the texts as they are.
"""

from __future__ import annotations

from kg.export._guard import guarded
from kg.export._tables import writers

FILES = writers(suffix="csv", delimiter=",", guard=guarded)
