from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.sparql import check, with_prefixes

ELSEWHERE = "<http://127.0.0.1:9/sparql> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * WHERE {{ SERVICE {ELSEWHERE} }}",
        f"SELECT * WHERE {{ service silent {ELSEWHERE} }}",
        f"SELECT * WHERE {{ Service ?where {{ ?s ?p ?o }} {ELSEWHERE} }}",
        f"SELECT * WHERE {{ SERVICE# a comment\n{ELSEWHERE} }}",
        f"SELECT * WHERE {{ \\u0053ERVICE {ELSEWHERE} }}",
        f"SELECT * WHERE {{ ?s ?p 'a \\' # b' . SERVICE {ELSEWHERE} }}",
        "SELECT * WHERE { ?s ?p ?a, ?b FILTER(?a<?b)SERVICE#>\n?s { ?s ?p ?o } }",
        f"PREFIX http: <urn:x> SELECT * WHERE {{ ?s ?p ?a FILTER(?a<http:x)SERVICE#>\n{ELSEWHERE} }}",
        f'SELECT * WHERE {{ ?s ?p """a " "" # """ . SERVICE {ELSEWHERE} }}',
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service ?p ?o }",
        "PREFIX service: <urn:x> SELECT * WHERE { ?s service:SERVICE ?o }",
        "SELECT * WHERE { ?s ?p 'SERVICE', \"service\", '''SERVICE''' }",
        "SELECT * WHERE { ?s ?p <http://x.org/SERVICE> } # SERVICE",
    ],
)
def test_the_word_itself_is_no_crime(query: str) -> None:
    check(query)


def test_prefixes_that_are_declared_are_left_alone() -> None:
    text, before = with_prefixes("prefix kg: <urn:other>\nSELECT * { ?s kg:uses ?o }")
    assert "ontology#" not in text
    assert len(text.splitlines()) == before + 2
