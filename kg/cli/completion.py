"""`kg completion`: the shell completes commands, options, questions, formats and the names in a graph.

The scripts are click's own. What it cannot know (which questions, formats and names there are) is the table `FINDERS`;
`answer` is called by `kg.cli.main` when a shell asks. Nothing heavy is imported: an answer comes between two key strokes.
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from kg.cli import options
from kg.errors import KgError
from kg.vocab import Kind

if TYPE_CHECKING:
    ParamType = click.ParamType[str]
else:
    ParamType = click.ParamType  # takes no argument before click 8.2

VARIABLE = "_KG_COMPLETE"
"""The environment variable by which a shell asks; `kg.cli.main` looks for it."""

SHELLS = ("bash", "zsh", "fish")
MOST = 100
"""How many names of a graph are offered at once; type another letter for the others."""

Items = Iterable["CompletionItem[str]"]
Finder = Callable[[click.Context, str], Items]

_ENTITIES = tuple(kind.value.lower() for kind in Kind)
_SUBJECT = re.compile(rb"<([^<>]*?[/#])(?:concept|dataset|link|mention|method|metric|paper|person|result|task)/")
_LABEL = re.compile(rb'(?:skos:prefLabel|dcterms:title) "((?:[^"\\]|\\.)*)"')
_HOWTO = options.example(
    "echo 'eval \"$(kg completion bash)\"' >> ~/.bashrc",
    "echo 'eval \"$(kg completion zsh)\"' >> ~/.zshrc      # after compinit",
    "kg completion fish > ~/.config/fish/completions/kg.fish",
)


@click.command("completion", epilog=_HOWTO)
@click.argument("shell", type=click.Choice(SHELLS), metavar="[" + "|".join(SHELLS) + "]")
def command(shell: str) -> None:
    """Print a script that lets the shell complete what you type.

    Besides commands and options it completes named questions, formats, kinds, and the papers and entities of the graph
    (`--graph`, else graphs/).
    """
    from kg.cli.main import kg

    chosen = get_completion_class(shell)
    assert chosen is not None  # noqa: S101  # click has all three
    click.echo(chosen(kg, {}, "kg", VARIABLE).source(), nl=False)


def answer(group: click.Group) -> int:
    """Answer the shell's question in `VARIABLE`, with what `FINDERS` knows. Returns the exit code."""
    context = click.Context(group, info_name="kg")
    asked = os.environ.get("COMP_WORDS", "").split()
    for (name, parameter), finder in FINDERS.items():
        if name in asked and (found := group.get_command(context, name)):
            for one in found.params:
                if one.name == parameter:
                    one.type = _Found(finder)
    return shell_complete(group, {}, "kg", VARIABLE, os.environ[VARIABLE])


