from __future__ import annotations

from kg.decisions import parse
from kg.lexicon import Lexicon
from kg.model import Entity
from kg.resolve.entities import Resolution, resolve
from kg.resolve.rekey import rekey, separations
from kg.resolve.tally import Tally, tally
from kg.vocab import Kind
from tests.papers import lexicon, reading


def resolved(*abstracts: str, said: str = "") -> Resolution:
    total: dict[str, Tally] = {}
    apart = separations(parse(said), lexicon())
    for abstract in abstracts:
        for name, counted in tally(rekey(reading(abstract), apart)).items():
            total.setdefault(name, Tally()).add(counted)
    return resolve(total, lexicon(), parse(said))


def named(resolution: Resolution, name: str) -> Entity:
    return next(e for e in resolution.entities.values() if name in (e.label, *e.aliases))


ONE = "We propose gradient fox tracing (GFT). GFT is fast."
TWO = "We use GFT in all experiments. We compare GFT with HareNet."
THREE = "We propose Gradient-Fox Tracing, an algorithm. We propose great forest trees (GFT)."


def test_a_short_form_without_definition_joins_the_long_form_of_other_papers() -> None:
    found = resolved(ONE, TWO)
    entity = named(found, "gradient fox tracing")
    assert "GFT" in entity.aliases
    assert any("short for" in reason for reason in entity.reasons)


def test_a_short_form_with_two_meanings_is_not_joined() -> None:
    found = resolved(ONE, TWO, THREE)
    assert named(found, "gradient fox tracing").id != named(found, "great forest trees").id


def test_vocabulary_names_are_one_node_with_the_vocabulary_s_id() -> None:
    found = resolved("We use ViT.", "We train vision transformers.")
    entity = named(found, "vision transformer")
    assert entity.id == "method/vision-transformer"


def test_broader_concepts_are_linked_when_present() -> None:
    found = resolved("We use ViT and a transformer.")
    assert named(found, "vision transformer").broader == ("method/transformer",)


def test_decisions_overrule() -> None:
    same = resolved(ONE, "We use HareNet.", said='same "HareNet" "gradient fox tracing"')
    assert named(same, "HareNet").id == named(same, "gradient fox tracing").id
    gone = resolved(ONE, said='not-an-entity "gradient fox tracing"')
    assert not any("gradient fox tracing" in (e.label, *e.aliases) for e in gone.entities.values())
    typed = resolved(ONE, said='type "gradient fox tracing" Task')
    assert named(typed, "gradient fox tracing").kind is Kind.TASK
    apart = resolved(ONE, TWO, said='different "GFT" "gradient fox tracing"')
    assert "GFT" not in named(apart, "gradient fox tracing").aliases
    assert named(apart, "GFT").id != named(apart, "gradient fox tracing").id
    unlike = resolved("We train ViT and a vision transformer.", said='different "ViT" "vision transformer"')
    assert named(unlike, "ViT").id != named(unlike, "vision transformer").id == "method/vision-transformer"


def test_resolution_does_not_depend_on_order() -> None:
    assert resolved(ONE, TWO, THREE) == resolved(THREE, TWO, ONE)


def test_keys_that_share_a_slug_get_a_hash() -> None:
    kinds = {"a b": Kind.METHOD, "a+b": Kind.METHOD}
    total = {}
    for name, kind in kinds.items():
        entry = Tally(papers=1)
        entry.kinds[kind] = 90
        entry.names[name] = 1
        total[name] = entry
    total["注"] = Tally(papers=1)
    total["注"].kinds[Kind.METHOD] = 50
    total["注"].names["注"] = 1
    found = resolve(total, Lexicon([]))
    assert len(set(found.ids.values())) == 3
    assert all(not i.endswith("/") for i in found.entities)
