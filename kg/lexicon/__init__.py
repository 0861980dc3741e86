"""The lexicon: SKOS concept schemes read from Turtle, and the longest-match scan that finds their names in text.

Stands beside the readers: `pipeline` loads it once and hands it to extraction. The project's own schemes are
`ontology/vocabulary/*.ttl`; `--vocabulary FILE` adds any SKOS file.
"""

from kg.lexicon.concepts import Hit, LexicalConcept, exact_case
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.skos import load, own_files, read_skos
from kg.text.forms import form

__all__ = ["Hit", "LexicalConcept", "Lexicon", "exact_case", "form", "load", "own_files", "read_skos"]
