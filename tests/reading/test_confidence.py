from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Candidate
from kg.reading.confidence import calibrated, evidence
from kg.vocab import Kind


def seen(extractor: str, confidence: float) -> Candidate:
    return Candidate("abstract", 0, 3, Kind.METHOD, None, extractor, confidence)


def test_extractors_that_agree_are_stronger_than_each() -> None:
    alone = evidence([seen("phrases", 0.6)])
    assert alone == 0.6
    assert evidence([seen("phrases", 0.6), seen("tagger", 0.5)]) > alone


def test_one_extractor_twice_is_one_voice() -> None:
    assert evidence([seen("phrases", 0.6), seen("phrases", 0.5)]) == 0.6


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1
