"""SHACL validation of a graph against the shapes that come with kg. Needs pySHACL, which `papers-kg[validate]` brings."""

from __future__ import annotations

from pathlib import Path

from kg.data import ontology_path
from kg.errors import InputError, KgError
from kg.rdf.parse import graph_file
from kg.rdf.turtle import short_name

_SH = "http://www.w3.org/ns/shacl#"


def validate(path: str | Path) -> list[str]:
    """Return what is wrong with the graph in a folder or Turtle file, a line for each violation; nothing when it conforms.

    Raises `InputError` when there is no graph or it is not Turtle, `KgError` when pySHACL is not installed.
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise KgError("validation needs pySHACL", hint="pip install 'papers-kg[validate]'") from error
    import rdflib
    from pyoxigraph import RdfFormat, Store

    file = graph_file(path)
    store = Store()
    try:
        for source in (file, ontology_path("kg.ttl")):
            store.bulk_load(path=source, format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"not valid Turtle: {error}", where=str(file), hint="make it anew with `kg build`") from error
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(store, shacl_graph=shapes, inplace=True)
    return sorted(_lines(report))


def _lines(report: rdflib.Graph) -> list[str]:
    ...
