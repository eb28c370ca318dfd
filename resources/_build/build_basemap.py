"""Build resources/basemap/outlines.npz: land, coast, state and county lines of the United States.

    npm pack us-atlas@3 && tar xzf us-atlas-3.*.tgz
    python resources/_build/build_basemap.py package/counties-10m.json

Decodes the TopoJSON by hand: its arcs are shared, so a line that bounds one county only is a coast (or the
border to another country), one between two states a state line, any other a county line. The points are
packed as differences of whole mercator units, which deflate well. The same input gives the same file.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from coordinator.domain.maps.view import mercator  # noqa: E402

TARGET = ROOT / "resources" / "basemap" / "outlines.npz"
UNITS_ROUND_THE_WORLD = 2**26  # 0.6 m


def arcs_of(topology: dict[str, Any]) -> list[np.ndarray]:
    """Return every shared arc as degrees, shape (n, 2): longitude, latitude."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a (multi)polygon as lists of arc numbers."""
    polygons = geometry.get("arcs", [])
    if geometry["type"] == "Polygon":
        return list(polygons)
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in polygons for ring in polygon]
    return [ring for part in geometry.get("geometries", []) for ring in rings_of(part)]


def joined(ring: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Return a ring's points; a number below zero is an arc walked backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([part[:-1] for part in parts])


def lines_by_kind(topology: dict[str, Any], arcs: list[np.ndarray]) -> dict[str, list[np.ndarray]]:
    """Return the arcs as coast, borders (of states) and counties."""
    states_along: dict[int, list[str]] = defaultdict(list)
    for county in topology["objects"]["counties"]["geometries"]:
        for ring in rings_of(county):
            for number in ring:
                states_along[number if number >= 0 else ~number].append(str(county["id"])[:2])
    kinds: dict[str, list[np.ndarray]] = {"coast": [], "borders": [], "counties": []}
    for number, states in sorted(states_along.items()):
        kind = "coast" if len(states) == 1 else "borders" if len(set(states)) > 1 else "counties"
        kinds[kind].append(arcs[number])
    return kinds


def packed(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return differences of whole mercator units (int32, (n, 2)) and where each line starts."""
    points = np.concatenate([mercator(line[:, 1], line[:, 0]) for line in lines])
    units = np.round(points * UNITS_ROUND_THE_WORLD).astype(np.int64)
    steps = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype(np.int32)
    return steps, np.cumsum([0] + [len(line) for line in lines]).astype(np.int32)


def main() -> None:
    """Write the pack and say what is in it."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    land = [joined(ring, arcs) for ring in rings_of(topology["objects"]["nation"]["geometries"][0])]
    arrays: dict[str, np.ndarray] = {}
    for kind, lines in ({"land": land} | lines_by_kind(topology, arcs)).items():
        arrays[f"{kind}_steps"], arrays[f"{kind}_starts"] = packed(lines)
        print(f"{kind}: {len(lines)} lines, {len(arrays[f'{kind}_steps'])} points")
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, units=np.int64(UNITS_ROUND_THE_WORLD), **arrays)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
