"""kg: a pile of papers in, a knowledge graph linked by shared techniques out.

    >>> import kg
    >>> graph = kg.build("seeds/")                    # doctest: +SKIP
    >>> graph                                         # doctest: +SKIP
    <KnowledgeGraph: 40 papers, 310 entities, 95 links>
    >>> graph.query("SELECT ...")                     # doctest: +SKIP
    >>> graph.write("graphs/", ["turtle", "html"])    # doctest: +SKIP
    >>> graph = kg.load("graphs/")                    # doctest: +SKIP

`build` and `load` give a `KnowledgeGraph`, which holds `PaperNode` (a `Paper` with its results), `Entity`, `Fact` (what a
paper does with an entity, with every `Mention` of it) and `Link`. What goes wrong is a `KgError`.

Nothing heavy is imported before it is needed: `import kg` loads none of networkx, rdflib and pyvis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.api import build as build
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.model import Entity as Entity
    from kg.model import Fact as Fact
    from kg.model import Link as Link
    from kg.model import Mention as Mention
    from kg.model import Paper as Paper
    from kg.model import PaperNode as PaperNode
    from kg.model import Result as Result
    from kg.rdf.load import load as load

__version__ = "0.1.0"
__all__ = [
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

_HOMES = {
    "build": "kg.api",
    "load": "kg.rdf.load",
    "KnowledgeGraph": "kg.graph",
    **dict.fromkeys(("Entity", "Fact", "Link", "Mention", "Paper", "PaperNode", "Result"), "kg.model"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
