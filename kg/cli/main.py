"""The entry point: finds commands without loading them, and turns every error into one line and an exit code.

Commands live in `kg/cli/<command>.py` as `command`; their one-line helps are repeated here (a test compares them), so
that `kg --help` imports none of them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from kg import __version__
from kg.cli.codes import Code
from kg.errors import KgError

COMMANDS: dict[str, str] = {
    "build": "Build a graph from papers, with a page to explore it.",
    "view": "Open the interactive page of a graph.",
    "serve": "Serve a graph over HTTP: the explorer, a SPARQL endpoint, a page for every IRI.",
    "stats": "Count what a graph holds.",
    "show": "Show a paper or an entity with the words it was read from.",
    "related": "List the papers that are related to a paper, and why.",
    "path": "Show how two papers or entities hang together.",
    "query": "Ask a question by name, or in SPARQL.",
    "export": "Write a graph in other formats.",
    "push": "Load a graph into a SPARQL server.",
    "extract": "Write what is read from each paper as JSON lines.",
    "decide": "Overrule how names become entities; builds keep to it.",
    "diff": "Say what changed between two graphs.",
    "verify": "Check every quote of a graph against its text.",
    "validate": "Check a graph against the SHACL shapes.",
    "score": "Measure a graph against annotated papers.",
    "doctor": "Say what is installed, and what an extra would add.",
    "completion": "Print a script that lets the shell complete what you type.",
}
"""Every command with its short help, in the order `kg --help` lists them."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  kg build library.bib && kg view\n\n`kg COMMAND --help` says more, with examples.",
)
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def kg() -> None:
    """Turn a pile of papers into a knowledge graph linked by shared techniques."""


def main() -> NoReturn:
    """Run `kg` with the arguments of the process, and exit."""
    _prepare()
    gc.set_threshold(500_000)  # a run makes many small lasting objects: looking for cycles costs a fifth of its time
    code = run(sys.argv[1:])
    if code == Code.INTERRUPTED:  # whoever interrupts does not wait until a large graph is taken down, object by object
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run `kg` with `args` and return the exit code. The one place where errors become words."""
    try:
        return _invoke(list(args))
    except click.exceptions.NoArgsIsHelpError as error:
        return _fail(error.format_message(), Code.USAGE, name="")
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        return _fail(f"{error.format_message()} (see `{path} --help`)", Code.USAGE)
    except KgError as error:
        return _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted; nothing was changed", Code.INTERRUPTED)
    except BrokenPipeError:
        _silence_stdout()
        return Code.DONE  # the reader of our output has seen enough
    except MemoryError:
        return _fail("out of memory (`kg build --plan` says how much a build needs)", Code.FAILED)
    except OSError as error:
        return _fail(_describe(error), Code.FAILED)
    except Exception as error:  # the last resort: whatever it is, a user sees a line, not a traceback
        if os.environ.get("KG_DEBUG"):
            raise
        return _fail(f"{type(error).__name__}: {error} (a bug of kg; KG_DEBUG=1 shows where)", Code.FAILED)


def _invoke(args: list[str]) -> int:
    if "_KG_COMPLETE" in os.environ:  # the shell asks for completions
        from kg.cli import completion

        return completion.answer(kg)
    try:
        with kg.make_context("kg", args) as context:
            code = kg.invoke(context)
    except click.exceptions.Exit as done:
        code = done.exit_code
    sys.stdout.flush()
    return int(code or Code.DONE)


def _prepare() -> None:
    """Write UTF-8 whatever the locale, and stop as cleanly on SIGTERM as on Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(signum: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _fail(message: str, code: int, *, name: str = "kg: ") -> int:
    """Say what went wrong in one line on stderr, and return the exit code."""
    _silence_stdout()
    with contextlib.suppress(OSError):
        click.echo(name + (" ".join(message.split()) if name else message), err=True)
    return code


def _silence_stdout() -> None:
    """Send what is still in the buffer of stdout where it can go, or nowhere, so that exiting cannot fail on it."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _describe(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason
