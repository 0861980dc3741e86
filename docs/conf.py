"""How Sphinx makes the documentation site: `make site`. Pages are Markdown; nothing in them is fetched from elsewhere."""

import re

from sphinx.application import Sphinx

from kg import __version__

project = "kg"
author = "the authors of papers-kg"
version = release = __version__
project_copyright = "the authors of papers-kg; Apache License 2.0"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # questions have slots, which are no SPARQL
nitpicky = True

html_theme = "furo"
html_title = f"kg {__version__}"
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False


def setup(app: Sphinx) -> None:
    """Tell Sphinx what else to do."""
    app.connect("source-read", _folders_to_readmes)


def _folders_to_readmes(app: Sphinx, document: str, source: list[str]) -> None:
    """Let a link to a folder lead to its README, as it does where code is hosted."""
    source[0] = re.sub(r"\]\(([\w./-]+)/\)", r"](\1/README.md)", source[0])
