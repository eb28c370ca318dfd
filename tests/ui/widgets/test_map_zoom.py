from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from coordinator.domain.maps.drawing import Pin, Role
from coordinator.domain.places.positions import Position, Precision
from coordinator.services.paper.maps import load_basemap
from ui import theme
from ui.widgets.maps import map_painter
from ui.widgets.maps.map_canvas import MapCanvas

DONOR = Pin("D-0007", Position(43.49, -70.49, Precision.ZIP), Role.DONOR)
RECIPIENT = Pin("R-0003", Position(43.19, -70.88, Precision.ZIP), Role.RECIPIENT)


def a_canvas(qtbot: QtBot) -> MapCanvas:
    canvas = MapCanvas(load_basemap())
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show()
    canvas.show_scene((DONOR, RECIPIENT))
    canvas.grab()
    return canvas


def spot_of(canvas: MapCanvas, code: str) -> QPoint:
    spot = canvas.spot_of(code)
    assert spot is not None
    return spot


def test_while_the_wheel_turns_the_stretched_pins_stand_where_they_belong(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    before = spot_of(canvas, "D-0007")

    canvas.zoom(1 / 1.4)

    assert spot_of(canvas, "D-0007") != before
    donor = map_painter.colours_of(theme.tokens()).of(Role.DONOR)
    seen = canvas.grab().toImage().pixelColor(spot_of(canvas, "D-0007"))
    assert seen.name() == donor.name()


def test_at_rest_after_a_zoom_the_map_is_as_sharp_as_one_drawn_anew(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    canvas.zoom(1.4)
    stretched = canvas.grab().toImage()
    with qtbot.waitSignal(canvas.look.changed):  # the rest after the last step
        pass
    rested = canvas.grab().toImage()

    canvas.look.forget_land()

    assert rested == canvas.grab().toImage()
    assert rested != stretched


def test_a_long_pull_brings_in_pins_from_beyond_the_kept_picture(qtbot: QtBot) -> None:
    far = Pin("D-0099", Position(43.49, -67.5, Precision.ZIP), Role.DONOR)
    canvas = a_canvas(qtbot)
    canvas.pan(1, 0)  # moved by hand, it stays
    canvas.show_scene((DONOR, RECIPIENT, far), fits=False)
    canvas.grab()
    x, y = canvas.view.project([far.position])[0].tolist()
    assert x > canvas.width() * 1.4

    for _ in range(20):
        canvas.pull(QPointF((300 - x) / 20, (200 - y) / 20))

    image = canvas.grab().toImage()
    assert QColor(image.pixel(300, 200)).name() == theme.tokens().donor.lower()
