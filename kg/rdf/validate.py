"""SHACL validation of a graph against the shapes that come with kg. Needs pySHACL, which `papers-kg[validate]` brings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.data import ontology_path
from kg.errors import InputError, KgError
from kg.rdf.parse import graph_file
from kg.rdf.turtle import short_name

if TYPE_CHECKING:
    import rdflib

_SHAPES = "https://w3id.org/papers-kg/shapes#"


def validate(path: str | Path) -> list[str]:
    """Return what is wrong with the graph in a folder or Turtle file, a line for each violation; none when it conforms.

    Raises `InputError` when there is no graph or it is not Turtle, `KgError` when pySHACL is not installed.
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise KgError("validation needs pySHACL", hint="pip install papers-kg[validate]") from error
    import rdflib
    from rdflib.exceptions import ParserError
    from rdflib.plugins.parsers.notation3 import BadSyntax

    file = graph_file(path)
    data, shapes = rdflib.Graph(), rdflib.Graph()
    try:
        data.parse(file, format="turtle")
    except (BadSyntax, ParserError, ValueError, OSError) as error:
        raise InputError(f"not valid Turtle: {error}", where=str(file), hint="make it anew with `kg build`") from error
    data.parse(ontology_path("kg.ttl"), format="turtle")
    shapes.parse(ontology_path("shapes.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    return sorted(_lines(report)) if isinstance(report, rdflib.Graph) else [str(report)]


def _lines(report: rdflib.Graph) -> Iterator[str]:
    from rdflib.namespace import RDF, SH

    for result in report.subjects(RDF.type, SH.ValidationResult):
        node, path, value = (report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value))
        rule = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        about = f" {short_name(str(path))}" if path is not None and not str(path).startswith("n") else ""
        found = f" {value.n3()}" if value is not None else ""
        yield f"{short_name(str(node))}{about}{found}: {rule.removesuffix('ConstraintComponent')}"
