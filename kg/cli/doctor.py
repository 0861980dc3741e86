"""`kg doctor`: what is installed, what an extra would add, and whether anything is broken.

Each check is a function that yields rows; `SECTIONS` lists them in order. A check never raises: what it finds wrong is a row.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

import click

from kg.cli import options
from kg.cli.codes import Code
from kg.errors import KgError

PACKAGE = "papers-kg"

EXTRAS: Mapping[str, str] = {
    "cluster": "kg build --scheduler",
    "endpoint": "--endpoint and kg push",
    "pandas": "graph.to_pandas() in Python",
    "pdf": "reading PDF files",
    "serve": "kg serve",
    "validate": "kg validate (SHACL)",
    "zstd": "reading .zst files",
}
"""What each extra of `pyproject.toml` adds; a test names the one that is missing."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9][0-9.]*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_BROKEN = (KgError, ImportError, OSError, ValueError, LookupError, AttributeError, RuntimeError)
"""What a damaged installation raises: a check turns these into a row, as finding them is what it is for."""


class State(StrEnum):
    """How it is with one thing. Only `WRONG` makes the exit code 1."""

    OK = "ok"
    ABSENT = "absent"
    WARNING = "warning"
    WRONG = "wrong"


class Row(NamedTuple):
    """One line of the report."""

    part: str
    what: str
    state: State
    details: str


Check = Callable[[Path], Iterator[Row]]


@click.command("doctor", epilog=options.example("kg doctor", "kg doctor --format json"))
@options.graph
@options.table_format
def command(graph_path: Path, table_format: str) -> Code:
    """Say what is installed, and what an extra would add.

    Looks at Python, the libraries, the extras, the terminal, the data that comes with kg, plugins of other packages and
    the graph. Exit code 1 when something is wrong; what is merely absent is not.
    """
    from kg.cli.narrate import say
    from kg.cli.output import write_rows

    rows = [row for check in SECTIONS for row in check(graph_path)]
    write_rows(list(Row._fields), [(row.part, row.what, row.state.value, row.details) for row in rows], table_format)
    wrong = [f"{row.part} {row.what}" for row in rows if row.state is State.WRONG]
    say("wrong: " + ", ".join(wrong) if wrong else "all is well")
    return Code.SOME_BAD if wrong else Code.DONE


def system(graph: Path) -> Iterator[Row]:
    """Check kg itself, Python and the machine."""
    from kg import __version__

    yield Row("kg", __version__, State.OK, str(Path(__file__).resolve().parents[1]))
    new_enough = sys.version_info >= (3, 11)
    yield Row("python", platform.python_version(), State.OK if new_enough else State.WRONG, sys.executable)
    yield Row("system", platform.system() or "?", State.OK, f"{platform.platform()}, {os.cpu_count() or 1} cores")


def dependencies(graph: Path) -> Iterator[Row]:
    """Check each library that kg needs, by version and by importing it."""
    for need in _requirements():
        if not _EXTRA.search(need):
            yield _library("needs", need, State.ABSENT if ";" in need else State.WRONG)
    if not _requirements():
        hint = f"{PACKAGE} is not installed as a package, so nobody knows what it needs: pip install ."
        yield Row("needs", "?", State.WARNING, hint)


def extras(graph: Path) -> Iterator[Row]:
    """Check each extra: whether its libraries are there, and what it would add."""
    for need in _requirements():
        if found := _EXTRA.search(need):
            row = _library("extra", need, State.ABSENT)
            hint = "" if row.state is State.OK else f"; pip install '{PACKAGE}[{found[1]}]'"
            about = f"{EXTRAS.get(found[1], 'more')}: {row.what} {row.details}{hint}"
            yield Row("extra", found[1], row.state, about)


def _requirements() -> list[str]:
    try:
        return metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return []


