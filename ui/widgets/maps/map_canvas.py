"""The map: one widget that paints what ``coordinator.domain.maps.scene`` composes, and is moved about in."""

# ruff: noqa: D102 - the overrides of Qt do what Qt says

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from coordinator.domain.maps.drawing import (
    PIN_ROLES,
    Basemap,
    Layers,
    MatchLine,
    Pin,
    Primitive,
    Ring,
    Role,
    Route,
)
from coordinator.domain.maps.pins import Cluster
from coordinator.domain.places.positions import DistanceUnit
from ui import theme
from ui.widgets.maps.map_buttons import MapButtons
from ui.widgets.maps.map_card import MapCard
from ui.widgets.maps.map_hand import MapHand
from ui.widgets.maps.map_look import MapLook
from ui.widgets.maps.map_tiles import TileLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from coordinator.domain.maps.view import View
    from ui.widgets.maps.tile_store import TileStore

_STEP_PX = 60.0
_ZOOM_STEP = 1.4
_LEAST_PX, _LEAST_LINES = 200, 3


class MapCanvas(QWidget):
    """Donors are circles, recipients squares, drivers triangles; many at one place one mark with a number.

    A click on a pin emits ``pin_chosen(code)``, one on a line with a key ``line_chosen(key)``, a rectangle
    drawn with Shift ``pins_chosen(codes)``, a pin pulled with Alt (or always, if ``moves_pins``)
    ``pin_moved(code, latitude, longitude)``. Wheel, double click, plus and minus zoom, dragging or the arrow
    keys move, 0 shows everything, F what is chosen, N and P go from pin to pin.
    """

    pin_chosen = Signal(str)
    line_chosen = Signal(str)
    pins_chosen = Signal(list)
    pin_moved = Signal(str, float, float)

    def __init__(
        self, basemap: Basemap, parent: QWidget | None = None, *, tiles: TileStore | None = None
    ) -> None:
        super().__init__(parent)
        self.moves_pins = False
        self.look = MapLook(basemap, TileLayer(tiles, self), self)
        self._pins: dict[str, Pin] = {}
        self._hand = MapHand(self, self)
        self.card = MapCard(self)
        self.buttons = MapButtons(
            (
                ("add", self.tr("Closer (+)"), partial(self.zoom, _ZOOM_STEP)),
                ("minus", self.tr("Farther (−)"), partial(self.zoom, 1 / _ZOOM_STEP)),
                ("fit", self.tr("Show everything (0)"), self.fit),
                ("target", self.tr("Show what is chosen (F)"), self.fit_chosen),
            ),
            self,
        )
        self.look.changed.connect(self.update)
        self.setAccessibleName(self.tr("Map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.THEME.changed.connect(self._on_theme_changed)

    def show_scene(
        self,
        pins: Iterable[Pin] = (),
        lines: Iterable[MatchLine] = (),
        rings: Iterable[Ring] = (),
        route: Route | None = None,
        *,
        fits: bool = True,
    ) -> None:
        """Show these and nothing else, all of it in view, unless *fits* is False and it was moved."""
        pins = tuple(pins)
        self._pins = {pin.code: pin for pin in pins}
        kept = self.look.layers
        layers = Layers(pins, tuple(lines), tuple(rings), route, self._legend(pins))
        self.card.hide()
        self.look.show(replace(layers, covered=kept.covered, clustered=kept.clustered), fits=fits)
        self.setAccessibleDescription(self._description())

    def choose(self, *codes: str) -> None:
        """Let the pins with *codes* stand out, the first brought into view."""
        self.look.choose(frozenset(codes) & self._pins.keys())
        if codes and codes[0] in self._pins:
            self.look.bring_into_view(self._pins[codes[0]].position)

    def set_unit(self, unit: DistanceUnit) -> None:
        """Set the unit of the scale bar."""
        self.look.set_unit(unit)

    def fit(self) -> None:
        """Show everything that is on the map."""
        self.look.fit(self.look.layers.positions())

    def fit_chosen(self) -> None:
        """Show what is chosen and what stands out as large as fits; everything if nothing is."""
        codes = self.look.layers.chosen
        chosen = [pin.position for pin in self._pins.values() if pin.emphasised or pin.code in codes]
        self.look.fit(chosen or self.look.layers.positions())

    @property
    def view(self) -> View:
        """What is shown."""
        return self.look.view

    @property
    def primitives(self) -> list[Primitive]:
        """What is painted over the base map, in painting order."""
        return [*self.look.moving(), *self.look.frame()]

    def spot_of(self, code: str) -> QPoint | None:
        """Return where on the widget the pin with *code* is drawn, alone or in its cluster."""
        spot = self.look.placed().spot_of(code)
        factor = self.look.factor()
        return None if spot is None else QPoint(round(spot[0] * factor), round(spot[1] * factor))

    def code_at(self, point: QPointF) -> str:
        """Return the code of the pin under *point*; empty for none or a cluster."""
        found = self._found_at(point)
        return found if isinstance(found, str) else ""

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Show the map *factor* times larger; what is under *at* (else the middle) stays there."""
        self.card.hide()
        self.look.zoom(factor, at)

    def pan(self, dx: float, dy: float) -> None:
        """Pull the map by logical pixels."""
        self.look.pull(dx, dy)
        self.look.come_to_rest()

    def pull(self, moved: QPointF) -> None:
        """Move the map with the hand, without looking for room for its names at each step."""
        self.card.hide()
        self.look.pull(moved.x(), moved.y())

    def end_pull(self) -> None:
        """Let names find their places again."""
        self.look.come_to_rest()

    def click(self, point: QPointF) -> None:
        """Choose the pin under *point*, or look closer at a cluster."""
        found = self._found_at(point)
        if isinstance(found, Cluster):
            self._open(found)
        elif found:
            self.pin_chosen.emit(found)
        elif line := self.look.line_at(point):
            self.line_chosen.emit(line)

    def choose_within(self, box: QRectF) -> None:
        """Choose every pin drawn inside *box*."""
        factor = self.look.factor()
        edges = (box.left(), box.top(), box.right(), box.bottom())
        codes = self.look.placed().inside(*(edge / factor for edge in edges))
        self.choose(*codes)
        self.pins_chosen.emit(codes)

    def show_moved(self, code: str, point: QPointF) -> None:
        """Show the pin with *code* at *point* while it is pulled."""
        pin = self._pins[code]
        latitude, longitude = self.look.degrees_at(point)
        self.look.move_pin(code, latitude, longitude)
        words = self.tr("Let go to put the place here, by hand")
        self.card.show_at(point.toPoint(), pin.label or code, (words, f"{latitude:.4f}, {longitude:.4f}"))

    def drop(self, code: str, point: QPointF) -> None:
        """Say where the pin with *code* was put; whoever shows the scene again settles where it stays."""
        self.card.hide()
        latitude, longitude = self.look.degrees_at(point)
        self.pin_moved.emit(code, latitude, longitude)

    def _found_at(self, point: QPointF) -> str | Cluster | None:
        factor = self.look.factor()
        return self.look.placed().at(point.x() / factor, point.y() / factor)

    def _open(self, cluster: Cluster) -> None:
        """Zoom in until the cluster parts; spread it where its pins share one place."""
        codes = [self.look.layers.table.codes[row] for row in cluster.members.tolist()]
        if self.look.can_part(cluster):
            self.look.fit([self._pins[code].position for code in codes])
        else:
            self.look.spread(frozenset(codes))
        self.card.hide()

    def _tell_about(self, found: str | Cluster | None, point: QPoint) -> None:
        if isinstance(found, Cluster):
            words = self.tr("{count} together").format(count=len(found.members))
            self.card.show_at(point, words, (self.tr("Click to look closer"),))
        elif found:
            pin = self._pins[found]
            self.card.show_at(point, pin.label or pin.code, (*pin.details, pin.code))
        else:
            self.card.hide()

    def _step(self, by: int) -> None:
        """Go to the next pin and show its card, for those who use the keyboard."""
        codes = list(self._pins)
        if not codes:
            return
        chosen = self.look.layers.chosen
        before = -1 if by > 0 else 0
        told = next((nth for nth, code in enumerate(codes) if code in chosen), before)
        code = codes[(told + by) % len(codes)]
        self.choose(code)
        spot = self.spot_of(code)
        if spot is not None:
            self._tell_about(code, spot)

    def _legend(self, pins: tuple[Pin, ...]) -> tuple[tuple[Role, str], ...]:
        words = {
            Role.DONOR: self.tr("Donor"),
            Role.RECIPIENT: self.tr("Recipient"),
            Role.DRIVER: self.tr("Driver"),
        }
        counts = {role: sum(pin.role is role for pin in pins) for role in words}
        return tuple(
            (role, f"{text}  {counts[role]:,}" if counts[role] > 1 else text)
            for role, text in words.items()
            if counts[role]
        )

    def _description(self) -> str:
        layers = self.look.layers
        counts = [sum(pin.role is role for pin in layers.pins) for role in PIN_ROLES]
        words = self.tr("Donors: {0}, recipients: {1}, drivers: {2}").format(*counts)
        return " · ".join([words, *(line.label for line in layers.lines if line.label)])

    def _on_theme_changed(self) -> None:
        """Repaint in other colours, and in other sizes where the fonts grew."""
        self.look.forget_land()
        self._take_size()

    def _take_size(self) -> None:
        self.buttons.settle()
        box, factor = self.buttons.geometry(), self.look.factor()
        edges = (box.left(), box.top(), box.right(), box.bottom())
        self.look.cover((edges[0] / factor, edges[1] / factor, edges[2] / factor, edges[3] / factor))
        self.look.resize()

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines of text: in the largest letters no window is higher for a map."""
        return QSize(_LEAST_PX, self.fontMetrics().height() * _LEAST_LINES)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        self.look.paint(painter)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(theme.tokens().focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_size()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand.is_down:
            self._hand.move(event)
            return
        found = self._found_at(event.position())
        self._tell_about(found, event.position().toPoint())
        is_link = found or self.look.line_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.OpenHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._found_at(event.position()) is None:
            self.zoom(_ZOOM_STEP, event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.card.hide()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._keys().get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def _keys(self) -> dict[Qt.Key, Callable[[], object]]:
        closer, farther = partial(self.zoom, _ZOOM_STEP), partial(self.zoom, 1 / _ZOOM_STEP)
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: partial(self.pan, _STEP_PX, 0.0),
            Qt.Key.Key_Right: partial(self.pan, -_STEP_PX, 0.0),
            Qt.Key.Key_Up: partial(self.pan, 0.0, _STEP_PX),
            Qt.Key.Key_Down: partial(self.pan, 0.0, -_STEP_PX),
            Qt.Key.Key_Plus: closer,
            Qt.Key.Key_Equal: closer,
            Qt.Key.Key_Minus: farther,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_F: self.fit_chosen,
            Qt.Key.Key_N: partial(self._step, 1),
            Qt.Key.Key_P: partial(self._step, -1),
        }
        told = next(iter(self.look.layers.chosen), "")
        if told:
            keys[Qt.Key.Key_Return] = keys[Qt.Key.Key_Enter] = partial(self.pin_chosen.emit, told)
        return keys
