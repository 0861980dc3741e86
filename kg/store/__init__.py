"""Graphs that answer SPARQL: in memory, from a store on disk, or on another server. The Turtle is the truth, not these.

    source    what every one of them is to those who ask
    local     a graph on this machine: in memory when it is small, else from disk
    disk      makes the store on disk beside a large graph, and proves that it fits
    survey    where each sort of node stands in a Turtle file of ours
    index     names and counts of a large graph, in SQLite, beside the triples
    remote    a graph on another server; `http` speaks with it, `push` loads a graph into it
    guard     refuses queries that reach beyond the graph
    names     what things are called in any of them
    parts     what is around a node, as a small graph; `chain` finds what lies between two

Stands after `kg.rdf`; named questions (`kg.query`) and the command line ask through it. `kg build` calls `make`.
"""

from kg.answers import Answer as Answer
from kg.store.disk import is_large_graph as is_large_graph
from kg.store.disk import is_made as is_made
from kg.store.disk import make as make
from kg.store.local import Store as Store
from kg.store.source import Source as Source
