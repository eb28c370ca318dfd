"""Dates as people type them, and which of day and month a column puts first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil import parser as dateutil_parser

from coordinator.domain.plausible import is_day
from coordinator.domain.reading.other_dates import read_other_day

if TYPE_CHECKING:
    from coordinator.domain.reading.cells import Cell

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![^\W\d_])"
)
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<iso>\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?
    | (?P<first>\d{{1,2}})\s?[-/.]\s?(?P<second>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}}|\d{{2}})
    | (?P<words>{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?(?:,\s*|\s+)\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?[-\s]?{_MONTH}[-,\s]\s*\d{{4}})
    )(?![\w/]|[-.]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
# 12/20/2026-1/3/2027: the hyphen of a range must not look like one inside a date.
_RANGE_HYPHEN = re.compile(r"(?:(?<=/\d\d)|(?<=/\d{4}))-(?=\d{1,2}/)")
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(25_000, 70_000)


class DateOrder(StrEnum):
    """Which number stands first in dates like 3/4/2026."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


@dataclass(frozen=True, slots=True)
class DateRule:
    """How to read one column: its order, whether its own cells prove it, and the day of the reading.

    ``is_mixed`` marks a column that proves both orders: its ambiguous dates are then asked about.
    """

    order: DateOrder
    today: date
    is_proven: bool = False
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date inside a text, and where it stands there."""

    on: date
    start: int
    end: int
    is_ambiguous: bool = False


def decide_order(texts: Iterable[str], today: date, otherwise: DateOrder | None = None) -> DateRule:
    """Return the day/month order of a column from all its cells; without proof *otherwise*, else US order."""
    day_first = month_first = 0
    for text in texts:
        for match in _DATE.finditer(_RANGE_HYPHEN.sub(" ", text)):
            if match["first"]:
                # 13/13/2026 is a slip and proves neither.
                first, second = int(match["first"]), int(match["second"])
                day_first += second <= 12 < first
                month_first += first <= 12 < second
    if not day_first and not month_first:
        return DateRule(otherwise or DateOrder.MONTH_FIRST, today)
    order = DateOrder.DAY_FIRST if day_first > month_first else DateOrder.MONTH_FIRST
    return DateRule(order, today, is_proven=True, is_mixed=bool(day_first and month_first))


def shared_rule(rules: Iterable[DateRule], today: date) -> DateRule:
    """Return the rule for columns that prove nothing, from the *rules* of the others of their file.

    Where those prove both orders, dates that could be either are asked about.
    """
    proven = [rule for rule in rules if rule.is_proven]
    told = [rule.order for rule in proven if not rule.is_mixed] or [rule.order for rule in proven]
    if not told:
        return DateRule(DateOrder.MONTH_FIRST, today)
    is_mixed = len(set(told)) > 1 or all(rule.is_mixed for rule in proven)
    return DateRule(max(told, key=told.count), today, is_mixed=is_mixed)


def depends_on_order(text: str) -> bool:
    """Whether *text* has a date that is another day if day and month change places."""
    found = _DATE.finditer(_RANGE_HYPHEN.sub(" ", text))
    numbers = ((int(match["first"]), int(match["second"])) for match in found if match["first"])
    return any(first != second and max(first, second) <= 12 for first, second in numbers)


def find_dates(text: str, rule: DateRule) -> tuple[FoundDate, ...]:
    """Return every full date in *text*, in reading order; dates without a year are no dates."""
    return tuple(_found(text, rule))


def written_dates(text: str) -> tuple[tuple[int, int], ...]:
    """Return where something is written as a date, whether or not there is such a day."""
    return tuple(match.span() for match in _DATE.finditer(_RANGE_HYPHEN.sub(" ", text)))


def read_date(cell: Cell, rule: DateRule) -> FoundDate | None:
    """Return the one date a cell stands for; ``None`` when it holds none, several, or other words.

    One told with a doubt ("approx 11/21/2026", "11/21/26?") is ambiguous: it is asked about.
    """
    if isinstance(cell.value, date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return FoundDate(day, 0, len(cell.text)) if is_day(day, rule.today) else None
    text = cell.text.strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in EXCEL_DAYS:
        return FoundDate(EXCEL_EPOCH + timedelta(days=int(float(text))), 0, len(text))
    sure = _DOUBT.sub(" ", text).strip()
    found = _one_day(sure, rule)
    return replace(found, is_ambiguous=True) if found and sure != text else found


_DOUBT = re.compile(
    r"\?|~|≈|\b(?:approx(?:imately|\.)?|about|around|roughly|circa|ca\.|maybe|i think)", re.IGNORECASE
)


def _one_day(text: str, rule: DateRule) -> FoundDate | None:
    found = find_dates(text, rule)
    if not found and not written_dates(text):
        day = read_other_day(text, day_first=rule.order is DateOrder.DAY_FIRST)
        return FoundDate(day, 0, len(text)) if day and is_day(day, rule.today) else None
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    # A time of day, a weekday or brackets may stand beside the date; other words change its meaning.
    rest = re.sub(
        r"\d{1,2}:\d{2}(:\d{2})?(\.\d+)?|[ap]\.?m\.?|\bat\b|z|utc|gmt[+-]?\d*", "", rest, flags=re.IGNORECASE
    )
    rest = re.sub(r"\b((mon|tue|wed|thu|fri|sat|sun)[a-z]*|on|the|le|el)\b", "", rest, flags=re.IGNORECASE)
    return found[0] if not rest.strip(" ,.()") else None


def describe(day: date) -> str:
    """Return a date as the program writes it, ``Aug 16, 2026``."""
    return f"{day:%b} {day.day}, {day.year}"


def _found(text: str, rule: DateRule) -> Iterator[FoundDate]:
    for match in _DATE.finditer(_RANGE_HYPHEN.sub(" ", text)):
        day, is_ambiguous = _by_numbers(match, rule) if match["first"] else (_by_words(match), False)
        if day is not None and is_day(day, rule.today):
            yield FoundDate(day, match.start(), match.end(), is_ambiguous)


def _by_words(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            year, month, day = (int(part) for part in re.split(r"[-/.]", match["iso"]))
            return date(year, month, day)
        return _day_in_words(match["words"])
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def _day_in_words(words: str) -> date:
    """Return "Oct 1, 2026" as a day; a list has few different ones, and dateutil is slow."""
    return dateutil_parser.parse(re.sub(r"\bof\b", "", words, flags=re.IGNORECASE)).date()


def _by_numbers(match: re.Match[str], rule: DateRule) -> tuple[date | None, bool]:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if 2000 + year <= rule.today.year + 1 else 1900
    day_first = rule.order is DateOrder.DAY_FIRST
    if first > 12 or second > 12:
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    is_ambiguous = rule.is_mixed and first <= 12 and second <= 12 and first != second
    try:
        return date(year, month, day), is_ambiguous
    except ValueError:
        return None, False
