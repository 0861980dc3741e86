from __future__ import annotations

from kg.model import Candidate
from kg.reading.kinds import kind_of
from kg.vocab import Kind, Role


def vote(kind: Kind | None, extractor: str = "phrases", role: Role | None = None) -> Candidate:
    return Candidate("abstract", 0, 3, kind, role, extractor, 0.6)


def test_the_words_of_a_described_name_vote() -> None:
    assert kind_of([vote(None, "abbreviations")], None, ["retinal nerve fiber layer thickness"]) is not Kind.METHOD


def test_a_proposal_outvotes_the_words() -> None:
    own = vote(Kind.METHOD, "proposals", Role.PROPOSES)
    assert kind_of([own], None, ["retinal nerve fiber layer thickness"]) is Kind.METHOD


def test_no_data_set_without_a_name_is_guessed() -> None:
    assert kind_of([vote(None)], None, ["a fox corpus"]) is not Kind.DATASET


def test_a_thing_without_a_vote_is_a_method() -> None:
    assert kind_of([vote(None)], None, ["Foxy"]) is Kind.METHOD
