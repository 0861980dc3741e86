"""How `kg serve` bears a crowd: 50 clients ask for a minute, every answer is compared with the right one, byte by byte.

    python benchmarks/serve.py [--graph graphs/] [--clients 50] [--seconds 60] [--workers 2] [--runaways 0]

Clients ask one thing after another without a pause: named questions in four forms, pages, data of nodes. `--runaways`
lets that many more clients send queries that never end, in turn one that runs and one that sorts. Prints a row of the
table in docs/serve.md. Needs httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

from kg.serve import accept, tasks
from kg.serve.limits import Limits
from kg.serve.tasks import Desk

RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
)
TABLES = (accept.JSON, accept.XML, accept.CSV, accept.TSV)
FORMS = (accept.HTML, accept.TURTLE, accept.JSONLD)
HEADER = "| clients | of them runaway | answers | a second | wrong | 503 | other | p50 | p99 | longest | runaways stopped for |"


@dataclass(frozen=True)
class Call:
    """A request and the body that is its right answer."""

    path: str
    params: dict[str, str]
    wanted: str
    right: bytes


@dataclass
class Seen:
    """What the clients saw: seconds of each right answer, and how many answers were what else."""

    seconds: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)


def calls(desk: Desk) -> list[Call]:
    """Return what can be asked, with answers that were made without the server."""
    found = []
    for one in json.loads(tasks.examples(desk).body):
        for media in TABLES:
            reply = tasks.query(desk, sparql=one["query"], tables=media, graph=None)
            found.append(Call("/sparql", {"query": one["query"]}, media, reply.body))
    mount = desk.outlines()["mount"]
    for row in desk.rows(
        "SELECT ?node { ?node a ?kind . VALUES ?kind { kg:Paper kg:Method } } ORDER BY ?node LIMIT 40"
    ):
        local = row["node"].removeprefix(desk.base)
        for media in FORMS:
            made = tasks.page(desk, local=local) if media == accept.HTML else tasks.data(desk, local=local, media=media)
            found.append(Call(mount + local, {}, media, made.body))
    return found


async def client(number: int, http: httpx.AsyncClient, known: list[Call], until: float, seen: Seen) -> None:
    """Ask one thing after another until the time is over."""
    pick = random.Random(number)  # noqa: S311 - the same calls in every run
    while time.monotonic() < until:
        call = pick.choice(known)
        begin = time.monotonic()
        try:
            found = await http.get(call.path, params=call.params, headers={"accept": call.wanted})
        except httpx.HTTPError as error:
            seen.counts[type(error).__name__] += 1
            continue
        if found.status_code == 200 and found.content == call.right:
            seen.seconds.append(time.monotonic() - begin)
        seen.counts[
            "wrong" if found.status_code == 200 and found.content != call.right else str(found.status_code)
        ] += 1


async def runaway(number: int, http: httpx.AsyncClient, until: float, seen: Seen) -> None:
    """Send queries that never end."""
    while time.monotonic() < until:
        number += 1
        found = await http.get("/sparql", params={"query": RUNAWAYS[number % 2]})
        seen.stopped[found.headers.get("kg-limit", str(found.status_code))] += 1


async def crowd(url: str, known: list[Call], given: Any) -> Seen:
    """Let the clients loose and return what they saw."""
    seen, until = Seen(), time.monotonic() + given.seconds
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits, trust_env=False) as http:
        ordinary = (client(number, http, known, until, seen) for number in range(given.clients))
        wild = (runaway(number, http, until, seen) for number in range(given.runaways))
        await asyncio.gather(*ordinary, *wild)
    return seen


def row(seen: Seen, given: Any) -> str:
    """Return the row of the table."""
    marks = quantiles(seen.seconds, n=100)
    other = sum(seen.counts.values()) - seen.counts["200"] - seen.counts["wrong"] - seen.counts["503"]
    stopped = ", ".join(f"{name} {count}" for name, count in sorted(seen.stopped.items())) or "-"
    times = (f"{seconds * 1000:,.0f} ms" for seconds in (marks[49], marks[98], max(seen.seconds)))
    figures = [
        *(given.clients + given.runaways, given.runaways, f"{seen.counts['200']:,}"),
        *(
            f"{seen.counts['200'] / given.seconds:.0f}",
            seen.counts["wrong"],
            seen.counts["503"],
            other,
            *times,
            stopped,
        ),
    ]
    return f"| {' | '.join(map(str, figures))} |"


def main() -> None:
    """Start a server, let the clients loose, print the table; fails when an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=Path("graphs"))
    usual = asdict(Limits())
    for name, default in (("clients", 50), ("seconds", 60), ("runaways", 0), ("workers", usual["workers"])):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--timeout", type=float, default=usual["seconds"])
    given = parser.parse_args()
    known = calls(Desk.open(given.graph, Limits()))
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(given.graph), "--port", "0"]
    command += ["--workers", str(given.workers), "--timeout", str(given.timeout)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603 - ours
        assert server.stdout  # noqa: S101 - for the types
        seen = asyncio.run(crowd(server.stdout.readline().strip(), known, given))
        server.terminate()
    print(HEADER, "|---:" * HEADER.count(" | ") + "|---|", row(seen, given), sep="\n")  # noqa: T201
    if seen.counts["wrong"]:
        sys.exit("wrong answers")


if __name__ == "__main__":
    main()
