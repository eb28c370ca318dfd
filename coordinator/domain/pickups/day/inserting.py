"""Runs put together by hand: a shipment goes where it costs the fewest minutes, and nothing is broken by it.

It repairs what a solver gave, adds to runs that stand already without changing their order, and plans whole
days where the solver is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coordinator.domain.pickups.day.routing import Car, Routes, RoutingProblem, Shipment, Task, Visit
from coordinator.domain.pickups.day.timing import Laid, OneStop, lay

Stops = tuple[OneStop, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The stops of a car so far, with times that keep every rule; none yet for an empty one."""

    stops: Stops = ()
    laid: Laid | None = None

    @property
    def shipments(self) -> tuple[int, ...]:
        """What it carries, in the order it is picked up."""
        return tuple(number for stop in self.stops for number in stop.picked)


class PlainRouter:
    """Plans a day without a solver: the hardest shipment first, each where it costs least; see ``Router``.

    For a few stops a driver that is a good day; for many a valid one.
    """

    is_plain = True

    def route(self, problem: RoutingProblem) -> Routes:
        """Return valid routes."""
        drafts: dict[int, Draft] = {}
        order = sorted(
            range(len(problem.shipments)), key=lambda number: _how_free(problem.shipments[number], number)
        )
        left = insert_all(problem, drafts, order)
        return Routes({car: tuple(tasks_of(draft.stops)) for car, draft in drafts.items()}, tuple(left))


def _how_free(shipment: Shipment, number: int) -> tuple[int, int, int, int]:
    free = sum(closes - opens for visit in (shipment.pick, shipment.drop) for opens, closes in visit.hours)
    return len(shipment.cars), free, -shipment.amount, number


def tasks_of(stops: Stops) -> Iterator[Task]:
    """Yield the halves of shipments in the order of the stops."""
    for stop in stops:
        for number in stop.shipments:
            yield Task(number, stop.is_drop)


def draft_of(problem: RoutingProblem, car: int, stops: Stops) -> Draft | None:
    """Return the stops with times, or ``None`` where they break a rule."""
    if not keeps_room(stops, problem.cars[car].room, problem.shipments):
        return None
    laid = lay(stops, problem.cars[car], problem.minutes)
    return None if laid is None else Draft(stops, laid)


def stops_of_tasks(tasks: Iterable[Task], shipments: Sequence[Shipment]) -> Stops:
    """Return one stop for each house and kind: a pick-up as early, a drop as late as any of its own."""
    stops: list[OneStop] = []
    for number, is_drop in tasks:
        shipment = shipments[number]
        visit = shipment.drop if is_drop else shipment.pick
        known = _stop_at(stops, visit, is_drop=is_drop)
        if known is None:
            stops.append(_with(OneStop(visit), number, is_drop=is_drop))
        elif is_drop:
            stops.append(_with(stops.pop(known), number, is_drop=True))
        else:
            stops[known] = _with(stops[known], number, is_drop=False)
    return tuple(stops)


def without(stops: Stops, number: int) -> Stops:
    """Return the stops without a shipment, and without those that only it needed."""
    thinned = (
        replace(
            stop,
            picked=tuple(one for one in stop.picked if one != number),
            dropped=tuple(one for one in stop.dropped if one != number),
        )
        for stop in stops
    )
    return tuple(stop for stop in thinned if stop.shipments)


def keeps_room(stops: Stops, room: int | None, shipments: Sequence[Shipment]) -> bool:
    """Whether the milk aboard is never more than *room*, in microlitres; ``None`` is not known."""
    if room is None:
        return True
    aboard = 0
    for stop in stops:
        aboard += sum(shipments[number].amount for number in stop.picked)
        aboard -= sum(shipments[number].amount for number in stop.dropped)
        if aboard > room:
            return False
    return True


def wheel_minutes(stops: Stops, car: Car, problem: RoutingProblem) -> int:
    """Return the minutes at the wheel there and back."""
    if not stops:
        return 0
    places = [car.home, *(stop.visit.place for stop in stops), car.home]
    return sum(problem.minutes[a][b] for a, b in pairwise(places))


