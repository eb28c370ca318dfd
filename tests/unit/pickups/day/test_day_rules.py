"""Whatever day is drawn, the plan keeps every rule: looked at here apart from the program's own checks."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.pickups.coolers import holds_loose
from coordinator.domain.pickups.day.answer import DayPlan, DayRun
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayHold, DayQuestion
from coordinator.domain.pickups.day.routing import Routes, RoutingProblem, Task
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume
from tests.day_builders import PICKUPS, POLICY, a_drawn_day

seeds = st.integers(0, 10_000)


class AnyRouter:
    """A router that gives routes without a thought: what is wrong with them must be mended."""

    is_plain = False

    def route(self, problem: RoutingProblem) -> Routes:
        """Give every shipment to the first car, picked up all together and dropped in the same order."""
        every = range(len(problem.shipments))
        picked = tuple(Task(number, is_drop=False) for number in every)
        return Routes({0: (*picked, *(Task(number, is_drop=True) for number in every))})


def every_hold(day: DayQuestion) -> dict[str, DayHold]:
    return {hold.code: hold for hold in (*day.holds, *(one for run in day.locked for one in run.holds))}


def check_run(day: DayQuestion, run: DayRun, holds: dict[str, DayHold]) -> None:
    aboard = set[str]()
    driver = next(one for one in day.drivers if one.code == run.driver)
    place, at, room = driver.place, run.starts_at, Volume(0)
    if driver.coolers_qt:
        most = [holds_loose(quarts, PICKUPS).oz for quarts in driver.coolers_qt]
        lift = float("inf") if driver.lift_lb is None else driver.lift_lb / PICKUPS.lb_per_oz
        room = Volume.from_oz(round(sum(min(float(one), lift) for one in most), 3))
    for number, stop in enumerate(run.stops):
        assert stop.home.place is not None
        assert place is not None
        assert stop.arrive >= at + day.minutes[place, stop.home.place], "there before the car can be"
        assert any(opens <= stop.arrive <= closes for opens, closes in stop.home.hours), "nobody is home"
        for code in stop.holds:
            if stop.kind is StopKind.PICK_UP:
                assert holds[code].giver.household_id == stop.home.household_id
                aboard.add(code)
            else:
                assert holds[code].taker.household_id == stop.home.household_id, "rests at a third place"
                aboard.remove(code)
        carried = sum(holds[code].volume.oz for code in aboard)
        assert not driver.coolers_qt or carried <= room.oz + 1 / 100, "more milk than coolers"
        place, at = stop.home.place, stop.leave
        if run.lunch_after == number:
            assert run.lunch_at is not None
            assert run.lunch_at >= at
            at = run.lunch_at + POLICY.lunch.minutes
    assert not aboard, "milk stays in the car"
    assert place is not None
    assert driver.place is not None
    assert run.ends_at >= at + day.minutes[place, driver.place]
    if not run.pickup:
        assert any(o <= run.starts_at and run.ends_at <= c for o, c in driver.hours), "beyond the shift"
        assert driver.most_minutes is None or run.minutes <= driver.most_minutes
    missed = run.starts_at <= POLICY.lunch.hours.opens and run.ends_at >= POLICY.lunch.hours.closes
    assert run.lunch_at is not None or not missed or bool(run.pickup), "no lunch"
    keys = [(stop.kind, stop.home.household_id) for stop in run.stops]
    assert len(keys) == len(set(keys)), "a house twice"


def check_plan(day: DayQuestion, found: DayPlan) -> None:
    planned = [code for run in found.runs for code in run.added]
    parts = {one.hold: one for one in found.parts}
    left = [one.hold for one in found.not_planned if one.hold not in parts]
    assert set(parts) <= set(planned), "a part that travels nowhere"
    holds = {
        code: replace(hold, volume=parts[code].volume, bags=parts[code].bags) if code in parts else hold
        for code, hold in every_hold(day).items()
    }
    for part in found.parts:
        whole = every_hold(day)[part.hold]
        assert 0 < part.bags < (whole.bags or 0), "no part"
    assert sorted([*planned, *left]) == sorted(hold.code for hold in day.holds), "every hold once"
    for run in found.runs:
        check_run(day, run, holds)
        assert not [one for one in run.broken if not one.is_question and not run.pickup], run.broken
    for taker in {hold.taker.household_id for hold in day.holds}:
        come = [holds[code] for code in planned if holds[code].taker.household_id == taker]
        rooms = [one.room.oz for one in come if one.room is not None]
        assert not rooms or sum(o.volume.oz for o in come if o.room is not None) <= max(rooms), "freezer"


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_every_drawn_day_keeps_every_rule(seed: int) -> None:
    day = a_drawn_day(seed)
    check_plan(day, plan(day, PlainRouter()))


@given(seeds)
@settings(max_examples=12, deadline=None)
def test_routes_that_break_every_rule_are_mended(seed: int) -> None:
    day = a_drawn_day(seed)
    found = plan(day, AnyRouter())
    check_plan(day, found)


@given(seeds)
@settings(max_examples=12, deadline=None)
def test_runs_that_stand_keep_their_stops_in_order_and_closed_ones_are_left_alone(seed: int) -> None:
    day = a_drawn_day(seed)
    found = {run.pickup: run for run in plan(day, PlainRouter()).runs if run.pickup}
    for locked in day.locked:
        run = found.get(locked.pickup)
        if locked.is_closed:
            assert run is None
        elif run is not None:
            order = [(stop.kind, stop.home.household_id) for stop in run.stops]
            before = [(stop.kind, stop.home.household_id) for stop in locked.stops]
            assert [one for one in order if one in before] == before
            assert run.driver == locked.driver
            assert locked.holds[0].code in run.holds


def test_the_same_day_has_the_same_plan_each_time() -> None:
    assert plan(a_drawn_day(5), PlainRouter()) == plan(a_drawn_day(5), PlainRouter())
