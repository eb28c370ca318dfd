"""A planned run described: its stops with times, its figures and what it breaks, from an order and times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator.domain.pickups.coolers import coolers_to_bring
from coordinator.domain.pickups.day.answer import Broken, DayRule, DayRun, DayStop
from coordinator.domain.pickups.day.checking import broken_rules, most_aboard
from coordinator.domain.pickups.plans import StopKind

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.posing import CarOf
    from coordinator.domain.pickups.day.question import DayHold, DayQuestion, Home
    from coordinator.domain.pickups.day.timing import Laid


@dataclass(frozen=True, slots=True)
class Door:
    """A stop before it has times: what happens at whose door, with which holds, for how many minutes.

    ``home`` has the hours that count for this run. ``not_before`` and ``is_locked`` are told by hand.
    """

    kind: StopKind
    home: Home
    holds: tuple[str, ...]
    service: int
    not_before: int | None = None
    is_locked: bool = False


def run_of(
    question: DayQuestion,
    one: CarOf,
    doors: Sequence[Door],
    laid: Laid,
    travel: Mapping[str, DayHold],
    leaves: int | None = None,
    notes: tuple[tuple[Broken, str], ...] = (),
) -> DayRun:
    """Return the run of a car with these doors at these times, checked.

    *travel* is all milk that travels that day, by code; *leaves* is when it leaves home where that was told
    by hand, in minutes after midnight. Of *notes* those stay whose rule is broken just as before.
    """
    stops = tuple(_stops(question, one, doors, laid))
    aboard = most_aboard(stops, travel)
    locked = one.locked
    standing = set() if locked is None else {hold.code for hold in locked.holds} - set(locked.proposed)
    carried = dict.fromkeys(code for door in doors if door.kind is StopKind.PICK_UP for code in door.holds)
    starts = laid.leaves if leaves is None else min(laid.leaves, leaves)
    if one.locked is not None and one.locked.starts_at is not None:
        starts = min(starts, one.locked.starts_at)
    places = [one.driver.place or 0, *(stop.home.place or 0 for stop in stops), one.driver.place or 0]
    return checked(
        question,
        one,
        DayRun(
            pickup="" if one.locked is None else one.locked.pickup,
            driver=one.driver.code,
            driver_name=one.driver.name,
            starts_at=starts,
            ends_at=laid.home,
            miles=sum(float(question.miles[a, b]) for a, b in pairwise(places)),
            minutes=laid.home - starts,
            stops=stops,
            coolers=coolers_to_bring(aboard, one.driver.coolers_qt, question.pickups, one.driver.lift_lb),
            most_aboard=aboard,
            added=tuple(code for code in carried if code not in standing),
            lunch_at=laid.lunch_at,
            lunch_after=laid.lunch_after,
            lunch_minutes=question.policy.lunch.minutes,
            hours=one.driver.hours,
            is_told=one.driver.is_told,
            leaves=leaves,
            notes=notes,
        ),
        travel,
    )


def checked(question: DayQuestion, one: CarOf, run: DayRun, travel: Mapping[str, DayHold]) -> DayRun:
    """Return the run with every rule it breaks beside the milk that travels that day."""
    broken = broken_rules(question, one.driver, run.stops, (run.starts_at, run.ends_at), travel)
    lunch = question.policy.lunch.hours
    if run.lunch_at is None and _sets_out(run) <= lunch.opens and run.ends_at >= lunch.closes:
        missed = Broken(DayRule.LUNCH, run.driver, minutes=run.starts_at, most=run.ends_at)
        broken = (missed, *broken)
    if run.pickup:
        more = Broken(DayRule.LONGER, run.driver, run.added, minutes=run.minutes)
        broken = (*broken, more)
    return replace(run, broken=broken, notes=tuple(one for one in run.notes if one[0] in broken))


def _sets_out(run: DayRun) -> int:
    return run.stops[0].arrive - run.stops[0].minutes_before


def _stops(question: DayQuestion, one: CarOf, doors: Sequence[Door], laid: Laid) -> Iterator[DayStop]:
    came, free_at = one.driver.place or 0, laid.leaves
    for door, arrive in zip(doors, laid.arrives, strict=True):
        there = door.home.place or 0
        minutes = int(question.minutes[came, there])
        yield DayStop(
            door.kind,
            door.home,
            arrive,
            arrive + door.service,
            door.holds,
            minutes,
            float(question.miles[came, there]),
            is_waited=arrive > free_at + minutes,
            not_before=door.not_before,
            is_locked=door.is_locked,
        )
        came, free_at = there, arrive + door.service
