"""A day planned again: what is locked stays with its volunteer, order and times; the rest moves little."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import DayPlan, DayRun, WhyNot
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayQuestion
from coordinator.domain.pickups.day.replanning import plan_again
from coordinator.domain.pickups.day.routing import Routes, RoutingProblem, Task
from coordinator.errors import UserError
from tests.day_builders import a_day, a_drawn_day, a_driver, a_hold, a_home
from tests.unit.pickups.day.test_day_edited import PLACES, any_edit, check_edited, two_families


class LastCar:
    """A router that gives every shipment to the last car that may take it."""

    is_plain = False

    def route(self, problem: RoutingProblem) -> Routes:
        """Pick up and drop one after the other."""
        tasks: dict[int, list[Task]] = {}
        for number, shipment in enumerate(problem.shipments):
            if shipment.cars:
                halves = [Task(number, is_drop=False), Task(number, is_drop=True)]
                tasks.setdefault(max(shipment.cars), []).extend(halves)
        return Routes({car: tuple(here) for car, here in tasks.items()})


def any_locks(rng: random.Random, found: DayPlan) -> DayPlan:
    for number, run in enumerate(found.runs):
        if rng.random() < 0.3:
            found = editing.lock_run(found, number, is_locked=True)
        for stop in range(len(run.stops)):
            if rng.random() < 0.25:
                found = editing.lock_stop(found, number, stop, is_locked=True)
    return found


def as_driven(run: DayRun) -> list[tuple[object, ...]]:
    return [(stop.kind, stop.home.code, stop.arrive, stop.holds) for stop in run.stops]


def check_kept(before: DayPlan, after: DayPlan) -> None:
    for run in before.runs:
        theirs = [one for one in after.runs if one.driver == run.driver]
        if run.is_locked:
            (same,) = [one for one in theirs if as_driven(one) == as_driven(run)]
            assert (same.is_locked, same.pickup, same.added) == (True, run.pickup, run.added)
            continue
        kept = {
            (stop.kind, stop.home.code, stop.arrive, code)
            for one in theirs
            for stop in one.stops
            for code in stop.holds
            if stop.is_locked
        }
        for stop in run.stops:
            if stop.is_locked:
                assert {(stop.kind, stop.home.code, stop.arrive, code) for code in stop.holds} <= kept
    out = {one.hold for one in before.not_planned if one.why in (WhyNot.LEFT_OUT, WhyNot.FETCHED)}
    assert out <= {one.hold for one in after.not_planned}


def whose(found: DayPlan) -> dict[str, str]:
    return {code: run.driver for run in found.runs for code in run.added}


def edited(seed: int, edits: int) -> tuple[DayQuestion, DayPlan]:
    day, rng = a_drawn_day(seed, pairs=7), random.Random(seed)
    found = plan(day, PlainRouter())
    for _ in range(edits):
        with suppress(UserError):
            found = any_edit(rng, day, found)
    return day, any_locks(rng, found)


@given(st.integers(0, 10_000), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_what_is_locked_stays_with_its_volunteer_order_and_times(seed: int, edits: int) -> None:
    day, before = edited(seed, edits)
    after = plan_again(day, LastCar(), before)
    check_edited(day, after)
    check_kept(before, after)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_day_planned_again_without_a_change_takes_nothing_from_anybody(seed: int) -> None:
    day = a_drawn_day(seed, pairs=7)
    before = plan(day, PlainRouter())
    after = plan_again(day, PlainRouter(), before)
    assert whose(before).items() <= whose(after).items()


def test_milk_stays_with_its_volunteer_unless_another_saves_a_good_deal() -> None:
    day, found = two_families()
    moved = editing.move_to_driver(day, found, 0, 0, "V-0002")
    dear, free = (replace(day, policy=replace(day.policy, change=minutes)) for minutes in (500, 0))
    near = plan_again(dear, PlainRouter(), moved)
    assert {run.driver: run.added for run in near.runs} == {run.driver: run.added for run in moved.runs}
    assert {run.driver for run in plan_again(free, PlainRouter(), moved).runs} == {"V-0001"}


def test_milk_that_is_new_joins_around_what_is_locked() -> None:
    day, found = two_families()
    locked = editing.lock_run(found, 0, is_locked=True)
    more = a_hold(3, a_home(3, "D-0003"), a_home(1, "R-0001"), 40)
    grown = replace(day, holds=(*day.holds, more))
    after = plan_again(grown, PlainRouter(), locked)
    assert as_driven(after.runs[0]) == as_driven(found.runs[0])
    assert {run.driver: run.added for run in after.runs}["V-0002"] == ("H-0003",)

    gone = replace(day, holds=day.holds[:1])
    (left,) = plan_again(gone, PlainRouter(), locked).runs
    assert (left.is_locked, left.added) == (True, ("H-0001",))


def test_a_place_numbered_anew_stays_the_same_place() -> None:
    first = a_hold(1, a_home(0, "D-0001"), a_home(1, "R-0001"), 100)
    day = a_day([first], [a_driver(1, 2)], PLACES)
    locked = editing.lock_run(plan(day, PlainRouter()), 0, is_locked=True)
    turned = [PLACES[5], *PLACES[:5]]
    again = a_day(
        [replace(first, giver=replace(first.giver, place=1), taker=replace(first.taker, place=2))],
        [a_driver(1, 3)],
        turned,
    )
    after = plan_again(again, PlainRouter(), locked)
    assert [stop.home.place for stop in after.runs[0].stops] == [1, 2]
    assert as_driven(after.runs[0]) == as_driven(locked.runs[0])
