"""A day changed by hand: nothing is lost, only what can be driven is, and whatever is broken says so."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordinator.domain.pickups.coolers import carried_at_most
from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import Broken, DayPlan, DayRule, DayRun, WhyNot
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayHold, DayQuestion
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from tests.day_builders import PICKUPS, a_day, a_drawn_day, a_driver, a_hold, a_home, a_standing_run

PLACES = [(0.0, 0.0), (20.0, 0.0), (10.0, 0.0), (10.0, 5.0), (5.0, 0.0), (15.0, 5.0)]


def any_edit(rng: random.Random, day: DayQuestion, found: DayPlan) -> DayPlan:
    """Change the plan as somebody might who clicks about."""
    kind = rng.choice(("move", "run", "driver", "out", "from", "leave", "put", "put new"))
    left = [one.hold for one in found.not_planned]
    driver = rng.choice(day.drivers).code
    if kind.startswith("put") and left:
        code = rng.choice(left)
        if kind == "put new" or not found.runs:
            return editing.put_on_driver(day, found, code, driver)
        return editing.put_on_run(day, found, code, rng.randrange(len(found.runs)))
    if not found.runs:
        return found
    run = rng.randrange(len(found.runs))
    stop, minute = rng.randrange(len(found.runs[run].stops)), rng.choice((None, 480, 700, 900))
    place, target = rng.randrange(len(found.runs[run].stops)), rng.randrange(len(found.runs))
    edits: dict[str, Callable[[], DayPlan]] = {
        "move": lambda: editing.move_stop(day, found, run, stop, place),
        "run": lambda: editing.move_to_run(day, found, run, stop, target),
        "driver": lambda: editing.move_to_driver(day, found, run, stop, driver),
        "out": lambda: editing.leave_out(day, found, run, stop),
        "from": lambda: editing.arrive_from(day, found, run, stop, minute),
    }
    return edits.get(kind, lambda: editing.leave_at(day, found, run, minute))()


def check_driven(day: DayQuestion, run: DayRun, holds: dict[str, DayHold]) -> None:
    driver = next(one for one in day.drivers if one.code == run.driver)
    said = {(one.rule, one.code) for one in run.broken}
    aboard, most = dict[str, Volume](), 0
    place, at = driver.place, run.starts_at
    for number, stop in enumerate(run.stops):
        there = stop.home.place
        assert stop.arrive >= at + day.minutes[place, there], "there before the car can be"
        assert stop.not_before is None or stop.arrive >= stop.not_before
        if not any(opens <= stop.arrive <= closes for opens, closes in stop.home.hours):
            assert (DayRule.HOURS, stop.home.code) in said
        for code in stop.holds:
            if stop.kind is StopKind.PICK_UP:
                assert holds[code].giver.household_id == stop.home.household_id
                aboard[code] = holds[code].volume
            else:
                assert holds[code].taker.household_id == stop.home.household_id
                del aboard[code]
        most = max(most, sum(one.microlitres for one in aboard.values()))
        place, at = there, stop.leave
        if run.lunch_after == number:
            assert run.lunch_at is not None
            at = run.lunch_at + run.lunch_minutes
    assert not aboard, "milk stays in the car"
    assert run.ends_at >= at + day.minutes[place, driver.place]
    assert run.leaves is None or run.starts_at <= run.leaves
    if driver.coolers_qt and most > carried_at_most(driver.coolers_qt, driver.lift_lb, PICKUPS).microlitres:
        assert (DayRule.COOLERS, driver.code) in said
    if driver.is_away:
        assert (DayRule.AWAY, driver.code) in said
    elif not any(o <= run.starts_at and run.ends_at <= c for o, c in driver.hours):
        assert (DayRule.SHIFT, driver.code) in said
    keys = [(stop.kind, stop.home.household_id) for stop in run.stops]
    assert len(keys) == len(set(keys)), "a house twice"


def check_edited(day: DayQuestion, found: DayPlan) -> None:
    parts = {one.hold for one in found.parts}
    on_runs = [code for run in found.runs for code in run.added]
    left = [one.hold for one in found.not_planned if one.hold not in parts]
    assert sorted([*on_runs, *left]) == sorted(hold.code for hold in day.holds), "every hold once"
    travel = editing.travel_of(day, found)
    for run in found.runs:
        check_driven(day, run, travel)


@given(st.integers(0, 10_000))
@example(130)
@settings(max_examples=25, deadline=None)
def test_whatever_is_changed_by_hand_stays_a_day_that_can_be_driven_and_says_what_it_breaks(
    seed: int,
) -> None:
    day, rng = a_drawn_day(seed, pairs=6), random.Random(seed)
    found = plan(day, PlainRouter())
    for _ in range(6):
        with suppress(UserError):
            found = any_edit(rng, day, found)
        check_edited(day, found)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_stop_moved_there_and_back_leaves_the_order_as_it_was(seed: int) -> None:
    day, rng = a_drawn_day(seed, pairs=6), random.Random(seed)
    found = plan(day, PlainRouter())
    for number, run in enumerate(found.runs):
        stop, place = rng.randrange(len(run.stops)), rng.randrange(len(run.stops))
        try:
            moved = editing.move_stop(day, found, number, stop, place)
        except UserError:
            continue
        again = editing.move_stop(day, moved, number, place, stop).runs[number]
        assert [(one.kind, one.home, one.holds) for one in again.stops] == [
            (one.kind, one.home, one.holds) for one in run.stops
        ]


def two_families(**driver: object) -> tuple[DayQuestion, DayPlan]:
    """Return a day with one volunteer on the road, one at home, and two families with milk each."""
    first = a_hold(1, a_home(0, "D-0001"), a_home(1, "R-0001"), 100)
    second = a_hold(2, a_home(4, "D-0002"), a_home(5, "R-0002"), 100)
    day = a_day([first, second], [a_driver(1, 2), a_driver(2, 3, **driver)], PLACES)
    found = plan(day, PlainRouter())
    assert [run.driver for run in found.runs] == ["V-0001"]
    return day, found


def stop_of(run: DayRun, code: str) -> int:
    return next(number for number, stop in enumerate(run.stops) if stop.home.code == code)


def test_a_drop_before_its_pick_up_is_refused_in_words() -> None:
    day, found = two_families()
    drop = stop_of(found.runs[0], "R-0001")
    with pytest.raises(UserError, match="H-0001 cannot be dropped at R-0001 before it is picked up"):
        editing.move_stop(day, found, 0, drop, 0)


def test_a_stop_moves_to_another_volunteer_with_its_other_half_and_back() -> None:
    day, found = two_families()
    moved = editing.move_to_driver(day, found, 0, stop_of(found.runs[0], "R-0002"), "V-0002")
    assert [run.added for run in moved.runs] == [("H-0001",), ("H-0002",)]
    assert [stop.home.code for stop in moved.runs[1].stops] == ["D-0002", "R-0002"]
    assert moved.runs[1].driver == "V-0002"
    back = editing.move_to_run(day, moved, 1, 0, 0)
    assert [set(run.added) for run in back.runs] == [{"H-0001", "H-0002"}]


def test_a_volunteer_without_coolers_enough_or_hours_is_said_on_the_run() -> None:
    day, found = two_families(coolers_qt=(2,), hours=(Hours(480, 500),), is_told=True)
    moved = editing.move_to_driver(day, found, 0, 0, "V-0002")
    rules = {one.rule for run in moved.runs for one in run.broken}
    assert rules & {DayRule.COOLERS, DayRule.SHIFT}


def test_what_the_door_needs_is_said_of_a_volunteer_who_is_not_noted_for_it() -> None:
    day, found = two_families()
    stairs = [replace(hold, taker=replace(hold.taker, needs=frozenset({"stairs"}))) for hold in day.holds]
    day = replace(day, holds=tuple(stairs))
    moved = editing.move_to_driver(day, found, 0, 0, "V-0002")
    assert DayRule.NEED in {one.rule for one in moved.runs[1].broken}


def test_a_stop_left_out_is_not_planned_and_may_be_put_on_again() -> None:
    day, found = two_families()
    without = editing.leave_out(day, found, 0, stop_of(found.runs[0], "D-0002"))
    assert [(one.hold, one.why) for one in without.not_planned] == [("H-0002", WhyNot.LEFT_OUT)]
    assert without.runs[0].added == ("H-0001",)
    again = editing.put_on_run(day, without, "H-0002", 0)
    assert again.not_planned == ()
    assert set(again.runs[0].added) == {"H-0001", "H-0002"}
    alone = editing.put_on_driver(day, without, "H-0002", "V-0002")
    assert [run.added for run in alone.runs] == [("H-0001",), ("H-0002",)]


def test_a_run_leaves_when_told_and_a_stop_is_not_come_to_before_its_minute() -> None:
    day, found = two_families()
    later = editing.leave_at(day, found, 0, 11 * 60)
    assert later.runs[0].starts_at == 11 * 60
    last = len(later.runs[0].stops) - 1
    held = editing.arrive_from(day, found, 0, last, 15 * 60)
    assert held.runs[0].stops[last].arrive == 15 * 60
    assert editing.arrive_from(day, held, 0, last, None).runs[0].stops == found.runs[0].stops
    late = editing.arrive_from(day, found, 0, last, 19 * 60)
    assert DayRule.HOURS in {one.rule for one in late.runs[0].broken}


def test_past_midnight_is_refused_in_words() -> None:
    day, found = two_families()
    with pytest.raises(UserError, match="past midnight"):
        editing.arrive_from(day, found, 0, 0, 23 * 60 + 50)


def test_milk_of_a_run_that_stands_stays_on_it_and_its_start_too() -> None:
    milk, more = (
        a_hold(1, a_home(0, "D-0001"), a_home(1, "R-0001"), 40),
        a_hold(2, a_home(4, "D-0002"), a_home(5, "R-0002"), 40),
    )
    driver = a_driver(1, 2)
    day = a_day([more], [driver, a_driver(2, 3)], PLACES, locked=(a_standing_run(driver, milk),))
    found = plan(day, PlainRouter())
    [run] = found.runs
    assert run.pickup == "P-0001"
    with pytest.raises(UserError, match="H-0001 travel with P-0001, which stands"):
        editing.leave_out(day, found, 0, stop_of(run, "D-0001"))
    with pytest.raises(UserError, match="P-0001 stands already"):
        editing.leave_at(day, found, 0, 600)
    without = editing.leave_out(day, found, 0, stop_of(run, "D-0002"))
    assert without.runs == ()
    assert [one.why for one in without.not_planned] == [WhyNot.LEFT_OUT]


def test_a_note_overrules_a_rule_just_as_it_is_broken_and_no_worse() -> None:
    day, found = two_families()
    last = len(found.runs[0].stops) - 1
    late = editing.arrive_from(day, found, 0, last, 18 * 60 + 30)
    assert {one.rule for one in late.runs[0].in_the_way} == {DayRule.HOURS, DayRule.SHIFT}
    noted = late
    for broken in late.runs[0].in_the_way:
        noted = editing.overrule(noted, 0, broken, "  they wait\nup ")
    assert noted.runs[0].in_the_way == ()
    assert [note for _, note in noted.runs[0].notes] == ["they wait up"] * 2
    later = editing.arrive_from(day, noted, 0, last, 19 * 60)
    assert {one.rule for one in later.runs[0].in_the_way} == {DayRule.HOURS, DayRule.SHIFT}
    back = editing.overrule(noted, 0, noted.runs[0].notes[0][0], " ")
    assert len(back.runs[0].in_the_way) == 1


def test_no_note_overrules_milk_that_rests_at_a_third_place() -> None:
    _, found = two_families()
    resting = Broken(DayRule.CUSTODY, "", ("H-0001",))
    run = replace(found.runs[0], broken=(resting,), notes=((resting, "we always do"),))
    assert run.in_the_way == (resting,)
    with pytest.raises(UserError, match="No note overrules this"):
        editing.overrule(replace(found, runs=(run,)), 0, resting, "we always do")
