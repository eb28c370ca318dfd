"""Distances: how far off and how fast, against Karney's geodesic by pyproj and by a geopy loop.

The published test set of GeographicLib is in no package we found, so PROJ's own ``geod`` is the independent
reference. The geopy loop is timed on a sample of the pairs and scaled to all of them.

python -m tests.benchmarks.bench_distances      (needs the extra "benchmarks": pyproj)
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from geopy.distance import geodesic
from pyproj import Geod

from coordinator.domain.places.distances import Points, miles_from, miles_matrix, nearest, pair_miles
from coordinator.domain.places.positions import KM_PER_MILE, Position, Precision
from tests.benchmarks.ratio import median_ratio, report, seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED, ROUNDS = 20261122, 5
WGS84 = Geod(ellps="WGS84")
UP_TO_KM, MOST_ERROR = 2000, 1e-4
SIDE, SAMPLE, TARGET = 1000, 4000, 400
DONORS, ROW_TARGET = 5000, 300


def main() -> int:
    """Print errors, ratios and times; 0 if the targets were reached."""
    seeded = np.random.default_rng(SEED)
    reached = [_errors(seeded), _table(seeded), _one_family(seeded)]
    _times(seeded)
    return 0 if all(reached) else 1


def _errors(seeded: np.random.Generator, pairs: int = 1_000_000) -> bool:
    """Compare pairs spread evenly over the globe, and pairs up to 2,000 km from places spread so."""
    start, end = _on_the_globe(seeded, pairs), _on_the_globe(seeded, pairs)
    true = WGS84.inv(start[1], start[0], end[1], end[0])[2]
    _say_error("world-wide", _metres(start, end), true)
    metres = seeded.uniform(1, UP_TO_KM * 1000, pairs)
    east, north, _ = WGS84.fwd(start[1], start[0], seeded.uniform(0, 360, pairs), metres)
    worst = _say_error(f"up to {UP_TO_KM:,} km", _metres(start, (north, east)), metres)
    return report(f"error allowed over error up to {UP_TO_KM:,} km", MOST_ERROR / worst, 1)


def _table(seeded: np.random.Generator) -> bool:
    north, east = _in_new_england(seeded, SIDE)
    points = Points.at(north, east)
    picked = [(int(a), int(b)) for a, b in seeded.integers(0, SIDE, (SAMPLE, 2))]

    def loop() -> None:
        for a, b in picked:
            geodesic((north[a], east[a]), (north[b], east[b])).miles  # noqa: B018 - only its time counts

    scale = SIDE * SIDE / SAMPLE
    ratio = scale * median_ratio(loop, lambda: miles_matrix(points, points), ROUNDS)
    what = f"{SIDE:,} x {SIDE:,} distances, geopy loop timed on {SAMPLE:,} pairs and scaled by {scale:g}"
    return report(what, ratio, TARGET)


def _one_family(seeded: np.random.Generator) -> bool:
    family = Position(43.49, -70.49, Precision.ZIP)
    north, east = _in_new_england(seeded, DONORS)

    def loop() -> None:
        for pair in zip(north.tolist(), east.tolist(), strict=True):
            geodesic((family.latitude_deg, family.longitude_deg), pair).miles  # noqa: B018 - as above

    ratio = median_ratio(loop, lambda: miles_from(family, north, east), ROUNDS)
    return report(f"distances of {DONORS:,} donors to one family", ratio, ROW_TARGET)


def _times(seeded: np.random.Generator) -> None:
    points = Points.at(*_in_new_england(seeded, 5000))
    many = Points.at(*_in_new_england(seeded, 100_000))
    for what, work in (
        ("5,000 x 5,000 as float64", lambda: miles_matrix(points, points)),
        ("5,000 x 5,000 as float32", lambda: miles_matrix(points, points, dtype=np.float32)),
        ("20 nearest of 5,000 for each of 5,000", lambda: nearest(points, points, 20)),
        ("20 nearest of 100,000 for each of 100", lambda: nearest(points.part(slice(0, 100)), many, 20)),
    ):
        work()
        print(f"{what}: {median(seconds(work) for _ in range(ROUNDS)) * 1000:,.0f} ms")


def _say_error(what: str, ours: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    error = np.abs(ours / true - 1)
    print(
        f"error {what}: at most {error.max():.2e} ({np.abs(ours - true).max():,.1f} m), "
        f"mean {error.mean():.2e}, against pyproj's geodesic over {len(true):,} pairs"
    )
    return float(error.max())


def _metres(
    start: tuple[NDArray[np.float64], NDArray[np.float64]],
    end: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    return pair_miles(Points.at(*start), Points.at(*end)) * KM_PER_MILE * 1000


def _on_the_globe(seeded: np.random.Generator, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.degrees(np.arcsin(seeded.uniform(-1, 1, count))), seeded.uniform(-180, 180, count)


def _in_new_england(
    seeded: np.random.Generator, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return seeded.uniform(41, 47.5, count), seeded.uniform(-73.5, -67, count)


if __name__ == "__main__":
    sys.exit(main())
