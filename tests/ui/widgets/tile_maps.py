"""A map over tiles, and what one sees on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from coordinator.domain.maps.drawing import Pin, Role, Text
from coordinator.domain.maps.tile_sources import TileSource
from coordinator.domain.maps.tiles import Tile, TileLimits, tiles_in
from coordinator.domain.places.positions import Position, Precision
from coordinator.services.paper.maps import load_basemap
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import TileStore

PINS = (
    Pin("D-0007", Position(43.49, -70.49, Precision.ZIP), Role.DONOR, "Biddeford"),
    Pin("R-0003", Position(43.19, -70.88, Precision.ZIP), Role.RECIPIENT, "Dover"),
)
CORNER = QPoint(470, 290)
"""A spot of the canvas without pins, words or legend."""
MAKERS = "© The map makers"


def source_at(server_url: str, max_zoom: int = 19) -> TileSource:
    return TileSource(
        MAKERS,
        TileLimits(max_zoom=max_zoom),
        url=server_url + "/{z}/{x}/{y}.png",
        agent="MilkRun/test (ana@example.org)",
    )


def a_canvas(qtbot: QtBot, store: TileStore | None) -> MapCanvas:
    canvas = MapCanvas(load_basemap(), tiles=store)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show_scene(PINS)
    canvas.show()
    return canvas


def tiles_on(canvas: MapCanvas) -> list[Tile]:
    return tiles_in(canvas.view, canvas.devicePixelRatioF(), TileLimits())


def colour_at(canvas: MapCanvas, spot: QPoint = CORNER) -> QColor:
    picture = canvas.grab().toImage()
    return picture.pixelColor(spot * picture.devicePixelRatio())


def shows(canvas: MapCanvas, colour: tuple[int, int, int]) -> bool:
    return colour_at(canvas) == QColor(*colour)


def words_on(canvas: MapCanvas) -> list[str]:
    canvas.grab()
    return [item.text for item in canvas.primitives if isinstance(item, Text)]


def land_colour(qtbot: QtBot) -> QColor:
    return colour_at(a_canvas(qtbot, None))


def all_there(qtbot: QtBot, canvas: MapCanvas, store: TileStore) -> None:
    wanted = tiles_on(canvas)
    qtbot.waitUntil(lambda: all(store.picture(tile) for tile in wanted), timeout=10_000)
