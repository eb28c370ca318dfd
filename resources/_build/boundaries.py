"""Lines between countries, states and counties, from the Census Bureau and Natural Earth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from cells import Cell, cut
from outline_sources import shapes

Lines = list[np.ndarray]

WITH_PROVINCES = (
    (-142.0, 41.0, -52.0, 60.5),
    (-142.0, 60.0, -61.0, 72.0),
    (-142.0, 72.0, -95.0, 84.0),
    (-118.0, 14.5, -86.7, 33.0),
    (112.0, -45.0, 155.0, -9.0),
)
"""Canada, Mexico and Australia; elsewhere the lines within a country are too many to say anything."""

INLAND_DEG = 0.015
"""Nearer the sea than this, the outer edge of a county is its coast, not a border."""


def strokes(geometries: Iterable[shapely.Geometry]) -> Lines:
    """Return lines end to end where they meet, in a fixed order."""
    parts = shapely.get_parts(list(geometries))
    parts = parts[(shapely.get_dimensions(parts) == 1) & (shapely.length(parts) > 0)]
    if not len(parts):
        return []
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(parts))))
    return sorted((shapely.get_coordinates(line) for line in merged), key=lambda line: line.tolist())


class Boundaries(NamedTuple):
    """Lines between countries, states and counties, in degrees; of *border*, that of the United States, all."""

    border: list[shapely.Geometry]
    countries: list[shapely.Geometry]
    states: list[shapely.Geometry]
    counties: list[shapely.Geometry]


def boundaries(county_file: Path, country_file: Path, province_file: Path, by_state: dict[str, shapely.Geometry]) -> Boundaries:
    """Return all boundaries; those of the United States in the Census Bureau's detail."""
    outer, between_states, counties = county_edges(shapes(county_file), by_state)
    countries = shapely.union_all([shapely.LineString(part) for shape in shapes(country_file) for part in shape])
    wide = shapely.union_all([shapely.box(*corners) for corners in WITH_PROVINCES])
    lines = [shapely.LineString(part) for shape in shapes(province_file) for part in shape]
    provinces = shapely.union_all([line for line in lines if wide.contains(line)])
    home = shapely.union_all([shapely.make_valid(area) for area in by_state.values()])
    border = outer.intersection(countries.buffer(0.06))
    abroad = countries.difference(border.buffer(0.12)).difference(home.buffer(-0.02))
    return Boundaries(
        list(shapely.get_parts(border)),
        list(shapely.get_parts(abroad)),
        [*between_states, *shapely.get_parts(provinces.difference(home.buffer(0.06)))],
        counties,
    )


def county_edges(
    counties: list[Lines], by_state: dict[str, shapely.Geometry]
) -> tuple[shapely.Geometry, list[shapely.Geometry], list[shapely.Geometry]]:
    """Return the edges one county has alone, those between states, and those between counties of one state."""
    codes = sorted(by_state)
    tree = shapely.STRtree([by_state[code] for code in codes])
    users: dict[tuple[tuple[float, float], ...], list[int]] = defaultdict(list)
    for rings in counties:
        inside = shapely.point_on_surface(shapely.make_valid(shapely.Polygon(max(rings, key=len))))
        state = int(tree.nearest(inside))
        for ring in rings:
            corners = [tuple(corner) for corner in np.round(ring, 7).tolist()]
            for a, b in zip(corners, corners[1:], strict=False):
                users[(a, b) if a < b else (b, a)].append(state)
    kinds: tuple[list[object], list[object], list[object]] = ([], [], [])
    for edge, owners in sorted(users.items()):
        kinds[0 if len(owners) == 1 else 1 if len(set(owners)) > 1 else 2].append(edge)
    outer, of_states, of_counties = (shapely.line_merge(shapely.multilinestrings(kind)) for kind in kinds)
    return outer, list(shapely.get_parts(of_states)), list(shapely.get_parts(of_counties))


def reaching(lines: list[shapely.Geometry], coast: list[np.ndarray], others: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return *lines* with each loose end drawn on to the coast near it, where it stops a little short."""
    tree = shapely.STRtree([shapely.LineString(line) for line in coast])
    ends: dict[tuple[float, float], int] = defaultdict(int)
    for line in (*lines, *others):
        corners = shapely.get_coordinates(line)
        for corner in (corners[0], corners[-1]):
            ends[tuple(np.round(corner, 6))] += 1
    made = []
    for line in lines:
        corners = shapely.get_coordinates(line)
        for flip in (False, True):
            corners = corners[::-1] if flip else corners
            if ends[tuple(np.round(corners[-1], 6))] == 1:
                corners = _drawn_on(corners, tree)
        made.append(shapely.LineString(corners))
    return made


def _drawn_on(corners: np.ndarray, tree: shapely.STRtree) -> np.ndarray:
    """Return *corners* and the coast's nearest point, when that is within 0.02 degrees."""
    end = shapely.Point(corners[-1])
    near = tree.query_nearest(end, max_distance=0.02, all_matches=False)
    if not len(near):
        return corners
    link = shapely.shortest_line(end, tree.geometries[near[0]])
    return np.concatenate((corners, shapely.get_coordinates(link)[1:]))


def inland(lines: list[shapely.Geometry], cells: set[Cell], land: np.ndarray) -> list[shapely.Geometry]:
    """Return what of *lines* in *cells* does not follow the coast of *land*."""
    coast = [shapely.get_exterior_ring(part) for part in land]
    shore = {cell: shapely.buffer(shapely.union_all(parts), INLAND_DEG) for cell, parts in cut(coast, cells)}
    kept: list[shapely.Geometry] = []
    for cell, parts in sorted(cut(lines, cells), key=lambda found: found[0]):
        kept += list(shapely.difference(parts, shore[cell])) if cell in shore else list(parts)
    return [shapely.LineString(line) for line in strokes(kept)]
