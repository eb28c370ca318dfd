from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.gazetteer.towns import Gazetteer
from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.domain.maps.clip import PAD_PX, clipped_rings, visible_lines
from coordinator.domain.maps.drawing import (
    Basemap,
    Layers,
    Lines,
    MatchLine,
    Pin,
    Polygon,
    Polyline,
    Primitive,
    Ring,
    Role,
    Route,
    ScaleBar,
    Shape,
    Symbol,
    Symbols,
    Text,
)
from coordinator.domain.maps.labels import Box, overlaps, text_box
from coordinator.domain.maps.pins import PIN_PX, PlacedPins, placed_pins
from coordinator.domain.maps.rings import ring_positions
from coordinator.domain.maps.scene import compose, compose_overlay
from coordinator.domain.maps.view import View, mercator
from coordinator.domain.places.positions import DistanceUnit, Position, Precision, distance_miles

Point = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
LATITUDES, LONGITUDES = st.floats(25, 70), st.floats(-125, -66)
POSITIONS = st.builds(Position, LATITUDES, LONGITUDES, st.just(Precision.ZIP))
PORTLAND = Position(43.66, -70.26, Precision.TOWN)


def zip_positions(*codes: str) -> list[Position]:
    gazetteer = Gazetteer()
    places = [gazetteer.zip_place(code) for code in codes]
    gazetteer.close()
    return [place.position for place in places if place]


def seacoast_layers() -> Layers:
    codes = [f"{code:05}" for code in (*range(3801, 3890), *range(4001, 4110))]
    positions = zip_positions(*codes)
    roles = (Role.DONOR, Role.RECIPIENT, Role.DRIVER)
    pins = tuple(Pin(f"D-{nth:04}", place, roles[nth % 3]) for nth, place in enumerate(positions))
    lines = tuple(MatchLine(positions[0], place, "about 12 mi") for place in positions[10:60:10])
    legend = ((Role.DONOR, "Donor"), (Role.RECIPIENT, "Recipient"))
    return Layers(pins, lines, (Ring(positions[0], 25, "25 mi"),), Route(tuple(positions[20:24])), legend)


def box_of(symbol: Symbol) -> Box:
    half = symbol.size_px / 2
    return symbol.x - half, symbol.y - half, symbol.x + half, symbol.y + half


def texts_of(primitives: list[Primitive]) -> list[Text]:
    return [item for item in primitives if isinstance(item, Text)]


def symbols_of(primitives: list[Primitive]) -> list[Symbol]:
    few = [item for item in primitives if isinstance(item, Symbol)]
    return few + [mark for item in primitives if isinstance(item, Symbols) for mark in item.each()]


def test_greenwich_at_the_equator_is_the_middle_of_the_world() -> None:
    assert mercator(np.array([0.0]), np.array([0.0])).tolist() == [[0.5, 0.5]]
    assert mercator(np.array([85.05112878]), np.array([-180.0]))[0] == pytest.approx([0, 0], abs=1e-9)


@given(st.lists(POSITIONS, min_size=1, max_size=12), st.floats(250, 2000), st.floats(200, 1500))
def test_fitting_shows_every_place_inside_the_margin(
    positions: list[Position], width: float, height: float
) -> None:
    pixels = View.fit(positions, width, height, margin=30).project(positions)

    assert np.all(pixels >= 30 - 1e-3)
    assert np.all(pixels <= np.array((width, height)) - 30 + 1e-3)


@given(POSITIONS, st.floats(0.2, 5), st.floats(0, 600), st.floats(0, 400))
def test_zooming_keeps_the_place_under_the_pointer(
    centre: Position, factor: float, x: float, y: float
) -> None:
    view = View.fit([centre], 600, 400).zoomed(0.1, 300, 200)

    before, after = view.degrees_at(x, y), view.zoomed(factor, x, y).degrees_at(x, y)

    assert after == pytest.approx(before, abs=1e-6)


@given(POSITIONS)
def test_a_pixel_leads_back_to_the_place_it_shows(place: Position) -> None:
    view = View.fit([PORTLAND], 600, 400)

    x, y = view.project([place])[0].tolist()

    assert view.degrees_at(x, y) == pytest.approx((place.latitude_deg, place.longitude_deg), abs=1e-6)


