"""The web-mercator projection and the piece of the world a map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordinator.domain.places.positions import Position

MAX_LATITUDE_DEG = 85.05112878
"""Where the web-mercator square ends."""

METRES_ROUND_THE_EQUATOR = 40_075_016.686
METRES_PER_MILE = 1609.344
FARTHEST_SCALE = 256.0
CLOSEST_SCALE = 256.0 * 2**16
CLOSEST_FIT_SCALE = 256.0 * 2**12


def mercator(latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return web-mercator points, shape (n, 2): x and y both 0..1, y from the north down.

    Latitudes beyond ±85.05° are drawn at the edge.

    Source:
        EPSG Guidance Note 7-2, method 1024 "Popular Visualisation Pseudo-Mercator".
    """
    latitude = np.radians(np.clip(latitudes_deg, -MAX_LATITUDE_DEG, MAX_LATITUDE_DEG))
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack((np.asarray(longitudes_deg, dtype=np.float64) / 360 + 0.5, y))


@dataclass(frozen=True, slots=True)
class View:
    """The piece of the world on show.

    Attributes:
        centre_x: Mercator x of the middle of the picture, 0..1.
        centre_y: Mercator y of the middle, 0..1, downwards.
        scale: Pixels for the whole way round the world; 2**8 shows the world on 256 px.
        width: Width of the picture in pixels.
        height: Height of the picture in pixels.
    """

    centre_x: float
    centre_y: float
    scale: float
    width: float
    height: float

    @classmethod
    def fit(cls, positions: Sequence[Position], width: float, height: float, margin: float = 40.0) -> View:
        """Return the closest view with all *positions* at least *margin* pixels inside.

        Never closer than about 12 miles across 600 pixels, so that one pin still shows where it is. Without
        positions: the lower 48 states.
        """
        degrees = [(place.latitude_deg, place.longitude_deg) for place in positions] or [
            (24.5, -125.0),
            (49.5, -66.9),
        ]
        points = _mercator_of(degrees)
        low, high = points.min(axis=0), points.max(axis=0)
        room = (max(width - 2 * margin, 1.0), max(height - 2 * margin, 1.0))
        scales = [pixels / span for pixels, span in zip(room, high - low, strict=True) if span > 0]
        middle = (low + high) / 2
        scale = min([*scales, CLOSEST_FIT_SCALE])
        return cls(float(middle[0]), float(middle[1]), float(scale), width, height)

    def to_pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return mercator *points* (n, 2) as pixels (n, 2)."""
        shift = (
            np.array((self.width / 2, self.height / 2))
            - np.array((self.centre_x, self.centre_y)) * self.scale
        )
        return np.asarray(points * self.scale + shift, dtype=np.float64)

    def project(self, positions: Sequence[Position]) -> NDArray[np.float64]:
        """Return *positions* as pixels, shape (n, 2)."""
        if not positions:
            return np.empty((0, 2))
        return self.to_pixels(
            _mercator_of([(place.latitude_deg, place.longitude_deg) for place in positions])
        )

    def shows(self, positions: Sequence[Position]) -> list[bool]:
        """Tell of each of *positions* whether it lies in the picture."""
        return [0 <= x <= self.width and 0 <= y <= self.height for x, y in self.project(positions).tolist()]

    def degrees_at(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude in degrees under a pixel."""
        world_x = self.centre_x + (x - self.width / 2) / self.scale
        world_y = self.centre_y + (y - self.height / 2) / self.scale
        return math.degrees(math.atan(math.sinh((0.5 - world_y) * 2 * math.pi))), (world_x - 0.5) * 360

    def bounds(self) -> tuple[float, float, float, float]:
        """Return the mercator rectangle shown: left, top, right, bottom."""
        half_width, half_height = self.width / 2 / self.scale, self.height / 2 / self.scale
        return (
            self.centre_x - half_width,
            self.centre_y - half_height,
            self.centre_x + half_width,
            self.centre_y + half_height,
        )

    def zoomed(self, factor: float, x: float, y: float) -> View:
        """Return the view *factor* times closer, with the place under pixel (x, y) staying there."""
        scale = min(max(self.scale * factor, FARTHEST_SCALE), CLOSEST_SCALE)
        shift = 1 / self.scale - 1 / scale
        return replace(
            self,
            centre_x=self.centre_x + (x - self.width / 2) * shift,
            centre_y=self.centre_y + (y - self.height / 2) * shift,
            scale=scale,
        )

    def panned(self, dx: float, dy: float) -> View:
        """Return the view after the map was pulled by (dx, dy) pixels."""
        return replace(
            self, centre_x=self.centre_x - dx / self.scale, centre_y=self.centre_y - dy / self.scale
        )

    def resized(self, width: float, height: float) -> View:
        """Return the same centre and scale on another size of picture."""
        return replace(self, width=width, height=height)

    def miles_per_pixel(self) -> float:
        """Return ground miles per pixel at the middle of the picture."""
        latitude, _ = self.degrees_at(self.width / 2, self.height / 2)
        return METRES_ROUND_THE_EQUATOR * math.cos(math.radians(latitude)) / self.scale / METRES_PER_MILE


def _mercator_of(degrees: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    array = np.asarray(degrees, dtype=np.float64)
    return mercator(array[:, 0], array[:, 1])
