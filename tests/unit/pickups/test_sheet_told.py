"""The times of a sheet: what follows what, and how long milk was out of a freezer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.pickups.plans import Stop, StopKind
from coordinator.domain.pickups.sheet_told import (
    OutOfFreezer,
    StopTimes,
    TimesDoubtError,
    check_times,
    hours_words,
    minutes_between,
)
from tests.unit.pickups.test_trips import a_hold, a_stop

FIRST, SECOND = a_hold("H-0001"), a_hold("H-0002")
STOPS = (
    a_stop(StopKind.PICK_UP, None, FIRST, SECOND, id=1, number=1),
    a_stop(StopKind.DROP, None, FIRST, id=2, number=2),
    a_stop(StopKind.DROP, None, SECOND, id=3, number=3),
)
MINUTES = st.integers(0, 24 * 60 - 1)


def at(minute: int) -> time:
    return time(minute // 60, minute % 60)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            [StopTimes(1, time(10)), StopTimes(3, time(9, 15))],
            "9:15 am at stop 3 is before 10:00 am",
        ),
        ([StopTimes(2, time(10), time(9, 40))], "went into the freezer at 9:40 am, before somebody came"),
        ([StopTimes(1, None, time(10)), StopTimes(3, None, time(9))], "9:00 am at stop 3 is before 10:00 am"),
    ],
)
def test_a_time_before_one_it_should_follow_is_asked_about(told: list[StopTimes], said: str) -> None:
    with pytest.raises(TimesDoubtError, match=said):
        check_times(STOPS, told)


@given(st.lists(MINUTES, min_size=6, max_size=6).map(sorted), st.sets(st.integers(0, 5)))
def test_times_that_follow_each_other_are_never_doubted(minutes: list[int], untold: set[int]) -> None:
    told = [None if index in untold else at(minute) for index, minute in enumerate(minutes)]

    check_times(STOPS, [StopTimes(stop, told[2 * stop - 2], told[2 * stop - 1]) for stop in (1, 2, 3)])


@given(MINUTES, MINUTES)
def test_minutes_out_go_round_midnight_and_are_less_than_a_day(out: int, into: int) -> None:
    stops = (_with_freezer(STOPS[0], at(out)), _with_freezer(STOPS[1], at(into)), STOPS[2])

    ((code, minutes),) = minutes_between(stops)

    day = date(2026, 11, 21)
    assert (code, 0 <= minutes < 24 * 60) == ("H-0001", True)
    assert (_moment(day, at(out)) + timedelta(minutes=minutes)).time() == at(into)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)


def _with_freezer(stop: Stop, clock: time) -> Stop:
    return replace(stop, freezer_at=clock)


def test_longer_than_the_policy_is_a_question() -> None:
    assert not OutOfFreezer("H-0001", 24 * 60, 24 * 60).is_long
    long = OutOfFreezer("H-0001", 185, 120)
    assert long.is_long
    assert str(long.asks) == (
        "3 h 05 min out of the freezer by the sheet, more than 2 hours: was it still frozen? "
        "Ask before it is fed"
    )
    assert str(hours_words(40)) == "40 min"
