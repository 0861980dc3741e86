"""All regular expressions of kg, with the methods they are used by, and strings that drive such patterns mad.

A pattern is found as a value of a module (also in lists, dictionaries and the like), or as a literal in a call such as
``re.sub(r"...", ...)``. The strings are made of the pattern itself: whatever it repeats is repeated, with what leads to it
before and something that fits nowhere behind.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import kg

_METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
_ANYWHERE = {"sub", "subn", "split", "findall", "finditer"}
_OF_CATEGORY = {"SPACE": " ", "DIGIT": "7", "WORD": "a", "NOT_SPACE": "a", "NOT_DIGIT": "a", "NOT_WORD": "-"}
_CANDIDATES = "aA7 -_.,:;<>(){}[]\"'$\\/#@&é\n\t"
_MOST_PUMPS = 24


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and how it is called: ``match`` looks at one place, ``search`` at every one."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


@cache
def all_patterns() -> list[Used]:
    """Return every pattern of kg."""
    found: dict[tuple[str, str, int], Used] = {}
    for module in sorted(info.name for info in pkgutil.walk_packages(kg.__path__, "kg.")):
        if module.endswith("__main__"):
            continue
        loaded = importlib.import_module(module)
        tree = ast.parse(Path(str(loaded.__file__)).read_text(encoding="utf-8"))
        for name, pattern in _held(vars(loaded)):
            found.setdefault(
                (module, pattern.pattern, pattern.flags), Used(f"{module}.{name}", pattern, _calls(tree, name))
            )
        for line, method, pattern in _inline(tree):
            found.setdefault(
                (module, pattern.pattern, pattern.flags), Used(f"{module}:{line}", pattern, frozenset({method}))
            )
    return list(found.values())


def _held(values: Mapping[str, object]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns among the values of a module, and in what they hold."""
    for name, value in values.items():
        if not name.startswith("__"):
            yield from ((name, pattern) for pattern in _inside(value, 0))


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4 and isinstance(value, Mapping):
        yield from (pattern for one in [*value.keys(), *value.values()] for pattern in _inside(one, depth + 1))
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        yield from (pattern for one in value for pattern in _inside(one, depth + 1))


def _calls(tree: ast.Module, name: str) -> frozenset[str]:
    """Return the methods that a module calls on a pattern; all where it hands it on, for then nobody knows."""
    called, other = set(), 0
    owned = {
        id(node.value): node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            if owned.get(id(node)) in _METHODS:
                called.add("search" if owned[id(node)] in _ANYWHERE else owned[id(node)])
            else:
                other += 1
    return frozenset(called) if called and not other else frozenset({*called, "search", "match"})


def _inline(tree: ast.Module) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    """Yield the patterns that stand as literals in calls of `re`, with what calls them."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _METHODS
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
            flags |= re.MULTILINE if "MULTILINE" in ast.unparse(node) else 0
            method = "search" if node.func.attr in _ANYWHERE else node.func.attr
            yield node.lineno, method, re.compile(node.args[0].value, flags)


def bombs(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return pairs of a beginning and of what is to be repeated after it."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    found: dict[tuple[str, str], None] = {}
    for before, body in _repeats(list(tree), ""):
        for pump in dict.fromkeys((body, body + " ", body + "\n", before[-1:] + body, before + body)):
            if pump:
                found[before, pump] = None
                found["", pump] = None
    letters = dict.fromkeys([*(c for _, body in found for c in body), " ", "\n", "a", "."])
    pairs = [*found, *(("", letter) for letter in letters)]
    return list(dict.fromkeys(pairs))[:_MOST_PUMPS]


def _repeats(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Yield what leads to each repetition of a pattern, and what it repeats."""
    for at, (op, args) in enumerate(nodes):
        lead = before + "".join(_sample(node) for node in nodes[:at])
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = args
            if most == sre.MAXREPEAT or most > 20:
                follow = _sample(nodes[at + 1]) if at + 1 < len(nodes) else ""
                for one in _variants(list(body)):
                    yield lead, one
                    if follow:
                        yield lead, one + follow
            yield from _repeats(list(body), lead)
        elif op is sre.SUBPATTERN:
            yield from _repeats(list(args[3]), lead)
        elif op is sre.BRANCH:
            for branch in args[1]:
                yield from _repeats(list(branch), lead)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(args[1]), lead)
        elif op is sre.ATOMIC_GROUP:
            yield from _repeats(list(args), lead)


def _variants(nodes: list[Any]) -> list[str]:
    """Return a few strings that a body matches: one for each branch, if it is but one choice."""
    if len(nodes) == 1 and nodes[0][0] is sre.SUBPATTERN:
        return _variants(list(nodes[0][1][3]))
    if len(nodes) == 1 and nodes[0][0] is sre.BRANCH:
        return ["".join(map(_sample, branch)) for branch in nodes[0][1][1]][:4]
    if len(nodes) == 1 and nodes[0][0] is sre.IN:
        return _members(nodes[0][1])[:4]
    return ["".join(map(_sample, nodes))]


def _sample(node: Any) -> str:
    """Return a short string that one piece of a parsed pattern matches."""
    op, args = node
    if op is sre.LITERAL:
        return chr(args)
    if op is sre.NOT_LITERAL:
        return next(c for c in _CANDIDATES if ord(c) != args)
    if op is sre.ANY:
        return "a"
    if op is sre.IN:
        return next(iter(_members(args)), "a")
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return "".join(map(_sample, args[2])) * min(max(args[0], 1), 3)
    if op is sre.SUBPATTERN:
        return "".join(map(_sample, args[3]))
    if op is sre.ATOMIC_GROUP:
        return "".join(map(_sample, args))
    if op is sre.BRANCH:
        return "".join(map(_sample, args[1][0]))
    return ""


def _members(items: list[Any]) -> list[str]:
    """Return some characters that a set holds, of each of its parts one."""
    if items and items[0][0] is sre.NEGATE:
        inside = _test(items[1:])
        return [c for c in _CANDIDATES if not inside(c)][:3]
    found = []
    for op, args in items:
        if op is sre.LITERAL:
            found.append(chr(args))
        elif op is sre.RANGE:
            found.append(chr(args[0]))
        elif op is sre.CATEGORY:
            found.append(_OF_CATEGORY.get(str(args).removeprefix("CATEGORY_"), "a"))
    return found


def _test(items: list[Any]) -> Any:
    def inside(c: str) -> bool:
        for op, args in items:
            if op is sre.LITERAL and ord(c) == args:
                return True
            if op is sre.RANGE and args[0] <= ord(c) <= args[1]:
                return True
            if op is sre.CATEGORY:
                name = str(args).removeprefix("CATEGORY_")
                letters = {"SPACE": r"\s", "DIGIT": r"\d", "WORD": r"\w", "NOT_SPACE": r"\S", "NOT_DIGIT": r"\D"}
                if re.match(letters.get(name, r"\W"), c):
                    return True
        return False

    return inside
