"""Decode the LaTeX of BibTeX fields: accents, signs, formatting and protective braces. Formulas stay as they are.

Used by the `bibtex` reader before the common cleaning. Every pattern is linear; commands that are not known stay.
The commands are data: `latex.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

_MATH = re.compile(r"((?<!\\)\$\$?(?:[^$\\]|\\.){1,2000}\$\$?|\\\((?:[^\\]|\\[^()]){1,2000}\\\))", re.DOTALL)
_ACCENT_SIGN = re.compile(r"\\([`'^\"~=.])\s*(?:\{\s*(\\[ij](?![A-Za-z])|[^\W\d_])\s*\}|(\\[ij](?![A-Za-z])|[^\W\d_]))")
_ACCENT_LETTER = re.compile(
    r"\\([uvHcdbkr])(?:\s*\{\s*(\\[ij](?![A-Za-z])|[^\W\d_])\s*\}|\s+(\\[ij](?![A-Za-z])|[^\W\d_]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(\*?[ \t\n]*)")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_ESCAPE = re.compile(r"\\([&%$#_{}])")
_TIE = re.compile(r"(?<=[^\s/~])~(?=[^\s~])|(?<=\s)~(?=\s)")
_LONE = re.compile(r"\\([~^])\s*\{\s*\}")  # an accent on nothing, as Mendeley writes the sign itself
_LEFT, _RIGHT = "\ue000", "\ue001"  # stand for escaped braces while the protective ones are removed
_TILDE = "\ue002"  # stands for a tilde that is no tie


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("kg.readers").joinpath("latex.toml").read_text(encoding="utf-8"))


def decode(text: str) -> str:
    r"""Return `text` without LaTeX's way of writing letters, and without braces outside formulas.

    >>> decode(r"{G\"{o}del} and {\'E}. Br\'ezis, Stra{\ss}e, \textit{{CNN}s} \& more, $x_{i}^{2}$")
    'Gödel and É. Brézis, Straße, CNNs & more, $x_{i}^{2}$'
    """
    if "\\" not in text and "{" not in text and "}" not in text and "~" not in text:
        return text
    pieces = _MATH.split(text)
    return "".join(piece if i % 2 else _plain(piece) for i, piece in enumerate(pieces))


def address(text: str) -> str:
    r"""Return a DOI or URL without the escapes that BibTeX needs for some of its characters.

    >>> address(r"10.1007/978-3-030\_12")
    '10.1007/978-3-030_12'
    """
    return _ESCAPE.sub(r"\1", text).strip().removeprefix("\\url").strip("{} ")


def _plain(text: str) -> str:
    """Decode a stretch of text outside formulas."""
    if "\\" in text:
        text = text.replace("\\\\", " ")
        text = _ESCAPE.sub(lambda m: {"{": _LEFT, "}": _RIGHT}.get(m.group(1), m.group(1)), text)
        text = _LONE.sub(lambda m: _TILDE if m.group(1) == "~" else "^", text)
        text = _ACCENT_SIGN.sub(_accented, text)
        text = _ACCENT_LETTER.sub(_accented, text)
        text = _HREF.sub("", text)
        text = _COMMAND.sub(_command, text)
        text = text.replace("\\-", "").replace("\\/", "").replace("\\ ", " ").replace("\\,", " ")
    text = _TIE.sub(" ", text)
    text = text.replace("{", "").replace("}", "")
    return text.replace(_LEFT, "{").replace(_RIGHT, "}").replace(_TILDE, "~")


def _accented(found: re.Match[str]) -> str:
    letter = (found.group(2) or found.group(3)).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + str(_data()["accents"][found.group(1)]))


def _command(found: re.Match[str]) -> str:
    """Give a command of letters its meaning; one that is not known stays as it is."""
    name, space = found.groups()
    data = _data()
    if name in data["letters"]:
        return str(data["letters"][name])
    if name in data["signs"]:
        return str(data["signs"][name]) + space
    if name in data["formatting"]["switches"]:
        return ""
    if name in data["formatting"]["with_argument"] and found.string[found.end() : found.end() + 1] == "{":
        return ""
    return found.group()
