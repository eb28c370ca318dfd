"""A run put together by hand and laid anew: its car, its doors in order, milk set in where it costs least."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator.domain.pickups.day.describing import Door, run_of
from coordinator.domain.pickups.day.inserting import Draft, Stops, best_place, wheel_minutes, with_shipment
from coordinator.domain.pickups.day.laying_anyway import lay_anyway
from coordinator.domain.pickups.day.posing import CarOf, car_of
from coordinator.domain.pickups.day.routing import Car, Hours, RoutingProblem, Shipment, Table, Visit
from coordinator.domain.pickups.day.timing import DAY_MINUTES, OneStop, lay
from coordinator.domain.pickups.plans import StopKind

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.answer import Broken, DayRun
    from coordinator.domain.pickups.day.question import DayDriver, DayHold, DayQuestion

Travel = Mapping[str, "DayHold"]
"""Milk by the code of its hold, as much of it as travels."""


@dataclass(frozen=True, slots=True)
class HandRun:
    """A run as it is put together by hand: whose, its doors in order, when it leaves home if told."""

    car: CarOf
    doors: tuple[Door, ...]
    leaves: int | None = None
    notes: tuple[tuple[Broken, str], ...] = ()
    is_locked: bool = False


def by_hand(question: DayQuestion, run: DayRun) -> HandRun:
    """Return a planned run as its car and its doors."""
    driver = driver_of(question, run.driver)
    locked = next((one for one in question.locked if run.pickup and one.pickup == run.pickup), None)
    doors = tuple(
        Door(stop.kind, stop.home, stop.holds, stop.leave - stop.arrive, stop.not_before, stop.is_locked)
        for stop in run.stops
    )
    return HandRun(
        CarOf(replace(driver, hours=run.hours), locked), doors, run.leaves, run.notes, run.is_locked
    )


def driver_of(question: DayQuestion, code: str) -> DayDriver:
    """Return a volunteer of the day."""
    return next(one for one in question.drivers if one.code == code)


def fresh(question: DayQuestion, code: str) -> list[HandRun]:
    """Return the runs a volunteer could begin: one for each stretch of hours, without any for the day's."""
    driver = driver_of(question, code)
    stretches: list[tuple[Hours, ...]] = [(hours,) for hours in driver.hours] or [()]
    return [HandRun(CarOf(replace(driver, hours=hours)), ()) for hours in stretches]


def laid_again(question: DayQuestion, one: HandRun, travel: Travel) -> DayRun:
    """Return the run with its times and what it breaks.

    Raises:
        UserError: If it would last past midnight.
    """
    car, minutes = _car(question, one), table_of(question)
    stops = _leaving(one, _stops(one, travel), car, minutes)
    laid = lay_anyway(stops, car, minutes)
    run = run_of(question, one.car, one.doors, laid, travel, one.leaves, one.notes)
    return replace(run, is_locked=one.is_locked)


def with_hold(question: DayQuestion, one: HandRun, hold: DayHold, travel: Travel) -> HandRun:
    """Return the run with a hold where it costs the fewest minutes, within every rule if that can be.

    The other doors keep their order; a house that is a door of the same kind already stays one.
    """
    travel = {**travel, hold.code: hold}
    codes = [*dict.fromkeys(code for door in one.doors for code in door.holds), hold.code]
    service = question.pickups.minutes_at_stop
    shipments = [_shipment(travel[code], service) for code in codes]
    problem = RoutingProblem(table_of(question), (_car(question, one),), tuple(shipments))
    stops, number = _stops(one, travel, codes), len(codes) - 1
    found = best_place(problem, {0: Draft(stops)}, number, (0,))
    if found is not None:
        return replace(one, doors=_doors(found[2].stops, one.doors, codes, travel))
    tries = list(with_shipment(stops, number, shipments[number]))
    tries = tries or list(with_shipment(_drop_last(stops, shipments[number]), number, shipments[number]))
    cheapest = min(tries, key=lambda tried: wheel_minutes(tried, problem.cars[0], problem))
    return replace(one, doors=_doors(cheapest, one.doors, codes, travel))


