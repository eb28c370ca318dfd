"""How the cells of a column are read, by what its heading says beside what it asks."""

from __future__ import annotations

import re

from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.columns.rules import Parsed
from coordinator.domain.imports.columns.shapes import Cells, Shape
from coordinator.domain.imports.columns.unit_words import unit_of
from coordinator.domain.text import folded

_MILK = (Unit.MILLILITRES, Unit.OUNCES, Unit.LITRES, Unit.GALLONS, Unit.QUARTS)
_ROADS = (Unit.KILOMETRES, Unit.MILES, Unit.MINUTES, Unit.HOURS)
_OF_TOPIC: dict[str, tuple[Unit, ...]] = {
    **dict.fromkeys(("ounces", "own_supply", "stock", "formula"), _MILK),
    **dict.fromkeys(("reach", "max_miles"), _ROADS),
    "freezer_space": (Unit.CUBIC_FEET, *_MILK),
    "max_hours": (Unit.MINUTES, Unit.HOURS),
    "lift": (Unit.KILOGRAMS, Unit.POUNDS),
    "coolers": (Unit.LITRES, Unit.QUARTS, Unit.GALLONS),
    "gestation": (Unit.WEEKS, Unit.MONTHS),
    "baby_born": (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS),
    "oldest_milk_months": (Unit.MONTHS, Unit.WEEKS, Unit.DAYS),
}
_TIME = re.compile(
    r"\b(?:in|per|past|last|each|every|a)\s+(?:the\s+)?(?:past\s+|last\s+)?\d*\s*"
    r"(?:hours?|hrs?|days?|weeks?|months?|years?)\b|24 ?h\w*"
)
_LIMIT = re.compile(
    r"(?:at least|more than|over|up to|minimum(?: of)?|>|min\.?)?\s*\d+(?:\.\d+)?\s*\+?\s*"
    r"(?:lbs?|pounds?|kgs?|kilos?|miles?|mi|km|hours?|hrs?|oz|ounces|quarts?|qts?)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:free|avoid\w*|without|eliminat\w*|cut(?:ting)? out|exclud\w*|off(?: of)?|restrict\w*|gave up"
    r"|giv(?:e|en|ing) up|abstain\w*|do not eat|don'?t eat|not eat|no dairy|removed?"
    r"|sin|evita\w*|libre|sans|eviction|evit\w*|exclu\w*)\b|\bdf\b"
)
_UNTOUCHED = re.compile(
    r"\b(?:free (?:of|from)|abstain|avoid|not (?:taking|take|use|using|drink\w*|been)|never"
    r"|un(?:scalded|heated|treated)|raw|refrain)\b|-free\b"
)
_SMOKE_FREE = re.compile(r"\b(?:smoke|nicotine|tobacco)[ -]?free\b|\bfree (?:of|from)\b")
_NO_MEDICINE = re.compile(r"\bno (?:meds|medications?|medicines?)\b|\bmed\w*[ -]?free\b|\bwithout\b")
_TURNED = {
    "dairy": _FREE,
    **dict.fromkeys(("nicotine", "nicotine_ok"), _SMOKE_FREE),
    **dict.fromkeys(("alcohol", "cannabis", "heat_treated", "medicines", "tattoo"), _UNTOUCHED),
    "medicine_ok": _NO_MEDICINE,
}
"""What turns the answer round, by field."""


def use_of_column(topic: str, index: int, parsed: Parsed, cells: Cells) -> ColumnUse:
    """Return how column *index* is read as *topic*, as its heading says."""
    text = folded(parsed.heading.text)
    return ColumnUse(
        index,
        unit=_unit(topic, text),
        yes_means_no=_is_turned(topic, text, parsed),
        is_age=topic == "baby_born" and _is_age(parsed, cells),
        limit=_limit(topic, parsed.heading.text, cells),
        option=_one_food(topic, text, cells),
    )


_FOOD = re.compile(
    r"\b(dairy|soya?|gluten|wheat|eggs?|nuts?|peanuts?|fish|shellfish|corn|beef|sesame|caffeine|chocolate)\b"
)


def _one_food(topic: str, text: str, cells: Cells) -> str:
    """Return the one food a yes or no is about: no to "Must be dairy free?" says nothing of other foods."""
    if topic not in {"must_avoid", "foods_avoided"} or cells.share(Shape.YES_NO) < _NEARLY_ALL:
        return ""
    foods = dict.fromkeys(_FOOD.findall(text))
    return next(iter(foods)) if len(foods) == 1 else ""


_NEARLY_ALL = 0.8


def _unit(topic: str, text: str) -> Unit | None:
    plain = text if topic in {"baby_born", "max_hours", "gestation"} else _TIME.sub(" ", text)
    return unit_of(plain, _OF_TOPIC.get(topic, ()))


def _is_turned(topic: str, text: str, parsed: Parsed) -> bool:
    """Whether "yes" means no: for the field, not for the words of the question."""
    if topic in {"nicotine", "nicotine_ok"} and "nonsmoker" in parsed.meanings:
        return True
    if topic == "lift":
        return "limitation" in parsed.meanings
    turned = _TURNED.get(topic)
    return turned is not None and turned.search(text) is not None and "ever" not in text.split()


def _is_age(parsed: Parsed, cells: Cells) -> bool:
    if parsed.meanings & {"age", "postpartum"} and not parsed.meanings & {"birthdate"}:
        return cells.share(Shape.DATE) < 0.5
    return bool(cells.count) and cells.share(Shape.AGE) >= 0.5 > cells.share(Shape.DATE)


def _limit(topic: str, text: str, cells: Cells) -> str:
    if topic not in {"lift", "max_miles", "reach", "max_hours", "ounces", "coolers"}:
        return ""
    match = _LIMIT.search(" ".join(text.split()))
    return match[0].strip() if match and (not cells.count or cells.share(Shape.YES_NO) >= 0.5) else ""
