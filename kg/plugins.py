"""Find the plugins of a folder by file name, and import only the one asked for.

A reader, extractor or exporter is a module whose file name is its public name. Listing names looks at file names only,
so that `kg --help` and shell completion stay fast however heavy a plugin is.
"""

from __future__ import annotations

from importlib import import_module, resources
from types import ModuleType

from kg.errors import UsageError


def names(package: str) -> list[str]:
    """Return the sorted public names of the plugins in `package` (``kg.readers``), importing none of them."""
    files = resources.files(package).iterdir()
    stems = (file.name.removesuffix(".py") for file in files if file.name.endswith(".py"))
    return sorted(stem.removesuffix("_") for stem in stems if not stem.startswith("_"))


def load(package: str, name: str) -> ModuleType:
    """Import one plugin of `package` by its public name.

    A trailing underscore of the file name, which keeps `json_.py` from shadowing the standard library's name, is not
    part of the public name. Raises `UsageError` for a name that is not there.
    """
    known = names(package)
    if name not in known:
        kind = package.rsplit(".", 1)[-1]
        raise UsageError(f"no {name!r} among the {kind}", hint="choose from " + ", ".join(known))
    plain = resources.files(package) / f"{name}.py"
    return import_module(f"{package}.{name}" if plain.is_file() else f"{package}.{name}_")
