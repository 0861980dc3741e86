"""The words the graph is written in: kinds, roles and predicates with domain and range.

Plain names and IRIs only, so that every stage can speak them without loading RDF. The ontology `ontology/kg.ttl`
documents each of these terms; a test names the one that was forgotten on either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

KG = "https://w3id.org/papers-kg/ontology#"
BASE = "https://w3id.org/papers-kg/id/"

PREFIXES: dict[str, str] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": KG,
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Kind(StrEnum):
    """What an entity is. The value is the local name of its class."""

    METHOD = "Method"
    DATASET = "Dataset"
    TASK = "Task"
    METRIC = "Metric"
    CONCEPT = "Concept"


class Role(StrEnum):
    """What a paper does with an entity. The value is the local name of the property."""

    PROPOSES = "proposes"
    USES = "uses"
    COMPARES_WITH = "comparesWith"
    INTRODUCES = "introduces"
    EVALUATES_ON = "evaluatesOn"
    ADDRESSES = "addresses"
    REPORTS = "reports"
    ABOUT = "about"
    MENTIONS = "mentions"


ROLES_BY_KIND: dict[Kind, tuple[Role, ...]] = {
    Kind.METHOD: (Role.PROPOSES, Role.USES, Role.COMPARES_WITH, Role.MENTIONS),
    Kind.DATASET: (Role.INTRODUCES, Role.EVALUATES_ON, Role.MENTIONS),
    Kind.TASK: (Role.ADDRESSES, Role.MENTIONS),
    Kind.METRIC: (Role.REPORTS, Role.MENTIONS),
    Kind.CONCEPT: (Role.ABOUT, Role.MENTIONS),
}
"""The roles each kind can play, the strongest first."""

_COUNTERPARTS: dict[Role, Role] = {
    Role.PROPOSES: Role.INTRODUCES,
    Role.INTRODUCES: Role.PROPOSES,
    Role.USES: Role.EVALUATES_ON,
    Role.COMPARES_WITH: Role.EVALUATES_ON,
    Role.EVALUATES_ON: Role.USES,
}


def role_for(kind: Kind, role: Role) -> Role:
    """Return the role of `kind` that says what `role` says, for when the kind of an entity is settled after the role.

    >>> role_for(Kind.DATASET, Role.PROPOSES), role_for(Kind.TASK, Role.USES), role_for(Kind.METHOD, Role.MENTIONS)
    (<Role.INTRODUCES: 'introduces'>, <Role.ADDRESSES: 'addresses'>, <Role.MENTIONS: 'mentions'>)
    """
    allowed = ROLES_BY_KIND[kind]
    if role in allowed:
        return role
    counterpart = _COUNTERPARTS.get(role)
    if counterpart in allowed:
        return counterpart
    return Role.USES if kind is Kind.METHOD else Role.EVALUATES_ON if kind is Kind.DATASET else allowed[0]


def strength(kind: Kind, role: Role) -> int:
    """Return the rank of a role among those of its kind: 0 is the strongest."""
    return ROLES_BY_KIND[kind].index(role)


ROLE_FACTORS: dict[Role, float] = {
    Role.PROPOSES: 1.0,
    Role.USES: 1.0,
    Role.COMPARES_WITH: 0.7,
    Role.INTRODUCES: 0.7,
    Role.EVALUATES_ON: 0.6,
    Role.ADDRESSES: 0.7,
    Role.ABOUT: 0.5,
    Role.REPORTS: 0.2,
    Role.MENTIONS: 0.3,
}
"""How much what a paper has in each role counts when papers are compared: techniques first; data sets, tasks and notions
less; a mere mention little."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate of the graph: its prefixed name, the class it starts from and the class or datatype it leads to."""

    name: str
    domain: str
    range: str