def insert_all(problem: RoutingProblem, drafts: dict[int, Draft], numbers: Iterable[int]) -> list[int]:
    """Insert each shipment where it costs least, into *drafts*; return those that fit nowhere."""
    left: list[int] = []
    for number in numbers:
        found = best_place(problem, drafts, number)
        if found is None:
            left.append(number)
        else:
            drafts[found[1]] = found[2]
    return left


def best_place(
    problem: RoutingProblem, drafts: dict[int, Draft], number: int, cars: Iterable[int] | None = None
) -> tuple[int, int, Draft] | None:
    """Return the minutes it costs, the car and its new draft where a shipment fits best; ``None`` nowhere."""
    tries: list[tuple[int, int, Stops]] = []
    for car in sorted(problem.shipments[number].cars if cars is None else cars):
        stops = drafts.get(car, Draft()).stops
        one = problem.cars[car]
        before = wheel_minutes(stops, one, problem) if stops else -one.fixed
        tries += [
            (wheel_minutes(tried, one, problem) - before, car, tried)
            for tried in with_shipment(stops, number, problem.shipments[number])
        ]
    for cost, car, stops in sorted(tries, key=lambda one: one[:2]):
        if not could_be(stops, problem.cars[car], problem):
            continue
        draft = draft_of(problem, car, stops)
        if draft is not None:
            return cost, car, draft
    return None


def could_be(stops: Stops, car: Car, problem: RoutingProblem) -> bool:
    """Whether the car gets everywhere in time and home again, lunch not counted: quick, to try many."""
    at, place = car.hours.opens, car.home
    for stop in stops:
        at += problem.minutes[place][stop.visit.place]
        begins = next((max(at, opens) for opens, closes in stop.visit.hours if at <= closes), None)
        if begins is None:
            return False
        at, place = begins + stop.visit.service, stop.visit.place
    return at + problem.minutes[place][car.home] <= car.hours.closes


def repaired(problem: RoutingProblem, car: int, stops: Stops) -> Draft:
    """Return a draft that keeps every rule, without the shipments that had to go, the costliest first."""
    while stops:
        draft = draft_of(problem, car, stops)
        if draft is not None:
            return draft
        thinner = {number: without(stops, number) for stop in stops for number in stop.picked}
        stops = min(thinner.values(), key=lambda one: wheel_minutes(one, problem.cars[car], problem))
    return Draft()


def with_shipment(stops: Stops, number: int, shipment: Shipment) -> Iterator[Stops]:
    """Yield the stops with a shipment at every place it could have; the others keep their order."""
    for picked, at in _with_half(stops, number, shipment.pick, is_drop=False, first=0):
        for dropped, _ in _with_half(picked, number, shipment.drop, is_drop=True, first=at + 1):
            yield dropped


def _with_half(
    stops: Stops, number: int, visit: Visit, *, is_drop: bool, first: int
) -> Iterator[tuple[Stops, int]]:
    known = _stop_at(stops, visit, is_drop=is_drop)
    if known is not None:
        if known >= first:
            here = _with(stops[known], number, is_drop=is_drop)
            yield (*stops[:known], here, *stops[known + 1 :]), known
        return
    new = _with(OneStop(visit), number, is_drop=is_drop)
    for at in range(first, len(stops) + 1):
        yield (*stops[:at], new, *stops[at:]), at


def _stop_at(stops: Sequence[OneStop], visit: Visit, *, is_drop: bool) -> int | None:
    """Return where this house is a stop of this kind already; a run has one of each."""
    return next(
        (
            at
            for at, stop in enumerate(stops)
            if stop.visit.place == visit.place and stop.is_drop == is_drop and stop.shipments
        ),
        None,
    )


def _with(stop: OneStop, number: int, *, is_drop: bool) -> OneStop:
    if is_drop:
        return replace(stop, dropped=(*stop.dropped, number))
    return replace(stop, picked=(*stop.picked, number))