def test_dragging_moves_the_picture_with_the_hand() -> None:
    view = View.fit([PORTLAND], 600, 400)

    assert view.panned(30, -20).project([PORTLAND])[0] == pytest.approx([330, 180])


def test_a_pixel_measures_the_ground_at_the_middle() -> None:
    view = View.fit([PORTLAND, Position(43.0, -71.0, Precision.ZIP)], 600, 400)
    west = Position(*view.degrees_at(290, 200), Precision.BY_HAND)
    east = Position(*view.degrees_at(310, 200), Precision.BY_HAND)

    assert 20 * view.miles_per_pixel() == pytest.approx(distance_miles(west, east), rel=0.005)


def test_labels_lie_over_no_pin_and_no_other_label() -> None:
    layers, basemap = seacoast_layers(), load_basemap()
    for width, height in ((1200, 900), (500, 380)):
        view = View.fit(layers.positions(), width, height)
        primitives = compose_overlay(view, basemap, layers)

        boxes = [text_box(text) for text in texts_of(primitives)]
        marks = [box_of(item) for item in symbols_of(primitives) if item.shape is not Shape.DOT]

        assert sum(text.role is Role.TOWN for text in texts_of(primitives)) >= 5
        assert not [pair for pair in combinations(boxes, 2) if overlaps(*pair)]
        assert not [1 for box in boxes for mark in marks if overlaps(box, mark)]


def test_labels_keep_clear_of_each_other_in_wide_letters_too() -> None:
    layers = seacoast_layers()
    view = View.fit(layers.positions(), 900, 700)

    def wide(text: str, size_px: float) -> float:
        return 1.2 * size_px * len(text)

    boxes = [
        text_box(text, wide) for text in texts_of(compose_overlay(view, load_basemap(), layers, measure=wide))
    ]

    assert not [pair for pair in combinations(boxes, 2) if overlaps(*pair)]


def test_larger_towns_are_named_first() -> None:
    view = View.fit([PORTLAND, Position(43.0, -70.9, Precision.ZIP)], 500, 400)

    names = [text.text for text in texts_of(compose_overlay(view, load_basemap(), Layers()))]

    assert "Portland" in names


def test_a_match_line_carries_its_miles_and_does_not_strike_them_out() -> None:
    ends = (PORTLAND, Position(43.16, -70.65, Precision.ZIP))
    layers = Layers(lines=(MatchLine(*ends, "about 38 mi"),))
    primitives = compose_overlay(View.fit(ends, 600, 400), Basemap(), layers)

    (label,) = [text for text in texts_of(primitives) if text.role is Role.MATCH]
    left, top, right, bottom = text_box(label)
    pieces = [item for item in primitives if isinstance(item, Polyline) and item.role is Role.MATCH]
    ticks = np.linspace(0, 1, 201)[:, None]
    drawn = np.concatenate([piece.points[0] * (1 - ticks) + piece.points[1] * ticks for piece in pieces])
    struck = (drawn > (left + 0.1, top + 0.1)).all(axis=1) & (drawn < (right - 0.1, bottom - 0.1)).all(axis=1)

    assert label.text == "about 38 mi"
    assert len(pieces) == 2
    assert not struck.any()


def placed(pins: Sequence[Pin], view: View | None = None, **changes: Any) -> PlacedPins:  # noqa: ANN401 - any layer
    return placed_pins(view or View.fit([PORTLAND], 600, 400), Layers(tuple(pins), **changes))


def test_a_few_homes_in_one_zip_are_spread_so_that_each_is_seen() -> None:
    symbols = symbols_of(placed([Pin(f"D-{nth}", PORTLAND, Role.DONOR) for nth in range(3)]).marks())

    assert [symbol.code for symbol in symbols] == ["D-0", "D-1", "D-2"]
    gaps = [np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(symbols, 2)]
    assert min(gaps) > 6


def test_many_homes_in_one_zip_are_one_mark_with_their_number_until_it_is_opened() -> None:
    pins = [Pin(f"D-{nth}", PORTLAND, Role.DONOR) for nth in range(12)]

    (together,) = placed(pins).marks()
    opened = symbols_of(placed(pins, opened=frozenset(pin.code for pin in pins)).marks())

    assert isinstance(together, Symbol)
    assert together.number == "12"
    assert len(opened) == 12
    assert min(np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(opened, 2)) > 6


