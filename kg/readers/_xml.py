"""Read XML record by record in bounded memory. Used by every reader of an XML format.

Nothing outside the file is fetched, entities that a file declares are never expanded, and what is broken costs as little
as can be: records before and, where the markup allows it, after the damage are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from typing import Any, TextIO

from kg.model import Paper, Problem, Where

Element = Any
"""An element of lxml, which comes without types."""

_CHUNK = 1 << 16
_LONGEST_PROLOG = 1 << 20
_SPACE = re.compile(r"[\ufeff \t\r\n]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to write them
_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")  # what people write who do not know that it has a meaning
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_LONGEST_REFERENCE = 40
_DOCUMENT = re.compile(r"<\?xml\s")
_START = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)([^<>]*)")
_PREMATURE = re.compile(r"Premature end of data in tag (\S+) line (\d+)")
_ADVICE = re.compile(r", (?:use|try) XML_PARSE_HUGE.*")  # to programmers
_BLOCKS = frozenset(
    "p s title sec list list-item abstracttext abstract div head label br li subtitle disp-formula def-item".split()
)
_SILENT = frozenset({"tex-math", "annotation", "annotation-xml"})  # a formula once more, in another notation
_DOUBLED = frozenset({"alternatives", "semantics"})
ENTITIES = "the XML declares entities of its own; it is not read, because they can be used to attack"


@dataclass(frozen=True)
class Broken:
    """Something in the XML that cannot be read, and its line."""

    line: int
    reason: str


def root(head: str) -> tuple[str, str]:
    """Return the local name of the root element of a text that begins XML, and the text of its attributes.

    >>> root('<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ELEMENT a ANY>]><n:a xmlns:n="urn:n">')
    ('a', ' xmlns:n="urn:n"')
    >>> root("words < more")
    ('', '')
    """
    found = _START.match(head, _root_at(head))
    return (found.group(1), found.group(2)) if found else ("", "")


def _root_at(text: str) -> int:
    """Return the place of the root element, after declarations, comments and document type; the end where it is not there."""
    at = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<!", at):
            close, bracket = text.find(">", at), text.find("[", at)
            at = _after(text, ">", _after(text, "]", bracket) if 0 <= bracket < close else at)
        else:
            return at


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else len(text)


def papers(
    stream: TextIO, file: str, names: tuple[str, ...], paper: Callable[[Where, Element], Iterator[Paper | Problem]]
) -> Iterator[Paper | Problem]:
    """Yield what `paper` makes of each element of one of these names, and a problem for what is broken."""
    for element in elements(stream, *names):
        if isinstance(element, Broken):
            yield Problem(Where(file, element.line), element.reason)
        else:
            yield from paper(Where(file, element[0]), element[1])


def elements(stream: TextIO, *names: str) -> Iterator[tuple[int, Element] | Broken]:
    """Yield line and element for each element of these names (whatever its namespace) that is in no other of them.

    An element is emptied when the next is asked for. Several documents after one another are read as one.
    """
    lines = 0
    for document in _documents(_pieces(stream)):
        counted = [0]
        for item in _elements(_counting(document, counted), names, lines):
            yield item
            if isinstance(item, Broken) and item.reason == ENTITIES:
                return
        lines += counted[0]


def _counting(pieces: Iterator[str], counted: list[int]) -> Iterator[str]:
    for piece in pieces:
        counted[0] += piece.count("\n")
        yield piece


def _elements(pieces: Iterator[str], names: tuple[str, ...], lines: int) -> Iterator[tuple[int, Element] | Broken]:
    """Read one document."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    prolog = ""
    rooted = False
    for piece in pieces:
        if not rooted:
            prolog += piece
            at = _root_at(prolog)
            if "<!ENTITY" in prolog[:at]:
                yield Broken(lines + 1, ENTITIES)
                return
            rooted = at < len(prolog) or len(prolog) > _LONGEST_PROLOG
        parser.feed(piece.encode("utf-8"))
        for _, element in parser.read_events():
            yield from _one(element, names, lines)
    yield from _end(parser, names, lines, empty=not prolog.strip())


def _end(parser: Any, names: tuple[str, ...], lines: int, *, empty: bool) -> Iterator[tuple[int, Element] | Broken]:
    """Close the parser: yield the records that were held back, and the first thing that was wrong."""
    from lxml import etree

    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        if not empty:
            yield Broken(lines + (error.lineno or 1), f"not valid XML: {_short(error.msg)}")
        return
    log = [entry for entry in parser.feed_error_log if entry.level >= etree.ErrorLevels.FATAL]
    cut = next((found for entry in log if (found := _PREMATURE.search(entry.message))), None)
    waiting = [element for _, element in parser.read_events()]
    if cut and waiting and _is_open(waiting[-1], cut.group(1), int(cut.group(2))):
        yield from (item for element in waiting[:-1] for item in _one(element, names, lines))
        yield Broken(lines + waiting[-1].sourceline, "the XML ends in the middle of this record")
        return
    yield from (item for element in waiting for item in _one(element, names, lines))
    if log:
        yield Broken(lines + log[0].line, f"not valid XML: {_short(log[0].message)}")


