"""The last step of every reader: one record, whichever way it takes."""

from __future__ import annotations

import pytest

from kg.model import Where
from kg.readers import _record


@pytest.mark.parametrize(
    "texts", [{"title": "A <b>Fox</b>"}, {"abstract": "It runs."}, {"title": "A", "abstract": "B\ud800"}]
)
@pytest.mark.parametrize("rest", [{}, {"colour": "red", "none": ""}])
@pytest.mark.parametrize("kind", ["article", "document"])
def test_a_record_of_texts_alone_is_that_with_empty_fields(
    texts: dict[str, str], rest: dict[str, str], kind: str
) -> None:
    where = Where("f", 1)
    alone = _record.build(where, texts, rest, fallback_type=kind)
    assert alone == _record.build(where, {**texts, "note": "", "DOI": None}, rest, fallback_type=kind)
    assert getattr(alone, "where", None) == where
