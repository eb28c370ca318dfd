"""A day planned again: what is locked stays, what was left out stays out, and the rest moves little.

A locked run stays whole, with its times. A locked stop stays with its volunteer, its milk and its minute,
and its run may change around it; where such stops alone keep no rule any more, or have milk of a run that
stands, their run stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator.domain.pickups.day.answer import DayPlan, DayRun, NotPlanned, WhyNot
from coordinator.domain.pickups.day.describing import Door, checked
from coordinator.domain.pickups.day.editing import travel_of
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayHold, DayQuestion, Home, LockedRun, LockedStop
from coordinator.domain.pickups.day.relaying import by_hand, is_kept, laid_again, without_holds
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.day.why_not import part_of
from coordinator.domain.pickups.plans import StopKind

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.routing import Router

_BY_HAND = frozenset({WhyNot.LEFT_OUT, WhyNot.FETCHED})


def plan_again(question: DayQuestion, router: Router, before: DayPlan) -> DayPlan:
    """Return the day planned anew around what is locked in the plan *before*.

    Milk that travels elsewhere by now is on none of the runs any more, its locked stops too.
    """
    here = {hold.code for hold in question.holds}
    before = replace(
        before,
        runs=tuple(run for one in before.runs if (run := _as_of_now(question, before, one)) is not None),
        parts=tuple(one for one in before.parts if one.hold in here),
    )
    out = tuple(one for one in before.not_planned if one.why in _BY_HAND and one.hold in here)
    kept = [run for run in before.runs if run.is_locked or any(stop.is_locked for stop in run.stops)]
    travel = travel_of(question, before)
    locks = [_lock(question, run, travel) for run in kept]
    while True:
        found = _planned(question, router, before, locks, out)
        there = {code for run in found.runs for code in run.added}
        lost = [number for number, one in enumerate(locks) if not set(one.run.proposed) <= there]
        if not lost:
            return found
        locks = [
            _lock(question, run, travel, is_whole=number in lost or locks[number].run.is_closed)
            for number, run in enumerate(kept)
        ]


def _planned(
    question: DayQuestion,
    router: Router,
    before: DayPlan,
    locks: list[_Lock],
    out: tuple[NotPlanned, ...],
) -> DayPlan:
    bound = {code for one in locks for code in one.run.proposed} | {one.hold for one in out}
    pickups = {one.run.pickup for one in locks if one.run.pickup}
    standing = tuple(one for one in question.locked if one.pickup not in pickups)
    asked = replace(
        question,
        holds=tuple(hold for hold in question.holds if hold.code not in bound),
        locked=(*standing, *(one.run for one in locks)),
    )
    found = plan(asked, router, before)
    whole = [one.kept for one in locks if one.run.is_closed]
    return _joined(question, found, before, whole, out, bound)


def _as_of_now(question: DayQuestion, before: DayPlan, run: DayRun) -> DayRun | None:
    """Return a run of an earlier question with the homes of this one; ``None`` where it is gone."""
    here = {hold.code: hold for hold in (*question.holds, *_standing_holds(question, run.pickup))}
    if run.driver not in {one.code for one in question.drivers}:
        return None
    if run.pickup and run.pickup not in {one.pickup for one in question.locked}:
        return None
    gone = [code for code in run.holds if code not in here]
    thin = without_holds(by_hand(question, run), gone)
    doors = tuple(replace(door, home=_home_of_now(door, here)) for door in thin.doors)
    if not doors or any(door.home.place is None for door in doors):
        return None
    if not gone:
        stops = (replace(stop, home=door.home) for stop, door in zip(run.stops, doors, strict=True))
        return replace(run, stops=tuple(stops))
    parts = {one.hold: one.bags for one in before.parts}
    travel = {code: part_of(one, parts[code]) if code in parts else one for code, one in here.items()}
    return laid_again(question, replace(thin, doors=doors), travel)


def _standing_holds(question: DayQuestion, pickup: str) -> tuple[DayHold, ...]:
    return next((one.holds for one in question.locked if pickup and one.pickup == pickup), ())


def _home_of_now(door: Door, here: Mapping[str, DayHold]) -> Home:
    """Return the home of a door; the hours that were agreed for a run that stands stay."""
    hold = here[door.holds[0]]
    home = hold.taker if door.kind is StopKind.DROP else hold.giver
    return home if home.hours == door.home.hours else replace(home, hours=door.home.hours or home.hours)


@dataclass(frozen=True, slots=True)
class _Lock:
    run: LockedRun
    kept: DayRun


def _pinned(run: DayRun) -> tuple[str, ...]:
    """Return the holds of locked stops that are new on the run."""
    found = dict.fromkeys(code for stop in run.stops if stop.is_locked for code in stop.holds)
    return tuple(code for code in found if code in run.added)


def _holds_standing(run: DayRun) -> bool:
    """Whether a locked stop has milk that stood on the run already: then it stays as it is."""
    return any(code not in run.added for stop in run.stops if stop.is_locked for code in stop.holds)


def _lock(
    question: DayQuestion, run: DayRun, travel: Mapping[str, DayHold], *, is_whole: bool = False
) -> _Lock:
    """Return what is locked of a run as one that stands: all of it, or its pinned stops alone."""
    pinned = run.added if run.is_locked else _pinned(run)
    loose = [code for code in run.added if code not in pinned]
    one = by_hand(question, run)
    times = {(stop.kind, stop.home.household_id): stop.arrive for stop in run.stops if stop.is_locked}
    doors = without_holds(one, loose).doors
    forced = tuple(
        replace(door, home=replace(door.home, hours=(Hours(at, at),)))
        if (at := times.get((door.kind, door.home.household_id))) is not None
        else door
        for door in doors
    )
    is_whole = is_whole or run.is_locked or _holds_standing(run)
    is_whole = is_whole or not is_kept(question, replace(one, doors=forced), travel)
    pinned = run.added if is_whole else pinned
    stops = tuple(
        LockedStop(
            door.kind,
            before.home,
            tuple(code for code in door.holds if is_whole or code not in loose),
            door.home.hours,
            is_locked=door.is_locked,
            not_before=door.not_before,
        )
        for door, before in zip(forced, doors, strict=True)
    )
    standing = next((known for known in question.locked if run.pickup and known.pickup == run.pickup), None)
    carried = [code for code in run.holds if is_whole or code not in loose]
    locked = LockedRun(
        run.pickup,
        run.driver,
        run.leaves if standing is None else standing.starts_at,
        stops,
        tuple(travel[code] for code in carried),
        is_closed=is_whole,
        proposed=tuple(pinned),
        hours=run.hours,
    )
    return _Lock(locked, run)


def _joined(
    question: DayQuestion,
    found: DayPlan,
    before: DayPlan,
    whole: list[DayRun],
    out: tuple[NotPlanned, ...],
    bound: set[str],
) -> DayPlan:
    """Return the plan with the locked runs in it, all checked together, notes kept where they count."""
    parts = tuple(one for one in before.parts if one.hold in bound)
    rests = {one.hold for one in parts}
    left = (*out, *(one for one in before.not_planned if one.hold in rests))
    notes = {run.driver: run.notes for run in before.runs}
    runs = [*whole, *(replace(run, notes=notes.get(run.driver, ())) for run in found.runs)]
    joined = replace(
        found,
        runs=tuple(sorted(runs, key=lambda run: (run.starts_at, run.driver))),
        not_planned=tuple(sorted((*found.not_planned, *left), key=lambda one: one.hold)),
        parts=(*found.parts, *parts),
    )
    travel = travel_of(question, joined)
    again = (checked(question, by_hand(question, run).car, run, travel) for run in joined.runs)
    return replace(joined, runs=tuple(again))
