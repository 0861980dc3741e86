from __future__ import annotations

from decimal import Decimal

import pytest

from kg.numerals import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91.5%", "91.5"),
        ("1,024.5 MB", "1024.5"),
        (".76", "0.76"),
        ("−3 points", "-3"),
        ("71–84", "84"),
        ("three times", "3"),
        ("twenty-five", "25"),
        ("0.90", "0.9"),
        ("Twice", "2"),
    ],
)
def test_numbers_are_found(text: str, value: str) -> None:
    assert Decimal(value) in numbers(text)


@pytest.mark.parametrize(("text", "value"), [("91.5", "1.5"), ("3 points", "-3"), ("none", "1"), ("1024", "24")])
def test_parts_of_numbers_are_not(text: str, value: str) -> None:
    assert Decimal(value) not in numbers(text)
