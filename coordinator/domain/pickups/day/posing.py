"""A day put as bare numbers: a car for each stretch of a volunteer's hours, a shipment for a way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coordinator.domain.pickups.coolers import carried_at_most
from coordinator.domain.pickups.day.inserting import Draft, stops_of_tasks
from coordinator.domain.pickups.day.question import DayDriver, DayHold, DayQuestion, Home, LockedRun
from coordinator.domain.pickups.day.routing import Car, Hours, Shipment, Task, Visit
from coordinator.domain.pickups.plans import StopKind


@dataclass(frozen=True, slots=True)
class CarOf:
    """Whose car it is, and the run that it drives already."""

    driver: DayDriver
    locked: LockedRun | None = None


def cars_of(question: DayQuestion) -> Iterable[CarOf]:
    """Yield a car for each stretch of hours of who is free, and one for each run that stands."""
    for driver in question.drivers:
        if driver.place is None:
            continue
        for one in question.locked:
            if one.driver == driver.code:
                yield CarOf(replace(driver, hours=one.hours) if one.hours else driver, one)
        if not driver.is_away:
            for hours in _free(question, driver):
                yield CarOf(replace(driver, hours=(hours,)))


def _free(question: DayQuestion, driver: DayDriver) -> Iterable[Hours]:
    """Yield the stretches of hours in which no run of the volunteer stands."""
    runs = [one for one in question.locked if one.driver == driver.code]
    for hours in driver.hours:
        if not any(not one.hours or hours in one.hours for one in runs):
            yield hours


def car_of(question: DayQuestion, one: CarOf) -> Car:
    """Return the numbers of a car; a run that stands begins when it was agreed."""
    driver, policy = one.driver, question.policy
    hours = driver.hours[0] if driver.hours else policy.day
    if one.locked is not None:
        starts = one.locked.starts_at if one.locked.starts_at is not None else hours.opens
        hours = Hours(starts, max(hours.closes, policy.day.closes) if not driver.hours else hours.closes)
    known = bool(driver.coolers_qt)
    room = carried_at_most(driver.coolers_qt, driver.lift_lb, question.pickups).microlitres if known else None
    return Car(
        home=driver.place or 0,
        hours=hours,
        room=room,
        most_minutes=driver.most_minutes,
        lunch=policy.lunch,
        fixed=policy.a_run + (0 if known and driver.is_told else policy.unknown),
    )


def groups_of(holds: Iterable[DayHold], cars: Iterable[Car]) -> Iterable[list[DayHold]]:
    """Yield holds that go from one house to another together, as far as a car could take them at once."""
    rooms = [car.room for car in cars]
    most = None if not rooms or None in rooms else max(room for room in rooms if room is not None)
    groups: dict[tuple[int, int], list[list[DayHold]]] = {}
    for hold in holds:
        here = groups.setdefault((hold.giver.household_id, hold.taker.household_id), [[]])
        together = sum(one.volume.microlitres for one in here[-1]) + hold.volume.microlitres
        if here[-1] and most is not None and together > most:
            here.append([])
        here[-1].append(hold)
    for found in groups.values():
        yield from found


def groups_of_run(locked: LockedRun) -> Iterable[list[DayHold]]:
    """Yield what a run that stands carries, by house and house."""
    return groups_of(locked.holds, ())


def may_carry(question: DayQuestion, driver: DayDriver, giver: Home, taker: Home, amount: int) -> bool:
    """Whether nothing but the time stands between a volunteer and this milk."""
    if not giver.needs | taker.needs <= driver.skills:
        return False
    if driver.coolers_qt:
        room = carried_at_most(driver.coolers_qt, driver.lift_lb, question.pickups)
        if room.microlitres < amount:
            return False
    if driver.most_miles is None:
        return True
    miles = [float(question.miles[driver.place or 0, home.place or 0]) for home in (giver, taker)]
    return max(miles) <= driver.most_miles


def shipment_of(question: DayQuestion, group: list[DayHold], cars: tuple[CarOf, ...]) -> Shipment:
    """Return the shipment of holds that go together, and who may carry it."""
    giver, taker = group[0].giver, group[0].taker
    amount = sum(hold.volume.microlitres for hold in group)
    able = frozenset(
        number
        for number, one in enumerate(cars)
        if (one.locked is None or not one.locked.is_closed)
        and may_carry(question, one.driver, giver, taker, amount)
    )
    return Shipment(_visit(question, giver), _visit(question, taker), amount, able)


def shipment_of_run(question: DayQuestion, locked: LockedRun, group: list[DayHold], car: int) -> Shipment:
    """Return a shipment of a run that stands, within the hours agreed for its stops."""
    hours = {(stop.kind, stop.home.household_id): stop.hours for stop in locked.stops}
    giver, taker = group[0].giver, group[0].taker
    return Shipment(
        _visit(question, giver, hours.get((StopKind.PICK_UP, giver.household_id))),
        _visit(question, taker, hours.get((StopKind.DROP, taker.household_id))),
        sum(hold.volume.microlitres for hold in group),
        frozenset({car}),
    )


def _visit(question: DayQuestion, home: Home, hours: tuple[Hours, ...] | None = None) -> Visit:
    return Visit(home.place or 0, hours or home.hours, question.pickups.minutes_at_stop)


def standing_draft(
    locked: LockedRun, groups: list[list[DayHold]], shipments: list[Shipment], first: int
) -> Draft:
    """Return the stops of a run that stands, in its order; the times come later."""
    number_of = {hold.code: first + at for at, group in enumerate(groups) for hold in group}
    tasks = [
        (number, stop.kind is StopKind.DROP)
        for stop in locked.stops
        for number in dict.fromkeys(number_of[code] for code in stop.holds if code in number_of)
    ]

    return Draft(stops_of_tasks((Task(*one) for one in tasks), shipments))
