"""The map: one widget that paints what ``coordinator.domain.maps.scene`` composes, and is moved about in."""

# ruff: noqa: D102 - the overrides of Qt do what Qt says

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontInfo, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from coordinator.domain.maps.drawing import (
    Basemap,
    Layers,
    MatchLine,
    Pin,
    Primitive,
    Ring,
    Role,
    Route,
    Symbol,
)
from coordinator.domain.maps.labels import Measure
from coordinator.domain.maps.scene import compose_frame, compose_overlay
from coordinator.domain.maps.view import View
from coordinator.domain.places import DistanceUnit
from ui import theme
from ui.widgets import map_painter
from ui.widgets.map_pictures import MapPictures
from ui.widgets.map_tiles import TileLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from ui.widgets.tile_store import TileStore

_RESTS_AFTER_MS = 90
"""Pulled, pins and names move as one picture; after this long at rest the names find their places anew."""
_STEP_PX = 60.0
_ZOOM_STEP = 1.4
_HIT_PX = 5.0
_DESIGNED_FONT_PX = 13.0

_Compose = Callable[[View, Basemap, Layers, DistanceUnit, Measure], list[Primitive]]


class MapCanvas(QWidget):
    """Donors are circles, recipients squares, drivers triangles; a click on one emits its code.

    Wheel or plus and minus zoom, dragging or the arrow keys move, 0 shows everything.
    """

    pin_chosen = Signal(str)

    def __init__(
        self, basemap: Basemap, parent: QWidget | None = None, *, tiles: TileStore | None = None
    ) -> None:
        super().__init__(parent)
        self._basemap = basemap
        self._layers = Layers()
        self._unit = DistanceUnit.MI
        self._view = View.fit([], 600, 400)
        self._tiles = TileLayer(tiles, self)
        self._tiles.changed.connect(self._on_tiles_changed)
        self._pictures = MapPictures(basemap, self._tiles)
        self._overlay: list[Primitive] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_AFTER_MS)
        self._rest.timeout.connect(self._come_to_rest)
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._is_fitted = True
        self.setAccessibleName(self.tr("Map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.THEME.changed.connect(self._on_theme_changed)

    def show_scene(
        self,
        pins: Iterable[Pin] = (),
        lines: Iterable[MatchLine] = (),
        rings: Iterable[Ring] = (),
        route: Route | None = None,
    ) -> None:
        """Show these and nothing else, all of it in view."""
        pins = tuple(pins)
        self._layers = Layers(pins, tuple(lines), tuple(rings), route, self._legend(pins))
        self.setAccessibleDescription(self._description())
        self.fit()

    def set_unit(self, unit: DistanceUnit) -> None:
        """Set the unit of the scale bar."""
        self._unit = unit
        self._look_at(self._view)

    def fit(self) -> None:
        """Show everything that is on the map."""
        self._is_fitted = True
        width, height = self._size()
        self._look_at(View.fit(self._layers.positions(), width, height, margin=min(48.0, width / 6)))

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    @property
    def primitives(self) -> list[Primitive]:
        """What is painted over the base map, in painting order."""
        return self._moving() + self._composed(compose_frame)

    def _moving(self) -> list[Primitive]:
        """Return what moves with the map: composed once for a view, finding room for names takes time."""
        if self._overlay is None:
            self._overlay = self._composed(compose_overlay)
        return self._overlay

    def _composed(self, compose: _Compose) -> list[Primitive]:
        named = self._tiles.named(self._basemap)
        return compose(self._view, named, self._layers, self._unit, map_painter.text_width)

    def pin_at(self, x: float, y: float) -> Pin | None:
        """Return the uppermost pin under a point of the widget."""
        x, y = x / self._factor(), y / self._factor()
        for symbol in reversed(self.primitives):
            if isinstance(symbol, Symbol) and symbol.code:
                reach = symbol.size_px / 2 + _HIT_PX
                if abs(symbol.x - x) <= reach and abs(symbol.y - y) <= reach:
                    return next(pin for pin in self._layers.pins if pin.code == symbol.code)
        return None

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Show the map *factor* times larger; what is under *at* (else the middle) stays there."""
        self._is_fitted = False
        point = at / self._factor() if at else QPointF(self._view.width / 2, self._view.height / 2)
        self._look_at(self._view.zoomed(factor, point.x(), point.y()))

    def pan(self, dx: float, dy: float) -> None:
        """Pull the map by logical pixels."""
        self._is_fitted = False
        self._look_at(self._view.panned(dx / self._factor(), dy / self._factor()))

    def _look_at(self, view: View) -> None:
        self._view = view
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        self._rest.stop()
        self._pictures.come_to_rest()
        self._overlay = None
        self.update()

    def _pull(self, moved: QPointF) -> None:
        """Move the map with the hand, without looking for room for its names at each step."""
        self._is_fitted = False
        if not self._pictures.is_pulled:
            self._pictures.pull(self._view, self._layers.pins, self._moving(), self._ratio())
        self._view = self._view.panned(moved.x() / self._factor(), moved.y() / self._factor())
        self._overlay = None
        self._rest.start()
        self.update()

    def _factor(self) -> float:
        """Return how much larger than designed the fonts are; the whole map grows with them."""
        return max(QFontInfo(self.font()).pixelSize() / _DESIGNED_FONT_PX, 1.0)

    def _ratio(self) -> float:
        return self.devicePixelRatioF() * self._factor()

    def _size(self) -> tuple[float, float]:
        return self.width() / self._factor(), self.height() / self._factor()

    def _legend(self, pins: tuple[Pin, ...]) -> tuple[tuple[Role, str], ...]:
        words = {
            Role.DONOR: self.tr("Donor"),
            Role.RECIPIENT: self.tr("Recipient"),
            Role.DRIVER: self.tr("Driver"),
        }
        present = {pin.role for pin in pins}
        return tuple((role, text) for role, text in words.items() if role in present)

    def _description(self) -> str:
        pins = self._layers.pins
        counts = [sum(pin.role is role for pin in pins) for role in (Role.DONOR, Role.RECIPIENT, Role.DRIVER)]
        words = self.tr("Donors: {0}, recipients: {1}, drivers: {2}").format(*counts)
        return " · ".join([words, *(line.label for line in self._layers.lines if line.label)])

    def _on_tiles_changed(self) -> None:
        self._overlay = None
        self.update()

    def _on_theme_changed(self) -> None:
        """Repaint in other colours, and in other sizes where the fonts grew."""
        self._pictures.forget_land()
        self._take_size()

    def _take_size(self) -> None:
        if self._is_fitted:
            self.fit()
        else:
            self._look_at(self._view.resized(*self._size()))

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._factor(), self._factor())
        self._pictures.paint(painter, self._view, self._ratio())
        over = self._composed(compose_frame) if self._pictures.is_pulled else self.primitives
        map_painter.paint(painter, over, map_painter.colours_of(theme.tokens()))
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
            self._pressed_at = self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            pin = self.pin_at(event.position().x(), event.position().y())
            self.setToolTip((pin.label or pin.code) if pin else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if pin else Qt.CursorShape.OpenHandCursor)
            return
        moved = event.position() - self._dragged_from
        self._dragged_from = event.position()
        self._pull(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        if self._pictures.is_pulled:
            self._come_to_rest()
        if pressed is None or (event.position() - pressed).manhattanLength() > _HIT_PX:
            return
        pin = self.pin_at(event.position().x(), event.position().y())
        if pin is not None:
            self.pin_chosen.emit(pin.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (_STEP_PX, 0.0),
            Qt.Key.Key_Right: (-_STEP_PX, 0.0),
            Qt.Key.Key_Up: (0.0, _STEP_PX),
            Qt.Key.Key_Down: (0.0, -_STEP_PX),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.pan(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
