"""Text made safe for Markdown, where papers are full of signs that mean something."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|$~^]|&(?=#?\w+;)|%(?=%)|(?<=%)%|=(?==)|(?<==)=")
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    r"""Return a text on one line that Markdown (CommonMark, GitHub, Obsidian) shows as it is, tables included.

    >>> print(escaped("a <b> | [c] 2*3*4"))
    a \<b\> \| \[c\] 2\*3\*4
    >>> print(escaped("1. one"), escaped("- two"), escaped("91.5% &amp; %%"))
    1\. one \- two 91.5% \&amp; \%\%
    """
    line = _SIGNS.sub(lambda sign: "\\" + sign.group(), " ".join(text.split()))
    line = _NUMBER.sub(r"\1\\\2", line)
    return "\\" + line if line.startswith(("-", "+")) else line
