"""Ounces, plain numbers and months as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coordinator.domain.imports.columns.column_use import Unit
from coordinator.domain.plausible import may_be_of_one_bag
from coordinator.domain.volume import Volume

_NOTHING = {"none", "no", "nothing", "zero", "nil", "0", "n/a", "na", "not any", "none at all", "dried up"}
ABOUT = re.compile(
    r"""~|≈|\?|(?<=\d)\s*(?:ish\b|\+|or\ so\b)
    |\b(?:about|approx(?:imately)?|around|roughly|circa|ca|maybe|almost|nearly|over|at\ least|guess)\b
    |,?\s*\b(?:give\ or\ take|more\ or\ less|m[aá]s\ o\ menos|plus\ ou\ moins)\b(?=\W*$)
    |\b(?:como|un[ao]s|alrededor\ de|aproximadamente|environ)\b(?=\s*\d)""",
    re.IGNORECASE | re.VERBOSE,
)
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
UNIT = (
    r"(?:fl\.?\s*)?(?:ounces?|oz\.?|onzas?|onces?)|mill?ilit(?:er|re|ro)s?|ml|cc|lit(?:er|re|ro)s?|l"
    r"|gal(?:lon(?:e?s)?|on(?:es)?)?s?|quarts?|qts?"
)
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})\s*(?P<low_unit>{UNIT})?\s*(?:-|–|—|to|or|à|a|ou|o)\s*(?P<high>{NUMBER})\s*(?P<unit>{UNIT})?",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"(?P<count>\d+)\s*(?:bags?|bottles?)?\s*(?:x|×|\*|of|@|at)\s*(?P<size>{NUMBER})\s*(?P<unit>{UNIT})(?:\s*each)?",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"""(?P<size>{NUMBER})\s*(?P<unit>{UNIT})\s*(?:(?:per|a|each|every)\s*(?:pump(?:ing)?|session|time|feed(?:ing)?))?
    \s*,?\s*(?:(?:x|×|\*)\s*(?P<count>\d+)(?:\s*times)?|(?P<times>\d+)\s*(?:x|×|times))""",
    re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(rf"(?P<low>{NUMBER})\s*(?P<unit>{UNIT})?", re.IGNORECASE)
_TAIL = re.compile(
    r"""\b(?:total|altogether|in\ all|(?:per|a|each)\s*day|daily|now|left|of\ milk|milk|frozen|so\ far)\b
    |/\s*(?:d|day)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HALF = re.compile(r"^(?:half (?:an? |of an? )|1/2 (?:an? |of an? )?|½ ?)(?=gal|lit|l\b|quart|qt)")
