"""Quantitative results: value, unit, measure, data set and method of every number a paper reports as its finding.

Numbers are read with sign, range ("0.70-0.76", "from 81 to 84"), error ("0.76 ± 0.04", "0.76(0.04)") and unit; parallel
lists ("84.2/85.1 AP at 30/25 FPS") give one result each. The measure is the one printed right behind the number, else the
nearest before it; the data set and the method are the nearest in the sentence. Words and units: `cues/results.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.cues import cues
from kg.lexicon import Lexicon
from kg.model import Mention, Result
from kg.text.document import Document, Sentence
from kg.vocab import Kind, Role

STAGE = "values"

_WORD_NUMBERS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_VALUE = re.compile(
    rf"(?<![\w.,$^_{{\\/|-])(?P<sign>[+−-])?(?P<value>{_NUMBER})(?P<unit>\s?(?:\\?%|\$?\\times\$?|×|[xX](?!\w)))?"
    rf"(?:\s?(?:±|\+/-|\\pm|\$\\pm\$)\s?(?P<error>{_NUMBER})|\s?\((?P<error2>0?\.\d+)\)"
    rf"|\s?(?P<range>-{{1,2}}|–|—|to)\s?(?P<to>{_NUMBER})(?P<unit2>\s?(?:\\?%|\$?\\times\$?|×|[xX](?!\w)))?)?(?![\w^_{{])(?!\.\d)"
)
_LIST = re.compile(rf"(?<![\w.,$^_{{\\])(?:{_NUMBER})(?:\\?%)?(?:\s?[/|]\s?(?:{_NUMBER})(?:\\?%)?){{1,7}}(?![\w/|])")
_ITEM = re.compile(_NUMBER)
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(
    rf"\b(?P<value>{'|'.join(_WORD_NUMBERS)})(?=[ -]?(?:times|fold|orders? of magnitude|percentage points?|points?|percent)\b)",
    re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_NEAR, _FAR = 90, 120  # characters
_JOINED = re.compile(r"\s?(?:,|,?\s?(?:and|or))\s?")  # two numbers of a list
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: str
    to: str = ""
    error: str = ""
    unit: str = ""
    place: int = 0  # position in a parallel list


def extract(doc: Document, lexicon: Lexicon) -> Iterator[Result]:
    """Yield the results of the abstract in the order of the text."""
    by_sentence: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in doc.mentions:
        if mention.field == "abstract":
            by_sentence[mention.sentence].append(mention)
    proposed = {m.entity for m in doc.mentions if m.role is Role.PROPOSES}
    for sentence in doc.abstract:
        mentions = by_sentence.get((sentence.start, sentence.end), [])
        if not _reports(sentence, mentions):
            continue
        text = doc.paper.abstract
        numbers = [n for n in _numbers(text, sentence) if not _inside(n, mentions)]
        for number in _with_units(text, numbers):
            metric = _metric(text, number, mentions, numbers)
            if _is_result(text, sentence, number, metric):
                yield _result(doc, sentence, number, metric, mentions, proposed)


def _reports(sentence: Sentence, mentions: list[Mention]) -> bool:
    words = sentence.bag
    if "M" not in sentence.tags and "X" not in sentence.tags and words.isdisjoint(_WORD_NUMBERS):
        return False
    return not words.isdisjoint(cues("results")["words"]["reporting"]) or any(m.kind is Kind.METRIC for m in mentions)


def _numbers(text: str, sentence: Sentence) -> list[_Number]:
    """Return the numbers of a sentence, parallel lists taken apart, in order."""
    found = [
        _Number(m.start(), m.end(), _WORD_NUMBERS[m["value"].lower()])
        for m in _WORDS.finditer(text, sentence.start, sentence.end)
    ]
    if not _DIGIT.search(text, sentence.start, sentence.end):
        return found
    taken: list[tuple[int, int]] = []
    for run in _LIST.finditer(text, sentence.start, sentence.end):
        taken.append(run.span())
        for place, item in enumerate(_ITEM.finditer(text, *run.span())):
            unit = "%" if "%" in run.group() else ""
            found.append(_Number(item.start(), item.end(), _canonical(item.group()), unit=unit, place=place))
    for m in _VALUE.finditer(text, sentence.start, sentence.end):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        sign = "-" if m["sign"] in ("-", "−") and not text[: m.start()].rstrip().endswith(("(", "to", "–")) else ""
        value, to = sign + _canonical(m["value"]), m["to"] or ""
        if to and m["range"] == "to" and _YEAR.fullmatch(m["value"]):
            continue
        found.append(
            _Number(
                m.start(),
                m.end(),
                value,
                _canonical(to),
                _canonical(m["error"] or m["error2"] or ""),
                (m["unit"] or m["unit2"] or "").strip(),
            )
        )
    return sorted(found, key=lambda n: n.start)


def _canonical(number: str) -> str:
    """Return a number as a canonical decimal: no thousands separators, no needless zeros.

    >>> _canonical("1,024.50"), _canonical(".5"), _canonical("0.90")
    ('1024.5', '0.5', '0.9')
    """
    if not number:
        return ""
    plain = format(Decimal(number.replace(",", "")).normalize(), "f")
    return plain


def _inside(number: _Number, mentions: list[Mention]) -> bool:
    """Tell whether a number is part of a name ("Llama 3")."""
    return any(m.start <= number.start < m.end for m in mentions)


def _with_units(text: str, numbers: list[_Number]) -> list[_Number]:
    """Read the units of numbers; the last of a list may have that of all: "13 and 34 points"."""
    found: list[_Number] = []
    for number in reversed(numbers):
        read = _with_unit(text, number)
        if not read.unit and found and _JOINED.fullmatch(text, read.end, found[-1].start):
            read = _replace(read, unit=found[-1].unit)
        found.append(read)
    return found[::-1]


def _with_unit(text: str, number: _Number) -> _Number:
    """Read the unit behind a number."""
    units = cues("results")["units"]
    if number.unit:
        unit = units.get(number.unit, number.unit)
        rest = re.match(r"\s?(?:absolute |relative |percentage )?(points?|pp)\b", text[number.end : number.end + 30])
        return _replace(number, unit="points" if rest else unit)
    behind = re.match(r"[\s-]?(?:percentage )?(\\?%|\$?\\times\$?|×|[A-Za-zµ]+)", text[number.end : number.end + 24])
    if not behind:
        return number
    unit = units.get(behind.group(1), "")
    end = number.end + behind.end() if behind.group(1) in ("%", "\\%") else number.end
    return _replace(number, unit=unit, end=end)


def _replace(number: _Number, *, unit: str, end: int | None = None) -> _Number:
    return _Number(number.start, end or number.end, number.value, number.to, number.error, unit, number.place)


def _metric(text: str, number: _Number, mentions: list[Mention], numbers: list[_Number]) -> Mention | None:
    """Return the measure of a number: the one it is put beside, else the nearest before, else the nearest behind."""
    metrics = [m for m in mentions if m.kind is Kind.METRIC]
    beside = next((m for m in reversed(metrics) if m.end <= number.start), None)
    if beside is not None and _is_measured(text, number, beside):
        return beside
    behind = next((m for m in metrics if m.start >= number.end), None)
    if behind is not None and not any(number.end < n.start < behind.start and n.place == 0 for n in numbers):
        if _only(text[number.end : behind.start], "behind"):
            return behind
    if beside is not None and ";" not in text[beside.end : number.start] and number.start - beside.end < _FAR:
        return beside
    return behind if behind is not None and behind.start - number.end < _NEAR else None


def _only(between: str, place: str) -> bool:
    """Tell whether the words between a number and a measure are among those that may stand there."""
    allowed = cues("results")["words"][place]
    return (
        len(between) < _NEAR and ";" not in between and all(w.lower() in allowed for w in _PLAIN_WORD.findall(between))
    )


def _is_result(text: str, sentence: Sentence, number: _Number, metric: Mention | None) -> bool:
    words = cues("results")["words"]
    behind = re.match(r"[\s-]*([^\W\d_]+)", text[number.end : number.end + 30])
    follows = behind.group(1).lower() if behind else ""
    ahead = re.search(r"([^\W\d_]+|[<>=≤≥#])[\s.]*$", text[max(0, number.start - 20) : number.start])
    before = ahead.group(1).lower() if ahead else ""
    bound = before in ("<", ">", "≤", "≥") and not (
        number.unit in ("%", "x") and not _is_threshold(text, number, metric)
    )
    if (
        before in words["no_result_before"]
        or before == "#"
        or bound
        or (_YEAR.fullmatch(number.value) and not number.unit)
    ):
        return False
    rest = text[number.end : number.end + 4].lstrip()
    if rest.startswith("CI") or (number.unit == "x" and rest[:1].isdigit()):  # "1280 x 704" is a size
        return False
    if number.unit in cues("results")["weak_units"]:
        return metric is not None and (_is_measured(text, number, metric) or _is_close(number, metric))
    if number.unit:
        return not (number.unit == "%" and follows in ("of", "ci") and metric is None and not _gains(sentence))
    if metric is None or follows in words["counted"]:
        return False
    return _is_close(number, metric) and ("." in number.value or _is_measured(text, number, metric))


def _is_close(number: _Number, metric: Mention) -> bool:
    return min(abs(metric.start - number.end), abs(number.start - metric.end)) < 60


def _is_threshold(text: str, number: _Number, metric: Mention | None) -> bool:
    """Tell whether a number with a sign before it bounds a measure: "IoU > 50%"."""
    return metric is not None and metric.end <= number.start and not text[metric.end : number.start].strip(" <>≤≥")


def _gains(sentence: Sentence) -> bool:
    return not sentence.bag.isdisjoint(cues("results")["words"]["reporting"])


def _is_measured(text: str, number: _Number, metric: Mention) -> bool:
    """Tell whether a measure stands right beside a number: "an F1 of 87", "31 BLEU", "accuracy (0.9"."""
    between = text[metric.end : number.start] if metric.end <= number.start else text[number.end : metric.start]
    return not any(c in between for c in ";,)") and _only(between, "beside")


def _result(
    doc: Document,
    sentence: Sentence,
    number: _Number,
    metric: Mention | None,
    mentions: list[Mention],
    proposed: set[str],
) -> Result:
    dataset = _nearest(number, [m for m in mentions if m.kind is Kind.DATASET])
    methods = [m for m in mentions if m.kind is Kind.METHOD and m.role in (Role.PROPOSES, Role.USES)]
    method = _nearest(number, [m for m in methods if m.entity in proposed and m.end <= number.start])
    sure = 0.55 + 0.2 * (metric is not None) + 0.1 * bool(number.unit) + 0.05 * (dataset is not None)
    return Result(
        value=number.value,
        value_to=number.to,
        error=number.error,
        lexical=doc.paper.abstract[number.start : number.end],
        unit=number.unit,
        metric=metric.entity if metric else "",
        dataset=dataset.entity if dataset else "",
        method=method.entity if method else "",
        field="abstract",
        start=number.start,
        end=number.end,
        extractor="results",
        confidence=round(sure, 2),
        sentence=(sentence.start, sentence.end),
    )


def _nearest(number: _Number, mentions: list[Mention]) -> Mention | None:
    return min(
        mentions, key=lambda m: (min(abs(m.start - number.end), abs(number.start - m.end)), m.start), default=None
    )
