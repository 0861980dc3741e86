"""Inputs that were made to break readers, each of any size: the same attack is small in a test and 10 MB in a long run."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import islice, product
from string import ascii_uppercase

from tests.readers.texts import TEXTS

Attack = Callable[[int], bytes]
"""Makes an input of about so many bytes."""

_TITLE = "Counting Foxes at Dusk"
_XML_FORMATS = ("acl", "arxiv_atom", "endnote", "jats", "pubmed", "tei", "zotero_rdf")
WORDS = "Foxes cross meadows at dusk and we count them with ResNet-50 on MeadowNet. "


def _bytes(make: Callable[[int], str]) -> Attack:
    return lambda size: make(size).encode("utf-8", "surrogatepass")


def _repeated(before: str, unit: str, after: str = "") -> Attack:
    return _bytes(lambda size: before + unit * (size // len(unit.encode("utf-8", "surrogatepass"))) + after)


def _nested(before: str, opening: str, inner: str, closing: str, after: str) -> Attack:
    def make(size: int) -> str:
        count = size // (len(opening) + len(closing))
        return before + opening * count + inner + closing * count + after

    return _bytes(make)


def _long_field(name: str, unit: str, size: int) -> bytes:
    """Return the sample of a format whose abstract goes on for `size` bytes, all in one line."""
    words = unit * (size // len(unit.encode("utf-8", "surrogatepass")))
    return TEXTS[name].replace("Foxes cross", words + "Foxes cross").encode("utf-8", "surrogatepass")


def _many(name: str, size: int) -> bytes:
    """Return as many copies of a sample, one after another, as make `size` bytes."""
    data = TEXTS[name].encode("utf-8")
    return (data + b"\n") * (size // len(data))


def one_bad_byte(size: int) -> bytes:
    """Return JSON Lines with one byte in the middle that is of no encoding; 100,000 records take 8 MB."""
    lines = [json.dumps({"id": str(i), "title": f"Fox {i}", "abstract": WORDS[:40]}) + "\n" for i in range(size // 80)]
    data = "".join(lines).encode()
    at = data.index(b"meadows", len(data) // 2)
    return data[:at] + b"\xff" + data[at + 1 :]


def bad_line(size: int) -> bytes:
    """Return JSON Lines one record of which is not closed."""
    lines = [f'{{"id": "{i}", "title": "Fox {i}"}}\n' for i in range(size // 32)]
    lines[len(lines) // 2] = '{"id": "broken", "title": "Fo\n'
    return "".join(lines).encode()


def bad_csv(size: int) -> bytes:
    """Return a table one row of which has a quote that is not closed."""
    lines = [f"{i},Fox {i},It runs.\n" for i in range(size // 24)]
    lines[len(lines) // 2] = '77,"Fox,It "runs.\n'
    return ("id,title,abstract\n" + "".join(lines)).encode()


def bad_bibtex(size: int) -> bytes:
    """Return BibTeX one entry of which has a brace too many."""
    entries = [f"@article{{k{i}, title = {{Fox {i}}}}}\n" for i in range(size // 36)]
    entries[len(entries) // 2] = "@article{broken, title = {{Fox}\n"
    return "".join(entries).encode()


def bad_ris(size: int) -> bytes:
    """Return RIS one record of which has no end."""
    records = [f"TY  - JOUR\nTI  - Fox {i}\nER  - \n" for i in range(size // 36)]
    records[len(records) // 2] = "TY  - JOUR\nTI  - Open\n"
    return "".join(records).encode()


def mixed_encodings(size: int) -> bytes:
    """Return lines of UTF-8, Latin-1, Shift-JIS and UTF-16 by turns."""
    line = '{"title": "Füchse zählen – 狐"}\n'
    parts = [
        line.encode(),
        line.encode("latin-1", "ignore"),
        line.encode("shift-jis", "ignore"),
        line.encode("utf-16-le"),
    ]
    return b"".join(parts) * (size // sum(map(len, parts)) + 1)


def random_bytes(size: int) -> bytes:
    """Return noise, the same every time."""
    return random.Random(1).randbytes(size)  # noqa: S311 - noise, not secrets


def random_text(size: int) -> bytes:
    """Return noise of signs that mean something to one format or another."""
    signs = "{}[]()<>\"'\\,;:|@#%&=\n\t $-_TYER0aé\u202e\u0301"
    return "".join(random.Random(2).choices(signs, k=size)).encode()  # noqa: S311 - noise, not secrets


def billion_laughs(root: str = "collection", *, levels: int = 9) -> bytes:
    """Return XML whose entities grow tenfold a level."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, levels + 1))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]><{root} id="x"><volume>&e{levels};</volume></{root}>'.encode()


