"""Cue words: what the words of a sentence tell of the things in it. The words are data (`*.toml`), for people to edit.

Stands between `kg.lexicon` and the rooms that read sentences (`kg.extract`, `kg.tagging`, `kg.reading`).
"""

from kg.cues.read import cues

__all__ = ["cues"]
