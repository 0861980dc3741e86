"""Grow and check the SKOS vocabularies in ontology/vocabulary/.

    python tools/vocabulary.py add TABLE.tsv...   merge rows (kind, prefLabel, altLabels, broader, definition, flag)
    python tools/vocabulary.py edit EDITS.tsv...  apply a review: lines of kind|drop|alias-|alias+|word, label, value
    python tools/vocabulary.py check              say what is wrong; exit 1 if anything is
    python tools/vocabulary.py format             rewrite the files in their canonical form

A row's altLabels and broader labels are separated by ``|``; the flag ``word`` marks names that are ordinary words too.
A name that another concept already has is dropped from the newcomer, which is said on stderr.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.lexicon import read_skos
from kg.text.forms import slug, tight_key
from kg.vocab import BASE, KG, PREFIXES, Kind

FOLDER = Path(__file__).parents[1] / "ontology" / "vocabulary"


@dataclass
class Row:
    """One concept while it is edited. `broader` holds labels."""

    kind: Kind
    label: str
    aliases: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    definition: str = ""
    matches: list[str] = field(default_factory=list)
    ordinary: bool = False

    @property
    def local(self) -> str:
        """The local name of the concept, made from its label."""
        return slug(self.label.replace("+", " plus ").replace("*", " star ").replace("#", " sharp "))


def file_of(kind: Kind) -> Path:
    """Return the vocabulary file of a kind."""
    return FOLDER / f"{kind.value.lower()}s.ttl"


def read_all() -> list[Row]:
    """Read the rows of all vocabulary files."""
    rows = []
    for kind in Kind:
        if file_of(kind).exists():
            concepts = read_skos(file_of(kind))
            labels = {c.id: c.label for c in concepts}
            rows += [
                Row(
                    c.kind,
                    c.label,
                    list(c.aliases),
                    [labels[b] for b in c.broader],
                    c.definition,
                    list(c.matches),
                    c.ordinary,
                )
                for c in concepts
            ]
    return rows


def read_table(path: Path) -> list[Row]:
    """Read the rows of a tab-separated table."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, label, aliases, broader, definition, flag = (cell.strip() for cell in (line + "\t" * 5).split("\t")[:6])
        if label:
            rows.append(Row(Kind(kind), label, _split(aliases), _split(broader), definition, [], flag == "word"))
    return rows


def merge(rows: list[Row]) -> list[Row]:
    """Join rows of one label and kind, and give each name to one concept only: the first that has it."""
    labels = {(row.kind, tight_key(row.label)): row for row in reversed(rows)}
    owner: dict[str, Row] = {}
    kept: list[Row] = []
    for row in rows:
        first = labels[row.kind, tight_key(row.label)]
        if first is not row:
            first.aliases += row.aliases
            first.broader += row.broader
            first.definition = first.definition or row.definition
            first.ordinary = first.ordinary or row.ordinary
        elif tight_key(row.label) in owner:
            print(
                f"dropped: {row.kind} {row.label!r}, a name of {owner[tight_key(row.label)].label!r}", file=sys.stderr
            )
        else:
            owner[tight_key(row.label)] = row
            kept.append(row)
    for row in kept:
        row.aliases = [alias for alias in dict.fromkeys(row.aliases) if _claim(alias, row, owner)]
    return kept


def _claim(alias: str, row: Row, owner: dict[str, Row]) -> bool:
    form = tight_key(alias)
    if not form or alias == row.label:
        return False
    if owner.setdefault(form, row) is row:
        return form != tight_key(row.label)
    print(f"dropped alias: {alias!r} of {row.label!r}, a name of {owner[form].label!r}", file=sys.stderr)
    return False


