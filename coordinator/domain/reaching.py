"""How far donors are from a family, and whether it gets there; it sorts, and never leaves anybody out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.driving import DrivingPolicy
from coordinator.domain.places import Position, miles_from
from coordinator.domain.recipients import Reach

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ReachKind(StrEnum):
    """Whether the family gets there; never a reason to leave a donor out."""

    WITHIN = "within reach"
    NEEDS_DRIVER = "needs a driver"
    COULD_MEET_HALFWAY = "could meet halfway"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Distance:
    """Straight-line miles, road miles and minutes one way as estimated, ``None`` without both places."""

    straight_miles: float | None
    road_miles: float | None
    minutes: float | None
    reach: ReachKind


NOWHERE = Distance(None, None, None, ReachKind.ASK)

_KINDS = (ReachKind.WITHIN, ReachKind.COULD_MEET_HALFWAY, ReachKind.NEEDS_DRIVER, ReachKind.ASK)
_WITHIN, _HALFWAY, _DRIVER, _ASK = range(4)


def distances(
    origin: Position, places: Sequence[Position | None], reach: Reach, driving: DrivingPolicy
) -> list[Distance]:
    """Return the distance of each place from *origin*, worked out all at once.

    A family's miles are compared with road miles, its minutes with the estimated drive. "No car" and a
    reach nobody asked about are "ask".
    """
    nan = float("nan")
    latitudes = np.array([nan if place is None else place.latitude_deg for place in places], dtype=np.float64)
    longitudes = np.array(
        [nan if place is None else place.longitude_deg for place in places], dtype=np.float64
    )
    straight = miles_from(origin, latitudes, longitudes)
    road, minutes = driving.road_miles(straight), driving.minutes(straight)
    columns = (straight.tolist(), road.tolist(), minutes.tolist(), _kinds(reach, road, minutes).tolist())
    return [
        NOWHERE if place is None else Distance(mile, by_road, minute, _KINDS[kind])
        for place, mile, by_road, minute, kind in zip(places, *columns, strict=True)
    ]


def _kinds(reach: Reach, road: NDArray[np.float64], minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    if reach.has_car is False or (reach.miles is None and reach.minutes is None):
        return np.full(road.shape, _ASK)
    beyond = _HALFWAY if reach.meets_halfway else _DRIVER
    kinds = np.where(_gets_there(reach, road / 2, minutes / 2), beyond, _DRIVER)
    return np.where(_gets_there(reach, road, minutes), _WITHIN, kinds)


def _gets_there(reach: Reach, road: NDArray[np.float64], minutes: NDArray[np.float64]) -> NDArray[np.bool_]:
    miles_at_most = np.inf if reach.miles is None else reach.miles
    minutes_at_most = np.inf if reach.minutes is None else reach.minutes
    return (road <= miles_at_most) & (minutes <= minutes_at_most)
