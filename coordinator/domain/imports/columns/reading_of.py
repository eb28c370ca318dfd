"""How the cells of a column are read, by what its heading says beside what it asks."""

from __future__ import annotations

import re

from coordinator.domain.imports.columns.bag_sizes import may_count_bags
from coordinator.domain.imports.columns.column_use import ColumnUse, Unclear, Unit
from coordinator.domain.imports.columns.rules import Parsed
from coordinator.domain.imports.columns.shapes import Cells, Shape
from coordinator.domain.imports.columns.unit_words import unit_of
from coordinator.domain.text import folded

_MILK = (Unit.MILLILITRES, Unit.OUNCES, Unit.LITRES, Unit.GALLONS, Unit.QUARTS)
_ROADS = (Unit.KILOMETRES, Unit.MILES, Unit.MINUTES, Unit.HOURS)
_AMOUNTS = ("ounces", "own_supply", "stock", "formula")
_OF_TOPIC: dict[str, tuple[Unit, ...]] = {
    **dict.fromkeys(_AMOUNTS, _MILK),
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
    r"|un(?:scalded|heated|treated)|raw|refrain|(?:smoke|alcohol|drug|nicotine|tobacco|med\w*) free)\b"
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


_DENYING = re.compile(
    r"\b(?:no|not|dont|never|non|without|stop\w*|quit|gave up|giv\w+ up|allerg\w*|intoleran\w*|limit\w*"
    r"|lactose|free|avoid\w*|vegan|plant|restrict\w*|cut\w*|eliminat\w*|refrain\w*|abstain\w*|exclud\w*|df|nonsmok\w*"
    r"|un(?:scalded|heated|treated)|sin|sans|jamais|nunca|evita\w*|libre)\b"
)
_REFUSING = re.compile(
    r"\b(?:no|not|dont|never|non|without|avoid\w*|problem|refus\w*|oppos\w*|object\w*|mind|concern\w*|bother\w*"
    r"|free|nonsmok\w*|against|reject\w*|decline)\b"
)
_DIETS = re.compile(r"\b(?:vegan|vegetarian|plant)\b")
_LETS_EAT = re.compile(r"\b(?:can|ok|okay|fine|tolera\w*|have|eat\w*|allow\w*|take|handle)\b")
_KEEPS_FROM = re.compile(
    r"\b(?:free|avoid\w*|allerg\w*|intoleran\w*|sensitiv\w*|must|cannot|cant|not|without|no|sans|sin)\b"
)
_MORE_THAN = re.compile(
    r"\b(?:more than|over|regular\w*|daily|every day|often|heav\w*|(?:in|within|during|over) the"
    r" (?:last|past)|(?:last|past) \d+|while|during|since)\b"
)
_HOMES = re.compile(r"\b(?:home|house|household|hogar|maison)\b")
_DENIED_BY: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("dairy", "nicotine", "alcohol", "cannabis", "heat_treated", "medicines", "tattoo"), _DENYING
    ),
    **dict.fromkeys(("medicine_ok", "nicotine_ok"), _REFUSING),
    "foods_avoided": _DIETS,
}
"""What may turn an answer round, by field: where it is not plain that it does, yes and no are asked."""
_HABITS = frozenset({"nicotine", "alcohol", "cannabis", "medicines"})


def use_of_column(topic: str, index: int, parsed: Parsed, cells: Cells) -> ColumnUse:
    """Return how column *index* is read as *topic*, as its heading says."""
    text, asked = folded(parsed.heading.text), _asked(parsed)
    is_turned = _is_turned(topic, asked, parsed)
    return ColumnUse(
        index,
        unit=_unit(topic, text, parsed),
        yes_means_no=is_turned,
        unclear=_unclear(topic, asked, is_turned=is_turned),
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


def _unit(topic: str, text: str, parsed: Parsed) -> Unit | None:
    if topic in _AMOUNTS and (may_count_bags(parsed.spans) or may_count_bags(parsed.aside)):
        return Unit.OR_BAGS
    plain = text if topic in {"baby_born", "max_hours", "gestation"} else _TIME.sub(" ", text)
    return unit_of(plain, _OF_TOPIC.get(topic, ()))


def _asked(parsed: Parsed) -> str:
    """Return the words of the question itself: no brackets, no help, no second sentence."""
    heading = parsed.heading
    return " ".join(heading.sentences[0] if heading.sentences else heading.words)


def _is_turned(topic: str, asked: str, parsed: Parsed) -> bool:
    """Whether "yes" means no: for the field, not for the words of the question."""
    if topic in {"nicotine", "nicotine_ok"} and "nonsmoker" in parsed.meanings:
        return _TURNED[topic].search(asked) is not None or "smok" in asked
    if topic == "lift":
        return "limitation" in parsed.meanings
    turned = _TURNED.get(topic)
    return turned is not None and turned.search(asked) is not None and "ever" not in asked.split()


def _unclear(topic: str, asked: str, *, is_turned: bool) -> Unclear:
    """Return which bare answers nobody can be sure of: what is denied twice, half, or in other words."""
    if topic == "must_avoid":
        lets_eat = _LETS_EAT.search(asked) and not _KEEPS_FROM.search(asked)
        return Unclear.YES_AND_NO if lets_eat else Unclear.NOTHING
    denied = _DENIED_BY.get(topic)
    count = len(set(denied.findall(asked))) if denied else 0
    if count > 1 or (count == 1 and not is_turned):
        return Unclear.YES_AND_NO
    if is_turned and topic == "nicotine" and _HOMES.search(asked):
        return Unclear.YES_AND_NO
    is_no_unclear = topic in _HABITS and not is_turned and _MORE_THAN.search(asked)
    return Unclear.NO if is_no_unclear else Unclear.NOTHING


def _is_age(parsed: Parsed, cells: Cells) -> bool:
    if parsed.meanings & {"age", "postpartum"} and not parsed.meanings & {"birthdate"}:
        return cells.share(Shape.DATE) < 0.5
    return bool(cells.count) and cells.share(Shape.AGE) >= 0.5 > cells.share(Shape.DATE)


def _limit(topic: str, text: str, cells: Cells) -> str:
    if topic not in {"lift", "max_miles", "reach", "max_hours", "ounces", "coolers"}:
        return ""
    match = _LIMIT.search(" ".join(text.split()))
    return match[0].strip() if match and (not cells.count or cells.share(Shape.YES_NO) >= 0.5) else ""
