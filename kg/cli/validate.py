"""`kg validate`: whether a graph has the shape that the ontology promises."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.codes import Code


@click.command("validate", epilog=options.example("kg validate", "kg validate --graph graphs/kg.ttl"))
@options.graph
def command(graph_path: Path) -> Code:
    """Check a graph against the SHACL shapes.

    Each violation is a line on stderr; a single one gives exit code 1. Needs pySHACL (`pip install papers-kg[validate]`).
    """
    from kg.cli.narrate import say
    from kg.rdf.validate import validate

    violations = validate(graph_path)
    for violation in violations:
        say(violation)
    click.echo(f"{len(violations) or 'no'} violation{'s' * (len(violations) != 1)}")
    return Code.SOME_BAD if violations else Code.DONE