def edited(rows: list[Row], edits: list[list[str]]) -> list[Row]:
    """Return the rows with a review's edits applied; an edit of a label that is not there is said on stderr."""
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_label[row.label].append(row)
    dropped: set[int] = set()
    for verb, label, *rest in edits:
        if not by_label[label]:
            print(f"no {label!r} to {verb}", file=sys.stderr)
        for row in by_label[label]:
            if verb == "kind":
                row.kind = Kind(rest[0])
            elif verb == "drop":
                dropped.add(id(row))
            elif verb == "alias-":
                row.aliases = [alias for alias in row.aliases if alias != rest[0]]
            elif verb == "alias+":
                row.aliases.append(rest[0])
            elif verb == "word":
                row.ordinary = True
    kept = [row for row in rows if id(row) not in dropped]
    labels = {(row.kind, row.label) for row in kept}
    for row in kept:
        row.broader = [b for b in row.broader if (row.kind, b) in labels]
    return kept


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def problems(rows: list[Row]) -> list[str]:
    """Return what is wrong: names of two concepts, parents that are missing, of another kind, or in a circle."""
    found = []
    owners: dict[str, set[str]] = defaultdict(set)
    by_label = {(row.kind, row.label): row for row in rows}
    for row in rows:
        for name in (row.label, *row.aliases):
            owners[tight_key(name)].add(f"{row.kind} {row.label}")
        found += [
            f"{row.label}: no {row.kind} called {b!r} to be broader"
            for b in row.broader
            if (row.kind, b) not in by_label
        ]
        if _reaches_itself(row, by_label):
            found.append(f"{row.label}: broader leads back to itself")
    found += [f"{sorted(names)} share the name {form!r}" for form, names in sorted(owners.items()) if len(names) > 1]
    return found


def _reaches_itself(row: Row, by_label: dict[tuple[Kind, str], Row]) -> bool:
    seen: set[str] = set()
    todo = list(row.broader)
    while todo:
        label = todo.pop()
        if label == row.label:
            return True
        parent = by_label.get((row.kind, label))
        if label not in seen and parent:
            seen.add(label)
            todo += parent.broader
    return False


def write(rows: list[Row]) -> None:
    """Write the rows into the vocabulary files, sorted, one block a concept."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    locals_ = _local_names(rows)
    for kind in Kind:
        prefix = f"{BASE}{kind.value.lower()}/"
        head = [f"@prefix kg: <{KG}> .", f"@prefix skos: <{PREFIXES['skos']}> .", f"@prefix v: <{prefix}> .", ""]
        scheme = f"<{BASE}vocabulary/{kind.value.lower()}s>"
        head += [f'{scheme} a skos:ConceptScheme ;\n    skos:prefLabel "{kind.value}s" .', ""]
        mine = sorted((row for row in rows if row.kind is kind), key=lambda row: locals_[kind, row.label])
        blocks = [_block(row, scheme, locals_) for row in mine]
        file_of(kind).write_text("\n".join(head + blocks), encoding="utf-8", newline="\n")


def _local_names(rows: list[Row]) -> dict[tuple[Kind, str], str]:
    taken: set[tuple[Kind, str]] = set()
    names = {}
    for row in sorted(rows, key=lambda row: (row.kind, row.label)):
        local, n = row.local, 2
        while (row.kind, local) in taken:
            local, n = f"{row.local}-{n}", n + 1
        taken.add((row.kind, local))
        names[row.kind, row.label] = local
    return names


def _block(row: Row, scheme: str, locals_: dict[tuple[Kind, str], str]) -> str:
    lines = [f"{_name(locals_[row.kind, row.label])} a kg:{row.kind}", f"skos:prefLabel {_quote(row.label)}"]
    if row.aliases:
        lines.append("skos:altLabel " + ", ".join(_quote(alias) for alias in sorted(set(row.aliases))))
    parents = sorted({_name(locals_[row.kind, b]) for b in row.broader if (row.kind, b) in locals_ and b != row.label})
    if parents:
        lines.append("skos:broader " + ", ".join(parents))
    if row.definition:
        lines.append(f"skos:definition {_quote(row.definition)}")
    if row.matches:
        lines.append("skos:exactMatch " + ", ".join(f"<{iri}>" for iri in sorted(row.matches)))
    if row.ordinary:
        lines.append("kg:ordinaryWord true")
    lines.append(f"skos:inScheme {scheme}")
    return " ;\n    ".join(lines) + " .\n"


def _name(local: str) -> str:
    return "v:" + local.replace("+", "\\+") if not local.endswith(".") else f"v:{local[:-1]}"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def main(arguments: list[str]) -> int:
    """Run one of the three commands; returns the exit code."""
    if arguments[:1] == ["add"]:
        write(merge(read_all() + [row for table in arguments[1:] for row in read_table(Path(table))]))
    elif arguments[:1] == ["edit"]:
        write(merge(edited(read_all(), [line for table in arguments[1:] for line in _lines(Path(table))])))
    elif arguments == ["format"]:
        write(read_all())
    elif arguments != ["check"]:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = problems(read_all())
    print("\n".join(wrong) if wrong else f"{len(read_all())} concepts, nothing wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
