"""The base map that is shipped: what is land, where lines end, what towns are called."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise

import numpy as np
import pytest

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.domain.maps.base import compose_base, level_of
from coordinator.domain.maps.clip import PAD_PX
from coordinator.domain.maps.drawing import Basemap, Lines, Polygon, Polyline, Role
from coordinator.domain.maps.quarters import Town, towns_to_name
from coordinator.domain.maps.view import View, mercator
from coordinator.domain.places.positions import Position, Precision

Point = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def place(latitude: float, longitude: float) -> Position:
    return Position(latitude, longitude, Precision.BY_HAND)


PORTLAND, LEWISTON = place(43.66, -70.26), place(44.10, -70.21)


def is_inside(ring: Point, point: Point) -> bool:
    """Count the edges to the right of *point*: the even-odd rule, written the slow way."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*ring.tolist(), ring[0].tolist()]):
        if (y1 > point[1]) != (y2 > point[1]):
            crossings += point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def ground_at(view: View, point: Point) -> Role:
    """Return what is painted last over *point*."""
    areas = [item for item in compose_base(view, load_basemap()) if isinstance(item, Polygon)]
    over = [item.role for item in areas if any(is_inside(ring, point) for ring in item.parts)]
    return over[-1] if over else Role.SEA


@pytest.mark.parametrize(
    ("latitude", "longitude", "ground"),
    [
        (43.7, -70.6, Role.LAND),  # west of Portland
        (43.6555, -70.198, Role.LAND),  # Peaks Island in Casco Bay
        (43.65, -70.225, Role.SEA),  # the water between it and Portland
        (43.85, -70.57, Role.LAKE),  # Sebago Lake
        (41.5, -67.5, Role.SEA),  # Georges Bank
        (45.4, -71.9, Role.LAND),  # Sherbrooke
        (45.2, -71.15, Role.LAND),  # on the border of Maine and Quebec
        (46.3, -66.5, Role.LAND),  # New Brunswick
        (29.07, -110.96, Role.LAND),  # Hermosillo
        (45.75, -82.0, Role.LAND),  # Manitoulin, an island in a lake
        (44.5, -82.3, Role.LAKE),  # Lake Huron
        (43.65, -77.9, Role.LAKE),  # Lake Ontario, on the border
        (45.0, -66.0, Role.SEA),  # the Bay of Fundy
        (61.2, -149.5, Role.LAND),  # east of Anchorage
        (21.4, -158.0, Role.LAND),  # Oahu
        (18.25, -66.5, Role.LAND),  # Puerto Rico
        (51.5, -0.5, Role.LAND),  # near London, outside the area drawn in detail
        (-33.8, 150.9, Role.LAND),  # near Sydney
    ],
)
@pytest.mark.parametrize("closer", [0.5, 0.03])
def test_land_is_land_and_water_is_water_near_and_far(
    latitude: float, longitude: float, ground: Role, closer: float
) -> None:
    spot = place(latitude, longitude)
    view = View.fit([spot], 600, 400).zoomed(closer, 300, 200)

    assert ground_at(view, view.project([spot])[0]) is ground


def test_where_the_world_ends_it_begins_again() -> None:
    siberia = place(66.0, 179.0)
    (x, y), scale = mercator(np.array([66.0]), np.array([-178.0]))[0].tolist(), 256 * 40.0
    view = View(x, y, scale, 800, 500)

    beyond = view.project([siberia])[0] - (scale, 0)

    assert 0 < beyond[0] < 800
    assert ground_at(view, beyond) is Role.LAND
    assert ground_at(view, np.array((400 - scale * 2 / 360, 250.0))) is Role.LAND  # on the date line itself


def test_lines_of_states_and_counties_end_at_the_water() -> None:
    view = View.fit([place(43.0, -71.0), place(44.2, -69.6)], 900, 700)
    primitives = compose_base(view, load_basemap())
    rings = [item.parts[0] for item in primitives if isinstance(item, Polygon) and item.role is Role.LAND]
    lines = [
        item.points
        for item in primitives
        if isinstance(item, Polyline) and item.role in {Role.BORDER, Role.COUNTY}
    ]
    middles = np.concatenate([(line[:-1] + line[1:]) / 2 for line in lines])
    lengths = np.concatenate([np.hypot(*np.diff(line, axis=0).T) for line in lines])
    shown = ((middles > 0) & (middles < (900, 700))).all(axis=1)

    dry = [any(is_inside(ring, middle) for ring in rings) for middle in middles[shown]]

    assert shown.sum() > 300
    assert lengths[shown][np.array(dry)].sum() / lengths[shown].sum() > 0.995


