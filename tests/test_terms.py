from __future__ import annotations

from kg.terms import TITLE, counted, numbered


def test_words_are_counted_by_their_form_and_titles_more() -> None:
    said = counted("Fox networks", "We propose a network that finds foxes; networks help.")
    assert said["network"] == TITLE + 2 and said["fox"] == TITLE + 1
    assert not said.keys() & {"we", "propose", "a", "that"}


def test_numbers_are_in_order_and_stand_for_the_same_words_everywhere() -> None:
    numbers, times = numbered("Fox networks", "foxes")
    assert list(numbers) == sorted(set(numbers)) and sorted(times) == [TITLE, TITLE + 1]
    other, _ = numbered("", "A network of hares and a fox")
    assert set(numbers) < set(other)


def test_a_word_said_too_often_for_a_number_is_said_as_often_as_that() -> None:
    assert list(numbered("", "fox " * 70_000)[1]) == [65_535]
