"""Tiles under the map's pins: from a good server, a file, and none while they are off."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.maps.drawing import Role, Text
from coordinator.domain.settings import Settings
from coordinator.services.settings.tiles import chosen_source
from tests import web_server
from tests.tile_builders import (
    BLUE,
    RED,
    SEACOAST_DEG,
    a_pmtiles,
    a_png,
    an_mbtiles,
    tile_asked,
    tiles_of_box,
    tiles_served,
)
from tests.ui.widgets.tile_maps import (
    MAKERS,
    a_canvas,
    all_there,
    colour_at,
    land_colour,
    shows,
    source_at,
    tiles_on,
    words_on,
)
from tests.web_server import WebServer
from ui import theme
from ui.widgets.maps import map_painter, tile_store, tile_web
from ui.widgets.maps.tile_picture import NoPictureError, picture_of
from ui.widgets.maps.tile_store import TileStore

LONG_AGO = "Thu, 01 Jan 2026 00:00:00 GMT"


# A good server.


def test_tiles_lie_under_the_pins_and_their_makers_are_named(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))

    all_there(qtbot, canvas, store)
    qtbot.waitUntil(lambda: MAKERS in words_on(canvas))

    assert shows(canvas, RED)
    assert "Kennebunk" not in words_on(canvas)
    assert all(canvas.spot_of(code) for code in ("D-0007", "R-0003"))
    assert colour_at(canvas, canvas.spot_of("D-0007") or QPoint()) == QColor(theme.tokens().donor)


def test_each_tile_in_view_is_asked_for_once_and_nothing_else(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))
    all_there(qtbot, canvas, store)
    qtbot.waitUntil(lambda: store.is_idle)

    asked = Counter(tile_asked(path) for path in server.asked)

    assert set(asked) == set(tiles_on(canvas))
    assert set(asked.values()) == {1}


def test_the_program_introduces_itself_with_every_tile(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))
    all_there(qtbot, canvas, store)

    assert set(server.agents) == {"MilkRun/test (ana@example.org)"}


@pytest.mark.parametrize("headers", [{}, {"Cache-Control": "max-age=3600"}])
def test_what_came_once_is_taken_from_the_disk_also_with_the_server_gone(
    qtbot: QtBot, headers: dict[str, str]
) -> None:
    with web_server.running(tiles_served(headers=headers)) as server:
        source = source_at(server.url)
        first = TileStore()
        canvas = a_canvas(qtbot, first)
        first.use(source)
        all_there(qtbot, canvas, first)
        first.close()
        before = len(server.asked)

        second = TileStore()
        again = a_canvas(qtbot, second)
        second.use(source)
        all_there(qtbot, again, second)
        assert len(server.asked) == before
        second.close()

    third = TileStore()
    offline = a_canvas(qtbot, third)
    third.use(source)
    all_there(qtbot, offline, third)
    assert shows(offline, RED)
    third.close()


def test_a_tile_past_its_day_is_better_than_none_while_the_server_is_gone(qtbot: QtBot) -> None:
    with web_server.running(tiles_served(headers={"Expires": LONG_AGO})) as server:
        source = source_at(server.url)
        first = TileStore()
        canvas = a_canvas(qtbot, first)
        first.use(source)
        all_there(qtbot, canvas, first)
        first.close()

    second = TileStore()
    again = a_canvas(qtbot, second)
    second.use(source)
    all_there(qtbot, again, second)

    assert shows(again, RED)
    second.close()


def test_a_server_that_says_nothing_has_changed_sends_no_tile_again(qtbot: QtBot) -> None:
    unchanged = list[str]()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == '"first"':
            unchanged.append(handler.path)
            handler.send_response(304)
            handler.end_headers()
        else:
            tiles_served(headers={"ETag": '"first"', "Expires": LONG_AGO})(handler)

    with web_server.running(answer) as server:
        for _ in range(2):
            store = TileStore()
            canvas = a_canvas(qtbot, store)
            store.use(source_at(server.url))
            all_there(qtbot, canvas, store)
            store.close()

    assert set(map(tile_asked, unchanged)) == set(tiles_on(canvas))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders by other means")
def test_nobody_else_on_this_computer_sees_which_tiles_were_kept(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    store.use(source_at(server.url))

    assert tile_web.cache_folder().stat().st_mode & 0o077 == 0


def test_no_more_than_two_are_asked_for_at_a_time_and_those_no_longer_seen_are_dropped(
    qtbot: QtBot, store: TileStore
) -> None:
    with web_server.running(web_server.html) as server:
        web_server.slowly(tiles_served(), server)
        canvas = a_canvas(qtbot, store)
        store.use(source_at(server.url))
        qtbot.waitUntil(lambda: len(server.asked) == tile_store.AT_ONCE)

        canvas.zoom(64)
        canvas.repaint()
        qtbot.waitUntil(lambda: len(server.asked) == 2 * tile_store.AT_ONCE)

        assert {tile_asked(path) for path in server.asked[2:]} <= set(tiles_on(canvas))


def test_a_map_that_is_not_seen_asks_for_nothing(qtbot: QtBot, store: TileStore) -> None:
    with web_server.running(web_server.html) as server:
        web_server.slowly(tiles_served(), server)
        canvas = a_canvas(qtbot, store)
        store.use(source_at(server.url))
        qtbot.waitUntil(lambda: len(server.asked) == 2)

        canvas.hide()

        qtbot.waitUntil(lambda: store.is_idle)
        assert len(server.asked) == 2


def test_a_tile_further_out_stands_in_until_the_closer_ones_are_there(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))
    all_there(qtbot, canvas, store)
    web_server.slowly(tiles_served(), server)

    canvas.zoom(4)

    assert shows(canvas, RED)


def test_closer_than_the_server_goes_its_closest_tiles_are_enlarged(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url, max_zoom=9))
    canvas.zoom(40)
    qtbot.waitUntil(lambda: shows(canvas, RED))

    assert max(tile_asked(path).zoom for path in server.asked) == 9


@pytest.mark.usefixtures("dressed")
def test_the_makers_are_named_whole_on_a_narrow_map_too(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)
    canvas.resize(200, 160)
    makers = "Map data: © OpenStreetMap contributors, SRTM, and the good people of the Seacoast Mapping Club"
    store.use(replace(source_at(server.url), attribution=makers))
    all_there(qtbot, canvas, store)
    canvas.grab()

    lines = [item for item in canvas.primitives if isinstance(item, Text) and item.role is Role.ATTRIBUTION]

    assert " ".join(line.text for line in lines) == makers
    for line in lines:
        assert line.x - map_painter.text_width(line.text, line.size_px) >= 0


def test_where_the_server_has_nothing_our_own_land_shows(qtbot: QtBot, store: TileStore) -> None:
    land = land_colour(qtbot)
    with web_server.running(lambda handler: web_server.send(handler, b"", "text/plain", 404)) as server:
        canvas = a_canvas(qtbot, store)
        with qtbot.assertNotEmitted(store.said):
            store.use(source_at(server.url))
            qtbot.waitUntil(lambda: len(server.asked) == len(tiles_on(canvas)))
            qtbot.waitUntil(lambda: store.is_idle)

        assert colour_at(canvas) == land
        assert "Kennebunk" in words_on(canvas)
        assert not store.is_resting


def test_in_the_dark_a_light_map_is_dark_and_in_the_light_it_is_light_again(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    store = TileStore()
    theme.apply(qapp, theme.Scheme.DARK)
    try:
        canvas = a_canvas(qtbot, store)
        path = an_mbtiles(tmp_path / "m", tiles_of_box([8, 9, 10]), lambda _: a_png((255, 255, 255)))
        store.use(chosen_source(Settings(tiles_file=str(path))))
        qtbot.waitUntil(lambda: bool(canvas.look.tiles.drawn) and colour_at(canvas) == QColor(26, 26, 26))

        theme.apply(qapp, theme.Scheme.LIGHT)
        qtbot.waitUntil(lambda: colour_at(canvas) == QColor(255, 255, 255))
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)
        store.close()


# Off.


def test_while_the_switch_is_off_nothing_is_asked_for(
    qtbot: QtBot, store: TileStore, server: WebServer
) -> None:
    canvas = a_canvas(qtbot, store)

    store.use(chosen_source(Settings(tiles_url=server.url + "/{z}/{x}/{y}.png")))
    canvas.zoom(2)
    canvas.grab()

    assert store.web is None
    assert server.asked == []
    assert "Kennebunk" in words_on(canvas)


def test_switched_off_again_the_old_tiles_are_gone(qtbot: QtBot, store: TileStore, server: WebServer) -> None:
    land = land_colour(qtbot)
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))
    all_there(qtbot, canvas, store)
    before = len(server.asked)

    store.use(None)

    assert colour_at(canvas) == land
    qtbot.waitUntil(lambda: "Kennebunk" in words_on(canvas))
    assert MAKERS not in words_on(canvas)
    assert len(server.asked) == before


# A file.


@pytest.mark.parametrize("make", [an_mbtiles, a_pmtiles])
def test_a_map_file_is_shown_and_its_makers_named(
    qtbot: QtBot, store: TileStore, tmp_path: Path, make: Callable[..., Path]
) -> None:
    path = make(tmp_path / "map", tiles_of_box(range(6, 12)), lambda _: a_png(BLUE), attribution=MAKERS)
    canvas = a_canvas(qtbot, store)

    store.use(chosen_source(Settings(tiles_file=str(path))))

    qtbot.waitUntil(lambda: shows(canvas, BLUE))
    assert MAKERS in " ".join(words_on(canvas))


def test_beyond_the_edge_of_a_map_file_our_own_land_and_towns_show(
    qtbot: QtBot, store: TileStore, tmp_path: Path
) -> None:
    west, south, _, north = SEACOAST_DEG
    half = (west, south, -70.7, north)
    path = an_mbtiles(
        tmp_path / "map", tiles_of_box([11], half), bounds=",".join(map(str, half)), attribution=MAKERS
    )
    canvas = a_canvas(qtbot, store)
    store.use(chosen_source(Settings(tiles_file=str(path))))
    qtbot.waitUntil(lambda: colour_at(canvas, QPoint(40, 200)) == QColor(*RED))

    words = words_on(canvas)

    assert "Kennebunk" in words
    assert "Rochester" not in words
    assert any(MAKERS in text for text in words)
    assert any("Natural Earth" in text for text in words)


def test_a_file_that_goes_bad_is_said_once_and_leaves_our_land(
    qtbot: QtBot, store: TileStore, tmp_path: Path
) -> None:
    path = a_pmtiles(tmp_path / "map", tiles_of_box(range(6, 12)), lambda t: a_png((t.row % 256, 0, 0)))
    source = chosen_source(Settings(tiles_file=str(path)))
    path.write_bytes(path.read_bytes()[:1500])
    said = list[str]()
    store.said.connect(said.append)
    canvas = a_canvas(qtbot, store)

    store.use(source)
    qtbot.waitUntil(lambda: bool(said))
    canvas.zoom(2)
    canvas.grab()
    qtbot.waitUntil(lambda: store.is_idle)

    assert len(said) == 1


# Pictures.


def test_only_pictures_of_the_size_of_a_tile_are_unpacked() -> None:
    assert picture_of(a_png(side=256)).width() == 256
    assert picture_of(a_png(side=1024)).width() == 512
    for data in (b"", b"<html>", a_png(side=1025), a_png(side=8, claimed_side=30_000), a_png()[:60]):
        with pytest.raises(NoPictureError):
            picture_of(data)


def test_at_night_a_map_is_turned_from_light_to_dark_with_its_colours_kept() -> None:
    paper, ink, sea = (
        picture_of(a_png(colour, side=4), at_night=True).pixelColor(1, 1)
        for colour in ((255, 255, 255), (0, 0, 0), (170, 211, 223))
    )

    assert paper.lightness() < 40
    assert ink.lightness() > 200
    assert sea.lightness() < 110
    assert abs(sea.hue() - QColor(170, 211, 223).hue()) < 4


def test_svg_is_no_tile() -> None:
    with pytest.raises(NoPictureError):
        picture_of(b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"></svg>')


def test_dragging_keeps_the_tiles_under_the_pins(qtbot: QtBot, store: TileStore, server: WebServer) -> None:
    canvas = a_canvas(qtbot, store)
    store.use(source_at(server.url))
    all_there(qtbot, canvas, store)

    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(canvas, QPoint(320, 210))

    assert shows(canvas, RED)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(320, 210))
