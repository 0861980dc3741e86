"""Count what kg reads in a folder of real exports, against the counts that the folder's README.md gives.

    python benchmarks/formats.py FOLDER

FOLDER/README.md holds a Markdown table whose first three columns are file, records and records with abstract. The table
printed here is the one in docs/formats.md: expected and read, and in how many records each other field was found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.model import Paper, Problem
from kg.readers import read
from kg.readers._detect import detect
from kg.readers._open import open_texts

FIELDS = ("authors", "year", "venue", "doi", "arxiv", "keywords", "references")


def expected(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield file, number of records and number of abstracts of each line of the folder's table."""
    for line in (folder / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3 and (folder / cells[0]).is_file():
            yield cells[0], cells[1], cells[2]


def row(folder: Path, name: str, records: str, abstracts: str) -> list[str]:
    """Return the cells of one file."""
    found = list(read(str(folder / name)))
    papers = [one for one in found if isinstance(one, Paper)]
    problems = [one for one in found if isinstance(one, Problem)]
    formats = ", ".join(detect(opened.head) for opened in open_texts(str(folder / name)))
    with_abstract = sum(bool(paper.abstract) for paper in papers)
    counts = [str(sum(bool(getattr(paper, field)) for paper in papers)) for field in FIELDS]
    return [name, formats, records, str(len(papers)), abstracts, str(with_abstract), str(len(problems)), *counts]


def main(folder: Path) -> None:
    """Print the table."""
    heads = ["file", "read as", "records expected", "read", "abstracts expected", "read", "problems", *FIELDS]
    sys.stdout.write("| " + " | ".join(heads) + " |\n" + "|" + "---|" * len(heads) + "\n")
    for name, records, abstracts in expected(folder):
        sys.stdout.write("| " + " | ".join(row(folder, name, records, abstracts)) + " |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
