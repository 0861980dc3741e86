from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Abbreviation, Extraction, Field, Mention, Result, Url
from kg.records import decode, encode
from kg.vocab import Kind, Role
from tests.papers import reading

TEXT = st.text(st.characters(), max_size=8)
COUNT = st.integers(0, 10_000)
SENTENCE = st.tuples(COUNT, COUNT)
FIELD: st.SearchStrategy[Field] = st.sampled_from(["title", "abstract"])
SURE = st.floats(0, 1)
EXTRACTIONS = st.builds(
    Extraction,
    st.lists(
        st.builds(Mention, st.sampled_from(Kind), TEXT, FIELD, COUNT, COUNT, st.sampled_from(Role), TEXT, TEXT, SURE, SENTENCE)
    ).map(tuple),
    st.lists(st.builds(Abbreviation, TEXT, TEXT, FIELD, COUNT, COUNT, COUNT, COUNT)).map(tuple),
    st.lists(st.builds(Result, *[TEXT] * 8, FIELD, COUNT, COUNT, TEXT, SURE, SENTENCE)).map(tuple),
    st.lists(st.builds(Url, TEXT, TEXT, FIELD, COUNT, COUNT, st.booleans())).map(tuple),
)  # fmt: skip


@given(EXTRACTIONS)
def test_what_was_kept_comes_back(extraction: Extraction) -> None:
    assert decode(encode(extraction)) == extraction


def test_a_record_of_a_paper_is_small() -> None:
    found = reading("We propose FoxNet (FN), a vision transformer (ViT). FN reaches an accuracy of 91.5% on ImageNet.")
    assert found.mentions
    assert found.results
    assert decode(encode(found)) == found
    assert len(encode(found)) < 1000


@given(st.binary(max_size=50) | st.binary(max_size=50).map(zlib.compress))
def test_other_bytes_are_no_record(record: bytes) -> None:
    with pytest.raises(ValueError):
        decode(record)


@pytest.mark.parametrize(
    "text", [b"[[],[],[]]", b"[[[1,2]],[],[],[]]", b"{}", b"[1,2,3,4]", b"[" * 100_000, b"[[],[],[],[]"]
)
def test_other_json_is_no_record(text: bytes) -> None:
    with pytest.raises(ValueError):
        decode(zlib.compress(text))


def test_half_a_record_is_none() -> None:
    with pytest.raises(ValueError):
        decode(encode(reading("We propose FoxNet on ImageNet."))[:-5])
