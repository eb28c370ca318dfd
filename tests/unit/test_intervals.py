"""Interval algebra, held against sets of single days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.intervals import (
    ALWAYS,
    Interval,
    Intervals,
    complement,
    covers,
    difference,
    intersection,
    months_later,
    shift,
    union,
)

FIRST, DAYS = date(2024, 2, 1), 60
"""A stretch with a leap day; what lies outside is seen through its two neighbours."""
WINDOW = [FIRST + timedelta(days=number) for number in range(DAYS)]
INSIDE = st.integers(5, DAYS - 5).map(lambda number: FIRST + timedelta(days=number))
ENDS = st.one_of(st.none(), INSIDE)
SOME_DAYS = st.lists(st.builds(Interval, ENDS, ENDS), max_size=5).map(tuple)


def day_by_day(days: Intervals) -> set[date]:
    return {
        day
        for day in WINDOW
        for one in days
        if (one.start is None or one.start <= day) and (one.end is None or day < one.end)
    }


def is_normal(days: Intervals) -> bool:
    """Whether intervals are in order, none empty, with a gap between each and the next."""
    return all(not one.is_empty for one in days) and all(a.after < b.first for a, b in pairwise(days))


@given(SOME_DAYS, SOME_DAYS)
def test_union_intersection_and_difference_are_those_of_single_days(a: Intervals, b: Intervals) -> None:
    for found, expected in (
        (union(a, b), day_by_day(a) | day_by_day(b)),
        (intersection(a, b), day_by_day(a) & day_by_day(b)),
        (difference(a, b), day_by_day(a) - day_by_day(b)),
        (complement(a), set(WINDOW) - day_by_day(a)),
    ):
        assert day_by_day(found) == expected
        assert is_normal(found)


@given(SOME_DAYS, st.integers(-4, 4))
def test_shifting_moves_every_day(days: Intervals, by: int) -> None:
    moved = {day + timedelta(days=by) for day in day_by_day(days)}
    away_from_the_edges = set(WINDOW[4:-4])

    assert day_by_day(shift(days, by)) & away_from_the_edges == moved & away_from_the_edges


@given(SOME_DAYS, st.sampled_from(WINDOW))
def test_covering_is_membership(days: Intervals, day: date) -> None:
    assert covers(days, day) == (day in day_by_day(days))


@given(SOME_DAYS)
def test_the_complement_of_the_complement_is_the_same_days(days: Intervals) -> None:
    assert complement(complement(days)) == union(days)


def test_open_ends_stay_open() -> None:
    assert complement(()) == (ALWAYS,)
    assert complement((ALWAYS,)) == ()
    assert shift((ALWAYS,), 30) == (ALWAYS,)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_where_the_shorter_month_ends(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 24))
def test_later_days_never_come_earlier_after_the_same_months(day: date, months: int) -> None:
    assert months_later(day, months) <= months_later(day + timedelta(days=1), months)