PREDICATES: tuple[Predicate, ...] = (
    Predicate("dcterms:title", "kg:Paper", "xsd:string"),
    Predicate("dcterms:abstract", "kg:Paper", "xsd:string"),
    Predicate("dcterms:creator", "kg:Paper", "foaf:Person"),
    Predicate("dcterms:source", "kg:Paper", "xsd:string"),
    Predicate("dcterms:identifier", "kg:Paper", "xsd:string"),
    Predicate("fabio:hasPublicationYear", "kg:Paper", "xsd:gYear"),
    Predicate("fabio:hasArXivId", "kg:Paper", "xsd:string"),
    Predicate("bibo:doi", "kg:Paper", "xsd:string"),
    Predicate("kg:cslJson", "kg:Paper", "xsd:string"),
    Predicate("foaf:name", "foaf:Person", "xsd:string"),
    Predicate("kg:position", "foaf:Person", "xsd:integer"),
    Predicate("kg:mentions", "kg:Paper", "kg:Entity"),
    Predicate("kg:proposes", "kg:Paper", "kg:Method"),
    Predicate("kg:uses", "kg:Paper", "kg:Method"),
    Predicate("kg:comparesWith", "kg:Paper", "kg:Method"),
    Predicate("kg:introduces", "kg:Paper", "kg:Dataset"),
    Predicate("kg:evaluatesOn", "kg:Paper", "kg:Dataset"),
    Predicate("kg:addresses", "kg:Paper", "kg:Task"),
    Predicate("kg:reports", "kg:Paper", "kg:Metric"),
    Predicate("kg:about", "kg:Paper", "kg:Concept"),
    Predicate("kg:hasResult", "kg:Paper", "kg:Result"),
    Predicate("schema:codeRepository", "kg:Paper", "rdfs:Resource"),
    Predicate("kg:url", "kg:Paper", "rdfs:Resource"),
    Predicate("kg:sharesTechniqueWith", "kg:Paper", "kg:Paper"),
    Predicate("cito:cites", "kg:Paper", "kg:Paper"),
    Predicate("skos:prefLabel", "kg:Entity", "xsd:string"),
    Predicate("skos:altLabel", "kg:Entity", "xsd:string"),
    Predicate("skos:broader", "kg:Entity", "kg:Entity"),
    Predicate("skos:definition", "kg:Entity", "xsd:string"),
    Predicate("skos:exactMatch", "kg:Entity", "rdfs:Resource"),
    Predicate("kg:paperCount", "kg:Entity", "xsd:integer"),
    Predicate("kg:inPaper", "kg:Mention", "kg:Paper"),
    Predicate("kg:entity", "kg:Mention", "kg:Entity"),
    Predicate("kg:role", "kg:Mention", "rdf:Property"),
    Predicate("kg:field", "kg:Evidence", "xsd:string"),
    Predicate("kg:start", "kg:Evidence", "xsd:integer"),
    Predicate("kg:end", "kg:Evidence", "xsd:integer"),
    Predicate("kg:quote", "kg:Evidence", "xsd:string"),
    Predicate("kg:sentenceStart", "kg:Evidence", "xsd:integer"),
    Predicate("kg:sentenceEnd", "kg:Evidence", "xsd:integer"),
    Predicate("kg:extractor", "kg:Evidence", "xsd:string"),
    Predicate("kg:confidence", "kg:Evidence", "xsd:decimal"),
    Predicate("kg:value", "kg:Result", "xsd:decimal"),
    Predicate("kg:valueTo", "kg:Result", "xsd:decimal"),
    Predicate("kg:error", "kg:Result", "xsd:decimal"),
    Predicate("kg:lexicalValue", "kg:Result", "xsd:string"),
    Predicate("kg:unit", "kg:Result", "xsd:string"),
    Predicate("kg:metric", "kg:Result", "kg:Metric"),
    Predicate("kg:dataset", "kg:Result", "kg:Dataset"),
    Predicate("kg:method", "kg:Result", "kg:Method"),
    Predicate("kg:paper", "kg:Link", "kg:Paper"),
    Predicate("kg:shared", "kg:Link", "kg:SharedTechnique"),
    Predicate("kg:weight", "kg:WeightedNode", "xsd:decimal"),
    Predicate("kg:sharedEntity", "kg:SharedTechnique", "kg:Entity"),
    Predicate("kg:evidence", "kg:SharedTechnique", "kg:Mention"),
)
"""Every predicate that kg.ttl may hold besides rdf:type."""

CLASSES: tuple[str, ...] = (
    "Paper",
    "Entity",
    *(kind.value for kind in Kind),
    "Evidence",
    "Mention",
    "Result",
    "WeightedNode",
    "Link",
    "SharedTechnique",
)
"""Local names of the classes of the ontology."""

ALIGNED_CLASSES: dict[str, tuple[str, ...]] = {
    "Paper": ("fabio:ResearchPaper", "schema:ScholarlyArticle"),
    "Dataset": ("schema:Dataset",),
    "Task": ("mls:Task",),
    "Metric": ("mls:EvaluationMeasure",),
    "Result": ("mls:ModelEvaluation",),
    "Mention": ("oa:Annotation",),
}
"""External classes that an individual is typed with besides its own."""


def expand(name: str) -> str:
    """Return the full IRI of a prefixed name.

    >>> expand("kg:uses")
    'https://w3id.org/papers-kg/ontology#uses'
    """
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local
