"""5,000 donors to one family: ``places.miles_from`` against a loop over ``geopy.distance.geodesic``.

python -m tests.benchmarks.bench_distances
"""

from __future__ import annotations

import sys

import numpy as np
from geopy.distance import geodesic

from coordinator.domain.places import Position, Precision, miles_from
from tests.benchmarks.ratio import median_ratio, report

SEED, DONORS, TARGET = 20261122, 5000, 300


def main() -> int:
    """Print ratio and error; 0 if the target was reached."""
    seeded = np.random.default_rng(SEED)
    family = Position(43.49, -70.49, Precision.ZIP)
    latitudes, longitudes = seeded.uniform(41, 47.5, DONORS), seeded.uniform(-73.5, -67, DONORS)
    pairs = list(zip(latitudes.tolist(), longitudes.tolist(), strict=True))

    def loop() -> list[float]:
        return [geodesic((family.latitude_deg, family.longitude_deg), pair).miles for pair in pairs]

    ratio = median_ratio(loop, lambda: miles_from(family, latitudes, longitudes))
    error = np.max(np.abs(miles_from(family, latitudes, longitudes) / np.array(loop()) - 1))
    print(f"largest relative error against the geodesic: {error:.1e}")
    return 0 if report(f"distances of {DONORS:,} donors to one family", ratio, TARGET) else 1


if __name__ == "__main__":
    sys.exit(main())
