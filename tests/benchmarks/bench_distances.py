"""Distances: how far off and how fast, against Karney's geodesic by his own library and by a geopy loop.

    python -m tests.benchmarks.bench_distances

The published test set of GeographicLib is in no package we found, so ``geographiclib`` itself, which geopy
brings, is the reference. The geopy loop is timed on a sample of the pairs and scaled to all of them.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from coordinator.domain.places.distances import Points, miles_from, miles_matrix, nearest, pair_miles
from coordinator.domain.places.positions import KM_PER_MILE, Position, Precision
from tests.benchmarks.ratio import exit_code, median_ratio, options, report, seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 20261122
WGS84 = Geodesic.WGS84
UP_TO_KM, MOST_ERROR = 2000, 1e-4
TARGET, ROW_TARGET = 400, 300


def main(words: list[str] | None = None) -> int:
    """Print errors, ratios and times; 0 if the targets were reached."""
    sizes = {"pairs": (50_000, 50), "side": (1000, 20), "sample": (4000, 20), "donors": (5000, 20)}
    asked = options(__doc__, words, rounds=(5, 1), **sizes)
    seeded = np.random.default_rng(SEED)
    reached = (_errors(seeded, asked), _table(seeded, asked), _one_family(seeded, asked))
    _times(seeded, asked)
    return exit_code(asked, *reached)


def _errors(seeded: np.random.Generator, asked: Namespace) -> bool:
    """Compare pairs spread evenly over the globe, and pairs up to 2,000 km from places spread so."""
    pairs: int = asked.pairs
    start, end = _on_the_globe(seeded, pairs), _on_the_globe(seeded, pairs)
    true = np.array([WGS84.Inverse(*pair)["s12"] for pair in zip(*start, *end, strict=True)])
    _say_error("world-wide", _metres(start, end), true)
    metres = seeded.uniform(1, UP_TO_KM * 1000, pairs)
    ways = zip(*start, seeded.uniform(0, 360, pairs), metres, strict=True)
    there = np.array([(found["lat2"], found["lon2"]) for found in (WGS84.Direct(*way) for way in ways)])
    worst = _say_error(f"up to {UP_TO_KM:,} km", _metres(start, (there[:, 0], there[:, 1])), metres)
    return report(f"error allowed over error up to {UP_TO_KM:,} km", MOST_ERROR / worst, 1)


def _table(seeded: np.random.Generator, asked: Namespace) -> bool:
    side, sample = asked.side, asked.sample
    north, east = _in_new_england(seeded, side)
    points = Points.at(north, east)
    picked = [(int(a), int(b)) for a, b in seeded.integers(0, side, (sample, 2))]

    def loop() -> None:
        for a, b in picked:
            geodesic((north[a], east[a]), (north[b], east[b])).miles  # noqa: B018 - only its time counts

    scale = side * side / sample
    ratio = scale * median_ratio(loop, lambda: miles_matrix(points, points), asked.rounds)
    what = f"{side:,} x {side:,} distances, geopy loop timed on {sample:,} pairs and scaled by {scale:g}"
    return report(what, ratio, TARGET)


def _one_family(seeded: np.random.Generator, asked: Namespace) -> bool:
    family = Position(43.49, -70.49, Precision.ZIP)
    north, east = _in_new_england(seeded, asked.donors)

    def loop() -> None:
        for pair in zip(north.tolist(), east.tolist(), strict=True):
            geodesic((family.latitude_deg, family.longitude_deg), pair).miles  # noqa: B018 - as above

    ratio = median_ratio(loop, lambda: miles_from(family, north, east), asked.rounds)
    return report(f"distances of {asked.donors:,} donors to one family", ratio, ROW_TARGET)


def _times(seeded: np.random.Generator, asked: Namespace) -> None:
    size: int = asked.donors
    points = Points.at(*_in_new_england(seeded, size))
    many = Points.at(*_in_new_england(seeded, 20 * size))
    some = points.part(slice(0, 100))
    for what, work in (
        (f"{size:,} x {size:,} as float64", lambda: miles_matrix(points, points)),
        (f"{size:,} x {size:,} as float32", lambda: miles_matrix(points, points, dtype=np.float32)),
        (f"20 nearest of {size:,} for each of {size:,}", lambda: nearest(points, points, 20)),
        (f"20 nearest of {20 * size:,} for each of 100", lambda: nearest(some, many, 20)),
    ):
        work()
        print(f"{what}: {median(seconds(work) for _ in range(asked.rounds)) * 1000:,.0f} ms")


def _say_error(what: str, ours: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    error = np.abs(ours / true - 1)
    print(
        f"error {what}: at most {error.max():.2e} ({np.abs(ours - true).max():,.1f} m), "
        f"mean {error.mean():.2e}, against geographiclib's over {len(true):,} pairs"
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
