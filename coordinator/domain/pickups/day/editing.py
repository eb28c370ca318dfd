"""A planned day changed by hand: each change gives a new plan, with times and broken rules looked at anew.

What nobody can drive is refused in a sentence: milk dropped before it is picked up, milk of a run that stands
moved off it. Everything else may be tried; what it breaks stands on the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.domain.pickups.day.answer import Broken, DayPlan, DayRun, NotPlanned, Part, WhyNot
from coordinator.domain.pickups.day.describing import Door, checked
from coordinator.domain.pickups.day.relaying import (
    HandRun,
    by_hand,
    fresh,
    is_kept,
    laid_again,
    with_hold,
    without_holds,
)
from coordinator.domain.pickups.day.timing import DAY_MINUTES
from coordinator.domain.pickups.day.why_not import part_of
from coordinator.domain.pickups.plans import StopKind
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator.domain.pickups.day.question import DayHold, DayQuestion

_WAITS_FOR_WORDS = frozenset({WhyNot.YES_MISSING, WhyNot.PLACE_UNKNOWN})
"""Without these it cannot be put on a run by hand either."""


def move_stop(question: DayQuestion, plan: DayPlan, run: int, stop: int, place: int) -> DayPlan:
    """Return the plan with a stop of a run at another *place* in it; all count from 0.

    Raises:
        UserError: If milk would be dropped before it is picked up, or the run last past midnight.
    """
    one = by_hand(question, plan.runs[run])
    doors = list(one.doors)
    doors.insert(min(max(place, 0), len(doors) - 1), doors.pop(stop))
    _refuse_disorder(doors)
    return _with_run(question, plan, run, replace(one, doors=tuple(doors)))


def move_to_run(question: DayQuestion, plan: DayPlan, run: int, stop: int, target: int) -> DayPlan:
    """Return the plan with what is handed over at a stop on another run, where it costs the least there.

    Its pick-ups and drops move together. A run without new milk is none any more.

    Raises:
        UserError: If some of it belongs to a run that stands, or the run would last past midnight.
    """
    if run == target:
        return plan
    holds = _movable(plan.runs[run], stop)
    other = by_hand(question, plan.runs[target])
    return _moved(question, plan, run, holds, [other], target)


def move_to_driver(question: DayQuestion, plan: DayPlan, run: int, stop: int, driver: str) -> DayPlan:
    """Return the plan with what is handed over at a stop on a new run of a volunteer; see ``move_to_run``."""
    holds = _movable(plan.runs[run], stop)
    return _moved(question, plan, run, holds, _begun(question, plan, driver), None)


def leave_out(question: DayQuestion, plan: DayPlan, run: int, stop: int) -> DayPlan:
    """Return the plan without what is handed over at a stop: it is not planned, by her own choice.

    Raises:
        UserError: If some of it belongs to a run that stands.
    """
    holds = _movable(plan.runs[run], stop)
    return _off(question, plan, run, holds, WhyNot.LEFT_OUT)


def let_fetch(question: DayQuestion, plan: DayPlan, hold: str) -> DayPlan:
    """Return the plan without milk that its family fetches itself; it is new on one of the runs."""
    run = next(number for number, one in enumerate(plan.runs) if hold in one.added)
    return _off(question, plan, run, (hold,), WhyNot.FETCHED)


def _off(question: DayQuestion, plan: DayPlan, run: int, holds: tuple[str, ...], why: WhyNot) -> DayPlan:
    here = without_holds(by_hand(question, plan.runs[run]), holds)
    kept = tuple(one for one in plan.not_planned if one.hold not in holds)
    left = tuple(NotPlanned(code, why) for code in holds)
    thinner = replace(
        plan,
        not_planned=tuple(sorted((*kept, *left), key=lambda one: one.hold)),
        parts=tuple(one for one in plan.parts if one.hold not in holds),
    )
    return _with_run(question, thinner, run, here)


def put_back(
    question: DayQuestion, plan: DayPlan, hold: str, watch: Callable[[], None] = lambda: None
) -> DayPlan:
    """Return the plan with milk that was not planned where it costs least without breaking anything more.

    It may take seconds: *watch* is called before each place that is tried, and what it raises ends it.

    Raises:
        UserError: If there is no such place, or it cannot travel at all.
    """
    tries: list[DayPlan] = []
    for number in range(len(plan.runs)):
        watch()
        tries.append(put_on_run(question, plan, hold, number))
    busy = {run.driver for run in plan.runs} | {one.driver for one in question.locked}
    free = [one for one in question.drivers if one.code not in busy and one.place is not None]
    for one in free:
        watch()
        tries.append(put_on_driver(question, plan, hold, one.code))
    before = _count_broken(plan)
    kept = [tried for tried in tries if _count_broken(tried) <= before]
    if not kept:
        raise UserError(
            saying("{hold} fits nowhere without breaking a rule; put it on a run by hand.", hold=hold)
        )
    return min(kept, key=lambda tried: _minutes(question, tried))


def _count_broken(plan: DayPlan) -> int:
    return sum(not one.is_question for run in plan.runs for one in run.broken)


def _minutes(question: DayQuestion, plan: DayPlan) -> int:
    return sum(run.minutes + question.policy.a_run for run in plan.runs)


def _begun(question: DayQuestion, plan: DayPlan, driver: str) -> list[HandRun]:
    """Return the runs a volunteer could begin beside those there are."""
    runs = [run.hours for run in plan.runs if run.driver == driver]
    standing = any(one.driver == driver and one.pickup for one in question.locked)
    free = [one for one in fresh(question, driver) if one.car.driver.hours not in runs]
    if standing or not free:
        raise UserError(saying("{driver} has a run already that day; move it there.", driver=driver))
    return free


def put_on_run(question: DayQuestion, plan: DayPlan, hold: str, target: int) -> DayPlan:
    """Return the plan with milk that was not planned on a run, whatever it breaks there.

    Raises:
        UserError: If it cannot travel at all: a yes is missing, or a place is unknown.
    """
    return _put(question, plan, hold, [by_hand(question, plan.runs[target])], target)


def put_on_driver(question: DayQuestion, plan: DayPlan, hold: str, driver: str) -> DayPlan:
    """Return the plan with milk that was not planned on a new run of a volunteer; see ``put_on_run``."""
    return _put(question, plan, hold, _begun(question, plan, driver), None)


def arrive_from(question: DayQuestion, plan: DayPlan, run: int, stop: int, minute: int | None) -> DayPlan:
    """Return the plan with a stop that is not come to before a minute of the day; ``None``: as it fits.

    A stop whose time was told by hand is locked by it.
    """
    one = by_hand(question, plan.runs[run])
    timed = replace(one.doors[stop], not_before=_time(minute), is_locked=minute is not None)
    doors = (*one.doors[:stop], timed, *one.doors[stop + 1 :])
    return _with_run(question, plan, run, replace(one, doors=doors))


def leave_at(question: DayQuestion, plan: DayPlan, run: int, minute: int | None) -> DayPlan:
    """Return the plan with a run that leaves home at a minute of the day; ``None``: as it fits.

    A run whose time was told by hand is locked by it.

    Raises:
        UserError: If the run stands: its volunteer said yes to its start.
    """
    if plan.runs[run].pickup:
        raise UserError(
            saying("{pickup} stands already; change its start there.", pickup=plan.runs[run].pickup)
        )
    one = by_hand(question, plan.runs[run])
    return _with_run(question, plan, run, replace(one, leaves=_time(minute), is_locked=minute is not None))


def lock_run(plan: DayPlan, run: int, *, is_locked: bool) -> DayPlan:
    """Return the plan with a run that stays as it is when the day is planned again, or may change."""
    changed = replace(plan.runs[run], is_locked=is_locked)
    return replace(plan, runs=(*plan.runs[:run], changed, *plan.runs[run + 1 :]))


def lock_stop(plan: DayPlan, run: int, stop: int, *, is_locked: bool) -> DayPlan:
    """Return the plan with a stop that keeps volunteer, milk and minute when the day is planned again."""
    one = plan.runs[run]
    changed = replace(one.stops[stop], is_locked=is_locked)
    stops = (*one.stops[:stop], changed, *one.stops[stop + 1 :])
    return replace(plan, runs=(*plan.runs[:run], replace(one, stops=stops), *plan.runs[run + 1 :]))


def overrule(plan: DayPlan, run: int, broken: Broken, note: str) -> DayPlan:
    """Return the plan with a note why a run may break a rule; an empty note takes it back.

    It counts for the rule broken just so: once a later change makes it worse, or other, it is asked again.

    Raises:
        UserError: If no note overrules it.
    """
    one = plan.runs[run]
    if broken.is_final:
        raise UserError(saying("No note overrules this: milk goes from its donor to its family by one hand."))
    kept = tuple(noted for noted in one.notes if noted[0] != broken)
    words = " ".join(note.split())
    noted = replace(one, notes=(*kept, (broken, words)) if words else kept)
    return replace(plan, runs=(*plan.runs[:run], noted, *plan.runs[run + 1 :]))


def place_of(plan: DayPlan, kind: StopKind, hold: str) -> tuple[int, int] | None:
    """Return where a hold is picked up or dropped: the number of its run and of the stop, from 0."""
    return next(
        (
            (number, at)
            for number, run in enumerate(plan.runs)
            for at, stop in enumerate(run.stops)
            if stop.kind is kind and hold in stop.holds
        ),
        None,
    )


def hold_of(question: DayQuestion, code: str) -> DayHold:
    """Return milk of the day, whole."""
    every = (*question.holds, *(hold for one in question.locked for hold in one.holds))
    return next(hold for hold in every if hold.code == code)


def travel_of(question: DayQuestion, plan: DayPlan) -> dict[str, DayHold]:
    """Return the milk that travels that day by code, of each hold as much as travels."""
    parts = {one.hold: one for one in plan.parts}
    codes = dict.fromkeys(code for run in plan.runs for code in run.holds)
    standing = dict.fromkeys(hold.code for one in question.locked for hold in one.holds)
    return {code: _as_travels(hold_of(question, code), parts.get(code)) for code in {**codes, **standing}}


def _as_travels(hold: DayHold, part: Part | None) -> DayHold:
    return hold if part is None else part_of(hold, part.bags)


def _time(minute: int | None) -> int | None:
    return None if minute is None else min(max(minute, 0), DAY_MINUTES - 1)


def _movable(run: DayRun, stop: int) -> tuple[str, ...]:
    """Return the holds of a stop, where none of them belongs to a run that stands."""
    holds = run.stops[stop].holds
    bound = tuple(code for code in holds if code not in run.added)
    if bound:
        raise UserError(
            saying(
                "{holds} travel with {pickup}, which stands; change them there.",
                holds=bound,
                pickup=run.pickup,
            )
        )
    return holds


def _refuse_disorder(doors: Sequence[Door]) -> None:
    picked: set[str] = set()
    for door in doors:
        if door.kind is StopKind.PICK_UP:
            picked |= set(door.holds)
            continue
        early = next((code for code in door.holds if code not in picked), None)
        if early is not None:
            raise UserError(
                saying(
                    "{hold} cannot be dropped at {code} before it is picked up.",
                    hold=early,
                    code=door.home.code,
                )
            )


def _moved(
    question: DayQuestion,
    plan: DayPlan,
    run: int,
    holds: Sequence[str],
    starts: Sequence[HandRun],
    target: int | None,
) -> DayPlan:
    rest = without_holds(by_hand(question, plan.runs[run]), holds)
    taken = _taken(question, plan, holds, starts)
    runs: list[HandRun | DayRun] = list(plan.runs)
    runs[run] = rest
    if target is None:
        runs.append(taken)
    else:
        runs[target] = taken
    return _made(question, plan, runs)


def _put(
    question: DayQuestion, plan: DayPlan, code: str, starts: Sequence[HandRun], target: int | None
) -> DayPlan:
    why = next(one for one in plan.not_planned if one.hold == code)
    hold = hold_of(question, code)
    if why.why in _WAITS_FOR_WORDS or hold.missing or hold.giver.place is None or hold.taker.place is None:
        raise UserError(saying("{hold} cannot travel yet: see why it is not planned.", hold=code))
    if any(one.hold == code for one in plan.parts):
        raise UserError(
            saying("{hold} travels in part already; the rest waits until the run is made.", hold=code)
        )
    there = replace(plan, not_planned=tuple(one for one in plan.not_planned if one.hold != code))
    taken = _taken(question, there, (code,), starts)
    runs: list[HandRun | DayRun] = list(plan.runs)
    if target is None:
        runs.append(taken)
    else:
        runs[target] = taken
    return _made(question, there, runs)


def _taken(question: DayQuestion, plan: DayPlan, holds: Sequence[str], starts: Sequence[HandRun]) -> HandRun:
    """Return the first of *starts* with the holds set in that keeps its hours, else the first."""
    parts = {one.hold: one for one in plan.parts}
    tries: list[HandRun] = []
    for start in starts:
        taken, travel = start, travel_of(question, plan)
        for code in holds:
            travel[code] = _as_travels(hold_of(question, code), parts.get(code))
            taken = with_hold(question, taken, travel[code], travel)
        if is_kept(question, taken, travel):
            return taken
        tries.append(taken)
    return tries[0]


def _with_run(question: DayQuestion, plan: DayPlan, run: int, changed: HandRun) -> DayPlan:
    runs: list[HandRun | DayRun] = list(plan.runs)
    runs[run] = changed
    return _made(question, plan, runs)


def _made(question: DayQuestion, plan: DayPlan, runs: Iterable[HandRun | DayRun]) -> DayPlan:
    """Return the plan with these runs: those changed laid anew, all checked; no run without new milk."""
    runs = list(runs)
    travel = travel_of(question, replace(plan, runs=tuple(one for one in runs if isinstance(one, DayRun))))
    parts = {one.hold: one for one in plan.parts}
    for one in runs:
        if isinstance(one, HandRun):
            codes = [code for door in one.doors for code in door.holds]
            travel |= {code: _as_travels(hold_of(question, code), parts.get(code)) for code in codes}
    found = [_day_run(question, one, travel) for one in runs]
    return replace(plan, runs=tuple(one for one in found if one is not None and one.added))


def _day_run(question: DayQuestion, one: HandRun | DayRun, travel: dict[str, DayHold]) -> DayRun | None:
    if isinstance(one, DayRun):
        return checked(question, by_hand(question, one).car, one, travel)
    return laid_again(question, one, travel) if one.doors else None
