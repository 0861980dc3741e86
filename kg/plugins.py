"""Find readers, extractors and exporters, ours and those of other packages, and import only the one asked for.

Ours is a module of a folder whose file name is its public name. Another package names a module under an entry point of
one of the `GROUPS`; `docs/plugins.md` shows how. Listing names looks at file names and at the metadata of installed
packages only, so that `kg --help` and shell completion stay fast however heavy a plugin is.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources
from types import ModuleType
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUPS = {
    "kg.readers": "papers_kg.readers",
    "kg.extract": "papers_kg.extractors",
    "kg.export": "papers_kg.exporters",
}
"""The groups of entry points by the folder whose modules they are added to."""

_NEEDED = {"kg.readers": ("sniff", "read"), "kg.extract": ("STAGE", "extract"), "kg.export": ("FILES",)}


def names(package: str) -> list[str]:
    """Return the public names of the plugins of `package` (``kg.readers``), importing none of them.

    Ours come first, in order, then those of other packages, in order. Raises `UsageError` when two have one name.
    """
    return [*_own(package), *others(package)]


def load(package: str, name: str) -> ModuleType:
    """Import one plugin of `package` by its public name.

    A trailing underscore of the file name, which keeps `json_.py` from shadowing the standard library's name, is not
    part of the public name. Raises `UsageError` for a name that is not there, for two plugins of one name, and for a
    plugin of another package that cannot be imported or lacks what a plugin has.
    """
    known = names(package)
    if name not in known:
        raise UsageError(f"no {name!r} among the {_kind(package)}", hint="choose from " + ", ".join(known))
    found = others(package).get(name)
    if found:
        return _load_other(package, found)
    plain = resources.files(package) / f"{name}.py"
    return import_module(f"{package}.{name}" if plain.is_file() else f"{package}.{name}_")


@cache
def others(package: str) -> dict[str, EntryPoint]:
    """Return what installed packages add to the plugins of `package`, by public name and in order.

    Raises `UsageError` when two of them, or one of them and one of ours, have one name.
    """
    if package not in GROUPS:
        return {}
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    own = _own(package)
    for entry in sorted(
        entry_points(group=GROUPS[package]), key=lambda entry: (entry.name, _owner(entry), entry.value)
    ):
        other = "kg itself" if entry.name in own else _owner(found[entry.name]) if entry.name in found else ""
        if other:
            reason = f"two {_kind(package)} are called {entry.name!r}: one of {other}, one of {_owner(entry)}"
            raise UsageError(reason, hint=f"uninstall {_owner(entry)}, or have its entry point renamed")
        found[entry.name] = entry
    return found


def _own(package: str) -> list[str]:
    files = resources.files(package).iterdir()
    stems = (file.name.removesuffix(".py") for file in files if file.name.endswith(".py"))
    return sorted(stem.removesuffix("_") for stem in stems if not stem.startswith("_"))


def _load_other(package: str, entry: EntryPoint) -> ModuleType:
    where, hint = f"{entry.name!r} of the package {_owner(entry)}", "upgrade or uninstall that package"
    try:
        module: ModuleType = entry.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"this plugin cannot be imported: {error}", where=where, hint=hint) from error
    missing = [need for need in _NEEDED[package] if not hasattr(module, need)]
    if missing:
        raise UsageError(f"this plugin has no {' and no '.join(missing)}", where=where, hint=hint)
    return module


def _owner(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value


def _kind(package: str) -> str:
    return GROUPS[package].rpartition(".")[2] if package in GROUPS else package.rpartition(".")[2]
