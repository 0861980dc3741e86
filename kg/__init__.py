"""kg: a pile of papers in, a knowledge graph linked by shared techniques out.

    >>> import kg                                     # doctest: +SKIP
    >>> graph = kg.build("seeds/")                    # doctest: +SKIP
    >>> graph.query("SELECT ...")                     # doctest: +SKIP

Nothing heavy is imported before it is needed: `import kg` loads none of networkx, rdflib and pyvis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.model import Entity as Entity
    from kg.model import Paper as Paper
    from kg.pipeline import build_graph as build
    from kg.rdf.load import load as load

__version__ = "0.1.0"
__all__ = ["Entity", "KgError", "KnowledgeGraph", "Paper", "__version__", "build", "load"]

_HOMES = {
    "build": ("kg.pipeline", "build_graph"),
    "load": ("kg.rdf.load", "load"),
    "KnowledgeGraph": ("kg.graph", "KnowledgeGraph"),
    "Paper": ("kg.model", "Paper"),
    "Entity": ("kg.model", "Entity"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
