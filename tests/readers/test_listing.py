"""Listings: the seeds to the letter, furniture, and the shapes that titles and abstracts take."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Paper
from kg.readers import read
from kg.readers._detect import detect
from tests.readers.texts import LISTING, PROSE, papers, problems, records

_WRAPPED = PROSE.replace(". ", ".\n")
SEEDS = Path(__file__).parents[2] / "seeds"


def test_furniture_titles_and_abstracts() -> None:
    one, two = papers("listing", LISTING)
    assert one.title == "Counting Foxes at Dusk with Quiet Networks" and one.abstract == PROSE
    assert two.title == "Is a Hedgehog Enough? -- A Survey of Small Mammals"
    assert two.abstract.endswith("subject of texttt{H}edge, which others overlook.We close the gap.")
    assert [p.where.line for p in (one, two) if p.where] == [7, 13]
    assert len(one.id) == 16


def test_the_seeds_to_the_letter() -> None:
    found = [r for r in read(str(SEEDS)) if isinstance(r, Paper)]
    assert len(found) == len(list(read(str(SEEDS)))) == 78
    assert found[0].title == "End-To-End Prediction of Knee Osteoarthritis Progression With Multi-Modal Transformers"
    assert found[-1].title == "Towards Unifying Medical Vision-and-Language Pre-training via Soft Prompts"
    for file in sorted(SEEDS.glob("*.txt")):
        lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
        body = lines[lines.index(found[0].title) :]
        assert [p.title for p in found] == [" ".join(line.split()) for line in body[::2]]
        assert [p.abstract for p in found] == [" ".join(line.split()) for line in body[1::2]]


@pytest.mark.parametrize(
    "text",
    [
        f"# The Fox\n\n{PROSE}\n\n# The Hare\n\n{PROSE}\n",
        f"## The Fox\n{PROSE}\n\n## The Hare\n### Abstract\n{PROSE}\n",
        f"Title: The Fox\nAbstract: {PROSE}\n\nTitle: The Hare\nAbstract: {PROSE}\n",
        f"The Fox\n{PROSE}\n\nThe Hare\n{PROSE}\n",
        f"The Fox\n\nAuthors: A. Fox, B. Hare\n\nAbstract\n\n{PROSE}\n\n\n\nThe Hare\n\nAbstract: {PROSE}",
        f"The Fox\n\n{_WRAPPED}\n\n42\n\nMay 5\n\nhttps://example.org/x\n\nThe Hare\n\n{PROSE}\n\nNext page\n",
    ],
)
def test_shapes(text: str) -> None:
    assert detect(text) == "listing"
    assert [(p.title, p.abstract) for p in papers("listing", text)] == [("The Fox", PROSE), ("The Hare", PROSE)]


def test_an_abstract_of_several_paragraphs() -> None:
    (paper,) = papers("listing", f"The Fox\n\n{PROSE}\n\n{PROSE}\n")
    assert paper.abstract == f"{PROSE} {PROSE}"


def test_short_abstracts() -> None:
    abstracts = "We count the foxes of the northern meadows by night.", "Hares run far, and we follow them with drones."
    text = "The Fox\n\n{}\n\nThe Hare\n\n{}\n".format(*abstracts)
    assert [p.title for p in papers("listing", text)] == ["The Fox", "The Hare"]


def test_nothing_of_a_listing_is_repaired() -> None:
    (paper,) = papers("listing", f"The <b>Fox</b> &amp; Z{{cdotZ{{cdot}}W}}\n\n{PROSE} &lt; end.\n")
    assert paper.title == "The <b>Fox</b> &amp; Z{cdotZ{cdot}W}" and paper.abstract.endswith(" &lt; end.")


def test_prose_without_title_is_a_problem() -> None:
    text = f"{PROSE}{PROSE}\n\nThe Fox\n\n{PROSE}\n"
    (problem,) = problems("listing", text)
    assert problem.where.line == 1
    assert len(records("listing", text)) == 2


@pytest.mark.parametrize(
    "text", ["<p>The Fox</p>\n\n" + PROSE, "menu\n\nhome\n\nabout\n", PROSE, "import os\n\nimport sys\n"]
)
def test_other_texts_are_no_listings(text: str) -> None:
    assert detect(text) != "listing"