def test_a_pin_that_stands_out_is_never_gathered() -> None:
    pins = [Pin(f"D-{nth}", PORTLAND, Role.DONOR, emphasised=nth == 7) for nth in range(12)]

    found = placed(pins, chosen=frozenset({"D-2"}))

    assert {mark.code for mark in symbols_of(found.marks()) if mark.code} == {"D-2", "D-7"}
    assert [len(one.members) for one in found.clusters] == [10]


MANY_PINS = st.lists(
    st.builds(
        Pin,
        st.uuids().map(str),
        st.builds(Position, st.floats(43, 44), st.floats(-71, -70), st.just(Precision.ZIP)),
        st.sampled_from((Role.DONOR, Role.RECIPIENT, Role.DRIVER)),
    ),
    min_size=1,
    max_size=60,
)


@given(MANY_PINS, st.sampled_from([2.0**13, 2.0**15, 2.0**18]))
def test_every_pin_in_sight_is_drawn_once_alone_or_in_one_cluster(pins: list[Pin], scale: float) -> None:
    view = replace(View.fit([Position(43.5, -70.5, Precision.ZIP)], 900, 700), scale=scale)
    found = placed(pins, view)

    rows = found.alone.tolist() + [row for one in found.clusters for row in one.members.tolist()]
    numbers = [int(mark.number) for mark in symbols_of(found.marks()) if mark.number]
    seen = [nth for nth, is_shown in enumerate(view.shows([pin.position for pin in pins])) if is_shown]
    assert len(rows) == len(set(rows))
    assert set(seen) <= set(rows)
    assert sum(numbers) == sum(len(one.members) for one in found.clusters)
    assert all(len({pins[row].role for row in one.members.tolist()}) == 1 for one in found.clusters)


@given(MANY_PINS)
def test_pins_drawn_alone_do_not_hide_each_other(pins: list[Pin]) -> None:
    view = replace(View.fit([Position(43.5, -70.5, Precision.ZIP)], 900, 700), scale=2.0**16)
    spots = placed(pins, view).spots

    gaps = [np.hypot(*(a - b)) for a, b in combinations(spots, 2)]
    assert all(gap > PIN_PX / 2 for gap in gaps)


def test_a_point_finds_the_pin_or_the_cluster_under_it_and_a_rectangle_all_inside() -> None:
    far = Position(43.9, -70.0, Precision.ZIP)
    pins = [Pin(f"D-{nth}", PORTLAND, Role.DONOR) for nth in range(5)] + [Pin("R-1", far, Role.RECIPIENT)]
    found = placed(pins, View.fit([PORTLAND, far], 600, 400))
    x, y = found.spot_of("R-1") or (0.0, 0.0)
    together = found.spot_of("D-3") or (0.0, 0.0)

    cluster = found.at(*together)
    assert found.at(x + 4, y - 4) == "R-1"
    assert not isinstance(cluster, str | None)
    assert len(cluster.members) == 5
    assert found.at(5, 200) is None
    assert found.inside(0, 0, 600, 400) == [pin.code for pin in pins]
    assert found.inside(x - 1, y - 1, x + 1, y + 1) == ["R-1"]


def test_roles_differ_by_shape_as_well_as_by_colour() -> None:
    roles = (Role.DONOR, Role.RECIPIENT, Role.DRIVER)
    pins = [Pin(role, PORTLAND, role) for role in roles]

    shapes = {symbol.role: symbol.shape for symbol in symbols_of(placed(pins).marks())}

    assert shapes == {
        Role.DONOR: Shape.CIRCLE,
        Role.RECIPIENT: Shape.SQUARE,
        Role.DRIVER: Shape.TRIANGLE,
    }


def test_a_run_is_numbered_in_the_order_it_is_driven() -> None:
    stops = tuple(Position(43 + nth / 10, -70.5, Precision.ZIP) for nth in range(4))
    layers = Layers(route=Route(stops, ("", "1", "2", "")))

    primitives = compose_overlay(View.fit(stops, 600, 400), Basemap(), layers)

    marks = [item for item in symbols_of(primitives) if item.role is Role.STOP]
    (line,) = [item for item in primitives if isinstance(item, Polyline)]
    assert [mark.number for mark in marks] == ["1", "2"]
    assert line.points[1].tolist() == pytest.approx([marks[0].x, marks[0].y])
    assert len(line.points) == 4


