"""Reads the outlines and the towns of the map from ``resources``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Basemap, Lines
from coordinator.domain.maps.view import mercator

if TYPE_CHECKING:
    from numpy.typing import NDArray

ATTRIBUTION = "Land: U.S. Census Bureau, Natural Earth · Towns: GeoNames, CC BY 4.0"

PARTS = frozenset({"Beach", "Center", "Gardens", "Station", "Village"})
NEAR_DEG = 0.06
"""About 4 miles from south to north."""

Place = tuple[float, float]


@cache
def load_basemap() -> Basemap:
    """Return the shipped base map; read once (about 0.1 s), the same value for every caller and thread."""
    packed = (resources.files("resources") / "basemap" / "outlines.npz").read_bytes()
    with np.load(BytesIO(packed), allow_pickle=False) as pack:
        lines = {kind: _lines(pack, kind) for kind in ("land", "coast", "borders", "counties")}
    names, points, population = _towns()
    return Basemap(
        **lines, town_names=names, town_points=points, town_population=population, attribution=ATTRIBUTION
    )


def _lines(pack: np.lib.npyio.NpzFile, kind: str) -> Lines:
    points = np.cumsum(pack[f"{kind}_steps"], axis=0, dtype=np.int64) / float(pack["units"])
    return Lines(points, pack[f"{kind}_starts"].astype(np.int64))


def _is_quarter(row: tuple[str, float, float, int, str], by_name: dict[tuple[str, str], Place]) -> bool:
    """Tell whether a place is a part of the town it is named for, as South Portland Gardens is."""
    name, latitude, longitude, _, state = row
    stem, _, last = name.rpartition(" ")
    town = by_name.get((stem, state)) if last in PARTS else None
    return town is not None and abs(town[0] - latitude) < NEAR_DEG and abs(town[1] - longitude) < 2 * NEAR_DEG


def _towns() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.int64]]:
    """Return the towns that lie on the outlines we have, without quarters named for a town beside them."""
    with resources.as_file(resources.files("resources") / "gazetteer.sqlite") as path:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute(
                "select name, latitude_deg, longitude_deg, population, state from town "
                "order by population desc, name, latitude_deg"
            ).fetchall()
    by_name = {(row[0], row[4]): row[1:3] for row in reversed(rows)}
    rows = [row[:4] for row in rows if not _is_quarter(row, by_name)]
    names, latitudes, longitudes, population = zip(*rows, strict=True)
    points = mercator(np.array(latitudes), np.array(longitudes))
    return names, points, np.array(population, dtype=np.int64)
