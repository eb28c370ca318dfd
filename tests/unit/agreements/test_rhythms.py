"""The days of a rhythm, and the rhythm in a family's own words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.rhythm_words import hours_with_rhythm, read_rhythm
from coordinator.domain.agreements.rhythms import LAST, LONGEST_WEEKS, Rhythm
from coordinator.domain.families.free_hours import read_hours

MON, FRI, SAT, SUN = 0, 4, 5, 6
DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))
WEEKDAYS = st.integers(0, 6)
WEEKLY = st.builds(Rhythm, WEEKDAYS, st.integers(1, LONGEST_WEEKS))
IN_MONTH = st.sets(st.sampled_from((1, 2, 3, 4, 5, LAST)), min_size=1).map(tuple)
MONTHLY = st.builds(Rhythm, WEEKDAYS, st.just(1), IN_MONTH)
RHYTHMS = WEEKLY | MONTHLY


def days_of(rhythm: Rhythm, first: date, count: int = 30) -> list[date]:
    return list(islice(rhythm.days(first, first - timedelta(days=1)), count))


@given(WEEKLY, DAYS)
def test_weeks_are_equal_whatever_the_month_the_year_or_the_clock(rhythm: Rhythm, first: date) -> None:
    days = days_of(rhythm, first)

    assert {(b - a).days for a, b in pairwise(days)} == {7 * rhythm.every_weeks}
    assert first <= days[0] < first + timedelta(days=7)


@given(RHYTHMS, DAYS)
def test_every_day_is_of_its_weekday_and_none_comes_before_the_first(rhythm: Rhythm, first: date) -> None:
    days = days_of(rhythm, first)

    assert {day.weekday() for day in days} == {rhythm.weekday}
    assert days[0] >= first
    assert days == sorted(set(days))


@given(MONTHLY, DAYS)
def test_days_of_a_month_are_those_counted_in_a_calendar(rhythm: Rhythm, first: date) -> None:
    found = set(days_of(rhythm, first))
    until = max(found)

    wanted = set()
    for step in range((until - first).days + 1):
        day = first + timedelta(days=step)
        is_last = (day + timedelta(days=7)).month != day.month
        which = {(day.day - 1) // 7 + 1, *([LAST] if is_last else [])}
        if day.weekday() == rhythm.weekday and which & set(rhythm.in_month):
            wanted.add(day)
    assert found == wanted


@given(RHYTHMS, DAYS, st.integers(0, 2000))
def test_looking_from_any_day_finds_the_same_days(rhythm: Rhythm, first: date, later: int) -> None:
    after = first + timedelta(days=later)
    days = days_of(rhythm, first, 400)

    assert next(rhythm.days(first, after)) == next(day for day in days if day > after)


@given(RHYTHMS, DAYS)
def test_its_own_days_are_its_days_and_those_beside_are_not(rhythm: Rhythm, first: date) -> None:
    days = days_of(rhythm, first, 5)

    assert all(rhythm.is_day(first, day) for day in days)
    assert not any(rhythm.is_day(first, day + timedelta(days=1)) for day in days)
    assert [rhythm.days_to_next(first, day) for day in days[:-1]] == [(b - a).days for a, b in pairwise(days)]


def test_a_month_with_five_saturdays_has_a_fifth_and_others_have_none() -> None:
    fifth = Rhythm(SAT, 1, (5,))

    assert days_of(fifth, date(2026, 11, 1), 3) == [date(2027, 1, 30), date(2027, 5, 29), date(2027, 7, 31)]


def test_every_other_week_goes_on_over_the_turn_of_a_year_with_53_weeks() -> None:
    days = days_of(Rhythm(SAT, 2), date(2026, 12, 12), 4)

    assert days == [date(2026, 12, 12), date(2026, 12, 26), date(2027, 1, 9), date(2027, 1, 23)]


def test_a_first_day_that_is_another_weekday_begins_with_the_next_right_one() -> None:
    assert days_of(Rhythm(SAT, 2), date(2026, 11, 29), 2) == [date(2026, 12, 5), date(2026, 12, 19)]


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("every Saturday", Rhythm(SAT)),
        ("Saturdays", Rhythm(SAT)),
        ("weekly on Saturday", Rhythm(SAT)),
        ("every week, on Sat", Rhythm(SAT)),
        ("every other Saturday", Rhythm(SAT, 2)),
        ("Every second Saturday", Rhythm(SAT, 2)),
        ("every 2nd Sat.", Rhythm(SAT, 2)),
        ("every two weeks on Friday", Rhythm(FRI, 2)),
        ("alternate Mondays", Rhythm(MON, 2)),
        ("Saturdays, every other week", Rhythm(SAT, 2)),
        ("fortnightly on Sunday", Rhythm(SUN, 2)),
        ("every third Monday", Rhythm(MON, 3)),
        ("Sat every 3 weeks", Rhythm(SAT, 3)),
        ("the first Friday of the month", Rhythm(FRI, 1, (1,))),
        ("first Friday", Rhythm(FRI, 1, (1,))),
        ("every first Friday", Rhythm(FRI, 1, (1,))),
        ("1st and 3rd Sunday", Rhythm(SUN, 1, (1, 3))),
        ("3rd & 1st Sundays of every month", Rhythm(SUN, 1, (1, 3))),
        ("every 2nd Saturday of the month", Rhythm(SAT, 1, (2,))),
        ("second Saturday of each month", Rhythm(SAT, 1, (2,))),
        ("last Thursday of the month", Rhythm(3, 1, (LAST,))),
        ("every other Saturday 9-12", Rhythm(SAT, 2)),
        ("1st and 3rd Sunday after 3", Rhythm(SUN, 1, (1, 3))),
    ],
)
def test_a_rhythm_is_read_from_a_familys_words(text: str, rhythm: Rhythm) -> None:
    assert read_rhythm(text) == rhythm


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Saturday",
        "Sat 9-12",
        "second Saturday",
        "2nd Sat",
        "biweekly on Saturday",
        "twice a month",
        "every other weekend",
        "every other Saturday unless it snows",
        "every other Saturday or Sunday",
        "every 20 weeks on Monday",
        "every 0 weeks on Monday",
        "sometimes every Saturday",
        "not every other Saturday",
        "everyotherSaturday",
    ],
)
def test_what_can_mean_two_things_or_is_not_all_understood_is_asked(text: str) -> None:
    assert read_rhythm(text) is None


@given(RHYTHMS)
def test_what_the_program_says_of_a_rhythm_it_reads_back(rhythm: Rhythm) -> None:
    in_order = tuple(sorted(rhythm.in_month, key=lambda one: (one == LAST, one)))
    said = Rhythm(rhythm.weekday, rhythm.every_weeks, in_order)

    assert read_rhythm(str(said.words)) == said


def test_hours_behind_a_rhythm_are_those_of_its_weekday() -> None:
    assert hours_with_rhythm("every other Saturday 9-12") == read_hours("Sat 9-12")
    assert hours_with_rhythm("Sat 9-12") == read_hours("Sat 9-12")
    assert hours_with_rhythm("1st and 3rd Sunday") == read_hours("Sun")
    assert hours_with_rhythm("when it snows") is None
