"""Roads as a server told them, laid over the estimate; and what is asked of a server, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from coordinator.domain.driving.minutes import Drives, DrivingPolicy
from coordinator.domain.places.positions import Position
from coordinator.domain.settings import RoadServer
from coordinator.sayings import NOTHING, Saying

if TYPE_CHECKING:
    from numpy.typing import NDArray

Spot: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees, as sent and as remembered."""

DECIMALS = 4
"""Of a degree: 36 feet, enough to find the street, and no more than that is told."""

MOST_ENDS = 100
"""Places asked about at once, the nearest first: public servers refuse larger tables."""


class Drive(NamedTuple):
    """A road as a server told it."""

    road_miles: float
    minutes: float


OverWater: TypeAlias = Callable[[Position, Sequence[Position | None]], "NDArray[np.float64]"]
"""Returns how many miles of the straight line from a place to each of others lie over sea or a large lake."""


def spot(place: Position) -> Spot:
    """Return where *place* is as a server is told it."""
    return round(place.latitude_deg, DECIMALS), round(place.longitude_deg, DECIMALS)


@dataclass(frozen=True, slots=True)
class Roads:
    """Drive times: what ``host`` told where it did, else the estimate. A ``DriveTimes``.

    ``told`` holds ``None`` for pairs between which the server knows no road. ``over_water`` ``None`` marks
    no line.
    """

    estimate: DrivingPolicy
    host: str = ""
    told: Mapping[tuple[Spot, Spot], Drive | None] = field(default_factory=dict)
    over_water: OverWater | None = None

    def drives(self, starts: Sequence[Position | None], ends: Sequence[Position | None]) -> Drives:
        """Return the drives from each of *starts* to each of *ends*; see ``DriveTimes``."""
        found = self.estimate.drives(starts, ends)
        if not self.told:
            return found
        known = np.zeros(found.minutes.shape, dtype=np.bool_)
        for row, start in enumerate(starts):
            for column, end in enumerate(ends):
                drive = self._drive(start, end)
                if drive is not None:
                    found.road_miles[row, column], found.minutes[row, column] = drive
                    known[row, column] = True
        return Drives(found.straight_miles, found.road_miles, found.minutes, self.host, known)

    def cross_water(self, start: Position | None, ends: Sequence[Position | None]) -> NDArray[np.bool_]:
        """Return which straight lines cross so much water that the road should be looked at."""
        if start is None or self.over_water is None:
            return np.zeros(len(ends), dtype=np.bool_)
        unknown = [None if self._drive(start, end) is not None else end for end in ends]
        # Not a number, for an unknown place, is not at least anything.
        return np.asarray(self.over_water(start, unknown) >= self.estimate.water_miles, dtype=np.bool_)

    def _drive(self, start: Position | None, end: Position | None) -> Drive | None:
        if start is None or end is None:
            return None
        return self.told.get((spot(start), spot(end)))


@dataclass(frozen=True, slots=True)
class RoadQuestion:
    """All that a server is asked: from which spots to which, and the road through ``stops`` if there are any.

    No name, no address, no code. ``agent`` is how the program introduces itself.
    """

    server: RoadServer
    url: str
    agent: str
    starts: tuple[Spot, ...] = ()
    ends: tuple[Spot, ...] = ()
    stops: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadNews:
    """What came of asking: whether any figure is new, and a sentence to say once, empty when all is well."""

    is_new: bool
    said: Saying = NOTHING

    @property
    def sentence(self) -> str:
        """The sentence in the language in use."""
        return str(self.said)