_WHY = re.compile(
    r"""[\s,;:(–-]+(?:(?:we|i)\s*(?:are|am)\s*)?(?:adopt(?:ive|ed|ing|ion)|surroga(?:te|cy)|foster\w*|igt
    |mastectomy|(?:very\ )?low\ supply|no\ supply|dried\ up|never\ came\ in|not\ (?:pumping|lactating))
    (?:\s+(?:mom|mother|mum|parents?|family|baby|dads?))?\s*\)?[\s.!]*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Why there is none or little: it changes no amount."""
TOTAL = re.compile(r"\b(?:total|altogether|in all|all together|combined)\b", re.IGNORECASE)
"""What tells that an amount is all of it."""
_IN_BAGS = re.compile(r"\b(?P<all>in\s+)?\(?(?P<bags>\d{1,9})\s*(?:bags?|bottles?)\)?", re.IGNORECASE)
_OZ_IN = {"gal": Decimal(128), "qu": Decimal(32), "qt": Decimal(32)}
_MOST_OZ = 100_000
"""More than any household ever held; a figure beyond it is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of milk as told: a range (plan with ``low``) or one figure, exact or about."""

    low: Volume
    high: Volume
    is_estimate: bool = False


def amount_text(low: Volume, high: Volume, *, is_estimate: bool = False) -> str:
    """Return an amount as it is compared and shown as a change: ``485 oz``, ``~300 oz``, ``4-5 oz``."""
    first, last = (f"{volume.oz:.5g}" if volume.oz < 10_000 else f"{volume.oz:.0f}" for volume in (low, high))
    return f"{'~' if is_estimate else ''}{first if first == last else f'{first}-{last}'} oz"


def read_amount(text: str, heading: Unit | None = None) -> Amount | None:
    """Return the ounces (or mL, L, gallons) in a cell; ``None`` when it does not plainly say an amount.

    A bare number is in the unit of the *heading*, else in ounces; a unit of the cell itself goes before.
    """
    words = _WHY.sub("", " ".join(text.casefold().split())).strip(" .!")
    if words in _NOTHING:
        return Amount(Volume(0), Volume(0))
    is_estimate = bool(ABOUT.search(words))
    plain = _HALF.sub("0.5 ", _TAIL.sub(" ", ABOUT.sub(" ", words)).strip(" .,!()"))
    amount = _read_plain(plain, heading or Unit.OUNCES, is_estimate=is_estimate)
    return None if amount and _is_of_one_bag(words, amount) else amount


def _is_of_one_bag(words: str, amount: Amount) -> bool:
    """Whether "30 bags, 5 oz" tells of the bags what each holds, and not how much there is."""
    bags = None if _EACH.search(words) else _IN_BAGS.search(words)
    is_total = bool(bags and bags["all"]) or TOTAL.search(words) is not None
    return bags is not None and may_be_of_one_bag(amount.high, int(bags["bags"]), is_total=is_total)


def _read_plain(plain: str, bare: Unit, *, is_estimate: bool) -> Amount | None:
    if match := _EACH.fullmatch(plain):
        return _amount(
            match["size"], match["size"], match["unit"], is_estimate=is_estimate, count=int(match["count"])
        )
    if match := _TIMES.fullmatch(plain):
        count = int(match["count"] or match["times"])
        return _amount(match["size"], match["size"], match["unit"], is_estimate=is_estimate, count=count)
    match = _RANGE.fullmatch(plain)
    unit = match and (match["unit"] or match["low_unit"])
    if match and match["low_unit"] and match["unit"] and match["low_unit"][0] != match["unit"][0]:
        return None
    if match is None:
        match = _ONE.fullmatch(plain) or _ONE.fullmatch(
            _IN_BAGS.sub("", plain).strip(" ,()") if "oz" in plain else plain
        )
        unit = match and match["unit"]
    if match is None or (unit is None and bare not in _VOLUMES and re.search(r"[1-9]", plain)):
        return None
    high = match.groupdict().get("high") or match["low"]
    return _amount(match["low"], high, unit or bare.value, is_estimate=is_estimate)


_VOLUMES = frozenset({Unit.OUNCES, Unit.MILLILITRES, Unit.LITRES, Unit.GALLONS, Unit.QUARTS})


def _amount(low: str, high: str, unit: str | None, *, is_estimate: bool, count: int = 1) -> Amount | None:
    if re.fullmatch(r"\d{1,3}\.\d{3}", low) and (unit or "oz").startswith(("o", "f", "m", "c")):
        return None  # 1.200 is a thousand and two hundred to some, one and a fifth to others.
    if count > _MOST_OZ or len(low) > 12 or len(high) > 12:
        return None
    first, second = (_volume(number, unit) * count for number in (low, high))
    if second < first or second > Volume.from_oz(_MOST_OZ):
        return None
    return Amount(first, second, is_estimate)


def _volume(number: str, unit: str | None) -> Volume:
    figure = Decimal(number.replace(",", ""))
    told = (unit or "oz").replace("fl", "").strip(" .")
    if told.startswith(("m", "cc")):
        return Volume.from_ml(figure)
    if told.startswith("l"):
        return Volume.from_ml(figure * 1000)
    factor = next((oz for start, oz in _OZ_IN.items() if told.startswith(start)), Decimal(1))
    return Volume.from_oz(figure * factor)


def read_number(text: str, units: str = "") -> float | None:
    """Return a plain number, with or without one of *units* (a regular expression) behind it."""
    plain = ABOUT.sub(" ", text.casefold()).strip(" .")
    match = re.fullmatch(rf"({NUMBER})\s*(?:{units or 'x^'})?", plain)
    if not match or len(match[1]) > 9:
        return None
    return float(match[1].replace(",", ""))


ANY_AGE = frozenset({"any", "any age", "no limit", "none", "no", "no preference", "doesn't matter", "n/a"})
"""What people type where milk may be of any age."""
_AT_MOST = re.compile(
    r"^(?:<=?|≤|up to|under|within|at most|max(?:imum)?|(?:(?:no|not) (?:more|older)|less|younger) than)\s*"
    r"|\s*(?:or (?:less|newer|younger|fresher)|max(?:imum)?|at (?:the )?most)$"
)


def read_months(text: str) -> int | None:
    """Return an age in whole months: ``6``, ``6 months``, ``up to 6 months old``; ``None`` for anything else.

    Weeks, days and years are not counted into months: how many would be a guess.
    """
    plain = _AT_MOST.sub("", text.casefold().strip(" .!"))
    months = read_number(re.sub(r"\s*old$", "", plain), r"(?:months?|mos?\.?)")
    return int(months) if months is not None and months.is_integer() else None
