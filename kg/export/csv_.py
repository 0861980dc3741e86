"""CSV tables, for spreadsheets, pandas and R: papers, entities, statements, results and links, joined by their ids."""

from __future__ import annotations

from kg.export._tables import writers

FILES = writers(suffix="csv", delimiter=",")