def _library(part: str, need: str, when_missing: State) -> Row:
    """Return the row of one requirement (``click>=8.1.7``, ``pypdf>=4.0; extra == "pdf"``)."""
    asked = need.partition(";")[0].strip()
    name = _NAME.match(asked)
    assert name is not None  # noqa: S101  # metadata names what it requires
    try:
        library = metadata.distribution(name[0])
    except metadata.PackageNotFoundError:
        return Row(part, name[0], when_missing, f"not installed (wants {asked.removeprefix(name[0]) or 'any'})")
    if not all(_satisfies(library.version, sign, bound) for sign, bound in _BOUND.findall(asked)):
        return Row(part, name[0], State.WRONG, f"{library.version}, but kg wants {asked.removeprefix(name[0])}")
    try:
        for module in _modules(library):
            import_module(module)
    except _BROKEN as error:
        return Row(part, name[0], State.WRONG, f"{library.version}, but it cannot be imported: {error}")
    return Row(part, name[0], State.OK, library.version)


def _satisfies(version: str, sign: str, bound: str) -> bool:
    """Tell whether a version keeps to a bound; letters behind the numbers do not count."""
    have, want = _numbers(version), _numbers(bound)
    width = max(len(have), len(want))
    a, b = ([*each, *([0] * (width - len(each)))] for each in (have, want))
    return {">=": a >= b, "<=": a <= b, "==": a == b, "!=": a != b, "<": a < b, ">": a > b}[sign]


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split("+")[0].split(".") if part.isdigit()]


def _modules(library: metadata.Distribution) -> list[str]:
    """Return the packages that a library brings, those whose names say they are private left out."""
    files = [file.parts for file in library.files or () if file.name == "__init__.py" and len(file.parts) == 2]
    return sorted({folder for folder, _ in files if not folder.startswith("_")} - {"tests", "test"})


def terminal(graph: Path) -> Iterator[Row]:
    """Check how text reaches the screen."""
    encoding = sys.stdout.encoding or "?"
    shown = "a terminal" if sys.stdout.isatty() else "not a terminal"
    good = encoding.lower().replace("-", "") == "utf8"
    details = f"{shown}, TERM={os.environ.get('TERM', '')}, {shutil.get_terminal_size().columns} columns"
    if not good:
        details += "; characters it lacks are shown as ?: set PYTHONUTF8=1 or a UTF-8 locale"
    yield Row("terminal", encoding, State.OK if good else State.WARNING, details)


def package_files(graph: Path) -> Iterator[Row]:
    """Compare the files of kg with what was installed; a checkout keeps no such list."""
    try:
        listed = metadata.distribution(PACKAGE).files or []
    except metadata.PackageNotFoundError:
        listed = []
    hashed = [file for file in listed if file.hash and file.parts[0] == "kg"]
    bad = [str(file) for file in hashed if not _is_whole(file)]
    if "kg/__init__.py" not in map(str, hashed):
        yield Row("data", "files", State.OK, "a checkout: nothing to compare them with")
    elif bad:
        yield Row("data", "files", State.WRONG, f"missing or changed: {', '.join(bad[:5])}; install {PACKAGE} again")
    else:
        yield Row("data", "files", State.OK, f"{len(hashed)} files as installed")


def _is_whole(file: metadata.PackagePath) -> bool:
    import base64

    path = Path(str(file.locate()))
    if not path.is_file() or not file.hash:
        return False
    found = hashlib.new(file.hash.mode, path.read_bytes()).digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode() == file.hash.value.rstrip("=")


def data(graph: Path) -> Iterator[Row]:
    """Check the ontology, the vocabulary, the tagger, the questions and the page, each by using it."""
    for name, use in _DATA.items():
        try:
            yield Row("data", name, State.OK, use())
        except _BROKEN as error:
            yield Row("data", name, State.WRONG, f"{error}; install {PACKAGE} again")


def _ontology() -> str:
    from kg.data import ontology_path
    from kg.rdf.parse import subjects

    counts = {name: sum(1 for _ in subjects(ontology_path(name))) for name in ("kg.ttl", "shapes.ttl")}
    if not all(counts.values()):
        raise ValueError("an empty file: " + ", ".join(name for name, count in counts.items() if not count))
    return ", ".join(f"{name} {count} terms" for name, count in counts.items())


