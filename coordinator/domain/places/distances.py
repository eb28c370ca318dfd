"""Straight-line miles between many places at once: for ranking and planning, a few metres from the geodesic.

The figure shown for one pair is ``positions.distance_miles``. Here whole tables are worked out with numpy, in
blocks, so that 5,000 x 5,000 places need no more memory than their answer and a few megabytes.

All figures come from Andoyer-Lambert on reduced latitudes, written so that a pair costs one arc sine and two
square roots: ``sin((a - b) / 2)`` is taken from the sines and cosines of each place.

Source:
    P. D. Thomas, "Spheroidal Geodesics, Reference Systems, & Local Geometry", U.S. Naval Oceanographic
    Office SP-138 (1970); also W. D. Lambert, J. Washington Acad. Sci. 32 (1942).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordinator.domain.places.positions import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from coordinator.domain.places.positions import Position

_FLATTENING = 1 / 298.257223563
_KM_PER_MILE = 1.609344
_EQUATOR_MILES = 6378.137 / _KM_PER_MILE
_LARGEST_CORRECTED = 0.9999
"""Of the squared half chord. Beyond (the last degree before the antipode) the first-order correction loses
its footing, and the sphere stands in."""
_BLOCK = 1 << 17
"""Pairs at a time: each of the handful of columns in work stays within a megabyte, near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Many places, each with what every distance from it needs: float64, one row or any other shape.

    The columns are sine and cosine of the reduced latitude, and of half of it and of half the longitude.
    """

    sin: NDArray[np.float64]
    cos: NDArray[np.float64]
    sin_half: NDArray[np.float64]
    cos_half: NDArray[np.float64]
    sin_half_longitude: NDArray[np.float64]
    cos_half_longitude: NDArray[np.float64]

    @classmethod
    def at(cls, latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64]) -> Points:
        """Return the points at WGS 84 degrees; not a number stays so."""
        reduced = np.arctan((1 - _FLATTENING) * np.tan(np.radians(latitudes_deg)))
        half = np.radians(longitudes_deg) / 2
        return cls(*(f(x) for x in (reduced, reduced / 2, half) for f in (np.sin, np.cos)))

    @classmethod
    def of(cls, places: Sequence[Position | None]) -> Points:
        """Return the points of *places*; an unknown one is not a number, and so are its distances."""
        return cls.at(
            np.array([place.latitude_deg if place else math.nan for place in places], dtype=np.float64),
            np.array([place.longitude_deg if place else math.nan for place in places], dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.sin)

    def part(self, rows: slice | NDArray[np.intp]) -> Points:
        """Return some of the points."""
        return Points(*(column[rows] for column in self._columns()))

    def down(self) -> Points:
        """Return the points as a column, so that distances to a row of others become a table."""
        return Points(*(column[:, None] for column in self._columns()))

    def _columns(self) -> tuple[NDArray[np.float64], ...]:
        return (
            self.sin,
            self.cos,
            self.sin_half,
            self.cos_half,
            self.sin_half_longitude,
            self.cos_half_longitude,
        )

    def unit_vectors(self) -> NDArray[np.float64]:
        """Return the points on the unit sphere of reduced latitudes, float64 of shape (n, 3)."""
        sine, cosine = self.sin_half_longitude, self.cos_half_longitude
        x, y = self.cos * (cosine**2 - sine**2), self.cos * (2 * sine * cosine)
        return np.stack([x, y, self.sin], axis=1)


def pair_miles(a: Points, b: Points) -> NDArray[np.float64]:
    """Return the straight-line miles between *a* and *b*, which broadcast against each other.

    Measured against Karney's geodesic: within 0.00015 % up to 2,000 km (3 m), 0.0013 % up to 18,000 km and
    0.17 % world-wide, at the antipode. Symmetric to the last bit.
    """
    north = a.sin_half * b.cos_half - a.cos_half * b.sin_half
    east = a.sin_half_longitude * b.cos_half_longitude - a.cos_half_longitude * b.sin_half_longitude
    chord = np.square(east)
    chord *= a.cos * b.cos
    chord += np.square(north)
    np.minimum(chord, 1.0, out=chord)
    rest = 1 - chord
    sigma = 2 * np.arcsin(np.sqrt(chord))
    sine = 2 * np.sqrt(chord * rest)
    near = chord <= _LARGEST_CORRECTED
    middle = np.square(a.sin + b.sin) / np.where(near, rest, 1.0)
    apart = np.square(a.sin - b.sin) / np.where(chord > 0, chord, 1.0)
    correction = np.where(near, (sigma - sine) * middle + (sigma + sine) * apart, 0.0)
    return np.asarray(_EQUATOR_MILES * (sigma - _FLATTENING / 8 * correction), dtype=np.float64)


def miles_matrix(a: Points, b: Points, *, dtype: DTypeLike = np.float64) -> NDArray[np.float64]:
    """Return the miles from each of *a* to each of *b*, of shape (len(a), len(b)).

    Beside the answer it needs a few megabytes whatever the size. As float32 the answer is half as large and
    true to 2 yards in 2,000 miles. ``miles_matrix(p, p)`` is symmetric to the last bit, with zeros across.
    """
    table = np.empty((len(a), len(b)), dtype=dtype)
    for rows in _blocks(len(a), len(b)):
        table[rows] = pair_miles(a.part(rows).down(), b)
    return table


class Nearest(NamedTuple):
    """For each place the nearest others, nearest first: which they are and how many miles away."""

    indices: NDArray[np.intp]
    miles: NDArray[np.float64]


def nearest(a: Points, b: Points, count: int) -> Nearest:
    """Return for each of *a* the *count* nearest of *b*, without a full table; ties go by index.

    The same as sorting ``pair_miles``, to the last bit: candidates are found by the chord through the
    sphere of reduced latitudes, which is never off by more than the flattening, and then measured.

    Args:
        a: From where; all known.
        b: To where; all known.
        count: How many; all of *b* when there are fewer.
    """
    count = min(count, len(b))
    found = Nearest(np.zeros((len(a), count), dtype=np.intp), np.zeros((len(a), count)))
    if not count:
        return found
    vectors_a, vectors_b = a.unit_vectors(), b.unit_vectors()
    for rows in _blocks(len(a), len(b)):
        chords = np.maximum(2 - 2 * (vectors_a[rows] @ vectors_b.T), 0.0)
        for row, chord in enumerate(chords, start=rows.start):
            candidates = _candidates(chord, count)
            miles = pair_miles(a.part(slice(row, row + 1)), b.part(candidates))
            order = np.lexsort((candidates, miles))[:count]
            found.indices[row], found.miles[row] = candidates[order], miles[order]
    return found


def _candidates(chord: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Return every index that may be among the *count* nearest, given squared chords.

    A distance lies between the arc of its chord and that arc less the flattening. So whoever's arc is longer
    than that of the count-th by more than the flattening cannot be nearer; nor can its chord be.
    """
    bound = np.partition(chord, count - 1)[count - 1]
    arc = min(2 * math.asin(min(math.sqrt(bound) / 2, 1.0)) * (1 + 1.1 * _FLATTENING), math.pi)
    return np.flatnonzero(chord <= (2 * math.sin(arc / 2)) ** 2 + _ROUNDING)


_ROUNDING = 4e-15
"""How far a squared chord from a product of unit vectors may be off, four times over."""


def _blocks(rows: int, columns: int) -> Iterator[slice]:
    size = max(1, _BLOCK // max(columns, 1))
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def miles_from(
    origin: Position, latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return straight-line miles from *origin* to many points, for ranking; the shape of the input.

    Within 0.01 % of the geodesic up to 2,000 km; ``distances.pair_miles`` has the figures and the source.

    Args:
        origin: Where all distances start.
        latitudes_deg: WGS 84 degrees.
        longitudes_deg: WGS 84 degrees, same shape.
    """
    import numpy as np  # noqa: PLC0415 - 100 ms that whoever only needs a Position does not pay

    start = Points.at(np.array(origin.latitude_deg), np.array(origin.longitude_deg))
    return pair_miles(start, Points.at(np.asarray(latitudes_deg), np.asarray(longitudes_deg)))
