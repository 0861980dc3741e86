"""The tables of a graph as pandas data frames. Behind `KnowledgeGraph.to_pandas`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export._tables import TABLES
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]

_WHOLE = {"papers": ("year",), "entities": ("papers",), "statements": ("start", "end"), "results": ("start", "end")}
_DECIMAL = {"results": ("value", "valueTo", "error")}


def frames(graph: KnowledgeGraph) -> dict[str, pandas.DataFrame]:
    """Return a data frame for each table; cells of several values are lists. Raises `KgError` without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise KgError("data frames need pandas", hint="pip install 'papers-kg[pandas]'") from error
    made = {}
    for name, table in TABLES.items():
        rows = ([list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in table.rows(graph))
        frame = pandas.DataFrame(rows, columns=list(table.columns))
        for column in _DECIMAL.get(name, ()):
            frame[column] = pandas.to_numeric(frame[column]).astype("Float64")
        made[name] = frame.astype(dict.fromkeys(_WHOLE.get(name, ()), "Int64"))
    return made