def test_stops_in_one_zip_keep_their_numbers_in_sight() -> None:
    layers = Layers(route=Route((PORTLAND, PORTLAND, PORTLAND)))

    marks = [
        item
        for item in symbols_of(compose_overlay(View.fit([PORTLAND], 600, 400), Basemap(), layers))
        if item.role is Role.STOP
    ]

    assert [mark.number for mark in marks] == ["1", "2", "3"]
    assert min(np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(marks, 2)) > 12


NEAR_STOPS = st.lists(
    st.builds(Position, st.floats(43.5, 43.7), st.floats(-70.4, -70.2), st.just(Precision.ZIP)),
    min_size=2,
    max_size=12,
)


@given(NEAR_STOPS, st.sampled_from([(540.0, 115.0), (600.0, 400.0)]))
def test_numbers_of_stops_never_hide_each_other_nor_where_the_data_are_from(
    stops: list[Position], size: tuple[float, float]
) -> None:
    view = View.fit([*stops, Position(42.5, -71.5, Precision.ZIP)], *size, margin=12)
    basemap = Basemap(attribution="Land: somebody · Towns: somebody else")
    primitives = compose(view, basemap, Layers(route=Route(tuple(stops))))

    marks = [item for item in symbols_of(primitives) if item.role is Role.STOP]
    (origin,) = [text_box(text) for text in texts_of(primitives) if text.role is Role.ATTRIBUTION]
    gaps = [np.hypot(a.x - b.x, a.y - b.y) for a, b in combinations(marks, 2)]
    assert len(marks) == len(stops)
    assert min(gaps) >= marks[0].size_px
    assert not [1 for mark in marks if overlaps(box_of(mark), origin)]


def test_the_way_of_a_run_strikes_out_no_town() -> None:
    stops = (Position(43.06, -70.78, Precision.ZIP), Position(44.09, -70.2, Precision.ZIP), PORTLAND)
    view = View.fit(stops, 500, 400)

    primitives = compose_overlay(view, load_basemap(), Layers(route=Route(stops)))

    (way,) = [item for item in primitives if isinstance(item, Polyline) and item.role is Role.ROUTE]
    ticks = np.linspace(0, 1, 501)[:, None]
    drawn = np.concatenate([a * (1 - ticks) + b * ticks for a, b in pairwise(way.points)])
    boxes = [np.array(text_box(text)) for text in texts_of(primitives) if text.role is Role.TOWN]
    assert len(boxes) >= 3
    assert not [1 for box in boxes if ((drawn > box[:2]) & (drawn < box[2:])).all(axis=1).any()]


def test_a_number_moved_aside_keeps_a_thin_line_to_its_place() -> None:
    stops = (PORTLAND, Position(43.665, -70.26, Precision.ZIP))
    view = View.fit([PORTLAND, Position(43.0, -71.0, Precision.ZIP)], 600, 400)

    primitives = compose_overlay(view, Basemap(), Layers(route=Route(stops)))

    marks = [item for item in symbols_of(primitives) if item.role is Role.STOP]
    leads = [item for item in primitives if isinstance(item, Polyline) and item.role is Role.STOP]
    ends = [(lead.points[0].tolist(), lead.points[1].tolist()) for lead in leads]
    places = view.project(stops).tolist()
    assert ends == [(place, [mark.x, mark.y]) for place, mark in zip(places, marks, strict=True)]


def test_a_distance_ring_lies_at_its_distance_all_around() -> None:
    places = ring_positions(Ring(PORTLAND, 25))

    assert [distance_miles(PORTLAND, place) for place in places] == pytest.approx([25] * 73, rel=0.004)


