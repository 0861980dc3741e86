"""From what the user names to records: files, folders, globs, standard input; compression, encodings, no text."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.model import Paper, Problem
from kg.readers import read, sources
from tests.readers.texts import BIBTEX, CSV, JSONL, LISTING, PDF, PROSE, SINGLE, TEXTS


def _papers(source: str | Path, *, format: str = "auto") -> list[Paper]:
    return [r for r in read(str(source), format=format) if isinstance(r, Paper)]


def _problems(source: str | Path) -> list[Problem]:
    return [r for r in read(str(source)) if isinstance(r, Problem)]


def test_a_folder_is_read_in_order_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "one.txt").write_text(CSV, encoding="utf-8")
    (tmp_path / "a.dat").write_text(JSONL, encoding="utf-8")
    (tmp_path / "c").write_text(BIBTEX, encoding="utf-8")
    (tmp_path / ".hidden").write_text(JSONL, encoding="utf-8")
    (tmp_path / ".git" / "x").write_text(JSONL, encoding="utf-8")
    expected = [str(tmp_path / name) for name in ("a.dat", "b/one.txt", "c")]
    assert sources(str(tmp_path)) == expected
    assert [p.where.file for p in _papers(tmp_path) if p.where] == [f for f in expected for _ in range(2)]


def test_a_glob(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.csv"):
        (tmp_path / name).write_text(CSV, encoding="utf-8")
    assert [Path(file).name for file in sources(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert len(_papers(f"{tmp_path}/**")) == 6


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].csv").write_text(CSV, encoding="utf-8")
    assert len(_papers(tmp_path / "a[1].csv")) == 2


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXTS[name].encode("utf-8"))))
    found = list(read("-"))
    assert [type(r) for r in found] == [Paper] * (1 if name in SINGLE else 2)
    assert found[0].where is not None and found[0].where.file == "-"


@pytest.mark.parametrize("source", ["nowhere.json", "no*where", "empty"])
def test_nothing_there_is_an_error_with_a_hint(source: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        list(read(str(tmp_path / source)))
    assert source in caught.value.where and caught.value.hint and caught.value.exit_code == 3


def test_a_format_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx"):
        read(str(tmp_path), format="docx")


def test_the_format_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("title\nCounting Foxes\n", encoding="utf-8")
    assert [p.title for p in _papers(path, format="csv")] == ["Counting Foxes"]


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "[]", '{"count": 0, "papers": []}', "Title,Abstract\n"])
def test_a_file_without_records_gives_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    assert list(read(str(tmp_path / "x"))) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("blank", [" " * 70_000, "\n" * 70_000, " " * (1 << 16)])
def test_a_file_that_begins_with_much_white_space_is_read(blank: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes((blank + JSONL).encode(encoding))
    assert [p.title for p in _papers(tmp_path / "x")] == ["Counting Foxes at Dusk", "Is a Hedgehog Enough?"]


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_paper_after_countless_empty_lines_is_a_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("\n" * 70_000 + TEXTS[name], encoding="utf-8")
    assert ["lines are empty" in problem.reason for problem in _problems(tmp_path / "x")] == [True]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + bytes(40),
        bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n",
        gzip.compress(bytes(99), mtime=0),
    ],
)
def test_binary_data_is_a_problem(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(data)
    assert [p.reason for p in read(str(tmp_path / "x.json")) if isinstance(p, Problem)] == ["not text but binary data"]


_PROGRAM = '"""Count foxes at dusk, as hunters do, and say how many there are in the end."""\n\nimport os\n\n'
_PROGRAM += "@dataclass(frozen=True)\nclass Fox:\n    title: str\n    abstract: str\n"
_PROGRAM += "\n    def run(self, title, abstract):\n        pass\n"
_LICENSE = "Fox License\n\nCopyright (c) 2024 Vos Reineke\n\n" + (PROSE + "\n\n") * 3
_MANUAL = f"# Foxes\n\n- one\n- two\n- three\n\n| title | abstract |\n|---|---|\n| a | b |\n\n{PROSE}\n\n{BIBTEX}"
_MAIL = f"From: Vos\nTo: Ada\nSubject: The foxes\n\n{PROSE}\n\nGreetings\n\n{PROSE}\n"
_UNKNOWN = ["<html><p>Foxes</p></html>", "fox", "a: 1\nb: 2\n", _PROGRAM, _LICENSE, _MANUAL, _MAIL]


@pytest.mark.parametrize("text", _UNKNOWN)
def test_an_unknown_format_is_a_problem_that_says_what_to_do(text: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    (found,) = list(read(str(tmp_path / "x")))
    assert isinstance(found, Problem) and "--format" in found.reason


def _zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, _zstd])
def test_compressed_files(compress: object, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(compress(JSONL.encode("utf-8")))  # type: ignore[operator]
    assert [p.id for p in _papers(tmp_path / "x")] == ["a", "b"]


def test_a_damaged_archive_keeps_what_could_be_read(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "{i}", "title": "Fox {i * i * 7919}"}}\n' for i in range(20_000))
    data = gzip.compress(lines.encode("utf-8"))
    (tmp_path / "x.gz").write_bytes(data[: len(data) // 2])
    assert len(_papers(tmp_path / "x.gz")) > 5_000
    assert "damaged" in _problems(tmp_path / "x.gz")[-1].reason


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_every_file_of_an_archive_is_read(tmp_path: Path) -> None:
    inner = _zip({"c.bib": BIBTEX.encode("utf-8"), "d.pdf": PDF.encode("ascii")})
    files = {
        "b/x.jsonl.gz": gzip.compress(JSONL.encode("utf-8")),
        "a.csv": CSV.encode("utf-8"),
        "__MACOSX/a.csv": b"x",
        ".hidden": b"x",
        "inner.zip": inner,
        "empty": b"",
    }
    (tmp_path / "x.zip").write_bytes(_zip(files))
    assert _problems(tmp_path / "x.zip") == []
    found = [str(p.where.file)[len(str(tmp_path)) :] for p in _papers(tmp_path / "x.zip") if p.where]
    expected = [
        "a.csv",
        "a.csv",
        "b/x.jsonl.gz",
        "b/x.jsonl.gz",
        "inner.zip/c.bib",
        "inner.zip/c.bib",
        "inner.zip/d.pdf",
    ]
    assert found == [f"/x.zip/{name}" for name in expected]


def test_archives_that_hold_no_files_of_ours(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert [p.reason for p in _problems(tmp_path / "x.docx")] == ["not text but binary data"]
    data = _zip({"a.csv": CSV.encode("utf-8") * 50})
    (tmp_path / "y.zip").write_bytes(data[:40] + b"####" + data[44:])
    assert _problems(tmp_path / "y.zip")


def test_columns_that_the_user_names(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Name\tTitle\tText\nA Fox\tDr\tIt runs.\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"Name": "B Fox", "title": "Dr", "Text": "It \\"runs\\"."}]', encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"Name": "C Fox"}\n{"Name": "D Fox"}\n', encoding="utf-8")
    (tmp_path / "d.bib").write_text("@misc{e, title={E Fox}}", encoding="utf-8")
    found = [r for r in read(str(tmp_path), mapping={"title": "Name", "abstract": "Text"}) if isinstance(r, Paper)]
    assert [p.title for p in found] == ["A Fox", "B Fox", "C Fox", "D Fox", "E Fox"]
    assert [p.abstract for p in found[:2]] == ["It runs.", 'It "runs".']
    assert "Dr" in found[0].csl and "Dr" in found[1].csl
    with pytest.raises(UsageError, match="colour"):
        read(str(tmp_path), mapping={"colour": "Name"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(JSONL.replace("Dusk", "Düsk – naïve").encode(encoding))
    assert _papers(tmp_path / "x")[0].title == "Counting Foxes at Düsk – naïve"


def test_a_bad_byte_costs_only_itself(tmp_path: Path) -> None:
    data = JSONL.replace("Dusk", "Düsk @").encode("utf-8").replace(b"@", b"\xff")
    (tmp_path / "x").write_bytes(data)
    assert [p.title for p in _papers(tmp_path / "x")] == ["Counting Foxes at Düsk \ufffd", "Is a Hedgehog Enough?"]
    (tmp_path / "y").write_bytes(JSONL.replace("Dusk", "@").encode("utf-8").replace(b"@", b"\xff\xfe"))
    assert [p.title for p in _papers(tmp_path / "y")] == ["Counting Foxes at \ufffd\ufffd", "Is a Hedgehog Enough?"]


def test_a_letter_cut_by_the_end_of_a_chunk_is_whole(tmp_path: Path) -> None:
    for shift in range(4):
        text = '{"title": "' + "x" * shift + "é\U0001f98a" * 200_000 + '"}\n{"title": "b"}\n'
        (tmp_path / "x").write_bytes(text.encode("utf-8"))
        assert "\ufffd" not in _papers(tmp_path / "x")[0].title


def test_of_several_files_one_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(CSV, encoding="utf-8")
    import builtins

    real = builtins.open

    def refuse(name: str, *args: str, **options: str) -> object:
        if str(name).endswith("a"):
            raise PermissionError(13, "Permission denied")
        return real(name, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", refuse)
    assert len(_papers(tmp_path)) == 2
    assert [p.reason for p in _problems(tmp_path)] == ["cannot be read: Permission denied"]
    with pytest.raises(InputError, match="Permission denied"):
        list(read(str(tmp_path / "a")))


def test_the_name_of_a_file_does_not_decide(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(LISTING, encoding="utf-8")
    assert len(_papers(tmp_path / "x.bib")) == 2


SAMPLES = Path(__file__).parents[2] / "../shared/samples"
COUNTS = {
    "acl-anthology/2022.naloma.xml": (5, 0),
    "arxiv-atom/arxiv_api_no_result.xml": (0, 0),
    "arxiv-atom/arxiv_api_testing_10.xml": (10, 10),
    "arxiv-json/arxiv-daily_shiyibihua_2023-12-02.json": (32, 32),
    "arxiv-json/daily-arXiv-ai-enhanced_2026-06-24.jsonl": (333, 333),
    "arxiv-json/kaggle_arxiv-metadata-oai-snapshot_200.jsonl": (200, 200),
    "bibtex/acm_dl_export.bib": (27, 27),
    "bibtex/better_bibtex_biblatex_export.biblatex": (55, 21),
    "bibtex/pmlr_v219_mlhc2023.bib": (48, 48),
    "bibtex/scopus_bib_example.bib": (3, 3),
    "conference-json/ismir2024.json": (123, 123),
    "crossref/crossref_title_query_response.json": (1, 1),
    "csl-json/better_csl_json_zotero.csl.json": (26, 0),
    "csl-json/manubot_input-bibliography.json": (3, 2),
    "endnote/zotero_test_endnote_xml_0.xml": (9, 3),
    "endnote/zotero_test_refer_0.enw": (1, 1),
    "openalex/openalex_bibliometrix_sample.csv": (8, 5),
    "openalex/openalex_snapshot_works_part_000.jsonl.gz": (11, 0),  # and 16 records without title and abstract
    "openalex/openalex_title_search_response.json": (2, 2),
    "other-csv/asreview_embase.csv": (10, 8),  # two errata have none
    "other-csv/asreview_rayyan.csv": (10, 8),
    "pubmed/biopython_pubmed4.xml": (1, 1),
    "pubmed/biopython_pubmed_result2.nbib": (4, 4),
    "pubmed/zotero_test_pubmed_xml_0.xml": (2, 2),
    "ris/asreview_baseline_scopus.ris": (10, 10),
    "ris/asreview_baseline_zotero.ris": (10, 8),
    "ris/litstudy_example.ris": (25, 25),
    "ris/rispy_example_bom.ris": (0, 0),  # neither title nor abstract
    "ris/rispy_example_extraneous.ris": (2, 2),
    "ris/rispy_example_multiline.ris": (3, 3),
    "scopus-csv/scopus_sample_bibliometrix.csv": (8, 8),
    "semantic-scholar/s2_paper_batch_response.json": (3, 3),
    "semantic-scholar/s2_title_match_response.json": (1, 0),
    "semantic-scholar/s2orc_20210101_record.json": (1, 1),
    "tei-grobid/N18-3011.tei.xml": (1, 1),
    "tei-grobid/grobid_sample1.tei.header.xml": (1, 1),
    "wos/synthesisr_WoS_example.ciw": (5, 5),
    "wos/wos_sample_bibliometrix.txt": (8, 7),
    "zotero/bibliontology_rdf.rdf": (1, 1),
    "zotero/zotero_api_items.json": (20, 3),
    "zotero/zotero_export.csv": (10, 8),
}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_real_exports(name: str) -> None:
    if not (SAMPLES / name).exists():
        pytest.skip("the folder of real exports is not here")
    found = _papers(SAMPLES / name)
    assert (len(found), sum(bool(p.abstract) for p in found)) == COUNTS[name]
