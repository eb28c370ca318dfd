"""When a family is free, read from its own words."""

from __future__ import annotations

from datetime import date, time

import pytest

from coordinator.domain.families.free_hours import FreeHours, Meeting, first_meeting, read_hours

SATURDAY, SUNDAY, MONDAY, TUESDAY = (
    date(2026, 11, 28),
    date(2026, 11, 29),
    date(2026, 11, 30),
    date(2026, 12, 1),
)


def hours(text: str) -> FreeHours:
    found = read_hours(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "on", "at", "fits"),
    [
        ("Sat 9-12", SATURDAY, time(9), True),
        ("Sat 9-12", SATURDAY, time(12), False),
        ("Sat 9-12", SUNDAY, time(9), False),
        ("Sat 9-1", SATURDAY, time(12, 30), True),
        ("weekends", SUNDAY, None, True),
        ("weekends", MONDAY, None, False),
        ("Sat 10am-2pm; Sun 1-4", SUNDAY, time(13), True),
        ("Sat 10am-2pm; Sun 1-4", SUNDAY, time(10), False),
        ("Saturday or Sunday mornings", SUNDAY, time(11), True),
        ("Saturday or Sunday mornings", SUNDAY, time(13), False),
        ("weekday evenings", MONDAY, time(18), True),
        ("weekday evenings", SATURDAY, time(18), False),
        ("Tue/Thu after 3", TUESDAY, time(15), True),
        ("Tue/Thu after 3", TUESDAY, time(9), False),
        ("Mon-Fri 8:30 - 11", TUESDAY, time(8, 30), True),
        ("anytime, text first", MONDAY, time(7), True),
        ("Sat 8-10pm", SATURDAY, time(9), False),
        ("Sat 8-10pm", SATURDAY, time(21), True),
        ("Sat 9-12 pm", SATURDAY, time(9), True),
        ("Sat 9-12, Sun 1-4", SUNDAY, time(13), True),
        ("Sat 9-12, Sun 1-4", SATURDAY, time(13), False),
        ("Sat, Sun 9-12", SATURDAY, time(13), False),
        ("until 11", MONDAY, time(8), True),
        ("evenings", SUNDAY, time(19), True),
        ("Sat all day", SATURDAY, time(20), True),
    ],
)
def test_words_of_forms_are_read(text: str, on: date, at: time | None, *, fits: bool) -> None:
    assert hours(text).fits(on, at) is fits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not on Sat",
        "Sat 9-12 but not the 28th",
        "after my shift",
        "weekends except Sunday",
        "Sat 12-9:75",
        "every second Saturday",
        "text first",
        "Sat 2-1",
        "Sat night",
        "after 8",
        "Mon 8-10",
    ],
)
def test_words_not_wholly_understood_are_not_read_at_all(text: str) -> None:
    assert read_hours(text) is None


def test_the_first_time_both_are_free_is_proposed() -> None:
    both = [hours("Sat 10am-2pm; Sun 1-4"), hours("weekends")]
    assert first_meeting(both, SUNDAY) == Meeting(SUNDAY, time(13))
    assert first_meeting(both, MONDAY) == Meeting(date(2026, 12, 5), time(10))


def test_a_time_nobody_told_by_the_clock_is_not_proposed() -> None:
    assert first_meeting([hours("weekday evenings"), hours("evenings")], SATURDAY) == Meeting(MONDAY, None)


def test_hours_that_never_meet_propose_nothing() -> None:
    assert first_meeting([hours("evenings"), hours("Sat 9-12")], SATURDAY) is None
    assert first_meeting([], SATURDAY) is None
