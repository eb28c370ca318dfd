"""A cell about a donor's milk that holds several answers: its ounces, its bags and when it was pumped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coordinator.domain.imports.amounts import TOTAL, Amount, read_amount
from coordinator.domain.imports.columns.column_use import Unit
from coordinator.domain.imports.measures import read_count
from coordinator.domain.plausible import may_be_of_one_bag
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.spans import Span, read_span

_BAG = (
    r"(?:(?:milk|breastmilk|storage|freezer|ziploc|zip[- ]?lock)\s+)?"
    r"(?:bags?|bottles?|containers?|jars?|pouches)"
)
_SIZED = re.compile(
    rf"(?P<count>\d[\d,]*)\s+(?:(?:full|large|big)\s+)?(?:gallon|quart)[- ]?(?:sized?)?\s*{_BAG}",
    re.IGNORECASE,
)
"""Bags named by how much they could hold: "16 gallon bags" are sixteen, and nobody knows how full."""
_COUNTED = re.compile(
    rf"(?P<count>~?\d[\d,]*)\s*{_BAG}(?:\s+of\s+(?:frozen\s+|breast\s*)?milk)?", re.IGNORECASE
)
_SIZE = r"(?:about\s+)?(?P<size{0}>\d[\d.]*)[\s-]*(?P<unit{0}>oz|ounces?|ml)\.?"
_EACH = re.compile(
    rf"""(?P<count>\d[\d,]*)\s*(?:
      (?:x|×|of)?\s+{_SIZE.format(3)}[\s-]*{_BAG}
    | {_BAG}\s*(?:
        (?:x|×|\*|of|@|at)\s*{_SIZE.format("")}(?:\s*each)?
      | (?:,|\(|with)?\s*{_SIZE.format(2)}\s*(?:each|per\s+bag|apiece)\)?
      )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIZE_FIRST = re.compile(rf"{_SIZE.format('')}[\s-]*{_BAG}\s*[x×*]\s*(?P<count>\d[\d,]*)", re.IGNORECASE)
"""What each holds before how many there are: "8 oz bottles x 12"."""
_A_DAY = re.compile(r"(?:\bper|\ba|\beach|\bevery|/)\s*day\b|\bdaily\b|/\s*d\b", re.IGNORECASE)
"""How much she makes, not how much there is."""
_JOINING = re.compile(r"^(?:in|=|or|so)\b|\b(?:in|or)$|=", re.IGNORECASE)
_UNIT = re.compile(r"oz|ounce|\d\s*(?:ml|l\b|lit|gal)", re.IGNORECASE)
_CUT = re.compile(
    r"[,;:(]|\b(?:between|from|pumped|expressed|collected|frozen|dated|since)\b|\s[-–—]\s|\bin\b|\s(?=\d{1,2}/\d|\d{4}-)",
    re.IGNORECASE,
)
_EDGE = " ,;:()/-–—."


@dataclass(frozen=True, slots=True)
class MilkTold:
    """What a cell says about milk; ``None`` for what it does not say."""

    amount: Amount | None = None
    bags: int | None = None
    days: Span | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it says none of it."""
        return self.amount is None and self.bags is None and self.days is None


def read_milk(text: str, rule: DateRule, heading: Unit | None = None) -> MilkTold:
    """Return what *text* says of milk, all of it understood, or nothing.

    A bare number is an amount in the unit of the *heading*, else in ounces.
    """
    plain = " ".join(text.split())
    told = _without_days(plain, heading)
    if not told.is_nothing:
        return told
    for cut in _CUT.finditer(plain):
        before, behind = plain[: cut.start()].strip(_EDGE), plain[cut.start() :].strip(_EDGE)
        days, told = read_span(behind, rule), _without_days(before, heading)
        if days is not None and not told.is_nothing:
            return replace(told, days=days)
        days, told = read_span(before, rule), _without_days(plain[cut.end() :].strip(_EDGE), heading)
        if days is not None and not told.is_nothing:
            return replace(told, days=days)
    return MilkTold()


def _without_days(text: str, heading: Unit | None) -> MilkTold:
    if _A_DAY.search(text):
        return MilkTold()
    if (told := _of_each(text)) is not None:
        return told
    counted = _SIZED.search(text) or _COUNTED.search(text)
    if counted is None:
        return MilkTold(read_amount(text, heading))
    rest = f"{text[: counted.start()]} {text[counted.end() :]}".strip(_EDGE)
    is_total = bool(_JOINING.search(rest) or TOTAL.search(rest))
    rest = _JOINING.sub(" ", rest).strip(_EDGE)
    bags = read_count(counted["count"])
    if not rest:
        return MilkTold(bags=bags)
    amount = read_amount(rest) if _UNIT.search(rest) and "each" not in rest.casefold() else None
    if amount is None:
        return MilkTold()
    is_size = bags is not None and may_be_of_one_bag(amount.high, bags, is_total=is_total)
    return MilkTold(None if is_size else amount, bags)


def _of_each(text: str) -> MilkTold | None:
    """Return what is told by how many there are and what each holds; ``None`` for anything else."""
    match = _EACH.fullmatch(text) or _SIZE_FIRST.fullmatch(text)
    if match is None:
        return None
    told = {key.rstrip("23"): words for key, words in match.groupdict().items() if words}
    amount = read_amount(f"{told['count']} x {told['size']} {told['unit']}")
    return MilkTold(amount, read_count(told["count"]))
