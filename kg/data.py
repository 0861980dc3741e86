"""Finds the data that comes with kg: the ontology and its shapes. Stands at the root of the flow.

In an installed wheel the folder `ontology` lies inside the package, in a checkout beside it.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_HERE = Path(__file__).resolve().parent


def ontology_path(name: str) -> Path:
    """Return the path of a file of the ontology folder (``shapes.ttl``); raises `KgError` when it is not there."""
    for folder in (_HERE / "ontology", _HERE.parent / "ontology"):
        path = folder / name
        if path.exists():
            return path
    raise KgError("a file that belongs to kg is missing", where=f"ontology/{name}", hint="install papers-kg again")
