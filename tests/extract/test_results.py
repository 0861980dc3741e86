from __future__ import annotations

import pytest

from tests.papers import reading


def results(text: str) -> list[tuple[str, str, str, str]]:
    return [(r.value, r.value_to, r.unit, r.metric.removeprefix("metric/")) for r in reading(text).results]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We achieve 91.5% accuracy.", [("91.5", "", "%", "accuracy")]),
        ("It reaches an accuracy of 0.90.", [("0.9", "", "", "accuracy")]),
        ("It improves accuracy from 81.2 to 84.5.", [("81.2", "84.5", "", "accuracy")]),
        ("The F1 was 0.70-0.76.", [("0.7", "0.76", "", "f1")]),
        ("It gives an accuracy of 0.76 ± 0.04.", [("0.76", "", "", "accuracy")]),
        ("It is 7,000x faster.", [("7000", "", "x", "")]),
        ("We obtain a three-fold speedup.", [("3", "", "x", "")]),
        ("Our method reduces latency by up to 40%.", [("40", "", "%", "latency")]),
        ("It reaches 75.1/82.3 accuracy.", [("75.1", "", "", "accuracy"), ("82.3", "", "", "accuracy")]),
        ("We outperform it by 2.1 points.", [("2.1", "", "points", "")]),
        ("We outperform it by 13, 7 and 3.5 points.", [(n, "", "points", "") for n in ("13", "7", "3.5")]),
        ("We reach a latency below 2.5 mm.", [("2.5", "", "mm", "latency")]),
        ("With 3 foxes we outperform it by 3.5 points.", [("3.5", "", "points", "")]),
        ("Our forecasts are > 20% more accurate.", [("20", "", "%", "")]),
        ("It has a burrow error of 0.09 m.", [("0.09", "", "m", "burrow error")]),
        ("It reaches a den score of 0.5268.", [("0.5268", "", "", "den score")]),
        ("It cuts latency from 3.9 hours to 2.5 hours.", [("3.9", "", "h", "latency"), ("2.5", "", "h", "latency")]),
        ("We obtain images of 1280 x 704 pixels.", []),
        ("The robot walks 3 m in better light.", []),
        ("In 2021, we collected 17736 images of 3D foxes.", []),
        ("The model improves with 7 layers and 300 epochs.", []),
        ("It beats ResNet-50 and GPT-4.", []),
        ("The gain is significant (p<0.005).", []),
    ],
)
def test_values(text: str, found: list[tuple[str, str, str, str]]) -> None:
    assert results(text) == found


def test_a_result_knows_its_data_set_and_method() -> None:
    (result,) = reading("We propose FoxNet. FoxNet achieves 91.5% accuracy on ImageNet.").results
    assert (result.method, result.dataset, result.lexical) == ("foxnet", "dataset/imagenet", "91.5%")


def test_an_error_is_kept_apart() -> None:
    (result,) = reading("It gives an accuracy of 0.76 ± 0.04.").results
    assert (result.value, result.error) == ("0.76", "0.04")
