r"""Hide the LaTeX commands that only set how words look, so that the words are read as if they stood there plainly.

Titles and abstracts keep what their files hold (`kg.text.clean`); here is a copy for the eyes of the extractors, of the same
length, so that all offsets hold. What is mathematics stays.
"""

from __future__ import annotations

import re

_LOOKS = (
    r"text(?:bf|it|tt|sc|sf|rm|normal|sl|up|md|superscript|subscript)?|emph|underline|uline|math(?:bf|it|rm|sf|tt|normal)"
    r"|mbox|url|footnote|href|bf|it|em|tt|sc"
)
_COMMAND = re.compile(
    rf"(?P<math>\$\s?)?(?P<open>\\(?:{_LOOKS})\s?\{{)"  # \textbf{ and $\textbf{
    rf"|(?P<group>\{{\\(?:bf|it|em|tt|sc)\b)"  # {\em
    r"|(?P<cite>~?\\(?:cite[tp]?|ref|label|footnotemark)\b(?:\{[^{}]{0,200}\})?|\\(?:eg|ie|etc|cf|wrt)\b)"
    r"|(?P<percent>\$\\%\$)|(?P<escaped>\\)(?=[%&#])"
    r"|(?P<brace>[{}])"
    r"|(?P<dollar>\$)"
)
_LEAD = re.compile(r"(?:\$\s?)?(?:\\[a-z]+\s?\{){1,3}[^\W\d_]{0,20}[}$ ]{0,4}$")
_FARTHEST = 80  # characters that commands before a letter may take, and letters that are moved


def hidden(text: str) -> str:
    r"""Return `text` with spaces in place of commands for looks, and of their braces.

    >>> hidden(r"We show \textbf{FoxNet}, {\em a} net: 5\% of $x$.")
    'We show         FoxNet ,      a  net: 5 % of $x$.'
    >>> hidden(r"\textbf{F}ox \textbf{N}et")
    '         Fox          Net'
    """
    if "\\" not in text:
        return text
    signs = list(text)
    opened: list[str] = []  # what each open brace will be closed by: itself, or nothing to be seen
    in_math = False
    for match in _COMMAND.finditer(text):
        sort = match.lastgroup
        if sort == "dollar":
            in_math ^= signs[match.start()] == "$"
        elif sort == "brace":
            _close(signs, match.start(), opened) if match[0] == "}" else opened.append("{")
        elif sort == "open" and (in_math or (match["math"] and not _is_words(text, match.end()))):
            in_math = in_math or bool(match["math"])
            opened.append("{")
        else:
            if sort in ("open", "group"):
                opened.append("$" if match["math"] else "")
            signs[match.start() : match.end()] = (" %" if sort == "percent" else "").ljust(len(match[0]))
    return "".join(signs)


def verbatim(text: str, shown: str, start: int) -> int:
    r"""Return where something that starts at `start` in what `hidden` shows of a text starts in the text itself.

    That is earlier where letters of the word are set apart: "\textbf{F}ox".
    """
    if text[start : start + 1] == shown[start : start + 1]:
        return start
    begin = max(0, start - _FARTHEST)
    lead = _LEAD.search(text, begin, start + 1)
    return lead.start() if lead else start


def _close(signs: list[str], at: int, opened: list[str]) -> None:
    """Hide a closing brace, and the dollar behind it, when its command was hidden; letters join the word that goes on."""
    closes = opened.pop() if opened else "{"
    if closes == "{":
        return
    signs[at] = " "
    last = at
    if closes == "$" and (rest := at + 1 + (signs[at + 1 : at + 2] == [" "])) and signs[rest : rest + 1] == ["$"]:
        signs[rest] = " "
        last = rest
    if "".join(signs[last + 1 : last + 2]).isalpha():
        _join(signs, last)


def _join(signs: list[str], last: int) -> None:
    """Move the letters of a word to the rest of it, over the spaces that end at `last`."""
    end = last + 1
    while end and signs[end - 1] == " " and last - end < _FARTHEST:
        end -= 1
    begin = end
    while begin and signs[begin - 1].isalpha() and end - begin < _FARTHEST:
        begin -= 1
    width = last + 1 - end
    signs[begin : last + 1] = [" "] * width + signs[begin:end]


def _is_words(text: str, begin: int) -> bool:
    r"""Tell whether what a command in mathematics holds is words and nothing else is in the formula: "$\textbf{FoxNet}$"."""
    end = text.find("}", begin, begin + 200)
    return end >= 0 and text[end + 1 : end + 3].lstrip()[:1] == "$" and "\\" not in text[begin:end]
