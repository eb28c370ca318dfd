"""Bags, coolers, weights, distances and room as people type them, in the unit of the cell or its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coordinator.domain.imports.amounts import ABOUT, NUMBER, read_number
from coordinator.domain.imports.columns.column_use import Unit

_KM_IN_A_MILE = 1.609344
_IN_A = {
    Unit.POUNDS: {Unit.POUNDS: 1.0, Unit.KILOGRAMS: 2.20462262},
    Unit.MILES: {Unit.MILES: 1.0, Unit.KILOMETRES: 1 / _KM_IN_A_MILE},
    Unit.HOURS: {Unit.HOURS: 1.0, Unit.MINUTES: 1 / 60},
    Unit.CUBIC_FEET: {Unit.CUBIC_FEET: 1.0, Unit.LITRES: 1 / 28.316846592},
    Unit.QUARTS: {Unit.QUARTS: 1.0, Unit.LITRES: 1 / 0.946352946, Unit.GALLONS: 4.0},
}
"""How much one of a unit is of the unit that is kept."""
_WRITTEN: Mapping[Unit, str] = {
    Unit.POUNDS: r"lbs?|pounds?|libras?",
    Unit.KILOGRAMS: r"kgs?|kilos?|kilograms?",
    Unit.MILES: r"mi|miles?|millas?",
    Unit.KILOMETRES: r"kms?|kilomet(?:er|re)s?",
    Unit.HOURS: r"h|hrs?|hours?|horas?|heures?",
    Unit.MINUTES: r"mins?|minutes?|minutos?",
    Unit.CUBIC_FEET: r"cu(?:bic)?\.?\s*(?:ft|feet|foot)",
    Unit.LITRES: r"l|lit(?:er|re)s?|litros?",
    Unit.QUARTS: r"qts?|quarts?",
    Unit.GALLONS: r"gals?|gallons?",
}
_AT_MOST = re.compile(
    r"\b(?:up to|max(?:imum)?|at most|(?:no )?more than|minimum(?: of)?|each way|one way)\b\.?|[>+]"
)


def read_measure(text: str, kept: Unit, heading: Unit | None = None) -> float | None:
    """Return a plain figure in the unit *kept*; a bare one is in the unit of the *heading*, else in *kept*.

    ``None`` for other words, and for a unit that measures something else.
    """
    plain = _AT_MOST.sub(" ", ABOUT.sub(" ", text.casefold())).strip(" .")
    match = re.fullmatch(rf"(?P<number>{NUMBER})\s*(?P<unit>[^\d\s].*)?", plain)
    if match is None or len(match["number"]) > 9:
        return None
    unit = _unit(match["unit"].strip(" .")) if match["unit"] else heading or kept
    factor = _IN_A[kept].get(unit) if unit else None
    return None if factor is None else float(match["number"].replace(",", "")) * factor


def _unit(written: str) -> Unit | None:
    return next((unit for unit, forms in _WRITTEN.items() if re.fullmatch(forms, written)), None)


def read_count(text: str) -> int | None:
    """Return a whole number of bags; "19 bags", "~20" and "1,100" count."""
    number = read_number(text, r"(?:bags?|bottles?|containers?|jars?|pcs)")
    return int(number) if number is not None and number.is_integer() else None


_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
_MAKES = re.compile(
    r"""\b(?:igloos?|colemans?|yetis?|rtics?|pelicans?|lifetimes?|ozark\ trails?|engels?|orcas?|arctic\ zone
    |rubbermaids?|thermos|stanleys?|xtremes?|wheeled|rolling|(?:with|on)\ wheels
    |(?:hard|soft)(?:[- ]?(?:sided|side|shell))?|insulated|plastic|old|new|big|large|lg|medium|med|small|sm
    |ice\ chests?|bags?|size)\b\.?""",
    re.VERBOSE,
)
"""What coolers are called, which says nothing of what they hold."""
_HAS = re.compile(r"^(?:yes|yep|yeah|i (?:have|own|can bring)|have|own)\b[\s,;:–-]*")
_LISTED = re.compile(rf"{_COUNT}\s*[:(]\s*(?P<sizes>[^()]+?)\)?")
_IN_UNITS = re.compile(
    rf"\d\s*(?:{'|'.join(_WRITTEN[unit] for unit in (Unit.QUARTS, Unit.LITRES, Unit.GALLONS))})\b"
)
_COOLER = re.compile(
    rf"(?:{_COUNT}(?:\s*[x×*]\s*|\s+(?=\d{{1,3}}\s*[a-z])))?(?P<size>\d{{1,3}}\b.*|\d{{1,3}}\D*)"
)


def read_coolers(text: str, heading: Unit | None = None) -> tuple[int, ...] | None:
    """Return the quarts of each cooler: "28,28", "6 x 28", "60qt Igloo"; ``None`` when it cannot be read."""
    plain = _HAS.sub("", re.sub(r"\b(?:each|coolers?)\b\.?", " ", text.casefold()).strip())
    if listed := _LISTED.fullmatch(plain.strip()):
        found = read_coolers(listed["sizes"], heading)
        return found if found and len(found) == _count(listed["count"]) else None
    sizes: list[int] = []
    for part in re.split(r"[,;+&]|\band\b|\n", plain):
        of_one = _coolers_of(part, heading)
        if of_one is None:
            return None
        sizes += of_one
    return tuple(sizes) if len(sizes) <= 60 else None


def _coolers_of(part: str, heading: Unit | None) -> list[int] | None:
    """Return the quarts of each of some coolers alike; beside a make a bare number may be its model."""
    plain = _MAKES.sub(" ", re.sub(r"(?<=\d)-(?=[a-z])", " ", part))
    if plain != part and not _IN_UNITS.search(plain):
        return None
    match = _COOLER.fullmatch(" ".join(re.sub(r"[()]", " ", ABOUT.sub(" ", plain)).split()))
    quarts = read_measure(match["size"], Unit.QUARTS, heading) if match else None
    if match is None or quarts is None or not 0 < round(quarts) < 1000:
        return None
    return [round(quarts)] * _count(match["count"] or "1")


def _count(told: str) -> int:
    return _COUNTS.get(told) or int(told)


_REACH_WORDS = re.compile(
    r"\b(?:up to|within|max(?:imum)?|(?:no )?more than|less than|drive|away|i can|one way)\b", re.IGNORECASE
)
_MINUTES_IN_WORDS = {
    "half an hour": 30, "half hour": 30, "an hour": 60, "one hour": 60, "1 hour": 60,
    "an hour and a half": 90, "two hours": 120,
}  # fmt: skip


def read_reach(text: str, heading: Unit | None = None) -> tuple[float | None, int | None]:
    """Return (miles, minutes): "25" is miles, "up to an hour" minutes; (None, None) when it says neither."""
    plain = _REACH_WORDS.sub(" ", ABOUT.sub(" ", text.casefold()))
    plain = " ".join(plain.split()).strip(" .")
    if plain in _MINUTES_IN_WORDS:
        return None, _MINUTES_IN_WORDS[plain]
    match = re.fullmatch(rf"({NUMBER})\s*(h|min|km|kilo|mi|)[a-z]*", plain)
    if not match or len(match[1]) > 6:
        return None, None
    number, unit = float(match[1].replace(",", "")), match[2] or (heading.value if heading else "")
    if unit == Unit.UNCLEAR:
        return None, None
    if unit in {"h", "min"}:
        return None, round(number * (60 if unit == "h" else 1))
    return (number / _KM_IN_A_MILE if unit in {"km", "kilo"} else number), None


def read_space(text: str, heading: Unit | None = None) -> float | None:
    """Return the room in a freezer in cubic feet."""
    return read_measure(text, Unit.CUBIC_FEET, heading)
