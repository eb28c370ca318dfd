"""How old a baby is, as people tell it, and the day that makes of it: about, never exactly."""

from __future__ import annotations

import re
from datetime import date

from coordinator.domain.imports.columns.column_use import Unit
from coordinator.domain.intervals import months_later, shifted

_UNITS = (
    (Unit.DAYS, r"d|days?|d[ií]as?|jours?"),
    (Unit.WEEKS, r"w|wks?|weeks?|semanas?|sem\.?|semaines?"),
    (Unit.MONTHS, r"m|mos?\.?|mths?|months?|mes(?:es)?|mois"),
    (Unit.YEARS, r"y|yrs?|years?|a[nñ]os?|ans?"),
)
_PART = re.compile(
    r"(?P<number>\d+(?:\.5)?|½)\s*(?P<half>½|1/2)?\s*-?\s*(?P<unit>[^\W\d_]+\.?)?\s*(?:,|and|y|et)?\s*"
)
_NOISE = re.compile(
    r"\b(?:lo|baby|bab(?:y|ie)'?s?|bebe|bébé|bebé|he|she|it|is|are|now|currently|just|turned|old|almost|nearly|about"
    r"|around|approx(?:imately)?|roughly|over|pp|postpartum|post partum|tiene|de edad|a)\b|[~≈+!]|\.(?!\d)",
    re.IGNORECASE,
)
_OLDEST_YEARS = 6


def read_birth(text: str, heading: Unit | None, told_on: date) -> date | None:
    """Return about when a baby was born who was so old on the day *told_on*; ``None`` for other words.

    A bare number needs the unit of its *heading*: "10" may be weeks or months.
    """
    plain = " ".join(_NOISE.sub(" ", text.casefold().replace("’", "'")).split())
    is_bare = heading is not Unit.UNCLEAR and re.fullmatch(r"\d+(?:\.5)?", plain) is not None
    born, at = told_on, 0
    while at < len(plain):
        match = _PART.match(plain, at)
        unit = _unit_of(match["unit"], heading if is_bare else None) if match else None
        if match is None or unit is None or match.end() == at:
            return None
        born, at = _earlier(born, _number(match), unit), match.end()
    is_plausible = plain and told_on.year - born.year <= _OLDEST_YEARS
    return born if is_plausible else None


def _number(match: re.Match[str]) -> float:
    number = 0.5 if match["number"] == "½" else float(match["number"])
    return number + (0.5 if match["half"] else 0)


def _unit_of(written: str | None, heading: Unit | None) -> Unit | None:
    if not written:
        return heading
    return next((unit for unit, forms in _UNITS if re.fullmatch(forms, written)), None)


def _earlier(on: date, number: float, unit: Unit) -> date:
    if unit is Unit.DAYS or unit is Unit.WEEKS:
        return shifted(on, -round(number * (7 if unit is Unit.WEEKS else 1)))
    months = number * (12 if unit is Unit.YEARS else 1)
    whole = int(months)
    return shifted(months_later(on, -whole), -round((months - whole) * 30))
