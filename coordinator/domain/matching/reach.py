"""How far donors are from a family, and whether it gets there; it sorts, and never leaves anybody out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordinator.domain.driving.minutes import DriveTimes
from coordinator.domain.families.babies import Reach
from coordinator.domain.places.positions import Position
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ReachKind(StrEnum):
    """Whether the family gets there; never a reason to leave a donor out."""

    WITHIN = "within reach"
    NEEDS_DRIVER = "needs a driver"
    COULD_MEET_HALFWAY = "could meet halfway"
    ASK = "ask"

    @property
    def words(self) -> Saying:
        """It in words."""
        return _REACH_WORDS[self]


_REACH_WORDS = {
    ReachKind.WITHIN: saying("within reach"),
    ReachKind.NEEDS_DRIVER: saying("needs a driver"),
    ReachKind.COULD_MEET_HALFWAY: saying("could meet halfway"),
    ReachKind.ASK: saying("ask"),
}
_KINDS = (ReachKind.WITHIN, ReachKind.COULD_MEET_HALFWAY, ReachKind.NEEDS_DRIVER, ReachKind.ASK)
_WITHIN, _HALFWAY, _DRIVER, _ASK = range(4)


class Way(NamedTuple):
    """Straight-line miles, road miles and minutes one way, ``None`` without both places.

    ``host`` is the server that knew the road, empty for an estimate, which should be looked at when its
    line ``crosses_water``.
    """

    straight_miles: float | None
    road_miles: float | None
    minutes: float | None
    reach: ReachKind
    host: str = ""
    crosses_water: bool = False


NO_WAY = Way(None, None, None, ReachKind.ASK)


def ways_in_order(
    origin: Position | None, places: Sequence[Position | None], reach: Reach, driving: DriveTimes
) -> list[tuple[int, Way]]:
    """Return (index, way) of each place, all worked out at once: within reach first, then by distance.

    Equal distances keep the order of *places*; unknown places come last. A family's miles are compared
    with road miles, its minutes with the drive. "No car" and a reach nobody asked about are "ask".
    """
    if origin is None:
        return [(index, NO_WAY) for index in range(len(places))]
    found, water = driving.drives([origin], places), driving.cross_water(origin, places)
    straight, road, minutes = found.straight_miles[0], found.road_miles[0], found.minutes[0]
    kinds = np.where(np.isnan(straight), _ASK, _kinds(reach, road, minutes))
    # Not a number sorts behind every number.
    order = np.lexsort((straight, kinds != _WITHIN))
    known = np.zeros(straight.shape, dtype=np.bool_) if found.known is None else found.known[0]
    columns = (column[order].tolist() for column in (straight, road, minutes, kinds, known, water))
    return [
        (
            index,
            NO_WAY
            if places[index] is None
            else Way(mile, by_road, minute, _KINDS[kind], found.host if is_known else "", is_wet),
        )
        for index, mile, by_road, minute, kind, is_known, is_wet in zip(order.tolist(), *columns, strict=True)
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