def _drop_last(stops: Stops, shipment: Shipment) -> Stops:
    """Return the stops with the family's drop at the end, where it stands before the pick-up it needs."""
    drops = tuple(stop for stop in stops if stop.is_drop and stop.visit.place == shipment.drop.place)
    return (*(stop for stop in stops if stop not in drops), *drops)


def without_holds(one: HandRun, holds: Iterable[str]) -> HandRun:
    """Return the run without these holds, and without the doors that only they needed."""
    gone = set(holds)
    left = (replace(door, holds=tuple(code for code in door.holds if code not in gone)) for door in one.doors)
    return replace(one, doors=tuple(door for door in left if door.holds))


def is_kept(question: DayQuestion, one: HandRun, travel: Travel) -> bool:
    """Whether there are times for the run that keep everybody's hours and its own length."""
    return lay(_stops(one, travel), _car(question, one), table_of(question)) is not None


def table_of(question: DayQuestion) -> Table:
    """Return the minutes from place to place as bare numbers."""
    return tuple(tuple(map(int, row)) for row in question.minutes)


def _car(question: DayQuestion, one: HandRun) -> Car:
    car = car_of(question, one.car)
    if one.leaves is None:
        return car
    return replace(car, hours=Hours(one.leaves, max(car.hours.closes, one.leaves)))


def _shipment(hold: DayHold, service: int) -> Shipment:
    giver, taker = hold.giver, hold.taker
    pick = Visit(giver.place or 0, giver.hours, service)
    drop = Visit(taker.place or 0, taker.hours, service)
    return Shipment(pick, drop, hold.volume.microlitres, frozenset({0}))


def _stops(one: HandRun, travel: Travel, codes: Sequence[str] = ()) -> Stops:
    """Return the doors as bare stops: open when they may be come to, by what was told by hand too."""
    numbers = {code: at for at, code in enumerate(codes or travel)}
    found: list[OneStop] = []
    for door in one.doors:
        hours = door.home.hours
        if door.not_before is not None:
            hours = _from(hours, door.not_before)
        visit = Visit(door.home.place or 0, hours, door.service)
        here = tuple(numbers[code] for code in door.holds)
        is_drop = door.kind is StopKind.DROP
        found.append(OneStop(visit, () if is_drop else here, here if is_drop else ()))
    return tuple(found)


def _leaving(one: HandRun, stops: Stops, car: Car, minutes: Table) -> Stops:
    """Return the stops, the first one at the minute at which whoever leaves home as told gets in there."""
    if one.leaves is None:
        return stops
    first = stops[0].visit
    opens = min(_from(first.hours, one.leaves + minutes[car.home][first.place])).opens
    return (replace(stops[0], visit=replace(first, hours=(Hours(opens, opens),))), *stops[1:])


def _from(hours: Sequence[Hours], minute: int) -> tuple[Hours, ...]:
    """Return what of *hours* is left from a minute on; that minute itself where nothing is."""
    left = tuple(Hours(max(opens, minute), closes) for opens, closes in hours if closes >= minute)
    return left or (Hours(minute, min(minute, DAY_MINUTES - 1)),)


def _doors(stops: Stops, before: Sequence[Door], codes: Sequence[str], travel: Travel) -> tuple[Door, ...]:
    known = {(door.kind, door.home.household_id): door for door in before}
    found: list[Door] = []
    for stop in stops:
        holds = tuple(codes[number] for number in stop.shipments)
        kind = StopKind.DROP if stop.is_drop else StopKind.PICK_UP
        home = travel[holds[0]].taker if stop.is_drop else travel[holds[0]].giver
        door = known.get((kind, home.household_id))
        found.append(
            Door(kind, home, holds, stop.visit.service) if door is None else replace(door, holds=holds)
        )
    return tuple(found)