def _short(message: str) -> str:
    return " ".join(_ADVICE.sub("", message).split())[:200]


def _is_open(element: Element, name: str, line: int) -> bool:
    """Tell whether the tag that was not closed is this element or the last one in it."""
    while element is not None:
        if local(element) == name.rsplit(":", 1)[-1] and element.sourceline == line:
            return True
        element = element[-1] if len(element) else None
    return False


def _one(element: Element, names: tuple[str, ...], lines: int) -> Iterator[tuple[int, Element] | Broken]:
    """Yield one element, then let go of it and of what stands before it."""
    if any(local(above) in names for above in element.iterancestors()):
        return
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        yield Broken(lines + 1, ENTITIES)
        return
    yield lines + element.sourceline, element
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pieces(stream: TextIO) -> Iterator[str]:
    """Yield the text in pieces, without what XML cannot hold, and with the names of HTML's entities replaced."""
    rest = ""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        cut = max(text.rfind("&", -_LONGEST_REFERENCE), text.rfind("<", -_LONGEST_REFERENCE))
        rest = text[cut:] if cut > 0 else ""
        yield _legal(text[:cut] if cut > 0 else text)
    if rest:
        yield _legal(rest)


def _legal(text: str) -> str:
    text = _ILLEGAL.sub("\ufffd", text)
    return _BARE.sub("&amp;", _REFERENCE.sub(_character, text)) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    """Return what a reference stands for where XML would refuse it, else the reference."""
    name = reference.group(1)
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        legal = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0x10FFFF
        return reference.group() if legal and number not in (0xFFFE, 0xFFFF) else "\ufffd"
    return reference.group() if name in _XML_NAMES else html5.get(name + ";", reference.group())


def _documents(pieces: Iterator[str]) -> Iterator[Iterator[str]]:
    """Divide the text at each XML declaration, where files were put after one another."""
    waiting: list[str] = []

    def document() -> Iterator[str]:
        seen = False
        while True:
            piece = waiting.pop() if waiting else next(pieces, "")
            if not piece:
                return
            found = _DOCUMENT.search(piece, 1 if not seen else 0)
            if found and (seen or piece[: found.start()].strip("\ufeff \n\t")):
                waiting.append(piece[found.start() :])
                if found.start():
                    yield piece[: found.start()]
                return
            seen = seen or bool(piece.strip("\ufeff \n\t"))
            yield piece

    while True:
        first = waiting.pop() if waiting else next(pieces, "")
        if not first:
            return
        waiting.append(first)
        yield document()


def local(element: Element) -> str:
    """Return the name of an element without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


@lru_cache(maxsize=1 << 10)
def _path(path: str) -> str:
    return "/".join(
        step if step in ("", ".", "..", "*") else "{*}" + step if not step.startswith("{") else step
        for step in path.split("/")
    )


def find(element: Element, *paths: str) -> Element | None:
    """Return the first element at the first of the paths (``a/b``, ``.//c``) that leads anywhere; namespaces are ignored."""
    return next((found for path in paths if (found := element.find(_path(path))) is not None), None)


def every(element: Element, path: str) -> list[Element]:
    """Return all elements at a path; namespaces are ignored."""
    found: list[Element] = element.findall(_path(path))
    return found


def text(element: Element, *paths: str) -> str:
    """Return the words of the first element at one of the paths that has any."""
    return next((found for path in paths for one in every(element, path) if (found := words(one))), "")


def texts(element: Element, path: str) -> list[str]:
    """Return the words of every element at a path that has any."""
    return [found for one in every(element, path) if (found := words(one))]


def words(element: Element | None) -> str:
    """Return the text in an element without its markup: parts that stand apart on the page are divided by a space."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    parts: list[str] = []
    stack: list[Element | str] = [element]  # no recursion: how deep a file nests is not ours to say
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        name = local(node).lower()
        if name and not (name in _SILENT and local(node.getparent()) in _DOUBLED):
            apart = name in _BLOCKS
            if apart:
                parts.append(" ")
                stack.append(" ")
            for child in reversed(node):
                if child.tail:
                    stack.append(child.tail)
                stack.append(child)
            parts.append(node.text or "")
    return " ".join("".join(parts).split())
