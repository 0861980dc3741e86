"""RDF terms as light values of our own, cheap enough for millions of them. Used all over `kg.rdf` and in answers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kg.vocab import expand

STRING = expand("xsd:string")
INTEGER = expand("xsd:integer")
DECIMAL = expand("xsd:decimal")
YEAR = expand("xsd:gYear")
_FLOATS = frozenset(map(expand, ("xsd:double", "xsd:float")))
_DERIVED = (
    "long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedLong unsignedInt"
)
_INTEGERS = frozenset([INTEGER, *(expand(f"xsd:{name}") for name in _DERIVED.split())])


class Iri(NamedTuple):
    """The name of a node or predicate, in full."""

    value: str

    def python(self) -> str:
        """Return the IRI as text."""
        return self.value


class Blank(NamedTuple):
    """A node without a name. Our graph has none; an answer may make some."""

    value: str

    def python(self) -> str:
        """Return the node as it is written: ``_:name``."""
        return f"_:{self.value}"


class Literal(NamedTuple):
    """A text, number or year: its lexical form, and the full IRI of its datatype."""

    value: str
    datatype: str = STRING
    language: str = ""

    def python(self) -> str | int | float | bool:
        """Return the value as Python has it; what is no number or truth value stays text.

        >>> Literal("0.93", DECIMAL).python(), Literal("7", INTEGER).python(), Literal("seven", INTEGER).python()
        (0.93, 7, 'seven')
        """
        try:
            if self.datatype in _INTEGERS:
                return int(self.value)
            if self.datatype == DECIMAL or self.datatype in _FLOATS:
                return float(self.value)
        except ValueError:
            return self.value
        if self.datatype == expand("xsd:boolean"):
            return self.value in ("true", "1")
        return self.value


Term = Iri | Literal | Blank
Object = Iri | Literal
Pair = tuple[Iri, Object]


@lru_cache(maxsize=1 << 12)
def decimal(number: float | str) -> Literal:
    """Return a canonical `xsd:decimal`: no exponent, no trailing zeros.

    >>> decimal(0.930).value, decimal("100.0").value, decimal(1e-07).value, decimal("-0.0").value
    ('0.93', '100', '0.0000001', '0')
    """
    exact = Decimal(str(number))
    return Literal(f"{exact.normalize():f}" if exact else "0", DECIMAL)


@lru_cache(maxsize=1 << 12)
def integer(number: int) -> Literal:
    """Return an `xsd:integer`."""
    return Literal(str(number), INTEGER)


@lru_cache(maxsize=1 << 12)
def year(number: int) -> Literal:
    """Return an `xsd:gYear`: at least four digits.

    >>> year(2024).value, year(-44).value
    ('2024', '-0044')
    """
    return Literal(f"{'-' if number < 0 else ''}{abs(number):04d}", YEAR)
