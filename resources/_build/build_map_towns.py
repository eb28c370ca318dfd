"""Build resources/basemap/towns.npz: the towns the map names, in the order they are named in.

    python resources/_build/build_map_towns.py

Reads the gazetteers beside it (GeoNames, CC BY 4.0), so run it after ``build_gazetteer.py``. Which of their
places are towns and which only quarters takes as long to find out as all the outlines take to read, so it is
found out here. The same inputs give the same file.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from itertools import starmap
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from coordinator.domain.maps.quarters import Town, towns_to_name  # noqa: E402
from coordinator.domain.maps.view import mercator  # noqa: E402

TARGET = ROOT / "resources" / "basemap" / "towns.npz"
QUERY = (
    "select name, state, latitude_deg, longitude_deg, population from town "
    "order by population desc, name, state, latitude_deg"
)


def towns_of(name: str) -> list[Town]:
    """Return the towns of a gazetteer beside the scripts, largest first."""
    with closing(sqlite3.connect(ROOT / "resources" / name)) as connection:
        return list(starmap(Town, connection.execute(QUERY)))


def main() -> None:
    """Write the file anew and say what is in it."""
    towns = [*towns_to_name(towns_of("gazetteer.sqlite")), *towns_of("gazetteer_world.sqlite")]
    towns.sort(key=lambda town: -town.population)
    points = mercator(
        np.array([town.latitude_deg for town in towns]), np.array([town.longitude_deg for town in towns])
    )
    np.savez_compressed(
        TARGET,
        names=np.frombuffer("\n".join(town.name for town in towns).encode(), dtype=np.uint8),
        points=points.astype(np.float32),
        population=np.array([town.population for town in towns], dtype=np.int32),
    )
    print(f"{TARGET.name}: {len(towns)} towns, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
