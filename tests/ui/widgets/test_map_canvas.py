from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from coordinator.domain.maps.drawing import (
    MatchLine,
    Pin,
    Polyline,
    Ring,
    Role,
    Route,
    ScaleBar,
    Text,
)
from coordinator.domain.maps.labels import text_box
from coordinator.domain.places.positions import DistanceUnit, Position, Precision
from coordinator.services.paper.maps import load_basemap
from ui import theme
from ui.widgets.maps import map_painter
from ui.widgets.maps.map_canvas import MapCanvas

BIDDEFORD = Position(43.49, -70.49, Precision.ZIP)
DOVER = Position(43.19, -70.88, Precision.ZIP)
DONOR = Pin("D-0007", BIDDEFORD, Role.DONOR, "Biddeford, 100 oz")
RECIPIENT = Pin("R-0003", DOVER, Role.RECIPIENT, "Dover", emphasised=True)


def a_canvas(qtbot: QtBot, width: int = 600, height: int = 400) -> MapCanvas:
    canvas = MapCanvas(load_basemap())
    qtbot.addWidget(canvas)
    canvas.resize(width, height)
    canvas.show()
    canvas.show_scene((DONOR, RECIPIENT), (MatchLine(BIDDEFORD, DOVER, "about 29 mi"),))
    return canvas


def spot_of(canvas: MapCanvas, code: str) -> QPoint:
    spot = canvas.spot_of(code)
    assert spot is not None
    return spot


def the_scale(canvas: MapCanvas) -> ScaleBar:
    return next(item for item in canvas.primitives if isinstance(item, ScaleBar))


def turn_wheel(canvas: MapCanvas, at: QPoint, degrees: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, degrees * 8),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - positional-only in Qt
    )
    QApplication.sendEvent(canvas, event)


def test_clicking_a_pin_says_whose_it_is(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    with qtbot.waitSignal(canvas.pin_chosen) as chosen:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot_of(canvas, "D-0007"))

    assert chosen.args == ["D-0007"]


def test_clicking_beside_the_pins_chooses_nobody(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    with qtbot.assertNotEmitted(canvas.pin_chosen):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 200))


def test_dragging_moves_the_map_and_chooses_nobody(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    spot = spot_of(canvas, "D-0007")

    with qtbot.assertNotEmitted(canvas.pin_chosen):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseMove(canvas, spot + QPoint(-40, 30))
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=spot + QPoint(-40, 30))

    assert spot_of(canvas, "D-0007") == spot + QPoint(-40, 30)


