from __future__ import annotations

import pytest

from tests.papers import reading


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/fox/net.", [("https://github.com/fox/net", True)]),
        ("(see http://fox.org/a(b))", [("http://fox.org/a(b)", False)]),
        ("Our page is at fox.github.io", [("https://fox.github.io", False)]),
        (
            "github.com/fox/net is ours, www.fox.com/x is not",
            [("https://github.com/fox/net", True), ("https://www.fox.com/x", False)],
        ),
        ("It is at https: //fox.org/net/.", [("https://fox.org/net/", False)]),
        ("mail fox@fox.org, version 2.0, e.g. this", []),
    ],
)
def test_urls(text: str, urls: list[tuple[str, bool]]) -> None:
    assert [(u.iri, u.code) for u in reading(text).urls] == urls


def test_words_of_a_url_are_no_names() -> None:
    assert "FoxNet" not in {m.text for m in reading("Get it: https://github.com/lab/FoxNet today.").mentions}
