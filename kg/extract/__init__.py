"""Extractors: each module finds one kind of evidence in one document. Run by `kg.reading`.

A module is an extractor by its file name alone. It has a `STAGE` and a function

    extract(doc: Document, lexicon: Lexicon) -> Iterator[Candidate | Abbreviation | Url | Result]

Stage ``document`` comes first (abbreviations, URLs), ``names`` sees the abbreviations, ``values`` the settled mentions.
Phrase lists are data: `kg/cues/*.toml`.
"""
