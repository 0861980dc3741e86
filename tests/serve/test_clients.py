"""The endpoint used by the clients that people have: SPARQLWrapper, rdflib, curl, and `kg` itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.store import Store
from kg.store.http import EndpointError
from kg.store.http import Server as Known
from kg.store.remote import Endpoint
from tests.serve.conftest import Server

KG = rdflib.Namespace("https://w3id.org/papers-kg/ontology#")
ID = rdflib.Namespace("https://w3id.org/papers-kg/id/")
PREFIX = "PREFIX kg: <https://w3id.org/papers-kg/ontology#> "
USES = PREFIX + "SELECT ?p ?m { ?p kg:uses ?m } ORDER BY ?p ?m"
METHODS = [str(ID["method/rare-trick"]), str(ID["method/vision-transformer"])]


@pytest.fixture
def wrapper(server: Server) -> Any:
    module = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed: it is not tried as a client")
    client = module.SPARQLWrapper(server.endpoint)
    client.setTimeout(30)
    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_asks_in_every_way(wrapper: Any, method: str, way: str, form: str) -> None:
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(USES)
    found = wrapper.queryAndConvert()
    if form == "json":
        found = "\n".join(row["m"]["value"] for row in found["results"]["bindings"])
    elif form == "xml":
        found = found.toxml()
    text = found.decode() if isinstance(found, bytes) else found
    assert all(method in text for method in METHODS)


def test_sparqlwrapper_constructs_describes_and_asks(wrapper: Any) -> None:
    wrapper.setQuery(PREFIX + "CONSTRUCT { ?m kg:usedBy ?p } WHERE { ?p kg:uses ?m }")
    wrapper.setReturnFormat("turtle")
    assert len(rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")) == 2
    wrapper.setReturnFormat("xml")
    assert len(wrapper.queryAndConvert()) == 2
    wrapper.setQuery(f"DESCRIBE <{METHODS[0]}>")
    assert len(wrapper.queryAndConvert()) > 3
    wrapper.setQuery(PREFIX + "ASK { ?p kg:uses ?m }")
    wrapper.setReturnFormat("json")
    assert wrapper.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(wrapper: Any) -> None:
    from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

    wrapper.setQuery("SELECT nonsense")
    with pytest.raises(QueryBadFormed, match="not a SPARQL query"):
        wrapper.query()
    wrapper.setQuery("SELECT * { ?a a ?b . ?c a ?d }")
    with pytest.raises(EndPointInternalError, match="more than the 300"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_takes_the_endpoint_for_a_graph(server: Server, method: Any, form: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method, returnFormat=form))
    found = list(graph.query(USES))
    assert [str(row[1]) for row in found] == METHODS  # type: ignore[index]
    titles = list(graph.objects(ID["paper/10.1234/hostile"], rdflib.DCTERMS.title))
    assert [str(title) for title in titles] == ['Hostile <img src=x onerror=alert(1)> & "quotes" \\ </script>']
    assert len(graph) > 200
    if form in ("xml", "json"):  # it asks ASK, for which CSV and TSV have no form
        assert (ID["paper/2401.00001"], KG.proposes, ID["method/fox-transformer"]) in graph
        assert (ID["paper/2401.00001"], KG.proposes, ID["method/rare-trick"]) not in graph


def test_rdflib_reads_triples(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(server.endpoint))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        built = graph.query(PREFIX + "CONSTRUCT { ?m kg:usedBy ?p } WHERE { ?p kg:uses ?m }").graph
    assert built is not None and len(built) == 2


@pytest.mark.parametrize("name", ["turtle", "json-ld", "xml", "nt"])
def test_rdflib_follows_an_iri(server: Server, name: str) -> None:
    graph = rdflib.Graph().parse(f"{server.url}papers-kg/id/paper/2401.00001", format=name)
    assert (ID["paper/2401.00001"], KG.proposes, ID["method/fox-transformer"]) in graph


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed: it is not tried as a client")
def test_curl(server: Server) -> None:
    def curl(*args: str) -> str:
        return subprocess.run(
            ["curl", "-sS", "--fail-with-body", *args], capture_output=True, check=True, text=True
        ).stdout

    query = ("--data-urlencode", f"query={USES}")
    assert json.loads(curl(server.endpoint, *query))["head"]["vars"] == ["p", "m"]
    assert curl("-G", server.endpoint, *query, "-H", "Accept: text/csv").splitlines()[0] == "p,m"
    assert curl(server.endpoint, "--compressed", *query, "-H", "Accept: text/tab-separated-values").startswith(
        "?p\t?m\n"
    )
    sent = ("-H", "Content-Type: application/sparql-query", "--data-binary", "ASK { ?s ?p ?o }")
    assert json.loads(curl(server.endpoint, *sent))["boolean"] is True
    assert "@prefix kg:" in curl("-L", f"{server.url}papers-kg/id/method/rare-trick", "-H", "Accept: text/turtle")


def test_kg_asks_it_as_it_asks_the_graph_itself(server: Server, folder: Path) -> None:
    here = Store.open(folder)
    with Endpoint(Known(server.endpoint)) as there:
        for query in (USES, "ASK { ?p kg:uses ?m }", "CONSTRUCT { ?m kg:usedBy ?p } WHERE { ?p kg:uses ?m }"):
            assert there.query(query) == here.query(query)
        with pytest.raises(EndpointError, match="answers 500: The answer has more than the 300 rows"):
            there.query("SELECT * { ?a a ?b . ?c a ?d }")
