"""How long a drive takes: estimated from the straight line, or from whoever knows the roads."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol, overload

from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coordinator.domain.places.positions import Position


@dataclass(frozen=True, slots=True, eq=False)
class Drives:
    """Drives between places, in arrays of one shape; not a number where a place is unknown.

    ``known`` marks the roads that the server ``host`` knew; the others are estimates, all of them without
    a host.
    """

    straight_miles: NDArray[np.float64]
    road_miles: NDArray[np.float64]
    minutes: NDArray[np.float64]
    host: str = ""
    known: NDArray[np.bool_] | None = None

    def host_at(self, start: int, end: int) -> str:
        """Return the server that knew this road, or nothing for an estimate."""
        return self.host if self.known is not None and bool(self.known[start, end]) else ""


class DriveTimes(Protocol):
    """Whoever can say how far and how long it is from places to places."""

    def drives(self, starts: Sequence[Position | None], ends: Sequence[Position | None]) -> Drives:
        """Return the drives from each of *starts* to each of *ends*, of shape (starts, ends)."""
        ...

    def cross_water(self, start: Position | None, ends: Sequence[Position | None]) -> NDArray[np.bool_]:
        """Return which straight lines cross so much water that the road should be looked at.

        A known road is none of them, nor is a line to an unknown place.
        """
        ...


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """The average speed of drives of up to ``up_to_road_miles`` (infinity in the last band)."""

    up_to_road_miles: float
    mph: float


@dataclass(frozen=True, slots=True)
class OdometerPolicy:
    """From how many typed odometers a road factor is learnt, and when one is doubted.

    Driven miles above ``doubted_times`` the planned road and ``doubted_miles`` more are asked about again.
    """

    entries: int = 10
    doubted_times: float = 3.0
    doubted_miles: float = 20.0


@dataclass(frozen=True, slots=True)
class DrivingPolicy:
    """A road factor and speeds by distance, with what the policy file says about where they were seen.

    The bands' speeds jump, so 10.1 miles at 48 mph would take less time than 9.9 at 36. Here a band's speed
    is taken to hold at the band's middle; between the middles the time runs straight, and a middle that would
    be reached sooner than one before it is raised to that one. Thus a longer drive never takes less time.

    ``lowest`` to ``highest`` is the range a coordinator's own road factor is taken from; ``water_miles`` of
    the straight line over water make a drive worth a look at the road.

    Raises:
        ValueError: If there is no band, the bands do not rise, or a number is not positive.
    """

    road_factor: float
    bands: tuple[SpeedBand, ...]
    source: str = ""
    lowest: float = 1.0
    highest: float = 3.0
    water_miles: float = math.inf
    odometer: OdometerPolicy = OdometerPolicy()

    def __post_init__(self) -> None:
        ends = [band.up_to_road_miles for band in self.bands]
        if not ends or any(a >= b for a, b in pairwise([0.0, *ends])):
            raise ValueError("the bands of road miles must rise")
        if self.road_factor < 1 or any(band.mph <= 0 for band in self.bands):
            raise ValueError("a road is at least as long as the straight line and speeds are above zero")

    def drives(self, starts: Sequence[Position | None], ends: Sequence[Position | None]) -> Drives:
        """Return the estimated drives; see ``DriveTimes``."""
        from coordinator.domain.places.distances import Points, miles_matrix  # noqa: PLC0415 - numpy, as below

        straight = miles_matrix(Points.of(starts), Points.of(ends))
        return Drives(straight, self.road_miles(straight), self.minutes(straight))

    def cross_water(self, start: Position | None, ends: Sequence[Position | None]) -> NDArray[np.bool_]:
        """Return that none does: an estimate alone knows no map; see ``roads.Roads``."""
        import numpy as np  # noqa: PLC0415 - as below

        del start
        return np.zeros(len(ends), dtype=np.bool_)

    def with_road_factor(self, road_factor: float) -> DrivingPolicy:
        """Return the policy with the coordinator's own road factor."""
        return replace(self, road_factor=road_factor)

    @overload
    def road_miles(self, straight: float) -> float: ...
    @overload
    def road_miles(self, straight: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def road_miles(self, straight: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """Return road miles for straight-line miles, one or many."""
        return straight * self.road_factor

    @overload
    def minutes(self, straight: float) -> float: ...
    @overload
    def minutes(self, straight: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def minutes(self, straight: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """Return minutes at the wheel for straight-line miles, one or many; never less for more miles."""
        import numpy as np  # noqa: PLC0415 - 100 ms that a first window does not need

        knots, times = self._knots()
        road = np.asarray(self.road_miles(straight), dtype=np.float64)
        beyond = np.maximum(road - knots[-1], 0) / self.bands[-1].mph * 60
        answer = np.interp(road, knots, times) + beyond
        return answer if isinstance(straight, np.ndarray) else float(answer)

    def _knots(self) -> tuple[list[float], list[float]]:
        """Return road miles and minutes between which time runs straight; beyond, the last speed holds."""
        starts = [0.0, *(band.up_to_road_miles for band in self.bands[:-1])]
        middles = [
            (start + band.up_to_road_miles) / 2
            if math.isfinite(band.up_to_road_miles)
            else max(start * _MIDDLE_OF_THE_LAST, 1.0)
            for start, band in zip(starts, self.bands, strict=True)
        ]
        times = [60 * middle / band.mph for middle, band in zip(middles, self.bands, strict=True)]
        return [0.0, *middles], [0.0, *accumulate(times, max)]


_MIDDLE_OF_THE_LAST = 1.5
"""The open band doubles its start like the bands before it; its middle is half way there."""


def format_minutes(minutes: float, *, exact: bool = False) -> str:
    """Return a drive as shown: ``about 25 min``, ``about 1 h 10 min``, to five minutes.

    With *exact*, when the road is known between two addresses, to the minute: ``27 min``.
    """
    rounded = max(1, math.floor(minutes + 0.5)) if exact else to_fives(minutes)
    shown = _hours_and_minutes(*divmod(rounded, 60))
    return str(shown if exact else saying("about {time}", time=shown))


def to_fives(minutes: float) -> int:
    """Return an estimated drive as it is shown: to five minutes, never none."""
    return max(5, 5 * math.floor(minutes / 5 + 0.5))


def _hours_and_minutes(hours: int, minutes: int) -> Saying:
    if not hours:
        return saying("{minutes} min", minutes=minutes)
    if not minutes:
        return saying("{hours} h", hours=hours)
    return saying("{hours} h {minutes} min", hours=hours, minutes=minutes)


def drive_words(minutes: float, host: str, *, exact: bool) -> str:
    """Return a drive and its source: ``about 25 min (estimate)``, ``27 min (by road, router.example.org)``.

    Args:
        minutes: At the wheel.
        host: The server that knew the road, empty for an estimate.
        exact: Whether both ends are known to the address.
    """
    shown = format_minutes(minutes, exact=exact and bool(host))
    if host:
        return str(saying("{time} (by road, {host})", time=shown, host=host))
    return str(saying("{time} (estimate)", time=shown))
