"""Which unit a heading names for the bare numbers below it, and where it leaves that open."""

from __future__ import annotations

import re
from collections.abc import Collection

from coordinator.domain.imports.columns.column_use import Unit

_UNITS: tuple[tuple[Unit, str], ...] = (
    (Unit.CUBIC_FEET, r"cu\.?\s?f\.?t|cubic\s+f\w+|cuft|cf"),
    (Unit.MILLILITRES, r"ml|mls|milliliters?|millilitres?|mililitros?|ccs?|centimetros\s+cubicos"),
    (Unit.OUNCES, r"(?:fl\.? ?)?oz|ounces?|onzas?|onces?|fluid ounces?|ozs"),
    (Unit.LITRES, r"l(?!['’])|liters?|litres?|litros?|ltrs?"),
    (Unit.GALLONS, r"gallons?|gal|galones"),
    (Unit.QUARTS, r"quarts?|qts?"),
    (Unit.POUNDS, r"lbs?|pounds?|libras|livres"),
    (Unit.KILOGRAMS, r"kgs?|kilos?|kilograms?|kilogrammes?|kilogramos?"),
    (Unit.KILOMETRES, r"kms?|kilometers?|kilometres?|kilometros?"),
    # "mi" before another word is "my" in Spanish.
    (Unit.MILES, r"miles?|mi(?!\s+(?!(?:or|o|and|y)\b)[a-z])|millas?"),
    (Unit.MINUTES, r"minutes?|mins?|minutos"),
    (Unit.HOURS, r"hours?|hrs?|horas|heures?"),
    (Unit.DAYS, r"days?|dias|jours?"),
    (Unit.WEEKS, r"weeks?|wks?|semanas|semaines?"),
    (Unit.MONTHS, r"months?|mos?|meses|mois"),
    (Unit.YEARS, r"years?|yrs?"),
)
_ANY = "|".join(spelt for _, spelt in _UNITS)
_ONE = rf"(?<![a-z])(?:{_ANY})(?![a-z])"
_REFUSED = re.compile(
    rf"(?<![a-z])(?:not|no|never|nor|without|instead of|rather than|do not|don['’]?t|pas|non|sin)\s+"
    rf"(?:(?:in|use|using|give|enter|write|put|answer|report|count|convert|the|any|as|by|your?|your|answers?"
    rf"|milk|to|en|de|amounts?|it|this)\s+){{0,4}}{_ONE}(?:\s*(?:or|and|nor|,|/)\s*{_ONE})*"
)
"""What she shall not count in: "ounces, not mL". "No more than 5 miles" is something else."""
_EQUALS = re.compile(rf"\d[\d.,]*\s*{_ONE}\s*(?:=|≈|~|is|equals?|makes?)\s*(?:about\s*)?\d[\d.,]*\s*{_ONE}")
"""How one unit becomes the other: "30 mL = 1 oz"."""
_BAG = r"(?:bag|bottle|container|jar|bolsa|bolsita|frasco|sachet|biberon|flacon)s?(?![a-z])"
_SIZE = rf"\d[\d.,]*(?:\s*(?:-|–|to|or|a|à)\s*\d[\d.]*)?\s*-?\s*{_ONE}"
_SIZE_OF_BAG = re.compile(
    rf"(?:\d[\d.]*\s*-?\s*)?(?<![a-z])(?:gallon|quart)[\s-]*(?:sized?\s*)?(?:zip\w*\s*)?(?:bag|container|jar)s?"
    rf"|{_SIZE}\s*-?\s*(?:{_BAG}|(?:each|apiece|per\s+{_BAG}|cada\s+un[ao]|chacune?)(?![a-z]))"
    rf"|{_BAG}[\s,:(@]*(?:(?:of|at|each|about|de|d['’])\s*)*{_SIZE}"
)
"""What a bag could hold: "ounces in your gallon bags"."""
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_OFFERED = re.compile(
    rf"\s*(?:(?:or|and/or|o|ou|/)(?![a-z]).*|(?:in\s+)?{_ONE}|.*(?<![a-z])(?:ok|okay|accepted|fine|too|either)"
    rf"(?![a-z]).*|(?:in\s+)?{_ONE}(?:\s*(?:or|o|ou|and/or|,|/)+\s*{_ONE})+)\W*",
    re.DOTALL,
)
"""Brackets that let her choose: "ounces (or mL)"."""
_EXAMPLE = re.compile(r"(?<![a-z])(?:e\.\s?g\.?|i\.\s?e\.?|for example|such as|examples?:|ex:|p\. ?ej\.?)")
_SENTENCE_END = re.compile(r"[?!;]|\.(?=\s|$)")


def unit_of(text: str, wanted: Collection[Unit]) -> Unit | None:
    """Return which of the units *wanted* bare numbers below the folded heading *text* count.

    Where it names several, the question's own words tell; where they do not, it is ``Unit.UNCLEAR``.
    """
    plain = _SIZE_OF_BAG.sub(" ", _REFUSED.sub(" ", text.replace("_", " ")))
    named = _named(plain, wanted)
    if len(named) < 2:
        return named[0] if named else None
    own = next((found for one in _sentences(plain) if (found := _named(one, wanted))), [])
    return own[0] if len(own) == 1 else Unit.UNCLEAR


def _sentences(text: str) -> list[str]:
    """Return the sentences of the question itself, without its help."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    asked = _EXAMPLE.split(_EQUALS.sub(" ", line), maxsplit=1)[0]
    asked = _BRACKETS.sub(lambda match: f" {match[1]} " if _OFFERED.fullmatch(match[1]) else " ", asked)
    # What brackets offer belongs to the sentence before them: "How many ounces? (or mL)".
    return _SENTENCE_END.split(re.sub(r"[?!.](?=\s*(?:or|and/or)\s)", " ", asked))


def _named(text: str, wanted: Collection[Unit]) -> list[Unit]:
    return [unit for unit, spelt in _UNITS if unit in wanted and _stands(spelt, text)]


def _stands(spelt: str, text: str) -> bool:
    return re.search(rf"(?<![a-z])(?:{spelt})(?![a-z])", text) is not None
