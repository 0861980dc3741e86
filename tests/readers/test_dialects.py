"""Every dialect is recognised and read completely: as many records as the file has, with all their abstracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Paper
from kg.readers import read
from kg.readers._detect import detect
from kg.readers._open import open_texts
from tests.readers.dialects import DIALECTS, Dialect
from tests.readers.texts import papers


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.tool)
def test_reads_all_of_it(dialect: Dialect, tmp_path: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(dialect.data)
    assert [detect(opened.head) for opened in open_texts(str(file))] == [dialect.format]
    found = list(read(str(file)))
    assert [(one.title, one.abstract) if isinstance(one, Paper) else str(one) for one in found] == dialect.records


def test_names_in_the_extended_form_of_biblatex() -> None:
    names = (
        'family=Heide, given=Ludwig, prefix=van der, useprefix=true and {{The Group}} and given={J{\\"o}rg}, family=M'
    )
    (paper,) = papers("bibtex", f"@article{{a, title={{T}}, author={{{names} and others}}}}")
    assert paper.authors == ("Ludwig van der Heide", "The Group", "Jörg M")


def test_references_of_scopus_are_cut_where_a_year_ends_them() -> None:
    now = "Hare B.; Elk C., Of hares, and elks, J Fox, 1, pp. 1-2, (2001); The fox, J Elk, (2002)"
    then = "Hare, B., Elk, C., Of hares (2001) J Fox, 1, pp. 1-2; Elk, C., The fox (2002) J Elk"
    (paper,) = papers("csv", f'title,abstract,references\nA,b,"{now}"\n')
    assert paper.references == ("Of hares, and elks, J Fox, 1, pp. 1-2, (2001)", "The fox, J Elk, (2002)")
    (paper,) = papers("csv", f'title,abstract,references\nA,b,"{then}"\n')
    assert paper.references == ("Of hares", "The fox")


def test_identifiers_in_a_cell_of_a_table() -> None:
    (paper,) = papers("csv", "title,externalIds\nA,\"{'DOI': '10.1234/a', 'ArXiv': '1901.00001', 'CorpusId': 3}\"\n")
    assert (paper.doi, paper.arxiv) == ("10.1234/a", "1901.00001")


def test_the_column_id_of_web_of_science_is_no_identifier() -> None:
    (paper,) = papers("csv", "PT\tTI\tID\tUT\nJ\tFoxes\tCAMERAS; NIGHT\tWOS:000111\n")
    assert (paper.id, paper.identifiers) == ("WOS:000111", ("wos:000111",))
