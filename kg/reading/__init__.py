"""Reading: run the extractors over one paper and settle what that paper says.

Stands between `kg.extract` (which proposes candidates) and `kg.resolve` (which joins papers). `read` is a pure function of one
paper and the lexicon.
"""

from kg.reading.read import documents, read

__all__ = ["documents", "read"]
