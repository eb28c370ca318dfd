"""Half-open intervals of days, [start, end): ``None`` means no beginning or no end.

A set of days is a tuple of intervals in their order, with a gap between each and the next. Every function
here gives and takes such tuples, so that results can be used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
FOREVER_AGO, FOREVER = _FIRST - 1, _LAST + 1
"""Ordinals of an open start and an open end, before and after every day there is."""


class Interval(NamedTuple):
    """The days from ``start`` to the day before ``end``."""

    start: date | None = None
    end: date | None = None

    @property
    def first(self) -> int:
        """The ordinal of the first day."""
        return FOREVER_AGO if self.start is None else self.start.toordinal()

    @property
    def after(self) -> int:
        """The ordinal of the day after the last."""
        return FOREVER if self.end is None else self.end.toordinal()

    @property
    def is_empty(self) -> bool:
        """Whether no day lies in it."""
        return self.first >= self.after

    @property
    def last_day(self) -> date | None:
        """The last day; ``None`` when it has no end."""
        return None if self.end is None else shifted(self.end, -1)

    def covers(self, on: date) -> bool:
        """Whether *on* lies in it."""
        return self.first <= on.toordinal() < self.after


Intervals = tuple[Interval, ...]

ALWAYS = Interval()


def between(first: int, after: int) -> Interval:
    """Return the interval of two ordinals; beyond the calendar it is open."""
    start = None if first < _FIRST else date.fromordinal(min(first, _LAST))
    end = None if after > _LAST else date.fromordinal(max(after, _FIRST))
    return Interval(start, end)


def union(*days: Iterable[Interval]) -> Intervals:
    """Return the days that lie in any of *days*; intervals that touch become one."""
    merged: list[tuple[int, int]] = []
    for first, after in sorted((one.first, one.after) for many in days for one in many if not one.is_empty):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(after, merged[-1][1]))
        else:
            merged.append((first, after))
    return tuple(between(first, after) for first, after in merged)


def intersection(days: Iterable[Interval], others: Iterable[Interval]) -> Intervals:
    """Return the days that lie in both."""
    known = tuple(others)
    pairs = ((max(a.first, b.first), min(a.after, b.after)) for a in days for b in known)
    return union(between(first, after) for first, after in pairs if first < after)


def complement(days: Iterable[Interval]) -> Intervals:
    """Return every day that lies in none of *days*."""
    gaps, reached = [], FOREVER_AGO
    for one in union(days):
        if reached < one.first:
            gaps.append(between(reached, one.first))
        reached = one.after
    if reached < FOREVER:
        gaps.append(between(reached, FOREVER))
    return tuple(gaps)


def difference(days: Iterable[Interval], without: Iterable[Interval]) -> Intervals:
    """Return the days of *days* that do not lie in *without*."""
    return intersection(days, complement(without))


def shift(days: Iterable[Interval], by: int) -> Intervals:
    """Return *days* moved by *by* days; open ends stay open, and days beyond the calendar are lost."""
    moved = []
    for one in days:
        first = FOREVER_AGO if one.start is None else max(one.first + by, _FIRST)
        after = FOREVER if one.end is None else min(one.after + by, FOREVER)
        if first < after:
            moved.append(between(first, after))
    return union(moved)


def covers(days: Iterable[Interval], on: date) -> bool:
    """Whether *on* lies in *days*."""
    return any(one.covers(on) for one in days)


def later(on: date, days: int) -> date | None:
    """Return the day *days* after *on*; ``None``, an open end, beyond the calendar."""
    ordinal = on.toordinal() + days
    return date.fromordinal(ordinal) if _FIRST <= ordinal <= _LAST else None


def shifted(on: date, days: int) -> date:
    """Return the day *days* after *on* (before it if negative), or the calendar's last or first day."""
    return date.fromordinal(min(max(on.toordinal() + days, _FIRST), _LAST))


def months_later(on: date, months: int) -> date:
    """Return the same day *months* later (earlier if negative), or the last day of a shorter month.

    Source: a convention; of 31 August six months later is 28 or 29 February.
    """
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(on.day, _days_in(year, month + 1)))


def first_within(months: int, on: date) -> date:
    """Return the first day of which *on* is at most so many *months* later."""
    first = shifted(months_later(on, -months), -4)
    while months_later(first, months) < on:
        first = shifted(first, 1)
    return first


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year or month < 12 else None
    return (following - timedelta(days=1)).day if following else 31
