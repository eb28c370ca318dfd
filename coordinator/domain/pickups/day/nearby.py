"""What waits near a planned run that has room left: only suggestions, nobody is asked by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator.domain.pickups.coolers import carried_at_most
from coordinator.domain.pickups.day.answer import DayPlan, DayRun, NotPlanned, WhyNot
from coordinator.domain.pickups.day.editing import hold_of, put_on_run
from coordinator.domain.pickups.day.relaying import driver_of
from coordinator.domain.volume import Volume
from coordinator.errors import UserError

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.question import DayHold, DayQuestion


class Waits(StrEnum):
    """How far milk near a run is: agreed, held with a yes missing, or free in its donor's freezer."""

    AGREED = "agreed"
    YES_MISSING = "yes_missing"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class FreeMilk:
    """Milk in a donor's freezer that nobody is promised; ``minutes`` by road to each place of the day."""

    donor: str
    name: str
    town: str
    volume: Volume
    oldest: date | None
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """Milk near run number ``run``, so many ``minutes`` at the wheel off its way.

    ``room`` is what its coolers still take, ``None`` where nobody knows them. ``is_stop`` where the run comes
    to the donor anyway.
    """

    run: int
    waits: Waits
    donor: str
    name: str
    volume: Volume
    minutes: int
    room: Volume | None
    hold: str = ""
    family: str = ""
    oldest: date | None = None
    is_stop: bool = False


def nearby(question: DayQuestion, plan: DayPlan, free: Sequence[FreeMilk]) -> tuple[Nearby, ...]:
    """Return what could join a run for a few minutes and has room there: agreed milk first, then the nearest.

    Locked runs get none. How few minutes, and how many for a run, the day's policy says.
    """
    found: list[Nearby] = []
    for number, run in enumerate(plan.runs):
        room = _room(question, run)
        if run.is_locked or (room is not None and not room):
            continue
        near = [*_holds(question, plan, number, room), *_free(question, number, run, room, free)]
        near.sort(key=lambda one: (one.waits is not Waits.AGREED, one.minutes, one.donor))
        found += near[: question.policy.nearby_most]
    return tuple(found)


def _room(question: DayQuestion, run: DayRun) -> Volume | None:
    """Return what the coolers still take beside the most milk aboard; ``None`` where nobody knows them."""
    driver = driver_of(question, run.driver)
    if not driver.coolers_qt:
        return None
    whole = carried_at_most(driver.coolers_qt, driver.lift_lb, question.pickups)
    return Volume(max(whole.microlitres - run.most_aboard.microlitres, 0))


def _holds(question: DayQuestion, plan: DayPlan, number: int, room: Volume | None) -> Iterator[Nearby]:
    parts = {one.hold for one in plan.parts}
    for one in plan.not_planned:
        if one.hold in parts or one.why in (WhyNot.LEFT_OUT, WhyNot.FETCHED):
            continue
        hold = hold_of(question, one.hold)
        longer = _longer(question, plan, number, hold, one)
        if longer is None or longer > question.policy.nearby or (room is not None and hold.volume > room):
            continue
        waits = Waits.YES_MISSING if hold.missing else Waits.AGREED
        giver, taker = hold.giver, hold.taker
        yield Nearby(number, waits, giver.code, giver.name, hold.volume, longer, room, hold.code, taker.code)


def _longer(question: DayQuestion, plan: DayPlan, number: int, hold: DayHold, why: NotPlanned) -> int | None:
    """Return the minutes at the wheel that a hold adds as if everybody had said yes; ``None``: too many."""
    places = (hold.giver.place, hold.taker.place)
    if any(
        place is None or _off(question, plan.runs[number], place) > question.policy.nearby for place in places
    ):
        return None
    agreed = tuple(replace(one, missing=()) if one.code == hold.code else one for one in question.holds)
    asked = replace(question, holds=agreed)
    there = replace(why, why=WhyNot.DAY_FULL)
    left = tuple(there if one.hold == hold.code else one for one in plan.not_planned)
    try:
        grown = put_on_run(asked, replace(plan, not_planned=left), hold.code, number)
    except UserError:
        return None
    return max(wheel(question, grown.runs[number]) - wheel(question, plan.runs[number]), 0)


def _free(
    question: DayQuestion, number: int, run: DayRun, room: Volume | None, free: Sequence[FreeMilk]
) -> Iterator[Nearby]:
    """Yield free milk by the way, counted as a call on the way from door to door."""
    stops = {stop.home.code for stop in run.stops}
    places = _way(question, run)
    for one in free:
        ways = (one.minutes[a] + one.minutes[b] - int(question.minutes[a, b]) for a, b in pairwise(places))
        longer = 0 if one.donor in stops else max(min(ways), 0)
        if longer <= question.policy.nearby:
            yield Nearby(
                number,
                Waits.FREE,
                one.donor,
                one.name,
                one.volume,
                longer,
                room,
                oldest=one.oldest,
                is_stop=one.donor in stops,
            )


def wheel(question: DayQuestion, run: DayRun) -> int:
    """Return the minutes at the wheel of a run, from door to door."""
    return sum(int(question.minutes[a, b]) for a, b in pairwise(_way(question, run)))


def _way(question: DayQuestion, run: DayRun) -> list[int]:
    home = driver_of(question, run.driver).place or 0
    return [home, *(stop.home.place or 0 for stop in run.stops), home]


def _off(question: DayQuestion, run: DayRun, place: int) -> int:
    """Return the fewest minutes at the wheel that a call at *place* adds."""
    table = question.minutes
    return min(int(table[a, place] + table[place, b] - table[a, b]) for a, b in pairwise(_way(question, run)))