def test_hovering_over_a_pin_tells_who_it_is(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    qtbot.mouseMove(canvas, spot_of(canvas, "D-0007"))
    assert canvas.card.isVisible()
    assert canvas.card.title.text() == "Biddeford, 100 oz"
    assert canvas.card.lines.text() == "D-0007"

    qtbot.mouseMove(canvas, QPoint(5, 200))
    assert not canvas.card.isVisible()


def test_the_wheel_zooms_at_the_pointer(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    spot, scale = spot_of(canvas, "R-0003"), canvas.view.scale

    turn_wheel(canvas, spot, 15)

    assert canvas.view.scale == pytest.approx(scale * 1.4)
    assert (spot_of(canvas, "R-0003") - spot).manhattanLength() <= 1


def test_the_keyboard_zooms_moves_and_shows_everything_again(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    fitted = canvas.view

    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    closer = canvas.view.scale
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    back = canvas.view.scale
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    east = canvas.view.centre_x
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    south = canvas.view.centre_y
    qtbot.keyClick(canvas, Qt.Key.Key_0)

    assert closer > fitted.scale
    assert back == pytest.approx(fitted.scale)
    assert east > fitted.centre_x
    assert south > fitted.centre_y
    assert canvas.view == fitted


def test_a_fitted_map_stays_fitted_when_the_window_grows_and_a_moved_one_stays_put(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    scale = canvas.view.scale

    canvas.resize(900, 700)
    grown = canvas.view.scale
    canvas.pan(10, 10)
    centre = canvas.view.centre_x
    canvas.resize(500, 350)

    assert grown > scale
    assert canvas.view.scale == grown
    assert canvas.view.centre_x == centre


def test_the_map_tells_a_screen_reader_what_is_on_it(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    assert canvas.accessibleName() == "Map"
    assert canvas.accessibleDescription() == "Donors: 1, recipients: 1, drivers: 0 · about 29 mi"


def test_the_legend_names_the_kinds_that_are_shown(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    words = {item.text for item in canvas.primitives if isinstance(item, Text)}

    assert {"Donor", "Recipient"} <= words
    assert "Driver" not in words


def test_rings_and_runs_are_shown_and_taken_away(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    canvas.show_scene((DONOR,), rings=(Ring(BIDDEFORD, 25),), route=Route((BIDDEFORD, DOVER)))
    roles = {item.role for item in canvas.primitives if isinstance(item, Polyline)}
    canvas.show_scene()

    assert roles == {Role.RING, Role.ROUTE}
    assert not [item for item in canvas.primitives if isinstance(item, Polyline)]


def test_miles_and_kilometres_switch_the_scale(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    assert the_scale(canvas).text.endswith("mi")
    canvas.set_unit(DistanceUnit.KM)
    assert the_scale(canvas).text.endswith("km")


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_pins_land_and_sea_are_painted_in_the_schemes_colours(
    qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    canvas = a_canvas(qtbot)
    image = canvas.grab().toImage()
    colours = map_painter.colours_of(theme.tokens())
    seen = {QColor(image.pixel(x, y)).name() for x in range(0, 600, 3) for y in range(0, 400, 3)}
    pin = QColor(image.pixel(spot_of(canvas, "D-0007"))).name()

    assert pin == colours.of(Role.DONOR).name()
    assert {colours.of(Role.LAND).name(), colours.of(Role.SEA).name()} <= seen


def test_dragging_within_the_kept_picture_paints_what_a_fresh_map_would(qtbot: QtBot) -> None:
    dragged, fresh = a_canvas(qtbot), a_canvas(qtbot)
    dragged.grab()

    dragged.pan(24, -16)
    fresh.pan(24, -16)

    assert dragged.grab().toImage() == fresh.grab().toImage()


def test_a_map_in_the_hand_takes_its_pins_along_and_at_rest_is_as_a_fresh_one(qtbot: QtBot) -> None:
    pulled, fresh = a_canvas(qtbot), a_canvas(qtbot)
    for canvas in (pulled, fresh):
        canvas.buttons.hide()  # the one under the pointer looks different
    spot, by = spot_of(pulled, "D-0007"), QPoint(-40, 30)
    fresh.pan(by.x(), by.y())

    qtbot.mousePress(pulled, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(pulled, QPoint(300, 200) + by)
    in_the_hand = pulled.grab().toImage()

    assert QColor(in_the_hand.pixel(spot + by)).name() == theme.tokens().donor.lower()
    qtbot.waitUntil(lambda: pulled.grab().toImage() == fresh.grab().toImage())
    qtbot.mouseRelease(pulled, Qt.MouseButton.LeftButton, pos=QPoint(300, 200) + by)
    assert pulled.view == fresh.view


def test_a_pin_outside_the_picture_comes_in_while_the_map_is_pulled(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    canvas.zoom(8, QPointF(300, 200))
    spot = canvas.view.project([BIDDEFORD])[0]
    canvas.pan(640 - spot[0], 200 - spot[1])
    before = canvas.spot_of("D-0007")
    assert before is not None
    assert before.x() > canvas.width()

    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    qtbot.mouseMove(canvas, QPoint(200, 100))
    image = canvas.grab().toImage()

    assert QColor(image.pixel(540, 200)).name() == theme.tokens().donor.lower()
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))


def test_the_map_grows_with_the_fonts(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    plain = canvas.view.width
    font = canvas.font()
    font.setPixelSize(26)
    canvas.setFont(font)
    canvas.fit()

    assert canvas.view.width == pytest.approx(300)
    assert plain == pytest.approx(600, rel=0.3)


def test_the_number_of_a_cluster_counts_and_a_click_parts_it(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    near = [
        Pin(f"D-{nth}", Position(43.49 + nth / 5000, -70.49, Precision.ZIP), Role.DONOR) for nth in range(6)
    ]
    canvas.show_scene((*near, RECIPIENT))
    together = canvas.spot_of("D-0")
    assert together == canvas.spot_of("D-5")

    with qtbot.assertNotEmitted(canvas.pin_chosen):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=together)

    assert len({(canvas.spot_of(pin.code) or QPoint()).toTuple() for pin in near}) == 6


def test_a_cluster_at_one_place_is_spread_by_a_click(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    same = [Pin(f"D-{nth}", BIDDEFORD, Role.DONOR) for nth in range(6)]
    canvas.show_scene((*same, RECIPIENT))

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.spot_of("D-0"))

    assert len({(canvas.spot_of(pin.code) or QPoint()).toTuple() for pin in same}) == 6


def test_a_rectangle_drawn_with_shift_chooses_all_inside(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    shift = Qt.KeyboardModifier.ShiftModifier
    spot = spot_of(canvas, "D-0007")

    with qtbot.waitSignal(canvas.pins_chosen) as chosen:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, shift, spot - QPoint(20, 20))
        qtbot.mouseMove(canvas, spot)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, shift, spot + QPoint(20, 20))

    assert chosen.args == [["D-0007"]]


def test_a_pin_pulled_with_alt_says_where_it_was_let_go_of(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    alt, spot, view = Qt.KeyboardModifier.AltModifier, spot_of(canvas, "D-0007"), canvas.view

    with qtbot.waitSignal(canvas.pin_moved) as moved:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, alt, spot)
        qtbot.mouseMove(canvas, spot + QPoint(30, -20))
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, alt, spot + QPoint(30, -20))

    code, latitude, longitude = moved.args or []
    assert code == "D-0007"
    assert (latitude, longitude) == pytest.approx(view.degrees_at(spot.x() + 30, spot.y() - 20))
    assert canvas.view == view


def test_the_keyboard_goes_from_pin_to_pin_and_enter_chooses(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)

    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert canvas.card.lines.text() == "D-0007"
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert canvas.card.title.text() == "Dover"
    with qtbot.waitSignal(canvas.pin_chosen) as chosen:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)

    assert chosen.args == ["R-0003"]


def test_choosing_a_pin_out_of_sight_brings_it_in_and_f_fits_it(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    canvas.zoom(8, QPointF(spot_of(canvas, "R-0003")))
    before = canvas.view.scale

    canvas.choose("D-0007")
    spot = spot_of(canvas, "D-0007")
    qtbot.keyClick(canvas, Qt.Key.Key_F)

    assert canvas.rect().contains(spot)
    assert canvas.view.scale < before


def test_every_button_of_the_map_has_a_name_and_works(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot)
    closer, farther, everything, _ = canvas.buttons.findChildren(QToolButton)
    fitted = canvas.view

    closer.click()
    near = canvas.view.scale
    farther.click()
    farther.click()
    far = canvas.view.scale
    everything.click()

    assert far < fitted.scale < near
    assert canvas.view == fitted
    assert all(button.accessibleName() for button in canvas.buttons.findChildren(QToolButton))


@pytest.mark.usefixtures("dressed")
def test_no_name_lies_under_the_buttons(qtbot: QtBot) -> None:
    canvas = a_canvas(qtbot, 300, 240)
    canvas.show_scene()
    corner = canvas.buttons.geometry()
    factor = canvas.look.factor()

    boxes = [
        text_box(item, map_painter.text_width)
        for item in canvas.primitives
        if isinstance(item, Text) and item.role is Role.TOWN
    ]

    assert boxes
    assert not [box for box in boxes if box[2] * factor > corner.left() and box[1] * factor < corner.bottom()]
