"""The part of a day that a solver answers, in bare whole numbers, and whoever can answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias

Table: TypeAlias = tuple[tuple[int, ...], ...]


class Hours(NamedTuple):
    """From when to when, in minutes after midnight, both included."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop that could be: its place in the table of ways, when it may begin, and minutes there."""

    place: int
    hours: tuple[Hours, ...]
    service: int


@dataclass(frozen=True, slots=True)
class Lunch:
    """A break that begins within the hours, for whoever is on the road through all of them."""

    minutes: int
    hours: Hours


@dataclass(frozen=True, slots=True)
class Car:
    """A volunteer's shift: from and to which place, when, how much milk, and what using it at all costs.

    ``room`` is in microlitres, ``None`` where nobody knows the coolers. ``most_minutes`` is from door to
    door; ``fixed`` counts like minutes at the wheel.
    """

    home: int
    hours: Hours
    room: int | None = None
    most_minutes: int | None = None
    lunch: Lunch | None = None
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Shipment:
    """Milk to pick up here and drop there, in microlitres; ``cars`` are the numbers of those that may."""

    pick: Visit
    drop: Visit
    amount: int
    cars: frozenset[int]


@dataclass(frozen=True, slots=True)
class RoutingProblem:
    """Whole minutes from place to place (from, then to), the cars and the shipments."""

    minutes: Table
    cars: tuple[Car, ...]
    shipments: tuple[Shipment, ...]


class Task(NamedTuple):
    """Half of a shipment."""

    shipment: int
    is_drop: bool


@dataclass(frozen=True, slots=True)
class Routes:
    """Which car does what in which order; ``left`` are the shipments that no car takes."""

    tasks: Mapping[int, tuple[Task, ...]] = field(default_factory=dict)
    left: tuple[int, ...] = ()


class Router(Protocol):
    """Whoever can say who drives what in which order; times are laid afterwards."""

    @property
    def is_plain(self) -> bool:
        """Whether this is the stand-in of a computer without the solver."""
        ...

    def route(self, problem: RoutingProblem) -> Routes:
        """Return routes with few minutes in all; the same ones each time it is asked."""
        ...
