"""Which tiles a view shows, and what counts as the address of a tile server."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.maps.drawing import Basemap
from coordinator.domain.maps.tile_sources import TileSource, checked_attribution, checked_tile_url
from coordinator.domain.maps.tiles import (
    MOST_TILES,
    Tile,
    TileLimits,
    pixels_of,
    tiles_in,
    towns_beside,
    zoom_for,
)
from coordinator.domain.maps.view import View
from coordinator.errors import UserError

ZOOMS = st.integers(0, 22)
RATIOS = st.sampled_from((1.0, 1.25, 1.5, 2.0, 2.5))
VIEWS = st.builds(
    View,
    centre_x=st.floats(0, 1),
    centre_y=st.floats(0, 1),
    scale=st.floats(256, 256 * 2**16),
    width=st.integers(100, 1600).map(float),
    height=st.integers(100, 1000).map(float),
)
TILES = ZOOMS.flatmap(
    lambda zoom: st.builds(Tile, st.just(zoom), st.integers(0, 2**zoom - 1), st.integers(0, 2**zoom - 1))
)
WORLD = TileLimits(0, 22)


@given(VIEWS, RATIOS, st.floats(0, 1), st.floats(0, 1))
def test_every_pixel_of_the_world_in_view_lies_in_exactly_one_tile(
    view: View, ratio: float, across: float, down: float
) -> None:
    wide, high = math.floor(view.width * ratio), math.floor(view.height * ratio)
    pixel = ((int(across * (wide - 1)) + 0.5) / ratio, (int(down * (high - 1)) + 0.5) / ratio)
    x = view.centre_x + (pixel[0] - view.width / 2) / view.scale
    y = view.centre_y + (pixel[1] - view.height / 2) / view.scale
    edge = 1 / (view.scale * ratio)  # the world's own edge falls on a pixel

    boxes = [pixels_of(tile, view, ratio) for tile in tiles_in(view, ratio, WORLD)]
    holding = [box for box in boxes if box[0] <= pixel[0] < box[2] and box[1] <= pixel[1] < box[3]]

    if edge < x < 1 - edge and edge < y < 1 - edge:
        assert len(holding) == 1
    assert len(holding) <= 1


@given(VIEWS, RATIOS)
def test_tiles_are_drawn_near_their_own_size_and_never_too_many_are_asked_for(
    view: View, ratio: float
) -> None:
    tiles = tiles_in(view, ratio, WORLD)
    side = view.scale / 2 ** zoom_for(view, ratio, WORLD)

    assert len(tiles) <= MOST_TILES
    assert len(set(tiles)) == len(tiles)
    assert 256 * 0.8 / math.sqrt(ratio) <= side <= 256 * 1.65 / math.sqrt(ratio)


@given(VIEWS, RATIOS)
def test_the_middle_comes_first(view: View, ratio: float) -> None:
    tiles = tiles_in(view, ratio, WORLD)

    if tiles:
        left, top, right, bottom = tiles[0].box()
        assert left <= view.centre_x <= right
        assert top <= view.centre_y <= bottom


@given(TILES, st.integers(0, 22))
def test_a_tile_lies_in_its_ancestor_where_it_says(tile: Tile, levels: int) -> None:
    levels = min(levels, tile.zoom)
    around = tile.ancestor(levels)
    left, top, right, bottom = around.box()
    part = tile.part_of(around)

    found = (
        left + part[0] * (right - left),
        top + part[1] * (bottom - top),
        left + part[2] * (right - left),
        top + part[3] * (bottom - top),
    )

    assert found == pytest.approx(tile.box(), abs=1e-12)
    assert tile.ancestor(0) == tile


def test_at_the_scale_tiles_are_drawn_for_they_are_pixel_for_pixel() -> None:
    view = View(0.5, 0.5, 256 * 2**10, 512, 512)

    assert zoom_for(view, 1, WORLD) == 10
    assert pixels_of(Tile(10, 512, 512), view, 1) == (256, 256, 512, 512)


def test_closer_than_the_source_its_last_zoom_is_enlarged() -> None:
    view = View(0.3, 0.4, 256 * 2**16, 600, 400)

    tiles = tiles_in(view, 1, TileLimits(0, 14))

    assert {tile.zoom for tile in tiles} == {14}
    assert len(tiles) <= 4


def test_far_outside_the_zooms_of_a_source_nothing_is_asked_for() -> None:
    assert tiles_in(View(0.3, 0.4, 256 * 2**5, 1280, 820), 1, TileLimits(14, 16)) == []


def test_nothing_is_asked_for_beyond_the_area_of_a_source() -> None:
    limits = TileLimits(0, 19, (0.1, 0.1, 0.2, 0.2))

    assert tiles_in(View(0.7, 0.7, 256 * 2**8, 600, 400), 1, limits) == []


def test_towns_under_tiles_are_not_named_twice() -> None:
    points = np.array([(0.1, 0.1), (0.3, 0.3), (0.9, 0.9)])
    basemap = Basemap(
        town_names=("Ayer", "Bath", "Canton"), town_points=points, town_population=np.array([3, 2, 1])
    )

    left = towns_beside(basemap, [Tile(2, 0, 0), Tile(1, 1, 1)])

    assert left.town_names == ("Bath",)
    assert left.town_points.tolist() == [[0.3, 0.3]]
    assert left.town_population.tolist() == [2]
    assert towns_beside(basemap, []) is basemap


def test_zoom_column_and_row_are_put_into_the_address_wherever_they_stand() -> None:
    source = TileSource("", url="https://maps.example.org/tile/{z}/{y}/{x}?key=a")

    assert source.address_of(Tile(5, 9, 11)) == "https://maps.example.org/tile/5/11/9?key=a"
    assert source.host == "maps.example.org"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/{z}/{x}/{y}",
        "ftp://maps.example.org/{z}/{x}/{y}.png",
        "maps.example.org/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://ana:secret@maps.example.org/{z}/{x}/{y}.png",
        "https://maps.example.org:port/{z}/{x}/{y}.png",
        "https://maps.example.org/{z}/{x}/{y}.png\nHost: elsewhere",
        "",
    ],
)
def test_what_is_no_web_address_is_no_tile_server(url: str) -> None:
    with pytest.raises(UserError, match="begins with https://"):
        checked_tile_url(url)


def test_an_address_says_where_zoom_column_and_row_go() -> None:
    with pytest.raises(UserError, match=r"needs \{z\}, \{x\} and \{y\}"):
        checked_tile_url("https://maps.example.org/{z}/{x}.png")
    with pytest.raises(UserError, match=r"in place of \{apikey\}"):
        checked_tile_url("https://maps.example.org/{z}/{x}/{y}.png?key={apikey}")
    assert checked_tile_url(" https://{s}.maps.example.org/{z}/{x}/{y}{r}.png ") == (
        "https://a.maps.example.org/{z}/{x}/{y}.png"
    )


def test_whoever_makes_the_map_is_named() -> None:
    assert checked_attribution("  © OpenStreetMap\n contributors ") == "© OpenStreetMap contributors"
    with pytest.raises(UserError, match="named on it"):
        checked_attribution("  ")
    with pytest.raises(UserError, match="too long"):
        checked_attribution("x" * 201)
