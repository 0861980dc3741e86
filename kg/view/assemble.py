"""One file out of the parts in `page/`: template, style sheets, scripts and the data of `kg.view.data`.

Nothing is fetched: a content security policy forbids every request and every script but ours, which it knows by hash
(a nonce would have to be random, and the page must be the same every time). Last step of the room.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.view import network
from kg.view.pack import columns

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.view.data import PageData

STYLES = ("theme.css", "layout.css", "panels.css", "details.css", "reading.css", "modes.css")

SCRIPTS = (
    "start.js",
    "text.js",
    "dom.js",
    "unpack.js",
    "model.js",
    "relations.js",
    "theme.js",
    "years.js",
    "state.js",
    "address.js",
    "visible.js",
    "focus.js",
    "labels.js",
    "paint.js",
    "regions.js",
    "lines.js",
    "nodes.js",
    "canvas.js",
    "tooltip.js",
    "search.js",
    "combobox.js",
    "searchbox.js",
    "list.js",
    "topics.js",
    "legend.js",
    "evidence.js",
    "route.js",
    "path.js",
    "paper.js",
    "entity.js",
    "link.js",
    "welcome.js",
    "topic.js",
    "details.js",
    "cite.js",
    "sparql.js",
    "picture.js",
    "keep.js",
    "table.js",
    "tabs.js",
    "keys.js",
    "main.js",
)
"""The scripts in the order they run; each adds its part to one object, `kg`."""


_CODES = {
    "x": "signed", "y": "signed", "tx": "signed", "ty": "signed", "topic": "signed", "size": "plain", "n": "plain",
    "group": "plain", "from": "steps", "to": "steps", "type": "plain", "weight": "plain", "year": "plain",
}  # fmt: skip


def assemble(data: PageData) -> bytes:
    """Return the page as UTF-8."""
    style = "\n".join(_part(name) for name in STYLES)
    library, script = network.library(), "\n".join(_bare(_part(name)) for name in SCRIPTS)
    options = json.loads(_part("options.json"))
    environment = _environment(
        outline=data.outline,
        details=data.details,
        papers=sum("topic" in node for node in data.nodes),
        settings=options,
        style=style,
        library=library,
        script=script,
        policy=policy(scripts=[library, script], styles=[style]),
    )
    html = network.render(data, environment, "template.html", options)
    return html.encode("utf-8", "replace")


def contents(
    parts: Sequence[Mapping[str, object]], names: Sequence[Sequence[object]], *, folder: str, **figures: int
) -> bytes:
    """Return the index of pages as UTF-8.

    `parts` have file, name, papers (how many) and terms; `names` are what can be found; `folder` holds the files.
    """
    style = "\n".join(_part(name) for name in ("theme.css", "index.css"))
    script = "\n".join(_bare(_part(name)) for name in ("start.js", "text.js", "dom.js", "index.js"))
    environment = _environment(
        parts=parts,
        names=names,
        folder=folder,
        style=style,
        script=script,
        policy=policy(scripts=[script], styles=[style]),
        **figures,
    )
    return environment.get_template("index.html").render().encode("utf-8", "replace")


def policy(*, scripts: list[str], styles: list[str]) -> str:
    """Return a content security policy that allows these texts and nothing else."""
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)),
        "style-src": " ".join(map(_hash, styles)),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _bare(script: str) -> str:
    """Return a script without the lines that are comments and without indentation; the only texts of several lines in ours are queries."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*", "* ", "*/")))


def _part(name: str) -> str:
    return files("kg.view").joinpath("page", name).read_text(encoding="utf-8")


def _environment(**values: object) -> Environment:
    """Return a template environment that escapes everything and writes JSON compactly.

    Pure ASCII: browsers read that in half the time and keep it in half the memory.
    """
    from jinja2 import DictLoader, Environment

    environment = Environment(
        loader=DictLoader({name: _part(name) for name in ("template.html", "index.html")}), autoescape=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "separators": (",", ":")}
    environment.filters["columns"] = _columns
    environment.globals.update(values)
    return environment


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return pyvis's nodes or edges as columns, numbers packed; weights in thousandths."""
    whole = [
        {name: round(1000 * v) if name == "weight" else v for name, v in row.items() if name != "id"} for row in rows
    ]
    return columns(whole, _CODES)
