"""The public names of kg: a name that goes, or loses its words or types, is seen here."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from typing import Any

import kg
from kg import pipeline

NAMES = [
    "Entity",
    "Fact",
    "KgError",
    "KnowledgeGraph",
    "Link",
    "Mention",
    "Paper",
    "PaperNode",
    "Result",
    "__version__",
    "build",
    "load",
]
METHODS = {
    "basis",
    "entities",
    "facts",
    "facts_of",
    "find",
    "find_one",
    "links",
    "links_of",
    "narrower",
    "papers",
    "query",
    "related",
    "to_networkx",
    "to_pandas",
    "to_rdflib",
    "write",
}


def test_the_public_names_are_these() -> None:
    assert kg.__all__ == NAMES
    assert dir(kg) == sorted(NAMES)
    assert all(getattr(kg, name) is not None for name in NAMES)


def test_the_methods_of_a_graph_are_these() -> None:
    assert {name for name in vars(kg.KnowledgeGraph) if not name.startswith("_")} == METHODS


def test_everything_public_is_documented_and_typed() -> None:
    for name in NAMES:
        thing = getattr(kg, name)
        assert inspect.getdoc(thing), name
    for function in (kg.build, kg.load, *(getattr(kg.KnowledgeGraph, name) for name in sorted(METHODS))):
        plain: Any = function.fget if isinstance(function, property) else getattr(function, "func", function)
        assert inspect.getdoc(plain), plain
        parameters = [p for p in inspect.signature(plain).parameters.values() if p.name != "self"]
        assert inspect.signature(plain).return_annotation is not inspect.Signature.empty, plain
        assert all(p.annotation is not inspect.Parameter.empty for p in parameters), plain


def test_build_takes_every_option_of_the_pipeline() -> None:
    own, behind = (inspect.signature(build).parameters for build in (kg.build, pipeline.build))
    kept = [name for name in behind if name != "cache"]  # a cache lies beside a folder, and kg.build writes none
    assert list(own) == kept, "say the new option in kg/api.py"
    theirs = {"min_confidence", "patience"}  # None: that of the pipeline
    given = {name: p.default for name, p in own.items() if name not in theirs}
    assert given == {name: behind[name].default for name in given}
    assert all(p.kind == p.KEYWORD_ONLY for name, p in own.items() if name != "sources")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    code = "import kg\ntry: kg.nothing\nexcept AttributeError as error: print(error)\n"
    code += "from kg import *; print(KnowledgeGraph.__name__, build.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["module 'kg' has no attribute 'nothing'", "KnowledgeGraph kg.api"]


def test_errors_are_of_one_family() -> None:
    from kg import errors

    family = [thing for thing in vars(errors).values() if inspect.isclass(thing) and issubclass(thing, Exception)]
    assert len(family) == 5 and all(issubclass(thing, kg.KgError) for thing in family)
    assert typing.get_type_hints(kg.KgError.__init__)["hint"] is str