class _Found(ParamType):
    """A type whose values a finder finds; used only while completing."""

    name = "found"

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return what begins as typed; nothing when the graph or a plugin cannot be read, for nobody would see why."""
        try:
            return list(self._finder(ctx, incomplete))
        except (KgError, OSError, ValueError):
            return []


def _files(ctx: click.Context, typed: str) -> Items:
    yield CompletionItem(typed, type="file")


def _beginning(typed: str, words: Iterable[tuple[str, str]]) -> Items:
    return [CompletionItem(word, help=about or None) for word, about in words if word.startswith(typed)]


def _readers(ctx: click.Context, typed: str) -> Items:
    from kg import plugins

    return _beginning(typed, [("auto", "by content"), *((name, "") for name in plugins.names("kg.readers"))])


def _formats(ctx: click.Context, typed: str) -> Items:
    from kg import plugins

    given = ctx.params.get("formats") or ()
    return _beginning(typed, [(name, "") for name in plugins.names("kg.export") if name not in given])


def _format_list(ctx: click.Context, typed: str) -> Items:
    """Complete the last of several formats with commas between them."""
    from kg import plugins

    done, comma, _ = typed.rpartition(",")
    left = [name for name in plugins.names("kg.export") if name not in done.split(",")]
    return _beginning(typed, [(done + comma + name, "") for name in left])


def _questions(ctx: click.Context, typed: str) -> Items:
    """Complete the name of a question, then what it asks for."""
    from kg.query import list_questions, question

    words = ctx.params.get("words") or ()
    if not words:
        return _beginning(typed, [(one.name, one.title) for one in list_questions()])
    parameters = question(words[0]).parameters[len(words) - 1 :][:1]
    return [item for one in parameters for item in _names(ctx, typed, _kinds_of(one.kind))]


def _kinds_of(kind: str) -> tuple[str, ...]:
    return _ENTITIES if kind == "entity" else (kind,)  # "number" has no names


def _verbs(ctx: click.Context, typed: str) -> Items:
    from kg.decisions import VERBS

    return _beginning(typed, [(verb, "") for verb in VERBS])


def _decided(ctx: click.Context, typed: str) -> Items:
    """Complete names, and the kind that a name is given. Only names that read the same as their identifier do."""
    from kg.text.forms import key

    if ctx.params.get("verb") == "type" and ctx.params.get("names"):
        return _beginning(typed, [(kind.value, "") for kind in Kind])
    return [item for item in _names(ctx, typed, _ENTITIES) if key(item.value) == key(item.help or "")]


def _nodes(ctx: click.Context, typed: str) -> Items:
    return _names(ctx, typed, (*_ENTITIES, "paper"))


def _papers(ctx: click.Context, typed: str) -> Items:
    return _names(ctx, typed, ("paper",))


def _names(ctx: click.Context, typed: str, kinds: tuple[str, ...]) -> Items:
    """Complete identifiers, with or without their class before them; they have no spaces, so that no shell trips."""
    beside = ctx.params.get("file") if ctx.info_name == "decide" else None  # the decisions lie beside their graph
    path = Path(ctx.params.get("graph_path") or (Path(beside).parent if beside else "graphs"))
    items: dict[str, CompletionItem[str]] = {}
    for kind in kinds:
        written = kind + "/" if typed.startswith(kind + "/") else ""
        for local, label in names_in(path, kind, _as_identifier(typed.removeprefix(written))):
            items.setdefault(written + local, CompletionItem(written + local, help=label))
    return sorted(items.values(), key=lambda item: item.value)[:MOST]


def _as_identifier(typed: str) -> str:
    return typed.casefold().replace(" ", "-").replace("_", "-")


def names_in(path: Path, kind: str, beginning: str) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of one kind (``method``, ``paper``) that begin so, with their labels, at most `MOST`.

    Looks into kg.ttl where the subjects stand in order, so that a graph of a gigabyte is no slower than its disk.
    Raises `OSError` or `ValueError` when there is no such file, or nothing in it.
    """
    from kg.rdf.iris import decode, encode

    with (path / "kg.ttl" if path.is_dir() else path).open("rb") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            base = _SUBJECT.search(text[:65536])
            if not base:
                return
            stem = b"\n<" + base[1] + kind.encode() + b"/"
            at = text.find(stem + encode(beginning).encode())
            for _ in range(MOST):
                if at < 0 or not text[at : at + 4096].startswith(stem + encode(beginning).encode()):
                    return
                end = text.find(b"\n\n", at)
                block = text[at : end if end > 0 else len(text)]
                local = block[len(stem) : block.index(b">")].decode("utf-8")
                yield decode(local), _label(block)
                at = end + 1 if end > 0 else -1


def _label(block: bytes) -> str:
    found = _LABEL.search(block)
    return found[1].decode("utf-8").replace('\\"', '"').replace("\\\\", "\\") if found else ""


FINDERS: Mapping[tuple[str, str], Finder] = {
    ("build", "sources"): _files,
    ("build", "source_format"): _readers,
    ("build", "vocabularies"): _files,
    ("build", "to"): _format_list,
    ("extract", "sources"): _files,
    ("extract", "source_format"): _readers,
    ("extract", "vocabularies"): _files,
    ("show", "name"): _nodes,
    ("related", "paper"): _papers,
    ("path", "a"): _nodes,
    ("path", "b"): _nodes,
    ("query", "words"): _questions,
    ("export", "formats"): _formats,
    ("decide", "verb"): _verbs,
    ("decide", "names"): _decided,
}
"""What completes which parameter of which command; the others are click's affair."""