def quadratic_entity(size: int) -> bytes:
    """Return XML with one long entity that is used many times: no bomb by levels, but by length."""
    half = size // 2
    used = "&a;" * (half // 3)
    return f'<?xml version="1.0"?><!DOCTYPE collection [<!ENTITY a "{"x" * half}">]><collection id="x"><volume>{used}</volume></collection>'.encode()


def declaration_late(size: int) -> bytes:
    """Return XML whose declaration of an entity comes after a comment that is longer than any window."""
    return f"<?xml version='1.0'?><!--{' ' * size}-->".encode() + billion_laughs().removeprefix(
        b'<?xml version="1.0"?>'
    )


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _gz_of_gz(size: int) -> bytes:
    return gzip.compress(gzip.compress(TEXTS["jsonl"].encode() * (size // 200 + 1)))


ATTACKS: dict[str, Attack] = {
    "random bytes": random_bytes,
    "random signs": random_text,
    "mixed encodings": mixed_encodings,
    "one bad byte": one_bad_byte,
    "jsonl: one bad line": bad_line,
    "csv: one bad row": bad_csv,
    "bibtex: one bad entry": bad_bibtex,
    "ris: one open record": bad_ris,
    "nothing but NUL": lambda size: bytes(size),
    "nothing but spaces": lambda size: b" " * size,
    "nothing but line ends": lambda size: b"\n" * size,
    "one letter": lambda size: b"a" * size,
    "one line of words": _repeated("", WORDS),
    "gz of gz": _gz_of_gz,
    "json: brackets": _repeated("", "["),
    "json: closed brackets": _nested("", "[", "", "]", ""),
    "json: nested objects": _nested("", '{"a":', "1", "}", ""),
    "json: nested in a record": _nested('[{"title": "x", "a": ', "[", "", "]", "}]"),
    "json: nested references": _nested('{"title": "x", "author": ', '{"author":', '"x"', "}", "}"),
    "json: array of broken": _repeated("[", '{"title": x}, '),
    "json: array of strings": _repeated("[", '"a", ', '"b"]'),
    "json: array of one opened": _repeated('[{"title": "x"}, ', "{"),
    "json: a quote not closed": _repeated('[{"title": "x"}, {"title": "', WORDS),
    "json: backslashes": _repeated('[{"title": "x ', "\\", '"}]'),
    "json: bad backslashes": _repeated('[{"title": "x ', "\\q ", '"}]'),
    "json: records with a bad backslash": _repeated("[", '{"title": "a \\q b"},\n', '{"title": "x"}]'),
    "json: a long number": _repeated('[{"title": "x", "year": ', "9", "}]"),
    "json: many keys": _bytes(
        lambda size: '{"title": "x", ' + ", ".join(f'"k{i}": {i}' for i in range(size // 16)) + "}"
    ),
    "json: one key many times": _repeated('{"title": "x"', ', "title": "y"', "}"),
    "json: many values in a line": _repeated("", '{"title": "x"} '),
    "json: open objects by line": _repeated("", "{\n"),
    "json: half objects by line": _repeated("", '{"title": "x",\n'),
    "json: nested by line": _repeated("", '{"a":\n'),
    "json: nested arrays by line": _repeated("", "[\n"),
    "json: broken elements": _repeated('[{"title": "x"}', ', {"title": x}', "]"),
    "json: long string": _repeated('[{"title": "x"}, {"title": "y", "abstract": "', "Foxes run. ", '"}]'),
    "json: pretty numbers": _repeated("[\n", "1,\n", "2]"),
    "csv: upright": _repeated("TITLE,x\nAUTHOR NAMES,a\nABSTRACT,y\n", "TITLE,x\n"),
    "csv: preamble of commas": _repeated("x\n" * 40 + "title,abstract\n", ",\n"),
    "csv: wide rows": _bytes(lambda size: "title,abstract\n" + ("x" + "," * 1000 + "\n") * (size // 1002)),
    "csv: rows in quotes": _bytes(lambda size: "title,abstract\n" + ('"x,' + "y\n" * 200) * (size // 403)),
    "jsonl: garbage by line": _repeated('{"title": "x"}\n', "{x}\n"),
    "csv: one row of commas": _repeated("title,abstract\n", ","),
    "csv: header of commas": _repeated("title,abstract", ",", "\nx,y\n"),
    "csv: named columns": _bytes(
        lambda size: "title," + ",".join(f"c{i}" for i in range(size // 14)) + "\nx," + "1," * (size // 14) + "\n"
    ),
    "csv: open quotes": _repeated("title,abstract\n", '"x,\n'),
    "csv: a quote never closed": _repeated('title,abstract\n"', "x,y\n"),
    "csv: many quotes": _repeated("title,abstract\n", '"'),
    "csv: brackets in a cell": _repeated("title,author\nx,", "["),
    "csv: nested list in a cell": _nested("title;author\nx;", "[", "", "]", "\n"),
    "tsv: quotes by line": _repeated("title\tabstract\n", '"x\ty\n'),
    "bibtex: braces": _repeated("@article{a, title = ", "{"),
    "bibtex: closed braces": _nested("@article{a, title = ", "{", "x", "}", "}\n"),
    "bibtex: quotes": _repeated("@article{a, title = ", '"', "}\n"),
    "bibtex: open entries": _repeated("", "@article{a, title = {x\n"),
    "bibtex: at signs": _repeated("@article{a, title={x}}\n", "@"),
    "bibtex: at signs by line": _repeated("@article{a, title={x}}\n", "@a{\n"),
    "bibtex: spaces in a field": _repeated("@article{a, title={x}, y", " ", "}\n"),
    "bibtex: spaces in a value": _repeated("@article{a, title=", " ", "}\n"),
    "bibtex: many fields": _repeated("@article{a, title={x}", ", f = {y}", "}\n"),
    "bibtex: many strings": _repeated("@article{a, title={x}, note = a", " # a", "}\n"),
    "bibtex: strings of strings": _bytes(
        lambda size: (
            '@string{s0 = "haha"}\n'
            + "".join(f"@string{{s{i} = s{i - 1} # s{i - 1}}}\n" for i in range(1, min(size // 24, 60)))
            + "@article{a, title = s20 # s59}\n"
        )
    ),
    "bibtex: a long string in many entries": _repeated(
        '@string{s = "' + "x" * 9000 + '"}\n', "@article{a, title = s}\n"
    ),
    "bibtex: commands": _repeated("@article{a, title={x ", "\\a", "}}\n"),
    "bibtex: dollars": _repeated("@article{a, title={x ", "$ ", "}}\n"),
    "bibtex: parentheses in math": _repeated("@article{a, title={x ", "\\(", "}}\n"),
    "bibtex: accents": _repeated("@article{a, title={x ", '\\"{', "}}\n"),
    "bibtex: authors": _repeated("@article{a, title={x}, author={A", " and B, C", "}}\n"),
    "bibtex: authors without end": _repeated("@article{a, title={x}, author={A", " and ", "}}\n"),
    "bibtex: one author of commas": _repeated("@article{a, title={x}, author={A", ",", "}}\n"),
    "bibtex: one author of spaces": _repeated("@article{a, title={x}, author={A", " b", "}}\n"),
    "bibtex: one author of backslashes": _repeated("@article{a, title={x}, author={A ", "\\", "}}\n"),
    "ris: titles": _repeated("TY  - JOUR\n", "TI  - x\n", "ER  - \n"),
    "ris: authors": _repeated("TY  - JOUR\nTI  - x\n", "AU  - A, B\n", "ER  - \n"),
    "ris: lines without tag": _repeated("TY  - JOUR\nTI  - x\n", "x\n", "ER  - \n"),
    "ris: unknown tags": _repeated("TY  - JOUR\nTI  - x\n", "ZZ  - x\n", "ER  - \n"),
    "ris: openings": _repeated("", "TY  - JOUR\n"),
    "ris: references": _repeated("TY  - JOUR\nTI  - x\n", "N1  - doi:10.1/x (\n", "ER  - \n"),
    "wos: lines that go on": _repeated("PT J\nTI x\nUT WOS:1\nAB y\n", "   x\n", "ER\n"),
    "medline: authors": _repeated("PMID- 1\nTI  - x\n", "AU  - A B\n", "\n"),
    "medline: unknown tags": _bytes(
        lambda size: (
            "PMID- 1\nTI  - x\n"
            + "".join("".join(letters) + "- x\n" for letters in islice(product(ascii_uppercase, repeat=4), size // 8))
            + "\n"
        )
    ),
    "medline: lines that go on": _repeated("PMID- 1\nTI  - x\nAB  - y\n", "      x\n", "\n"),
    "refer: lines that go on": _repeated("%0 Journal Article\n%T x\n%X y\n", "x\n"),
    "markdown: keys": _repeated("---\ntitle: x\n", "a: b\n", "---\nabstract\n"),
    "markdown: stress": _repeated("# x\n\n## Abstract\n\n", "**a", "\n\n## Introduction\n"),
    "markdown: links": _repeated("# x\n\n## Abstract\n\n", "[a](", "\n\n## Introduction\n"),
    "text: headings": _repeated("", "abstract\n"),
    "text: one long abstract": _repeated("A Title\n\nAbstract\n", "x-\n", "Introduction\n"),
    "listing: short lines": _repeated("", "Title\n\nSome prose of foxes that is long enough to be one here.\n\n"),
    "listing: one paragraph": _repeated("Title\n\n", "Foxes run. "),
    "xml: open elements": _repeated("<collection id='x'><volume>", "<paper><title>"),
    "xml: nested in a record": _nested(
        "<collection id='x'><volume><paper><title>x", "<b>", "y", "</b>", "</title></paper></volume></collection>"
    ),
    "xml: attributes": _bytes(
        lambda size: (
            "<collection id='x'><volume><paper "
            + " ".join(f'a{i}="b"' for i in range(size // 10))
            + "><title>x</title></paper></volume></collection>"
        )
    ),
    "xml: one long attribute": _repeated(
        "<collection id='x'><volume><paper a='", "x", "'><title>x</title></paper></volume></collection>"
    ),
    "xml: one long name": _repeated("<collection id='x'><volume><", "a", "/></volume></collection>"),
    "xml: ampersands": _repeated(
        "<collection id='x'><volume><paper><title>x", "&", "</title></paper></volume></collection>"
    ),
    "xml: references": _repeated(
        "<collection id='x'><volume><paper><title>x", "&amp;", "</title></paper></volume></collection>"
    ),
    "xml: unknown references": _repeated(
        "<collection id='x'><volume><paper><title>x", "&fox;", "</title></paper></volume></collection>"
    ),
    "xml: comments": _repeated(
        "<collection id='x'><volume>", "<!-- x -->", "<paper><title>x</title></paper></volume></collection>"
    ),
    "xml: comment not closed": _repeated(
        "<collection id='x'><volume><!--", "-", "<paper><title>x</title></paper></volume></collection>"
    ),
    "xml: comment before all": _repeated(
        "<!--", "x", "--><collection id='x'><volume><paper><title>x</title></paper></volume></collection>"
    ),
    "xml: document types": _repeated("", "<!DOCTYPE a>"),
    "xml: long document type": _repeated("<!DOCTYPE a [", "<!ELEMENT a ANY>", "]><collection><volume/></collection>"),
    "xml: instructions": _repeated(
        "<collection id='x'><volume>", "<?a b?>", "<paper><title>x</title></paper></volume></collection>"
    ),
    "xml: declarations": _repeated("<collection id='x'><volume>", "<?xml version='1.0'?>", "</volume></collection>"),
    "xml: documents": _repeated(
        "", "<?xml version='1.0'?><collection id='x'><volume><paper><title>x</title></paper></volume></collection>\n"
    ),
    "xml: text outside": _repeated(
        "<collection id='x'><volume>", "x ", "<paper><title>x</title></paper></volume></collection>"
    ),
    "xml: character data": _repeated(
        "<collection id='x'><volume><paper><title><![CDATA[", "]]", "]]></title></paper></volume></collection>"
    ),
    "xml: namespaces": _bytes(
        lambda size: (
            "<collection id='x' "
            + " ".join(f'xmlns:n{i}="u{i}"' for i in range(size // 20))
            + "><volume><paper><title>x</title></paper></volume></collection>"
        )
    ),
    "xml: laughs": lambda size: billion_laughs(),
    "xml: one long entity": quadratic_entity,
    "xml: a late declaration": declaration_late,
    "zotero: many names": _bytes(
        lambda size: (
            TEXTS["zotero_rdf"].split("<bib:Journal")[0]
            + "".join(f'<bib:Article rdf:about="#{i}"><dc:title>x</dc:title></bib:Article>' for i in range(size // 66))
            + "</rdf:RDF>"
        )
    ),
    "pdf: noise": lambda size: b"%PDF-1.4\n" + random_bytes(size),
    "pdf: objects": _repeated(
        "%PDF-1.4\n", "1 0 obj\n<< /Type /Page >>\nendobj\n", "trailer << /Root 1 0 R >>\n%%EOF\n"
    ),
    "pdf: dictionaries": _repeated("%PDF-1.4\n1 0 obj\n", "<<", "\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"),
    "pdf: arrays": _repeated("%PDF-1.4\n1 0 obj\n", "[", "\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"),
    "text: right to left": _repeated('{"title": "', "\u202e\u05d0\u0301"),
    "combining characters": _repeated('{"title": "x', "\u0301", '"}'),
    "combining by turns": _repeated('{"title": "x', "\u0327\u0301", '"}'),
    "lone surrogates": _bytes(lambda size: '{"title": "x ' + "\\ud800" * (size // 6) + '"}'),
    "markup that is not closed": _repeated('{"title": "x", "abstract": "', "<p ", '"}'),
    "markup": _repeated('{"title": "x", "abstract": "', "<p>", '"}'),
    "ampersands": _repeated('{"title": "x", "abstract": "', "&", '"}'),
    "a list of authors": _repeated('{"title": "x", "authors": "A', ", B", '"}'),
    "a list of initials": _repeated('{"title": "x", "authors": "A', " B.", '"}'),
    "authors of spaces": _repeated('{"title": "x", "authors": "A', "  ", '"}'),
    "a list of references": _repeated('{"title": "x", "references": "A', "; B, (2001)", '"}'),
    "references of initials": _repeated('{"title": "x", "references": "', "A, B. ", '"}'),
    "a doi of dots": _repeated('{"title": "x", "doi": "10.1234/', ".", '"}'),
    "a doi of brackets": _repeated('{"title": "x", "doi": "10.1234/x', "()", '"}'),
    "a doi of closing brackets": _repeated('{"title": "x", "doi": "10.1234/x', ")", '"}'),
    "a long year": _repeated('{"title": "x", "year": "', "1 ", '"}'),
    "months": _repeated('{"title": "x", "date": "2020 ', "jan ", '"}'),
    "keywords": _repeated('{"title": "x", "keywords": "', "a;", '"}'),
    "a long url": _repeated('{"title": "x", "url": "http://', "a", '"}'),
    "a long venue": _repeated('{"title": "x", "venue": "', "arXiv:", '"}'),
    "a long note": _repeated('{"title": "x", "note": "', "arxiv: 1\\n", '"}'),
    "inverted index": _bytes(
        lambda size: (
            '{"title": "x", "abstract_inverted_index": {"a": [999999999999], "b": [' + "1," * (size // 2) + "2]}}"
        )
    ),
    "inverted index, far places": lambda size: b'{"title": "x", "abstract_inverted_index": {"a": [9999999999999999]}}',
}
ATTACKS |= {f"{name}: one long abstract": partial(_long_field, name, WORDS) for name in sorted(TEXTS)}
ATTACKS |= {f"{name}: an abstract of spaces": partial(_long_field, name, "  ") for name in sorted(TEXTS)}
ATTACKS |= {f"{name}: many": partial(_many, name) for name in sorted(TEXTS)}


NOTHING = frozenset({"nothing but spaces", "nothing but line ends"})
"""Attacks without a word in them: nothing is read, and no reader has anything to say of it. The command line warns."""


def format_of(name: str) -> str:
    """Return the format that an attack is aimed at, where it is at one."""
    aim = name.split(":")[0]
    return {"xml": "acl", "zotero": "zotero_rdf", "tsv": "csv"}.get(aim, aim if aim in TEXTS else "")
