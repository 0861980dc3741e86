"""The pyvis network of the page: the only module that knows pyvis.

pyvis builds nodes and edges and renders them through a template of ours; its own templates ask the network for style
sheets and run text as HTML. Called by `kg.view.assemble`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.view.data import PageData

_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def render(data: PageData, environment: Environment, template: str, options: dict[str, Any]) -> str:
    """Return the page: `template` of `environment`, which gets pyvis's nodes and edges under those names."""
    with _no_notebook():
        from pyvis.network import Network

    # Directed, so that adding an edge does not search all the others; the arrows this brings are taken off again.
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.node_ids = _Ids()
    for node in data.nodes:
        given = dict(node)
        network.add_node(given.pop("id"), label=given.pop("label"), **given)
    for edge in data.edges:
        given = dict(edge)
        network.add_edge(given.pop("from"), given.pop("to"), **given)
    for node in network.nodes:
        del node["shape"]  # the class of a node gives its shape: once in the options, not in every node
    for edge in network.edges:
        del edge["arrows"]
    network.options = options  # set_options would strip spaces inside strings
    network.templateEnv = environment
    network.path = template
    return str(network.generate_html())


@contextmanager
def _no_notebook() -> Iterator[None]:
    """Keep pyvis from loading IPython, which it wants for `show` in notebooks only and which takes as long as the page."""
    name = "IPython.display"
    if "IPython" in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    stand_in.IFrame = object  # type: ignore[attr-defined]
    sys.modules.update({"IPython": ModuleType("IPython"), name: stand_in})
    try:
        yield
    finally:
        del sys.modules["IPython"], sys.modules[name]


def library() -> str:
    """Return the script of vis-network that pyvis carries, licence note included, without the pointer to its source map."""
    from importlib.resources import files

    with _no_notebook():
        package = files("pyvis")  # imports it
    return _SOURCE_MAP.sub("", package.joinpath(_LIBRARY).read_text(encoding="utf-8"))


class _Ids(dict[int, None]):
    """Node ids in order, with the quick look-up that pyvis's list lacks."""

    def append(self, node: int) -> None:
        """Add a node id."""
        self[node] = None
