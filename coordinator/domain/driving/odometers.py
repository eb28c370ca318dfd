"""What odometers say: whether one can be right, and the road factor that many of them teach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator.domain.driving.minutes import DrivingPolicy, OdometerPolicy
    from coordinator.domain.places.positions import DistanceUnit

SHORTEST_MILES = 1.0
"""A straight line below it says nothing about roads: the ends are not known that well."""


class OdometerError(UserError):
    """What was typed cannot be an odometer's two figures; nothing was saved."""


class OdometerDoubtError(UserError):
    """The two figures may be right but do not look so; whoever is sure may say so."""


class FactorOrigin(StrEnum):
    """Where the road factor in force comes from."""

    SHIPPED = "shipped"
    LEARNT = "learnt"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Driven:
    """One settled run: what the odometer said, and the straight lines from stop to stop, there and back."""

    driven_miles: float
    straight_miles: float


@dataclass(frozen=True, slots=True)
class RoadFactor:
    """The road factor in force and what else there is: ``learnt`` is ``None`` before enough ``entries``."""

    value: float
    origin: FactorOrigin
    shipped: float
    learnt: float | None
    entries: int
    entries_needed: int


def road_factor(driven: Iterable[Driven], own: float | None, policy: DrivingPolicy) -> RoadFactor:
    """Return the road factor in force: the coordinator's own, else the learnt, else the shipped one.

    The learnt one is the median of driven over straight miles, kept within the policy's range. Runs shorter
    than ``SHORTEST_MILES`` do not count.
    """
    ratios = [one.driven_miles / one.straight_miles for one in driven if one.straight_miles >= SHORTEST_MILES]
    learnt = None
    if len(ratios) >= policy.odometer.entries:
        learnt = min(max(median(ratios), policy.lowest), policy.highest)
    value = own if own is not None else learnt if learnt is not None else policy.road_factor
    origin = (
        FactorOrigin.OWN
        if own is not None
        else FactorOrigin.LEARNT
        if learnt is not None
        else FactorOrigin.SHIPPED
    )
    return RoadFactor(value, origin, policy.road_factor, learnt, len(ratios), policy.odometer.entries)


def check_odometer(
    odometer: Odometer, planned_miles: float, policy: OdometerPolicy, unit: DistanceUnit, *, sure: bool
) -> None:
    """Refuse figures that cannot be, and doubt those far from the *planned_miles* by road unless *sure*.

    Raises:
        OdometerError: If a figure is no odometer's, or it ends before it starts.
        OdometerDoubtError: If far more was driven than planned; with *sure* that is fine.
    """
    start, end = odometer.start_miles, odometer.end_miles
    if not (math.isfinite(start) and math.isfinite(end) and start >= 0):
        raise OdometerError(saying("The odometer needs two numbers, at the start and at the end."))
    if end < start:
        raise OdometerError(
            saying("The odometer ends below where it started; look at the two numbers again.")
        )
    most = planned_miles * policy.doubted_times + policy.doubted_miles
    if odometer.driven_miles > most and not sure:
        driven = format_distance(odometer.driven_miles, unit, exact=True)
        planned = format_distance(planned_miles, unit, exact=False)
        raise OdometerDoubtError(
            saying(
                "The odometer says {driven} for a run of {planned} by road; look at the two numbers again.",
                driven=driven,
                planned=planned,
            )
        )


@dataclass(frozen=True, slots=True)
class Odometer:
    """What the carrier's odometer showed before and after, in miles."""

    start_miles: float
    end_miles: float

    @property
    def driven_miles(self) -> float:
        """The road miles between the two."""
        return self.end_miles - self.start_miles