def test_a_country_is_told_from_a_state_by_its_dashes() -> None:
    view = View.fit([place(42.5, -74.0), place(46.5, -68.0)], 900, 700)

    borders = [
        item
        for item in compose_base(view, load_basemap())
        if isinstance(item, Polyline) and item.role is Role.BORDER
    ]

    assert {item.dashed for item in borders} == {True, False}
    assert min(item.width_px for item in borders if item.dashed) > max(
        item.width_px for item in borders if not item.dashed
    )


def test_rivers_and_county_lines_show_in_a_region_and_not_on_the_world() -> None:
    near, far = View.fit([PORTLAND, LEWISTON], 900, 700), View(0.3, 0.4, 900, 900, 700)

    roles = [{item.role for item in compose_base(view, load_basemap())} for view in (near, far)]

    assert {Role.RIVER, Role.COUNTY} <= roles[0]
    assert {Role.RIVER, Role.COUNTY} & roles[1] == set()
    assert [level_of(near), level_of(far)] == [2, 0]


def test_of_a_line_drawn_at_two_levels_only_the_one_for_this_view_is_painted() -> None:
    view = View.fit([PORTLAND], 600, 400)
    line = np.array([(-100.0, 50), (100, 50)]) / view.scale + (view.centre_x, view.centre_y)
    lines = Lines(
        np.concatenate((line, line)), np.array([0, 2, 4]), np.array([(0, 1), (2, 2)], dtype=np.uint8)
    )

    assert len(compose_base(view, Basemap(coast=lines))) == 1
    assert len(compose_base(view, Basemap(coast=Lines(lines.points, lines.starts)))) == 2


def test_nothing_painted_reaches_far_out_of_the_view() -> None:
    view = View.fit([PORTLAND, LEWISTON], 600, 400)

    areas = [item.parts[0] for item in compose_base(view, load_basemap()) if isinstance(item, Polygon)]

    corners = np.concatenate(areas)
    assert corners.min() >= -PAD_PX - 1e-6
    assert (corners <= np.array((600, 400)) + PAD_PX + 1e-6).all()


def test_a_part_of_a_town_is_not_named_for_it() -> None:
    names = load_basemap().town_names

    assert {"South Portland", "North Andover", "Old Orchard Beach", "Memphis", "Wells", "Hollis"} <= set(
        names
    )
    assert not {"South Portland Gardens", "New South Memphis", "Wells Beach Station", "Meads"} & set(names)


def test_a_quarter_is_known_by_the_town_beside_it() -> None:
    town = Town("Eliot", "ME", 43.15, -70.80, 6000)
    quarter = Town("South Eliot", "ME", 43.11, -70.78, 3500)
    elsewhere = quarter._replace(latitude_deg=45.0)
    large = quarter._replace(population=26_000)

    assert towns_to_name([town, quarter]) == [town]
    assert towns_to_name([town, elsewhere]) == [town, elsewhere]
    assert towns_to_name([large, town]) == [large, town]


def test_the_middle_of_a_new_england_town_bears_the_towns_name_when_it_stands_alone() -> None:
    middle = Town("Hollis Center", "ME", 43.60, -70.60, 4000)
    town = middle._replace(name="Hollis")
    elsewhere = middle._replace(state="OH")

    assert towns_to_name([middle]) == [town]
    assert towns_to_name([town, middle]) == [town]
    assert towns_to_name([elsewhere]) == [elsewhere]


def test_the_pack_of_outlines_is_small_and_its_licence_travels_with_it() -> None:
    folder = resources.files("resources") / "basemap"

    assert len((folder / "outlines.npz").read_bytes()) < 5_000_000
    licences = (folder / "LICENCES.md").read_text(encoding="utf-8")
    assert all(name in licences for name in ("GSHHG", "World Data Bank II", "Census", "us-atlas", "ISC"))
    lesser = (folder / "LICENCE-LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / "LICENCE-GPL-3.0.txt").read_text(encoding="utf-8")
    towns = (resources.files("resources") / "gazetteer.LICENCES.md").read_text(encoding="utf-8")
    assert all(name in towns for name in ("GeoNames", "Attribution 4.0"))
