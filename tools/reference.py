"""Write the generated part of the documentation: docs/reference/{python,ontology,shapes,questions}.md.

usage: python -m tools.reference FOLDER

They are made of the code, the ontology, the shapes and the named questions; a test compares them with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools import reference_ontology, reference_python, reference_questions

PAGES: Mapping[str, Callable[[], str]] = {
    "python.md": reference_python.page,
    "ontology.md": reference_ontology.ontology_page,
    "shapes.md": reference_ontology.shapes_page,
    "questions.md": reference_questions.page,
}
"""Each generated page by its file name, and what makes it."""

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, make in PAGES.items():
        Path(sys.argv[1]).joinpath(name).write_text(make(), encoding="utf-8", newline="\n")
