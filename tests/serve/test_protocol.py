from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.frames import Reply
from kg.serve.protocol import FORM, QUERY, UPDATE, Asked, read_get, read_post

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(TEXTS)
def test_a_query_arrives_as_it_was_sent(query: str) -> None:
    asked = Asked(query)
    assert read_get(urlencode({"query": query}).encode()) == asked
    assert read_post(b"", FORM, "", urlencode({"query": query}).encode()) == asked
    assert read_post(b"", f"{QUERY}; charset=UTF-8", "", query.encode()) == asked


def test_a_request_without_a_query_asks_what_this_is() -> None:
    assert read_get(b"") == read_get(b"format=json") == Asked(None)


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ("query=", 400, "empty"),
        ("query=a&query=b", 400, "2"),
        ("query=%FF", 400, "UTF-8"),
        ("query=a&default-graph-uri=http%3A%2F%2Fx", 400, "one graph"),
        ("query=a&named-graph-uri=http%3A%2F%2Fx", 400, "one graph"),
        ("update=CLEAR+ALL", 403, "read-only"),
        ("query=a&using-graph-uri=x", 403, "read-only"),
        ("&".join(f"a{n}=1" for n in range(200)), 400, "fields"),
    ],
)
def test_what_is_not_done_is_refused_in_words(fields: str, status: int, says: str) -> None:
    for refused in (read_get(fields.encode()), read_post(b"", FORM, "", fields.encode())):
        assert isinstance(refused, Reply)
        assert refused.status == status and says in refused.body.decode()


@pytest.mark.parametrize(
    ("media", "encoding", "body", "status"),
    [
        ("", "", b"query=x", 415),
        ("text/plain", "", b"ASK {}", 415),
        ("application/json", "", b"{}", 415),
        (f"{QUERY}; charset=latin-1", "", b"ASK {}", 415),
        (QUERY, "gzip", b"\x1f\x8b", 415),
        (QUERY, "", b"\xff", 400),
        (QUERY, "", b"", 400),
        (FORM, "", b"", 400),
        (UPDATE, "", b"CLEAR ALL", 403),
    ],
)
def test_bodies_of_other_kinds_are_refused(media: str, encoding: str, body: bytes, status: int) -> None:
    refused = read_post(b"", media, encoding, body)
    assert isinstance(refused, Reply) and refused.status == status


def test_a_posted_query_and_one_in_the_address_are_two() -> None:
    refused = read_post(f"query={quote_plus('ASK {}')}".encode(), QUERY, "", b"ASK {}")
    assert isinstance(refused, Reply) and refused.status == 400
