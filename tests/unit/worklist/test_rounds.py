"""The order of a round of calls, how many fit, and where each household stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import CallOutcome
from coordinator.domain.families.households import Household
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.made_calls import MadeCall, rests, unanswered
from coordinator.domain.worklist.openings import Opened
from coordinator.domain.worklist.rounds import (
    LineState,
    Round,
    RoundLine,
    Runs,
    as_many_as_fit,
    in_order,
    may_ring,
)
from tests.builders import TODAY

MORNING = datetime.combine(TODAY, time(10))  # a Saturday
DAYS = st.integers(-9, 12).map(lambda days: TODAY + timedelta(days=days))


def a_home(number: int = 1, *, ring_times: str = "", hours: str = "") -> Household:
    return Household(number, f"Family {number}", "F", ring_times=ring_times, hours=hours)


def a_family(number: int, out_on: date | None = None, *, urgent: bool = True) -> Call:
    code = f"R-{number:04}"
    return Call(code, a_home(number), (), urgent, lasts_until=out_on, codes=(code,))


def a_donor(number: int, hours: str = "", *, urgent: bool = True) -> Call:
    code = f"D-{number:04}"
    return Call(code, a_home(100 + number, ring_times=hours), (), urgent, codes=(code,))


def opening(ounces: float, *families: int) -> Opened:
    return Opened(tuple((f"R-{one:04}", f"Family {one}") for one in families), Volume.from_oz(ounces))


def codes(calls: list[Call]) -> list[str]:
    return [call.code for call in calls]


def test_who_runs_out_first_comes_first_then_the_donors_whose_milk_covers_the_week() -> None:
    babies = {
        "R-0001": Runs(TODAY - timedelta(days=8), Volume.from_oz(175)),
        "R-0002": Runs(TODAY, Volume.from_oz(175)),
    }
    calls = [
        a_donor(1),
        a_donor(2),
        a_donor(3),
        a_family(2, TODAY),
        a_family(1, TODAY - timedelta(days=8)),
    ]
    opens = {"D-0001": opening(100, 1, 2), "D-0002": opening(200, 1, 2), "D-0003": opening(40, 1)}

    found = codes(in_order(calls, opens, babies, MORNING))

    assert found == ["R-0001", "D-0002", "R-0002", "D-0001", "D-0003"]


@pytest.mark.parametrize(
    ("told", "is_within"), [("Sat 9-12", True), ("evenings", False), ("", None), ("not before coffee", None)]
)
def test_the_hours_told_say_whether_to_ring_now(told: str, is_within: bool | None) -> None:  # noqa: FBT001 - a case
    assert may_ring(a_home(ring_times=told), MORNING) is is_within
    assert may_ring(a_home(hours=told), MORNING) is is_within


def test_whoever_is_not_to_be_rung_at_this_hour_comes_last_and_unknown_hours_wait_for_nobody() -> None:
    calls = [a_donor(1, "evenings"), a_donor(2), a_donor(3, "Sat 9-12", urgent=False)]

    found = codes(in_order(calls, {"D-0001": opening(900, 1)}, {}, MORNING))

    assert found == ["D-0002", "D-0003", "D-0001"]
    evening = datetime.combine(TODAY, time(18))
    assert codes(in_order(calls, {"D-0001": opening(900, 1)}, {}, evening))[0] == "D-0001"


@given(
    st.lists(st.tuples(st.integers(1, 9), st.one_of(st.none(), DAYS), st.booleans()), max_size=12),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 400), st.integers(1, 9)), max_size=12),
    st.integers(0, 90),
    st.integers(1, 20),
)
def test_any_round_has_everybody_once_fits_and_is_in_order(
    families: list[tuple[int, date | None, bool]],
    donors: list[tuple[int, int, int]],
    minutes: int,
    call_minutes: int,
) -> None:
    calls = [a_family(number, out_on, urgent=urgent) for number, out_on, urgent in families]
    calls += [a_donor(number, "evenings" if number % 3 == 0 else "") for number, _, _ in donors]
    babies = {
        f"R-{number:04}": Runs(out_on, Volume.from_oz(50))
        for number, out_on, _ in families
        if out_on is not None
    }
    opens = {f"D-{number:04}": opening(ounces, family) for number, ounces, family in donors}

    found = in_order(calls, opens, babies, MORNING)
    chosen = as_many_as_fit(found, minutes, call_minutes)

    homes = [call.household.id for call in found]
    assert sorted(homes) == sorted({call.household.id for call in calls})
    assert len(chosen) * call_minutes <= minutes or not chosen
    assert list(chosen) == found[: len(chosen)]
    outside = [may_ring(call.household, MORNING) is False for call in found]
    assert outside == sorted(outside)
    pressing = [call for call in found if call.is_urgent and call.code.startswith("R")]
    ends = [call.lasts_until or date.max for call in pressing]
    shared = {number for number, _, _ in families if sum(one[0] == number for one in families) > 1}
    if not shared:
        assert ends == sorted(ends)


def made(*outcomes: tuple[int, CallOutcome, int | None]) -> tuple[MadeCall, ...]:
    return tuple(
        MadeCall(
            1,
            TODAY + timedelta(days=day),
            outcome,
            TODAY + timedelta(days=ring_on) if ring_on is not None else None,
        )
        for day, outcome, ring_on in outcomes
    )


@pytest.mark.parametrize(
    ("calls", "state"),
    [
        ((), LineState.TO_RING),
        (((0, CallOutcome.NO_ANSWER, None),), LineState.TRIED),
        (((-1, CallOutcome.NO_ANSWER, None),), LineState.TO_RING),
        (((-1, CallOutcome.LEFT_MESSAGE, None),), LineState.TO_RING),
        (((-1, CallOutcome.RING_ON, 1),), LineState.LATER),
        (((0, CallOutcome.RING_ON, 3),), LineState.LATER),
        (((-4, CallOutcome.RING_ON, 0),), LineState.TO_RING),
        (((-1, CallOutcome.SPOKE, None),), LineState.REACHED),
        (((-1, CallOutcome.RING_ON, 1), (0, CallOutcome.SPOKE, None)), LineState.REACHED),
    ],
)
def test_a_household_stands_where_its_last_call_left_it(
    calls: tuple[tuple[int, CallOutcome, int | None], ...], state: LineState
) -> None:
    line = RoundLine(a_home(), ("R-0001",), a_family(1), made(*calls), made(*calls))

    assert line.state(TODAY) is state


@given(DAYS, DAYS)
def test_ring_on_hides_a_household_until_the_day_and_not_a_day_longer(said: date, ring_on: date) -> None:
    calls = (MadeCall(1, said, CallOutcome.RING_ON, ring_on),)

    assert rests(calls, ring_on) is (said == ring_on)
    assert rests(calls, ring_on - timedelta(days=1))
    assert not rests(calls, max(said, ring_on) + timedelta(days=1))


def test_a_household_with_nothing_left_to_ask_is_not_rung_and_the_time_left_goes_by_the_others() -> None:
    lines = (
        RoundLine(a_home(1), ("R-0001",), a_family(1)),
        RoundLine(a_home(2), ("R-0002",)),
        RoundLine(a_home(3), ("R-0003",), a_family(3)),
    )
    found = Round(1, TODAY, 15, 5, lines)

    assert found.minutes_left(TODAY) == 10
    assert found.count(LineState.NOTHING_LEFT, TODAY) == 1


def test_no_answer_twice_in_a_row_puts_a_message_forward() -> None:
    none, left = CallOutcome.NO_ANSWER, CallOutcome.LEFT_MESSAGE
    twice = made((-2, none, None), (-1, none, None))
    broken = made((-3, none, None), (-2, left, None), (-1, none, None))

    assert (unanswered(twice), unanswered(broken), unanswered(())) == (2, 1, 0)
    assert RoundLine(a_home(), (), made=twice).wants_message
    assert not RoundLine(a_home(), (), made=broken).wants_message
