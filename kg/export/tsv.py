"""TSV tables: as CSV, with tabs, for programs (`cut`, `sort`, pandas, R, databases): every text exactly as it is.

A cell with a quotation mark is quoted as in CSV, so that quotes still stand at their offsets.
"""

from __future__ import annotations

from kg.export._tables import writers

FILES = writers(suffix="tsv", delimiter="\t")
