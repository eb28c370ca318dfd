"""When milk was pumped, as people tell it: one day, a range, months, or days without their year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.intervals import months_later, shifted
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.days import Days, find_days, month_number
from coordinator.domain.text import folded

MONTH = (
    r"jan(?:uary|vier|v)?|ene(?:ro)?|feb(?:ruary|rero)?|fev(?:rier|r)?|mar(?:ch|zo|s)?|apr(?:il)?|abr(?:il)?"
    r"|avr(?:il)?|mayo?|mai|june?|junio|juin|july?|julio|juil(?:let)?|aug(?:ust)?|agosto|ago|aout"
    r"|sept?(?:ember|iembre|embre)?|setiembre|oct(?:ober|ubre|obre)?|nov(?:ember|iembre|embre)?"
    r"|dec(?:ember|embre)?|dic(?:iembre)?"
)
"""A month's name or what it is shortened to, in three languages, folded."""
_NTH = r"(?:st|nd|rd|th|er)?"
_ITEM = re.compile(
    rf"""(?<![\w/])(?:
      (?P<month>{MONTH})\.?\s*'(?P<short>\d\d)(?!\d)
    | (?P<year>20\d\d)-(?P<number>0?[1-9]|1[0-2])(?![\d-])
    | (?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}}){_NTH}
    | (?P<day3>\d{{1,2}}){_NTH}\s*(?:of\s+|de\s+|-)?(?P<month3>{MONTH})\.?
    | (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})
    | (?P<month4>{MONTH})\.?
    )(?![\w/'])""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*(?:[-–—,;&/]|\b(?:to|through|thru|until|till?|and|y|a|al|hasta|et|au)\b|\s)*\s*")
_DASH = re.compile(r"\s*[–—]\s*|(?<=[a-z])-(?=[a-z])")
_AROUND = re.compile(
    r"\b(?:from|between|pumped|expressed|collected|frozen|dated|dates?|all|in|on|the|del?|du|entre|desde|since"
    r"|oldest|earliest|first|newest|latest|most recent|last|is|are|was|bags?|milk"
    r"|early|late|mid|end|of|beginning|start|approx(?:imately)?|about|around|roughly|circa|maybe|i think)\b"
    r"|[~≈?().,:]"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days milk was pumped on, both with it. ``is_sure``: day, month and year of each were typed.

    ``is_range`` tells two days or months from one. ``is_start`` and ``is_end``: only the first, or only the
    last day was told ("since 9/1", "until 11/1"). ``is_cut``: it ends in a month that was not over, and
    nobody knows on which day of it.
    """

    first: date
    last: date
    is_sure: bool
    is_range: bool
    is_start: bool = False
    is_end: bool = False
    is_cut: bool = False


def read_span(text: str, rule: DateRule) -> Span | None:
    """Return the days *text* tells and nothing else; ``None`` where a word of it is not understood.

    A day without its year is the latest that is not after ``rule.today``, the day the form was sent; the
    first of two is before the second. A month is all its days.
    """
    plain = _DASH.sub(" - ", folded(" ".join(text.split())).replace("’", "'"))
    dated = [one for one in find_days(plain, rule) if not re.fullmatch(r"\d{4}", plain[one[0] : one[1]])]
    if any(days.first is None or days.last is None for _, _, days in dated):
        return None
    hidden = plain
    for start, end, _ in dated:
        hidden = hidden[:start] + " " * (end - start) + hidden[end:]
    vague = list(_ITEM.finditer(hidden))
    rest = _ITEM.sub(" ", hidden)
    if not 1 <= len(dated) + len(vague) <= 2 or _BETWEEN.sub("", _AROUND.sub(" ", rest)):
        return None
    is_sure = not vague and all(days.is_exact or days.is_range for *_, days in dated) and not _hedged(rest)
    span = _joined(_in_order(dated, vague, rule), is_sure=is_sure)
    span = span and replace(span, is_cut=_is_cut(span.last, dated, vague, rule))
    if span is None or len(dated) + len(vague) > 1 or any(days.is_range for *_, days in dated):
        return span and replace(span, is_range=True)
    rest = _MID.sub(" ", rest)
    return replace(span, is_start=bool(_START.search(rest)), is_end=bool(_END.search(rest)))


def _is_cut(
    last: date, dated: list[tuple[int, int, Days]], vague: list[re.Match[str]], rule: DateRule
) -> bool:
    """Whether the last of the items is a month that goes on after *rule* ends."""
    ends = [(start, not (days.is_exact or days.is_range)) for start, _, days in dated]
    ends += [(item.start(), not item["first"] and not item["day2"] and not item["day3"]) for item in vague]
    return max(ends)[1] and last == rule.today and shifted(last, 1).day > 1


_MID = re.compile(r"\bmid\s*-")
_START = re.compile(r"\b(?:since|from|desde|starting|oldest|earliest|first)\b|[-–—]\s*$")
_END = re.compile(r"\b(?:to|through|thru|until|till?|hasta|newest|latest|most recent|last)\b|^\s*[-–—]")


def _hedged(rest: str) -> bool:
    return bool(
        re.search(r"[~≈?]|\b(?:approx|about|around|roughly|circa|maybe|i think|early|late|mid|end)", rest)
    )


def _in_order(
    dated: list[tuple[int, int, Days]], vague: list[re.Match[str]], rule: DateRule
) -> list[tuple[date, date]] | None:
    """Return first and last day of each item, the later completed first: it bounds the one before it."""
    items: list[tuple[int, Days | re.Match[str]]] = [(start, days) for start, _, days in dated]
    items += [(match.start(), match) for match in vague]
    found: list[tuple[date, date]] = []
    latest = rule.today
    for _, item in sorted(items, key=lambda one: one[0], reverse=True):
        days = _typed(item) if isinstance(item, Days) else _completed(item, rule, latest)
        if days is None:
            return None
        found.insert(0, days)
        latest = min(latest, days[0])
    return found


def _typed(days: Days) -> tuple[date, date] | None:
    return None if days.first is None or days.last is None else (days.first, days.last)


def _joined(found: list[tuple[date, date]] | None, *, is_sure: bool) -> Span | None:
    if not found or found[0][0] > found[-1][1]:
        return None
    first, last = found[0][0], found[-1][1]
    return Span(first, last, is_sure=is_sure, is_range=len(found) > 1)


def _completed(item: re.Match[str], rule: DateRule, latest: date) -> tuple[date, date] | None:
    """Return the days of an item without its year, or of a month."""
    told = item.groupdict()
    named = told["month"] or told["month2"] or told["month3"] or told["month4"]
    month = month_number(named) if named else int(told["number"] or 0)
    if told["first"]:
        return _one_day(*_month_and_day(told, rule), latest)
    if told["day2"] and 2000 + int(told["day2"]) in {latest.year, latest.year - 1}:
        return None  # "Nov 26" is the 26th to some, 2026 to others.
    if day := told["day2"] or told["day3"]:
        return _one_day(month, int(day), latest)
    year = int(told["year"] or 0) or (2000 + int(told["short"]) if told["short"] else 0)
    first = date(year, month, 1) if year else _latest(month, 1, latest)
    if first is None or first > latest:
        return None
    return first, min(shifted(months_later(first, 1), -1), rule.today)


def _month_and_day(told: dict[str, str | None], rule: DateRule) -> tuple[int, int]:
    first, second = int(told["first"] or 0), int(told["second"] or 0)
    is_day_first = first > 12 or (rule.order is DateOrder.DAY_FIRST and second <= 12)
    return (second, first) if is_day_first else (first, second)


def _one_day(month: int, day: int, latest: date) -> tuple[date, date] | None:
    on = _latest(month, day, latest)
    return None if on is None else (on, on)


def _latest(month: int, day: int, latest: date) -> date | None:
    return next((on for on in _same_days(month, day, latest.year) if on <= latest), None)


def _same_days(month: int, day: int, year: int) -> Iterator[date]:
    for back in range(5):
        try:
            yield date(year - back, month, day)
        except ValueError:
            continue
