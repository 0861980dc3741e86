"""A small file of every format, all of our own making, and a helper that reads a text with one reader."""

from __future__ import annotations

import io

from kg.model import Paper, Problem
from kg.readers._detect import load

PROSE = (
    "Foxes cross meadows at dusk, and cameras see little of it. We propose a network that counts them in the dark. "
    "On three meadows it finds 93.5% of the foxes, twice as many as a hunter does. The code is free to use."
)

LISTING = f"""new

Subscribe to the meadow letter!

May 5

Counting Foxes at Dusk with Quiet Networks

{PROSE}

12

Is a Hedgehog Enough? -- A Survey of Small Mammals

{PROSE} Hedgehogs are the subject of texttt{{H}}edge, which others overlook.We close the gap.
"""

BIBTEX = """% a file of foxes
@string{jof = "Journal of Foxes"}

@article{fox2024,
  title = {Counting {Foxes} at {D}usk},
  author = {Reineke, Vos and {The Meadow Group} and Ludwig van der Heide},
  journal = jof,
  year = 2024,
  month = may,
  doi = {10.1234/FOX\\_1},
  abstract = {Foxes cross meadows. We count them with 93.5\\% recall by G\\"odel's $x_{i}^{2}$.},
  keywords = {foxes, dusk}
}

@InProceedings{hedgehog,
  Title = "Is a Hedgehog Enough?",
  Booktitle = {Proc. of Meadows},
  Year = {2023}
}
"""

RIS = """TY  - JOUR
AU  - Reineke, Vos
AU  - van der Heide, Ludwig
TI  - Counting Foxes at Dusk
AB  - Foxes cross meadows.
      We count them.
JO  - Journal of Foxes
PY  - 2024
DO  - 10.1234/fox.1
KW  - foxes
KW  - dusk
SP  - 1
EP  - 9
ER  -

TY  - CPAPER
T1  - Is a Hedgehog Enough?
Y1  - 2023/05/01/
ER  -
"""

CSV = """Title,Abstract,Authors,Year,DOI
"Counting Foxes, at Dusk","Foxes cross ""meadows"".
We count them.","Reineke, V.; van der Heide, L.",2024,https://doi.org/10.1234/FOX.1
Is a Hedgehog Enough?,,Ada Lovelace,2023,
"""

JSON = """{
  "count": 2,
  "papers": [
    {
      "id": "2401.00001v2",
      "title": "Counting Foxes at Dusk",
      "summary": "Foxes cross <i>meadows</i> &amp; fields.",
      "authors": [{"name": "Vos Reineke"}, {"name": "Ludwig van der Heide"}],
      "published": "2024-05-08T00:00:00Z"
    },
    {"title": "Is a Hedgehog Enough?", "year": 2023}
  ]
}
"""

JSONL = """{"id": "a", "title": "Counting Foxes at Dusk", "summary": "Foxes cross.", "author": "V. Fox and A. Elk"}
{"id": "b", "title": "Is a Hedgehog Enough?", "update_date": "2023-01-02"}
"""

TEXTS = {"bibtex": BIBTEX, "csv": CSV, "json": JSON, "jsonl": JSONL, "listing": LISTING, "ris": RIS}


def records(format: str, text: str) -> list[Paper | Problem]:
    """Read `text` with the reader of one format, from a file named ``x``."""
    return list(load(format).read(io.StringIO(text), "x"))


def papers(format: str, text: str) -> list[Paper]:
    """Read `text`, which is expected to hold good records only."""
    found = records(format, text)
    assert [r for r in found if isinstance(r, Problem)] == []
    return [r for r in found if isinstance(r, Paper)]


def problems(format: str, text: str) -> list[Problem]:
    """Read `text` and return the problems alone."""
    return [r for r in records(format, text) if isinstance(r, Problem)]
