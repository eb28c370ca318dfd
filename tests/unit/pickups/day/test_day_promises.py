"""What was promised is kept whatever day is drawn: who can serve a door, agreed hours, a run no longer."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.pickups.day.answer import DayRule, DayRun, WhyNot
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayHold, DayQuestion, Home, LockedRun
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.plans import StopKind
from tests.day_builders import PICKUPS, POLICY, a_drawn_day, a_standing_run
from tests.unit.pickups.day.test_day_rules import AnyRouter, check_plan, every_hold

NEEDS = ("stairs", "language:es")
ROUTERS = (PlainRouter, AnyRouter)
seeds = st.integers(0, 10_000)


def with_needs(day: DayQuestion, rng: random.Random) -> DayQuestion:
    """Return the day with doors that ask something of who drives, and volunteers who can do some of it."""
    doors = sorted({hold.taker.household_id for hold in day.holds})
    asked = {door: frozenset(rng.sample(NEEDS, rng.choice((0, 0, 1, 2)))) for door in doors}
    holds = tuple(
        replace(hold, taker=replace(hold.taker, needs=asked[hold.taker.household_id])) for hold in day.holds
    )
    able = tuple(replace(one, skills=frozenset(rng.sample(NEEDS, rng.randint(0, 2)))) for one in day.drivers)
    return replace(day, holds=holds, drivers=able)


@given(seeds, st.sampled_from(ROUTERS))
@settings(max_examples=15, deadline=None)
def test_nobody_is_sent_to_a_door_they_cannot_serve(seed: int, router: type[PlainRouter | AnyRouter]) -> None:
    day = with_needs(a_drawn_day(seed), random.Random(seed))

    found = plan(day, router())

    holds, drivers = every_hold(day), {one.code: one for one in day.drivers}
    for run in found.runs:
        for code in run.added:
            needs = holds[code].giver.needs | holds[code].taker.needs
            assert needs <= drivers[run.driver].skills, f"{run.driver} cannot: {needs}"
    for one in found.not_planned:
        if one.why is WhyNot.NEEDS:
            needs = holds[one.hold].giver.needs | holds[one.hold].taker.needs
            about = [driver for driver in day.drivers if driver.hours and not driver.is_away]
            assert not any(needs <= driver.skills for driver in about), "somebody could"


def standing(day: DayQuestion, rng: random.Random) -> DayQuestion:
    """Return the day with a run that stands, its two stops agreed for hours that its volunteer can keep."""
    milk, *others = sorted(day.holds, key=lambda one: one.code)
    here = (one for one in day.drivers if not one.is_away)
    driver = next(here, replace(day.drivers[0], is_away=False))
    driver = replace(driver, hours=(Hours(8 * 60, 18 * 60),), most_minutes=None, coolers_qt=(), is_told=True)
    run = a_standing_run(driver, milk, is_closed=False)
    there, across = (int(day.minutes[a, b]) for a, b in _legs(driver.place, milk))
    picked = 9 * 60 + there
    dropped = picked + PICKUPS.minutes_at_stop + across
    agreed = (Hours(picked, picked + rng.choice((0, 20))), Hours(dropped, dropped + rng.choice((20, 60))))
    stops = tuple(replace(stop, hours=(hours,)) for stop, hours in zip(run.stops, agreed, strict=True))
    run = replace(run, stops=stops)
    people = tuple(driver if one.code == driver.code else one for one in day.drivers)
    policy = replace(POLICY, longer=rng.choice((0, 15, 60)))
    return replace(day, holds=tuple(others), drivers=people, locked=(run,), policy=policy)


def _legs(place: int | None, milk: DayHold) -> tuple[tuple[int, int], tuple[int, int]]:
    home, giver, taker = place, milk.giver.place, milk.taker.place
    assert home is not None
    assert giver is not None
    assert taker is not None
    return (home, giver), (giver, taker)


def alone(day: DayQuestion, run: LockedRun) -> int:
    """Return the minutes from door to door of a run as it stands, its stops begun as soon as agreed."""
    driver = next(one for one in day.drivers if one.code == run.driver)
    place, at = driver.place, 9 * 60
    for stop in run.stops:
        at = max(at + int(day.minutes[place, stop.home.place]), stop.hours[0].opens) + PICKUPS.minutes_at_stop
        place = stop.home.place
    return at + int(day.minutes[place, driver.place]) - 9 * 60


def stop_of(run: DayRun, kind: StopKind, home: Home) -> int:
    """Return when a run that stands comes to one of its own doors."""
    return next(
        stop.arrive for stop in run.stops if (stop.kind, stop.home.household_id) == (kind, home.household_id)
    )


@given(seeds, st.sampled_from(ROUTERS))
@settings(max_examples=25, deadline=None)
def test_a_run_that_stands_keeps_the_hours_agreed_and_grows_no_longer_than_the_policy_says(
    seed: int, router: type[PlainRouter | AnyRouter]
) -> None:
    day = standing(a_drawn_day(seed, pairs=6), random.Random(seed))
    (locked,) = day.locked

    found = plan(day, router())

    check_plan(day, found)
    for run in found.runs:
        if run.pickup != locked.pickup:
            continue
        for stop in locked.stops:
            opens, closes = stop.hours[0]
            assert opens <= stop_of(run, stop.kind, stop.home) <= closes, "not in the hours agreed"
        assert run.minutes <= alone(day, locked) + day.policy.longer, "longer than asked for"
        assert {one.rule for one in run.broken if one.is_question} >= {DayRule.LONGER}, "nobody is asked"


@given(seeds, st.sampled_from((0.5, 1, 2)))
@settings(max_examples=12, deadline=None)
def test_milk_that_is_out_of_the_freezer_too_long_is_said_on_its_run_and_no_other(
    seed: int, hours: float
) -> None:
    day = a_drawn_day(seed)
    day = replace(day, pickups=replace(day.pickups, cooler_hours=hours))

    for run in plan(day, PlainRouter()).runs:
        since = {
            code: stop.arrive for stop in run.stops if stop.kind is StopKind.PICK_UP for code in stop.holds
        }
        too_long = {
            code
            for stop in run.stops
            if stop.kind is StopKind.DROP
            for code in stop.holds
            if stop.leave - since[code] > hours * 60
        }
        said = {one.holds[0] for one in run.broken if one.rule is DayRule.OUT_OF_FREEZER}
        assert said == too_long
