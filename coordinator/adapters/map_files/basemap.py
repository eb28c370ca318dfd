"""Reads the outlines and the towns of the map from ``resources``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Basemap, Lines
from coordinator.sayings import saying

if TYPE_CHECKING:
    from numpy.typing import NDArray

ATTRIBUTION = saying("Map: GSHHG, U.S. Census, Natural Earth · Towns: GeoNames, CC BY 4.0")

KINDS = ("land", "lakes", "islands", "rivers", "coast", "shores", "countries", "borders", "counties")


@cache
def load_basemap() -> Basemap:
    """Return the shipped base map; read once (about 0.1 s), the same value for every caller and thread."""
    with np.load(BytesIO(_packed("outlines.npz")), allow_pickle=False) as pack:
        units = int(pack["units"])
        lines = {kind: _lines(pack, kind, units) for kind in KINDS}
    names, points, population = _towns()
    return Basemap(
        **lines, town_names=names, town_points=points, town_population=population, attribution=ATTRIBUTION
    )


def _lines(pack: np.lib.npyio.NpzFile, kind: str, units: int) -> Lines:
    """Return the lines of one kind.

    ``steps`` (x and y, four byte planes, points) are differences of whole units, the sign in the lowest bit;
    float32 keeps them to the metre.
    """
    planes = pack[f"{kind}_steps"]
    points = np.empty((planes.shape[-1], 2), dtype=np.float32)
    for axis in (0, 1):
        folded = planes[axis, 0].astype(np.int32)
        for place, plane in enumerate(planes[axis, 1:], start=1):
            if plane.any():
                folded |= plane.astype(np.int32) << 8 * place
        steps = (folded >> 1) ^ -(folded & 1)
        points[:, axis] = np.cumsum(steps, dtype=np.int32) * (1 / units)
    starts = np.concatenate(([0], np.cumsum(pack[f"{kind}_counts"], dtype=np.int64)))
    return Lines(points, starts, pack[f"{kind}_levels"])


def _towns() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.int64]]:
    """Return the towns in the order they are named in: names, points in mercator units, population."""
    with np.load(BytesIO(_packed("towns.npz")), allow_pickle=False) as pack:
        names = tuple(pack["names"].tobytes().decode("utf-8").split("\n"))
        return names, pack["points"].astype(np.float64), pack["population"].astype(np.int64)


def _packed(name: str) -> bytes:
    return (resources.files("resources") / "basemap" / name).read_bytes()
