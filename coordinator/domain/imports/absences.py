"""When a volunteer is away, as people type it: ``Dec 24-26``, ``12/19-1/2``, ``Jan 2027``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from coordinator.domain.intervals import months_later, shifted
from coordinator.domain.plausible import is_day
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.days import month_number
from coordinator.domain.reading.spans import MONTH
from coordinator.domain.text import folded

Absence = tuple[date, date]
"""First and last day."""

_NTH = r"(?:st|nd|rd|th|er)?"
_YEAR = r"(?:,?\s+(?P<year{0}>20\d\d))?"
_NAMED = rf"(?P<month{{0}}>{MONTH})\.?\s*(?P<day{{0}}>\d{{{{1,2}}}}){_NTH}" + _YEAR
_DAY_FIRST = rf"(?P<day{{0}}>\d{{{{1,2}}}}){_NTH}\s+(?:de\s+)?(?P<month{{0}}>{MONTH})\.?" + _YEAR
_NUMBERS = r"(?P<one{0}>\d{{1,2}})/(?P<other{0}>\d{{1,2}})(?:/(?P<year{0}>20\d\d))?"
_TO = r"\s*(?:-|–|—|\b(?:to|until|till?|through|thru|hasta|al?|au)\b)\s*"
_NEXT_DAY = r"\s*(?:&|\b(?:and|y|et)\b)\s*"
_DAYS = rf"(?P<day>\d{{1,2}}){_NTH}(?:{_TO}|(?P<both>{_NEXT_DAY}))(?P<day2>\d{{1,2}}){_NTH}"
_FORMS = tuple(
    map(
        re.compile,
        (
            _NAMED.format("") + _TO + _NAMED.format("2"),
            _DAY_FIRST.format("") + _TO + _DAY_FIRST.format("2"),
            _NUMBERS.format("") + _TO + _NUMBERS.format("2"),
            rf"(?P<month>{MONTH})\.?\s*{_DAYS}{_YEAR.format('2')}",
            rf"{_DAYS}\s+(?:de\s+)?(?P<month>{MONTH})\.?{_YEAR.format('2')}",
            rf"(?:all of )?(?P<month>{MONTH})\.?{_YEAR.format('')}",
        ),
    )
)
_AWAY = (
    r"(?:away|gone|out(?: of town)?|trave?ll?ing|(?:on )?(?:vacation|holidays?)|unavailable|not available)"
)
_AROUND = re.compile(
    rf"^(?:(?:i'?m|i am|we are|we're)\s+)?(?:{_AWAY}\b[\s:,-]*)?(?:(?:from|between|the|del|du)\s+)?"
    rf"|[\s,(]+{_AWAY}\)?$"
)
_PARTS = re.compile(r"\s*(?:[;\n,&]|\band\b)\s*")
_HALF_A_YEAR = 183


def read_absences(text: str, rule: DateRule, told_on: date) -> tuple[Absence, ...] | None:
    """Return each absence that *text* tells and nothing else; ``None`` where a word of it is left over.

    A day without its year is the next one after *told_on*, the day of the answer; one that lies further
    ahead than behind may be over already, and is not read. A single day may be the first of several.
    """
    plain = folded(text.replace("’", "'")).strip(" .!")
    if (whole := _absence(plain, rule, told_on)) is not None:
        return (whole,)
    parts = _PARTS.split(plain)
    found = tuple(one for part in parts if (one := _absence(part, rule, told_on)) is not None)
    return found if len(parts) > 1 and len(found) == len(parts) else None


def _absence(text: str, rule: DateRule, told_on: date) -> Absence | None:
    plain = _AROUND.sub("", " ".join(text.split()))
    match = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if match is None:
        return None
    told = match.groupdict()
    years = int(told.get("year") or 0), int(told.get("year2") or 0)
    first, last = _in_years(_month_and_day(told, "", rule), _month_and_day(told, "2", rule), years, told_on)
    if first is None or last is None or first > last or not is_day(last, rule.today):
        return None
    if told.get("both") and shifted(first, 1) != last:
        return None  # "Dec 12 & 19" are two days.
    is_near = any(years) or first <= shifted(told_on, _HALF_A_YEAR)
    is_short = all(years) or last <= shifted(first, _HALF_A_YEAR)  # "Dec 26-24" is a slip, and no year.
    return (first, last) if is_near and is_short else None


_MonthAndDay = tuple[int, int]
"""Day 0 is the last of the month."""


def _month_and_day(told: Mapping[str, str | None], which: str, rule: DateRule) -> _MonthAndDay | None:
    """Return the first (*which* is empty) or last ("2") day told; ``None`` where it may be two days."""
    if told.get("one"):
        one, other = int(told[f"one{which}"] or 0), int(told[f"other{which}"] or 0)
        if rule.is_mixed and one <= 12 and other <= 12 and one != other:
            return None
        is_day_first = one > 12 or (rule.order is DateOrder.DAY_FIRST and other <= 12)
        return (other, one) if is_day_first else (one, other)
    month = month_number(told.get(f"month{which}") or told["month"] or "")
    if not told.get("day"):
        return month, 0 if which else 1
    return month, int(told[f"day{which}"] or 0)


def _in_years(
    start: _MonthAndDay | None, end: _MonthAndDay | None, years: tuple[int, int], told_on: date
) -> tuple[date | None, date | None]:
    """Return both days: the last is the next there is, and the first the nearest before it."""
    if start is None or end is None:
        return None, None
    first = _day(years[0], start) if years[0] else None
    after = first or told_on
    ends = [years[1]] if years[1] else range(after.year, after.year + 2)
    last = next((on for year in ends if (on := _day(year, end)) and (years[1] or on >= after)), None)
    if first is None and last is not None and not years[0]:
        starts = (_day(year, start) for year in (last.year, last.year - 1))
        first = next((on for on in starts if on and on <= last), None)
    return first, last


def _day(year: int, told: _MonthAndDay) -> date | None:
    try:
        on = date(year, told[0], told[1] or 1)
    except ValueError:
        return None
    return on if told[1] else shifted(months_later(on, 1), -1)
