"""How long each named question takes: from the store on disk, in memory, on a server, and in rdflib with the same SPARQL.

    python -m benchmarks.queries GRAPH... [--beside GRAPH] [--endpoint URL]

Prints Markdown, as in docs/endpoints.md. Every GRAPH is asked from its store on disk, which is made first; `--beside` names
one that rdflib can hold, and is asked there, in pyoxigraph's memory and from disk, and with `--endpoint` on a server that it
was pushed to. The questions are about what most papers have, which is the worst case: the commonest method, the dataset that
most papers are run on. Milliseconds are those of the clock and, after the slash, of the processor (ours, not the server's);
each way is a process of its own, which asks everything once, in order.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.table import head, row
from kg.query import fill, list_questions, run, terms
from kg.store import Store, disk

WAYS = ("disk", "memory", "rdflib", "endpoint")
PATIENCE = float(os.environ.get("KG_PATIENCE", "120"))
"""Seconds that a question may take; only rdflib can be stopped, and only it needs to be."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="*", type=Path)
    parser.add_argument("--beside", type=Path, help="a graph that rdflib can hold")
    parser.add_argument("--endpoint", default="", help="where the graph beside was pushed to")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        _measure(given.graphs[0], given.way, given.endpoint)
        return
    if given.graphs:
        _table([(graph, "disk") for graph in given.graphs])
    if given.beside:
        _table([(given.beside, way) for way in WAYS if way != "endpoint" or given.endpoint], given.endpoint)


def _table(columns: list[tuple[Path, str]], endpoint: str = "") -> None:
    found = [_run(graph, way, endpoint) for graph, way in columns]
    heads = [f"{one['papers']:,} papers, {way}" for one, (_, way) in zip(found, columns, strict=True)]
    head("question", *heads)
    row("triples", *(f"{one['triples']:,}" for one in found))
    row("until it can be asked", *(_times(one["open"]) for one in found))
    for question in list_questions():
        row(f"`{question.name}`", *(_times(one["questions"].get(question.name)) for one in found))
    row("peak memory, MB", *(f"{one['memory']:,}" for one in found))


def _run(graph: Path, way: str, endpoint: str) -> dict[str, Any]:
    """Measure one way in a process of its own; what takes longer than patience lasts is left out."""
    disk.LARGE = 0
    disk.make(graph)
    command = [sys.executable, "-m", "benchmarks.queries", str(graph), "--way", way, "--endpoint", endpoint]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        told: dict[str, Any] = {"questions": {}, "memory": 0, "open": None}
        for line in process.stdout or ():
            said = json.loads(line)
            told["questions"].update(said.pop("questions", {}))
            told.update(said)
    return told


def _measure(graph: Path, way: str, endpoint: str) -> None:
    """Ask every question, and tell after each what it took."""
    signal.signal(signal.SIGALRM, _stop)
    disk.LARGE = 0
    begin = _clocks()
    kept = Store.open(graph)
    asked = {"rdflib": _rdflib, "memory": _memory, "disk": lambda _: None, "endpoint": lambda _: _endpoint(endpoint)}[
        way
    ](graph)
    opened = _since(begin)
    papers = kept.query("SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }").python()[0]["n"]
    _tell(open=opened, triples=len(kept), papers=papers)
    common = _common(kept)
    for question in list_questions():
        args = [p.default or common[p.name if p.kind == "number" else p.kind] for p in question.parameters]
        sparql = fill(question, terms(kept, question, args))
        begin = _clocks()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            rows = asked(sparql) if asked else len(run(kept, question.name, args).rows)
        except TimeoutError:
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        _tell(questions={question.name: (*_since(begin), rows)})


def _stop(*_: object) -> None:
    raise TimeoutError


def _memory(graph: Path) -> Callable[[str], int]:
    loaded = Store.from_turtle((graph / "kg.ttl").read_bytes())
    return lambda sparql: len(loaded.query(sparql).rows)


def _endpoint(url: str) -> Callable[[str], int]:
    from kg.store.http import Server
    from kg.store.remote import Endpoint

    there = Endpoint(Server(url, timeout=PATIENCE))
    return lambda sparql: len(there.query(sparql).rows)


def _rdflib(graph: Path) -> Callable[[str], int]:
    import rdflib

    from kg.sparql import with_prefixes

    loaded = rdflib.Graph()
    loaded.parse(graph / "kg.ttl", format="turtle")
    return lambda sparql: len(list(loaded.query(with_prefixes(sparql)[0])))


def _common(store: Store) -> dict[str, str]:
    """Return what most papers have, for each sort of parameter."""
    index = store.index
    if index is None:
        raise SystemExit("this graph has no index")
    found = {"y": "2024", "n": "2"}
    for kind, role in (("entity", "uses"), ("method", "uses"), ("dataset", "evaluatesOn")):
        most = (
            "SELECT iri FROM fact JOIN node ON id = entity WHERE role = ? GROUP BY entity ORDER BY COUNT(*) DESC, iri"
        )
        found[kind] = index.execute(f"{most} LIMIT 1", (role,)).fetchone()[0]
    (row,) = store.query("SELECT ?paper { ?link kg:paper ?paper } LIMIT 1").rows
    found["paper"] = row[0].value if row[0] else ""
    return found


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(begin: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def _tell(**what: Any) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({**what, "memory": memory}) + "\n")
    sys.stdout.flush()


def _times(measured: list[float] | None) -> str:
    if measured is None:
        return "not in time"
    rows = f" ({int(measured[2]):,} rows)" if len(measured) > 2 else ""
    return f"{measured[0] * 1000:,.1f} / {measured[1] * 1000:,.1f}{rows}"


if __name__ == "__main__":
    main()