def _vocabulary() -> str:
    from kg.data import ontology_path
    from kg.lexicon import read_skos

    names = ("methods", "datasets", "tasks", "metrics", "concepts")
    counts = {name: len(read_skos(ontology_path(f"vocabulary/{name}.ttl"))) for name in names}
    if not all(counts.values()):
        raise ValueError("without concepts: " + ", ".join(name for name, count in counts.items() if not count))
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _tagger() -> str:
    from kg.model import Paper
    from kg.tagging.kinds import kinds_of
    from kg.tagging.model import tag
    from kg.text.document import analyse

    sentences = analyse(Paper("x", "FoxNet for Object Detection", "We use a convolutional network.")).sentences
    found = [one for tagged in tag(sentences, [[] for _ in sentences]) for one in tagged]
    return f"labels {len(found)} names in a sentence, and tells {len(kinds_of('object detection'))} kinds apart"


def _questions() -> str:
    from kg.query import list_questions

    return f"{len(list_questions())} named questions"


def _page() -> str:
    from io import BytesIO

    from kg.export import files_of
    from kg.graph import KnowledgeGraph

    out = BytesIO()
    files_of("html")["kg.html"](KnowledgeGraph([], [], [], []), out)
    if not out.getvalue().rstrip().endswith(b"</html>"):
        raise ValueError("the page has no end")
    return f"an empty page is {len(out.getvalue()) // 1024} KB"


def plugin_modules(graph: Path) -> Iterator[Row]:
    """Check that readers, extractors and exporters can be imported, ours and those of other packages."""
    from kg import plugins

    for package in plugins.GROUPS:
        what = plugins.GROUPS[package].rpartition(".")[2]
        try:
            names = plugins.names(package)
            for name in names:
                plugins.load(package, name)
            others = ", ".join(plugins.others(package))
            yield Row("plugins", what, State.OK, f"{len(names)}{f', of other packages: {others}' if others else ''}")
        except _BROKEN as error:
            yield Row("plugins", what, State.WRONG, str(error))


def graph_folder(graph: Path) -> Iterator[Row]:
    """Check the graph that commands would use: that it is whole, and what lies beside it."""
    file = graph / "kg.ttl" if graph.is_dir() else graph
    if not file.exists():
        yield Row("graph", str(graph), State.ABSENT, "no graph here yet: kg build SOURCE")
        return
    try:
        yield _turtle(file)
        yield from _beside(file.parent)
    except _BROKEN as error:
        yield Row("graph", str(file), State.WRONG, str(error))


def _turtle(file: Path) -> Row:
    """Return the row of a graph's Turtle: its papers, and whether it ends as a whole file does."""
    papers, last = 0, b""
    with file.open("rb") as text:
        for line in text:
            papers += line.startswith(b"    a ") and b" kg:Paper" in line
            last = line
    details = f"{papers:,} papers, {file.stat().st_size / 1e6:.1f} MB"
    if not last.rstrip().endswith(b".") or not last.endswith(b"\n"):
        return Row("graph", str(file), State.WRONG, f"{details}; it is cut off: kg build it anew")
    return Row("graph", str(file), State.OK, f"{details}; kg verify checks every statement")


def _beside(folder: Path) -> Iterator[Row]:
    from kg import decisions

    page, decided = folder / "kg.html", folder / "decisions.txt"
    yield Row("graph", "kg.html", *((State.OK, "there") if page.exists() else (State.ABSENT, "kg view writes it")))
    if decided.exists():
        yield Row("graph", decided.name, State.OK, f"{len(decisions.read(decided))} decisions")
    for left in sorted(folder.glob(".*.part")):
        yield Row("graph", left.name, State.WARNING, "left by a run that was killed; delete it when none is running")


_DATA: Mapping[str, Callable[[], str]] = {
    "ontology": _ontology,
    "vocabulary": _vocabulary,
    "tagger": _tagger,
    "questions": _questions,
    "page": _page,
}

SECTIONS: tuple[Check, ...] = (
    system,
    dependencies,
    extras,
    terminal,
    package_files,
    data,
    plugin_modules,
    graph_folder,
)
"""The checks in the order of the report."""
