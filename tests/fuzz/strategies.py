"""Papers of garbage: real phrases of abstracts, with all that Unicode and the formats of the world have between them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

_PHRASES = (
    "We propose FoxNet, a novel network for object detection. ", "Vision Transformer (ViT) ", "on ImageNet ", "using LoRA ",
    "accuracy of 91.5 ± 0.3% ", "outperforms ResNet-50 by 2.1 points ", "https://github.com/fox/net ", "BLEU", "image classification",
    "Code at github.com/a/b. ", "convolutional neural networks (CNNs) ", "We introduce MeadowNet, a dataset of foxes. ",
)  # fmt: skip
_ODD = (
    "\u202e", "\u202d", "\u2066", "\u200f", "e\u0301", "\u0301" * 70, "\u0323\u0301", "\u1112\u1161\u11ab", "ﬁ", "İ", "ǅ", "ß",
    "\U0001f468\u200d\U0001f469", "𝔘", "\ud800", "\udfff", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe",
    "\u00a0", "\u3000", "\u00ad", "日本語", "שלום", "٣٫٥", "½", "²", "½%",
)  # fmt: skip
_SIGNS = (
    '"', '"""', "'''", "\\", "\\u0041", "\\U00110000", "<", ">", "<b>", "</script>", "]]>", "&amp;", "&#x0;", "&lt;", "{", "}",
    "$x_{1}$", "\\textbf{", "@article{", "TY  - JOUR", "=cmd()", "+1", "-1", "@x", "|", "[[x]]", "#", ";", ",", "\t", "\n", "\r", "( ", ")",
    "((((", "[", "]", "%", "%zz", "<http://a b>", "_:b", "^^", "@en", " .\n", "\\", "/", "..", "CON", "a" * 300,
)  # fmt: skip

TEXT = st.lists(
    st.one_of(st.sampled_from(_PHRASES), st.sampled_from(_ODD), st.sampled_from(_SIGNS), st.text(max_size=6)),
    max_size=9,
).map("".join)


def records() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return lists of records as JSON has them, each field garbage."""
    record = st.fixed_dictionaries(
        {"title": TEXT, "abstract": TEXT},
        optional={
            "id": TEXT,
            "doi": st.one_of(TEXT, TEXT.map(lambda text: f"10.1234/{text}")),
            "url": st.one_of(TEXT, TEXT.map(lambda text: f"http://{text}")),
            "authors": st.lists(st.one_of(TEXT, st.fixed_dictionaries({"family": TEXT, "given": TEXT})), max_size=3),
            "year": st.one_of(st.integers(), TEXT, st.floats(allow_nan=False, allow_infinity=False)),
            "journal": TEXT,
            "keywords": st.lists(TEXT, max_size=3),
            "references": st.lists(TEXT, max_size=3),
            "type": TEXT,
        },
    )
    extra = st.dictionaries(TEXT, TEXT, max_size=2)
    return st.lists(st.builds(lambda one, more: {**more, **one}, record, extra), max_size=4)


def lines(found: list[dict[str, Any]]) -> bytes:
    """Return records as JSON Lines."""
    return "".join(json.dumps(record) + "\n" for record in found).encode("ascii")