@pytest.mark.parametrize("unit", list(DistanceUnit))
def test_the_scale_bar_is_a_round_number_of_the_ground_it_covers(unit: DistanceUnit) -> None:
    view = View.fit([PORTLAND, Position(43.0, -71.0, Precision.ZIP)], 600, 400)

    (bar,) = [item for item in compose(view, Basemap(), Layers(), unit) if isinstance(item, ScaleBar)]

    number, _, name = bar.text.partition(" ")
    per_pixel = view.miles_per_pixel() * (1.609344 if unit is DistanceUnit.KM else 1)
    assert name == unit.value
    assert number.strip("0.") in {"1", "2", "5"}
    assert bar.length_px * per_pixel == pytest.approx(float(number))
    assert 20 <= bar.length_px <= 130


def is_inside(area: Polygon, point: Point) -> bool:
    """Count the edges to the right of *point*: the even-odd rule, written the slow way."""
    crossings = 0
    for ring in area.parts:
        for (x1, y1), (x2, y2) in zip(ring.tolist(), [*ring[1:].tolist(), ring[0].tolist()], strict=True):
            if (y1 > point[1]) != (y2 > point[1]):
                crossings += point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


@given(st.integers(0, 2**32 - 1), st.floats(0, 600), st.floats(0, 400))
def test_cutting_a_ring_to_the_view_changes_nothing_inside_it(seed: int, x: float, y: float) -> None:
    view = View.fit([PORTLAND], 600, 400)
    corners = np.random.default_rng(seed).uniform(-900, 1500, size=(9, 2))
    world = (corners - (300, 200)) / view.scale + (view.centre_x, view.centre_y)
    rings = clipped_rings(Lines(world, np.array([0, 9])), view)
    point = np.array((x, y))
    edges = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    if min(distance_to_edge(point, a, b) for a, b in edges) < 1e-3:
        return  # on the outline: either answer is right

    assert is_inside(Polygon(rings, Role.LAND), point) == is_inside(Polygon((corners,), Role.LAND), point)
    assert all(np.all(ring >= -PAD_PX - 1e-6) for ring in rings)


def distance_to_edge(point: Point, a: Point, b: Point) -> float:
    part = np.clip(np.dot(point - a, b - a) / max(float(np.dot(b - a, b - a)), 1e-12), 0, 1)
    return float(np.hypot(*(a + (b - a) * part - point)))


def test_lines_end_where_they_end_and_are_left_out_where_nobody_looks() -> None:
    view = View.fit([PORTLAND], 600, 400)
    pixels = np.array(
        [(10, 10), (50, 10), (90, 10), (300, 300), (340, 300), (5000, 5000), (5100, 5000)], float
    )
    world = (pixels - (300, 200)) / view.scale + (view.centre_x, view.centre_y)

    pieces = visible_lines(Lines(world, np.array([0, 3, 5, 7])), view)

    assert [len(piece) for piece in pieces] == [3, 2]
    assert visible_lines(Lines(), view) == []


def test_the_map_says_where_its_data_are_from() -> None:
    basemap = load_basemap()

    (text,) = [
        item
        for item in texts_of(compose(View.fit([], 800, 500), basemap, Layers()))
        if item.role is Role.ATTRIBUTION
    ]

    assert "GeoNames" in text.text
    assert "Census" in text.text


def test_on_a_narrow_map_the_origin_of_the_data_takes_two_lines_and_none_is_cut() -> None:
    primitives = compose(View.fit([PORTLAND], 220, 300), load_basemap(), Layers())

    lines = [text for text in texts_of(primitives) if text.role is Role.ATTRIBUTION]
    assert len(lines) == 2
    assert all(text_box(line, lambda text, size: 0.5 * size * len(text))[0] >= 0 for line in lines)
    (bar,) = [item for item in primitives if isinstance(item, ScaleBar)]
    assert bar.y < min(text_box(line)[1] for line in lines)


def test_beside_a_city_its_suburbs_wait_until_one_looks_closer() -> None:
    basemap, south_portland = load_basemap(), Position(43.6415, -70.2409, Precision.TOWN)
    far = View.fit([PORTLAND, Position(43.0, -71.0, Precision.ZIP)], 600, 400)
    near = View.fit([PORTLAND, south_portland], 600, 400)

    names = [{text.text for text in texts_of(compose(view, basemap, Layers()))} for view in (far, near)]

    assert ["Portland" in shown for shown in names] == [True, True]
    assert ["South Portland" in shown for shown in names] == [False, True]
