"""`kg decide`: the user's decisions about entities, which every later build keeps to."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

_EXAMPLES = options.example(
    'kg decide same "ViT" "Vision Transformer"',
    'kg decide different "SAM" "sharpness-aware minimization"',
    'kg decide not-an-entity "our best model"',
    'kg decide type "Maestro" Method',
    "kg decide                                  # lists the decisions so far",
)


@click.command("decide", epilog=_EXAMPLES)
@click.argument("verb", required=False, metavar="[same|different|not-an-entity|type]")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option(
    "--decisions",
    "file",
    type=options.PATH,
    default=Path("graphs/decisions.txt"),
    show_default=True,
    metavar="FILE",
    help="The file that the decision is added to.",
)
def command(verb: str | None, names: tuple[str, ...], file: Path) -> None:
    """Overrule how names become entities; builds keep to it.

    A decision is one line of a readable file, by default kept beside the graph, where `kg build` finds it.
    """
    from kg import decisions
    from kg.cli.narrate import say

    made = decisions.read(file) if file.exists() else []
    if verb is None:
        click.echo("\n".join(map(str, made)), nl=bool(made))
        return
    new = decisions.decision(verb, names)
    if new not in made:
        decisions.append(file, new)
    say(f"{new} is in {file}; the next `kg build` keeps to it")
