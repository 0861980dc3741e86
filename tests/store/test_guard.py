"""No query reaches beyond the graph, however it is written."""

from __future__ import annotations

from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.store.guard import check

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
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICEx:x { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICESILENTx:x { ?s ?p ?o } }",
        "PREFIX service: <http://127.0.0.1:9/> SELECT * { ?s service:SERVICE ?o SERVICE service:x { ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p 5SERVICE {ELSEWHERE} }}",
        f"SELECT * {{ ?s ?p trueSERVICE {ELSEWHERE} }}",
        f"PREFIX : <urn:x> SELECT * {{ ?s ?p :.SERVICE {ELSEWHERE} }}",
        f"SELECT * {{ ?s ?p <urn:a#b> SERVICE {ELSEWHERE} }}",
        f"BASE <http://x.org/> SELECT * {{ <a'b> ?p ?o SERVICE {ELSEWHERE} FILTER(?o != 'x') }}",
        f"SELECT * {{ \\U00000053\\u0045rV\\u0049CE {ELSEWHERE} }}",
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(UsageError, match=r"SERVICE is not allowed|not a SPARQL query"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service ?p ?o }",
        "PREFIX service: <urn:x> SELECT * WHERE { ?s service:SERVICE ?o }",
        "SELECT * WHERE { ?s ?p 'SERVICE', \"service\", '''SERVICE''' }",
        "SELECT * WHERE { ?s ?p <http://x.org/SERVICE> } # SERVICE",
        "BASE <http://x.org/> ASK { <service> ?p ?o FILTER(?p<?o) }",
        'ASK { ?s kg:mentions "a"@service, "\\u0053ervice" }',
    ],
)
def test_the_word_itself_is_no_crime(query: str) -> None:
    check(query)


def test_a_malformed_query_with_the_word_in_it_names_its_place() -> None:
    with pytest.raises(UsageError, match=r"line 2, column \d+: not a SPARQL query"):
        check("SELECT * WHERE\n{ ?s ?p 'service'")


_WORDS = """service SERVICE Service \\u0053ERVICE service: :service s:a <urn:service> <urn:a#b> "service" 'a' # ?service
SILENT 5 true . ; , a ?a < > { } ( ) FILTER(?a<5) OPTIONAL""".split()


_STORE = pyoxigraph.Store()
for _thing in "5", "true", "<urn:a#b>", "<urn:service>", "<x-none:a>", "<x-none:b>", '"service"', "'a'":
    _STORE.update(f"INSERT DATA {{ <urn:x> <urn:y> {_thing} }}")


@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(["", " ", "\n"])), max_size=9))
@example([("5", ""), ("SERVICE", ""), ("s:a", ""), ("{", ""), ("}", "")])
@example([(".", ""), ("<urn:a#b>", " "), ("a", " "), ("?a", ""), ("SERVICE", " "), ("s:a", ""), ("{", ""), ("}", "")])
def test_whatever_passes_goes_nowhere(parts: list[tuple[str, str]]) -> None:
    query = f"PREFIX s: <x-none:a> PREFIX : <x-none:b> PREFIX service: <x-none:c> SELECT * {{ ?s ?p {_join(parts)} }}"
    with suppress(UsageError):
        check(query)
        with suppress(SyntaxError, ValueError):
            list(_STORE.query(query))  # type: ignore[arg-type]  # raises OSError when it calls a service of no known scheme


def _join(parts: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in parts)
