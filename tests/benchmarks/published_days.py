"""Solomon's published problems as days: one depot, narrow hours, a best known result beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from pathlib import Path

from coordinator.domain.pickups.day.routing import Car, Hours, Routes, RoutingProblem, Shipment, Visit

FOLDER = Path(__file__).parents[1] / "data" / "solomon"
EXACT = 100
"""Parts of a unit of way: whole numbers are asked for, and rounding up loses less than 0.1 % so."""
A_CAR = 100_000
"""Fewest cars count first: more than any way that one car less could cost."""


@dataclass(frozen=True)
class Known:
    """The best known result: cars, and the way they drive."""

    cars: int
    way: float


BEST: Mapping[str, Known] = {
    "C101": Known(10, 828.94),
    "R101": Known(19, 1650.80),
    "RC101": Known(14, 1696.95),
}


@dataclass(frozen=True)
class Customer:
    """A line of the file; the first is the depot."""

    x: float
    y: float
    demand: int
    ready: int
    due: int
    service: int


@dataclass(frozen=True)
class Published:
    """A problem as it was published."""

    name: str
    cars: int
    room: int
    places: tuple[Customer, ...]

    def way(self, a: int, b: int) -> float:
        """Return the straight line between two places."""
        one, other = self.places[a], self.places[b]
        return hypot(one.x - other.x, one.y - other.y)

    def as_day(self) -> RoutingProblem:
        """Return it as pick-ups at the depot and drops at the customers, in hundredths."""
        depot, *customers = self.places
        all_day = Hours(depot.ready * EXACT, depot.due * EXACT)
        cars = (Car(0, all_day, self.room, fixed=A_CAR),) * self.cars
        every = frozenset(range(self.cars))
        shipments = tuple(
            Shipment(
                Visit(0, (all_day,), 0),
                Visit(at, (Hours(one.ready * EXACT, one.due * EXACT),), one.service * EXACT),
                one.demand,
                every,
            )
            for at, one in enumerate(customers, start=1)
        )
        count = range(len(self.places))
        minutes = tuple(tuple(ceil(self.way(a, b) * EXACT) for b in count) for a in count)
        return RoutingProblem(minutes, cars, shipments)

    def checked(self, routes: Routes) -> Known:
        """Return the cars and the way of *routes*, looked at by the published rules alone.

        Raises:
            AssertionError: If a customer is missed, comes twice or too late, or a car carries too much.
        """
        driven = [[task.shipment + 1 for task in tasks if task.is_drop] for tasks in routes.tasks.values()]
        driven = [stops for stops in driven if stops]
        assert sorted(stop for stops in driven for stop in stops) == list(range(1, len(self.places)))
        assert len(driven) <= self.cars
        for stops in driven:
            assert sum(self.places[stop].demand for stop in stops) <= self.room
            clock = 0.0
            for before, stop in pairwise([0, *stops, 0]):
                clock = max(
                    clock + self.places[before].service + self.way(before, stop), self.places[stop].ready
                )
                assert clock <= self.places[stop].due + 1e-6
        way = sum(self.way(a, b) for stops in driven for a, b in pairwise([0, *stops, 0]))
        return Known(len(driven), way)


def published(name: str) -> Published:
    """Return the published problem called *name*, such as ``C101``."""
    rows = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    cars, room = map(int, rows[4].split())
    figures = [tuple(map(int, row.split())) for row in rows[9:] if row.strip()]
    return Published(name, cars, room, tuple(Customer(*row[1:]) for row in figures))
