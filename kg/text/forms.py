"""Normal forms: the keys that names are compared by, and the slugs that IRIs are made of.

Two names with one normal form are the same thing: case, hyphens, spacing, British spelling and plurals do not count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_ACRONYM_PLURAL = re.compile(r"\b([A-Z][A-Z0-9]*[A-Z])s\b")
_WORD = re.compile(r"[^\W_]+(?:[.+#][^\W_]+)*(?:\++|(?<=[A-Z0-9])\*(?!\w))?")
_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"), ("ise", "ize"),
            ("yse", "yze"), ("ysing", "yzing"), ("our", "or"), ("labelling", "labeling"), ("modelling", "modeling"))  # fmt: skip
_BRITISH_ENDS = tuple(british for british, _ in _BRITISH)
_BRITISH_STEMS = re.compile(
    r"(?:organ|optim|normal|regular|general|token|quant|factor|local|visual|character|summar|real|recogn|discret|"
    r"initial|minim|maxim|parametr|parameter|vector|random|linear|standard|categor|synchron|polar|personal|stabil|util|"
    r"anonym|customi?|equal|fertil|ion|memor|penal|priorit|special|synthes|binar|color|anal)$"
)
_OUR_WORDS = {"behaviour", "colour", "neighbour", "favour", "labour", "tumour", "humour", "honour", "vapour", "flavour"}
_INVARIANT_S = {
    "bias",
    "lens",
    "atlas",
    "chaos",
    "canvas",
    "gas",
    "alias",
    "corpus",
    "series",
    "species",
    "always",
    "kubernetes",
    "pandas",
    "keras",
}
_IRREGULAR = {"analyses": "analysis", "hypotheses": "hypothesis", "syntheses": "synthesis", "matrices": "matrix",
              "vertices": "vertex", "indices": "index", "corpora": "corpus", "automata": "automaton", "criteria": "criterion",
              "phenomena": "phenomenon", "biases": "bias", "data": "data", "lenses": "lens", "prostheses": "prosthesis",
              "diagnoses": "diagnosis", "ellipses": "ellipsis", "parentheses": "parenthesis", "axes": "axis", "bases": "basis",
              "children": "child", "people": "person", "mice": "mouse", "leaves": "leaf", "gases": "gas"}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Return a casefolded word without its plural ending.

    >>> [singular(w) for w in ("networks", "analyses", "boxes", "policies", "loss", "bias")]
    ['network', 'analysis', 'box', 'policy', 'loss', 'bias']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.endswith("s") or word in _INVARIANT_S or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=1 << 16)
def american(word: str) -> str:
    """Return the American spelling of a casefolded word.

    >>> american("regularisation"), american("tumour"), american("noise")
    ('regularization', 'tumor', 'noise')
    """
    if not word.endswith(_BRITISH_ENDS) and "our" not in word:
        return word
    for british, us in _BRITISH:
        if british == "our":
            for stem in _OUR_WORDS:
                if word.startswith(stem):
                    return word.replace(stem, stem[:-3] + "or", 1)
        elif word.endswith(british):
            stem = word[: -len(british)]
            if british.endswith("elling") or _BRITISH_STEMS.search(stem):
                return stem + us
    return word


@lru_cache(maxsize=1 << 17)
def form(word: str) -> str:
    """Return the form of one word that names are compared by: casefolded, singular, American spelling."""
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        word = word[:-1]
    folded = ascii_fold(word).casefold()
    return folded if word.isupper() and 2 < len(word) < 7 else american(singular(folded))


@lru_cache(maxsize=1 << 17)
def key(name: str) -> str:
    """Return the normal form of a name: casefolded words in the singular, joined by spaces.

    Hyphens, slashes and punctuation separate words; accents are folded; ``CNNs`` loses its plural.

    >>> key("Vision-Transformers"), key("CNNs"), key("Normalisation"), key("GPT-3.5"), key("C++")
    ('vision transformer', 'cnn', 'normalization', 'gpt 3.5', 'c++')
    >>> key("ViTs"), key("VITS"), key("RRT*")
    ('vit', 'vits', 'rrt*')
    """
    name = _ACRONYM_PLURAL.sub(r"\1", name.replace("’", "'").replace("'s ", " "))
    return " ".join(_word_key(word) for word in _WORD.findall(ascii_fold(name)))


def _word_key(word: str) -> str:
    """Return the form of one word; capitals to the last letter are no plural (``VITS`` is not ``ViTs``)."""
    folded = word.casefold()
    return folded if word.isupper() and 2 < len(word) < 7 else american(singular(folded))


@lru_cache(maxsize=1 << 17)
def tight_key(name: str) -> str:
    """Return the normal form without spaces, under which ``pre-training`` and ``pretraining`` are one.

    >>> tight_key("Pre-training") == tight_key("pretraining")
    True
    """
    return key(name).replace(" ", "")


def ascii_fold(text: str) -> str:
    """Replace accented letters by their base letter; letters that have none stay.

    >>> ascii_fold("naïve Poincaré")
    'naive Poincare'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_NOT_SLUG = re.compile(r"[^a-z0-9.+]+")


def slug(text: str) -> str:
    """Return an ASCII name for an IRI: lower case, words joined by hyphens; empty when nothing is left.

    >>> slug("Vision Transformer"), slug("C++"), slug("注意")
    ('vision-transformer', 'c++', '')
    """
    return _NOT_SLUG.sub("-", ascii_fold(text).casefold()).strip("-.")


def digest(text: str, digits: int = 8) -> str:
    """Return the first hex digits of the SHA-256 of `text`.

    >>> digest("a")
    'ca978112'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
