"""What each command prints about a small graph."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.cli.codes import Code
from tests.cli.conftest import Kg

FOX = "2401.00001"


def test_stats(kg: Kg, graph_folder: Path) -> None:
    done = kg("stats", "--graph", graph_folder, "--format", "csv", "-n", "1")
    assert done.out == (
        "what,which,count\npapers,all,3\npapers,with an abstract,2\n"
        "entities,Method,3\nentities,Dataset,1\nentities,Task,1\nentities,Metric,1\nentities,Concept,1\n"
        "statements,proposes,1\nstatements,uses,2\nstatements,comparesWith,1\nstatements,evaluatesOn,2\n"
        "statements,addresses,1\nstatements,reports,1\nstatements,about,1\nstatements,mentions,1\n"
        "links,shared techniques,1\nresults,values,1\nURLs,code,1\nmost used,MeadowNet (Dataset),2\n"
    )


def test_show_a_paper(kg: Kg, graph_folder: Path) -> None:
    out = kg("show", FOX, "--graph", graph_folder).out
    assert out.startswith(
        "Fox Transformer: Quick Detection\nAda Lovelace, Grace Hopper · 2024 · Journal of Foxes · arXiv 2401.00001\n"
    )
    assert "\nproposes\n  Fox Transformer (Method, confidence 0.9)\n    “We propose the Fox Transformer" in out
    assert "\nresults\n  accuracy 91.5% on MeadowNet by Fox Transformer\n    “On MeadowNet it" in out
    assert "  https://github.com/fox/fox (code)\n" in out
    assert "  0.57  Hostile" in out
    assert "because of rare trick, MeadowNet" in out


def test_show_an_entity(kg: Kg, graph_folder: Path) -> None:
    out = kg("show", "ViT", "--graph", graph_folder).out
    assert out.startswith("vision transformer (Method) in 2 papers\n  A transformer over image patches.\n")
    assert "also called: ViT\n" in out
    assert "kinds of it: Fox Transformer\n" in out
    assert "same as: http://www.wikidata.org/entity/Q1\n" in out
    assert "\nuses it\n  Fox Transformer: Quick Detection [2401.00001]\n    “We propose" in out


def test_show_says_where_a_record_was_read_and_why_names_are_one(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graphs"
    shutil.copytree(graph_folder, folder)
    beside = folder / ".kg"
    beside.mkdir(exist_ok=True)
    origin = {"paper": f"paper/{FOX}", "file": "foxes.bib", "line": 7}
    (beside / "origins.jsonl").write_text(json.dumps(origin) + "\n", encoding="utf-8")
    why = {"entity": "method/vision-transformer", "reasons": ["ViT is its short form in one paper"]}
    (beside / "reasons.jsonl").write_text(json.dumps(why) + "\n", encoding="utf-8")
    assert "\nread from foxes.bib:7\n" in kg("show", FOX, "--graph", folder).out
    assert "ViT is its short form in one paper" in kg("show", "ViT", "--graph", folder).out


def test_related(kg: Kg, graph_folder: Path) -> None:
    done = kg("related", FOX, "--graph", graph_folder, "--format", "json")
    (row,) = json.loads(done.out)
    assert (row["score"], row["paper"]) == (0.582, "10.1234/hostile")  # the mean of techniques and citations
    assert row["because"] == "share rare trick, MeadowNet, vision transformer; cited by it"
    asked = ("--by", "techniques", "--quotes")
    (row,) = json.loads(kg("related", FOX, *asked, "--graph", graph_folder, "--format", "json").out)
    assert (row["score"], row["because"]) == (0.164, "share rare trick, MeadowNet, vision transformer")
    assert row["quotes"].startswith("rare trick: “We propose the Fox Transformer")


def test_nothing_related_is_said(kg: Kg, graph_folder: Path) -> None:
    done = kg("related", "Nothing in Common", "--graph", graph_folder, "--format", "tsv")
    assert done.code == Code.DONE
    assert done.out == "score\tpaper\ttitle\tyear\tbecause\n"
    assert "no other paper" in done.err


def test_path(kg: Kg, graph_folder: Path) -> None:
    done = kg("path", FOX, "inductive bias", "--graph", graph_folder)
    lines = done.out.splitlines()
    assert lines[0] == "Fox Transformer: Quick Detection"
    assert lines[1] == "  | both have rare trick, MeadowNet (weight 0.57)"
    assert lines[2].startswith("Hostile")
    assert lines[3:] == [
        "  | about inductive bias (confidence 0.9)",
        "  | “We study inductive bias on MeadowNet.”",
        "inductive bias",
    ]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_query_in_sparql(kg: Kg, graph_folder: Path, form: str) -> None:
    query = "PREFIX kg: <https://w3id.org/papers-kg/ontology#> SELECT (COUNT(?p) AS ?n) WHERE { ?p a kg:Paper }"
    done = kg("query", query, "--graph", graph_folder, "--format", form)
    assert done.code == Code.DONE
    assert "3" in done.out


def test_query_from_a_file(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ask.rq"
    path.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert "true" in kg("query", "-f", path, "--graph", graph_folder).out.lower()


def test_query_lists_its_questions(kg: Kg, graph_folder: Path) -> None:
    done = kg("query", "--graph", graph_folder)
    assert done.code == Code.DONE
    assert done.out.count("\n") >= 3


def test_export(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    done = kg("export", "turtle", "--graph", graph_folder, "-o", tmp_path)
    assert done.out == f"{tmp_path / 'kg.ttl'}\n"
    assert (tmp_path / "kg.ttl").read_bytes() == (graph_folder / "kg.ttl").read_bytes()
    assert {"turtle", "html"} <= set(kg("export").out.split())


def test_view_prints_the_page(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    assert kg("view", "--no-open", "--graph", graph_folder).out == f"{graph_folder / 'kg.html'}\n"
    shutil.copy(graph_folder / "kg.ttl", tmp_path)
    assert kg("view", "--no-open", "--graph", tmp_path).out == f"{tmp_path / 'kg.html'}\n"
    assert (tmp_path / "kg.html").read_bytes() == (graph_folder / "kg.html").read_bytes()


def test_verify_and_validate_pass(kg: Kg, graph_folder: Path) -> None:
    assert kg("verify", "--graph", graph_folder).code == Code.DONE
    assert kg("validate", "--graph", graph_folder).code == Code.DONE


def test_verify_finds_a_changed_quote(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    text = (graph_folder / "kg.ttl").read_text(encoding="utf-8")
    (tmp_path / "kg.ttl").write_text(text.replace('kg:quote "rare trick"', 'kg:quote "rare truck"'), encoding="utf-8")
    done = kg("verify", "--graph", tmp_path)
    assert done.code == Code.SOME_BAD
    assert "rare truck" in done.err


def test_validate_finds_a_wrong_shape(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    text = (graph_folder / "kg.ttl").read_text(encoding="utf-8")
    (tmp_path / "kg.ttl").write_text(text.replace("kg:proposes", "kg:evaluatesOn"), encoding="utf-8")
    done = kg("validate", "--graph", tmp_path)
    assert done.code == Code.SOME_BAD
    assert done.err != ""


def test_diff(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    done = kg("diff", graph_folder, graph_folder)
    assert (done.code, done.out, done.err) == (Code.DONE, "", "nothing changed\n")


def test_score(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    gold = [{"id": "a", "title": "Fox Transformer: Quick Detection", "entities": [
        {"type": "Method", "name": "Fox Transformer", "role": "proposes"}]}]  # fmt: skip
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    done = kg("score", path, "--graph", graph_folder)
    assert "\nproposes      1.000      1.000   1.000        1     1\n" in done.out
    figures = json.loads(kg("score", path, "--graph", graph_folder, "--format", "json").out)
    assert figures["proposes"]["f1"] == 1.0


def test_decide(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "new" / "decisions.txt"
    for _ in range(2):
        assert kg("decide", "same", "ViT", "Vision Transformer", "--decisions", file).code == Code.DONE
    kg("decide", "type", "Maestro", "Method", "--decisions", file)
    assert file.read_text(encoding="utf-8") == 'same "ViT" "Vision Transformer"\ntype "Maestro" Method\n'
    assert kg("decide", "--decisions", file).out == file.read_text(encoding="utf-8")
    assert kg("decide", "--decisions", tmp_path / "none").out == ""
