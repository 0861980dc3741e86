"""Make the title and abstract literals out of what a file holds. Used by every reader.

The rules are the contract of the graph: real markup removed, control characters and lone surrogates replaced by U+FFFD,
runs of white space made one space, trimmed, NFC; nothing else repaired.
"""

from __future__ import annotations

import html
import re
import unicodedata

# \x1c-\x1f count as white space for str.split but are control characters; they are replaced before spaces are folded.
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_MARKS = re.compile(r"[^\w\x00-\x7f]{64,}")  # among them every run of combining marks that is longer
_MADE_OF_MARKS = {0x0F73: "\u0f71\u0f72", 0x0F75: "\u0f71\u0f74", 0x0F81: "\u0f71\u0f80"}
_TAG = re.compile(
    r"</?(?:jats:|mml:|m:)?"
    r"(?:p|i|b|u|em|hr|strong|sub|sup|br|span|div|title|sec|abstract|italic|bold|sc|tt|a|ul|ol|li|h[1-6]|small|font|inf|"
    r"abstracttext|label|list|list-item|ext-link|xref|inline-formula|disp-formula|tex-math|alternatives|inline-graphic|"
    r"math|mrow|mi|mo|mn|msub|msup|msubsup|mfrac|msqrt|mtext|mover|munder|mstyle|mspace|semantics|annotation)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?:p|br|div|title|sec|li|abstracttext|h[1-6]|list-item)\b", re.IGNORECASE)


def clean(text: str) -> str:
    r"""Return `text` as a literal of the graph.

    >>> clean("  A\n title\x00 ")
    'A title\ufffd'
    """
    text = " ".join(_UNFIT.sub("\ufffd", text).split())
    return text if text.isascii() else unicodedata.normalize("NFC", _MARKS.sub(_in_order, text))


def _in_order(found: re.Match[str]) -> str:
    """Put combining marks into the order that NFC has them in; Python would take the square of their number of steps."""
    ordered: list[str] = []
    marks: list[str] = []
    for sign in found.group().translate(_MADE_OF_MARKS):
        if unicodedata.combining(sign):
            marks.append(sign)
        else:
            ordered += [*sorted(marks, key=unicodedata.combining), sign]
            marks.clear()
    return "".join([*ordered, *sorted(marks, key=unicodedata.combining)])


def strip_markup(text: str) -> str:
    """Remove XML, HTML and JATS tags of known names and decode entities; a bare ``<`` of a formula stays.

    >>> strip_markup("<jats:p>CO<jats:sub>2</jats:sub> &amp; x < y</jats:p>").strip()
    'CO2 & x < y'
    """
    if "<" in text:
        text = _TAG.sub(_space_for_block, text)
    return html.unescape(text) if "&" in text else text


def _space_for_block(tag: re.Match[str]) -> str:
    name = tag.group().strip("</>").split(":")[-1]
    return " " if _BLOCK.match(name) else ""
