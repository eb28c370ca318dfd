"""Odometers: what they teach about roads, and which of them are asked about again."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.domain.driving.minutes import drive_words, format_minutes
from coordinator.domain.driving.odometers import (
    Driven,
    FactorOrigin,
    Odometer,
    OdometerDoubtError,
    OdometerError,
    check_odometer,
    road_factor,
)
from coordinator.domain.places.positions import DistanceUnit

POLICY = load_driving_policy()
RUNS = st.lists(st.builds(Driven, st.floats(0, 500), st.floats(0.1, 300)), max_size=30)


def runs(count: int, factor: float) -> list[Driven]:
    return [Driven(20 * factor, 20)] * count


def test_nine_odometers_teach_nothing_and_ten_do() -> None:
    assert road_factor(runs(9, 1.5), None, POLICY).origin is FactorOrigin.SHIPPED
    assert road_factor(runs(9, 1.5), None, POLICY).value == POLICY.road_factor

    learnt = road_factor(runs(10, 1.5), None, POLICY)

    assert (learnt.origin, learnt.entries) == (FactorOrigin.LEARNT, 10)
    assert learnt.value == learnt.learnt == pytest.approx(1.5)


def test_one_detour_does_not_move_what_ten_runs_taught() -> None:
    assert road_factor([*runs(10, 1.25), Driven(400, 20)], None, POLICY).value == pytest.approx(1.25)


def test_the_coordinators_own_factor_comes_before_the_learnt_one() -> None:
    factor = road_factor(runs(12, 1.5), 1.4, POLICY)

    assert (factor.value, factor.origin, factor.entries) == (1.4, FactorOrigin.OWN, 12)
    assert factor.learnt == pytest.approx(1.5)


def test_runs_around_the_corner_teach_nothing() -> None:
    assert road_factor([Driven(3, 0.5)] * 20, None, POLICY).entries == 0


@given(RUNS)
def test_whatever_was_driven_the_factor_stays_one_a_road_can_have(driven: list[Driven]) -> None:
    assert POLICY.lowest <= road_factor(driven, None, POLICY).value <= POLICY.highest


@pytest.mark.parametrize(("start", "end"), [(100, 99), (-1, 5), (math.nan, 5), (5, math.nan), (5, math.inf)])
def test_an_odometer_that_cannot_be_is_refused_however_sure_somebody_is(start: float, end: float) -> None:
    with pytest.raises(OdometerError):
        check_odometer(Odometer(start, end), 40, POLICY.odometer, DistanceUnit.MI, sure=True)


def test_an_odometer_far_from_the_plan_is_doubted_once() -> None:
    odometer = Odometer(48_210, 48_710)

    with pytest.raises(OdometerDoubtError, match=r"says 500.mi for a run of about 40.mi by road"):
        check_odometer(odometer, 40, POLICY.odometer, DistanceUnit.MI, sure=False)
    check_odometer(odometer, 40, POLICY.odometer, DistanceUnit.MI, sure=True)


def test_a_detour_is_not_doubted() -> None:
    check_odometer(Odometer(48_210, 48_270), 40, POLICY.odometer, DistanceUnit.MI, sure=False)


def test_a_drive_says_where_its_figure_comes_from() -> None:
    assert drive_words(26.6, "", exact=True) == "about 25 min (estimate)"
    assert drive_words(26.6, "router.example.org", exact=True) == "27 min (by road, router.example.org)"
    assert (
        drive_words(26.6, "router.example.org", exact=False) == "about 25 min (by road, router.example.org)"
    )


@given(st.floats(0, 3000), st.floats(0, 3000), st.booleans())
def test_a_longer_drive_is_never_shown_shorter(a: float, b: float, exact: bool) -> None:  # noqa: FBT001 - drawn
    def shown(minutes: float) -> int:
        words = format_minutes(minutes, exact=exact).removeprefix("about ").split()
        parts = dict(zip(words[1::2], map(int, words[::2]), strict=True))
        return parts.get("h", 0) * 60 + parts.get("min", 0)

    assert shown(min(a, b)) <= shown(max(a, b))


@given(st.floats(0, 3000), st.floats(0, 3000))
def test_more_miles_never_take_fewer_minutes(a: float, b: float) -> None:
    assert POLICY.minutes(min(a, b)) <= POLICY.minutes(max(a, b))
