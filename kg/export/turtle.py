"""Turtle: kg.ttl, the graph itself. Everything else is made of it."""

from __future__ import annotations

from kg.rdf.turtle import write_turtle as write

FILES = {"kg.ttl": write}
