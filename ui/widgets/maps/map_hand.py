"""What a mouse does on the map: pull it, draw a rectangle round pins, move a pin, click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QRubberBand

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from ui.widgets.maps.map_canvas import MapCanvas

_CLICK_PX = 5.0


class MapHand(QObject):
    """One press to its release. With Shift it chooses by rectangle, with Alt on a pin it moves that."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed_at: QPointF | None = None
        self._last = QPointF()
        self._moved_pin = ""
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, canvas)
        self._is_banding = False

    @property
    def is_down(self) -> bool:
        """Whether the button is held."""
        return self._pressed_at is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin whatever the keys held say."""
        self._pressed_at = self._last = event.position()
        self._is_banding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moves = self._canvas.moves_pins or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._moved_pin = self._canvas.code_at(event.position()) if moves else ""

    def move(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._pressed_at is None:
            return
        if self._is_banding:
            self._band.setGeometry(_box(self._pressed_at, event.position()).toRect())
            self._band.show()
        elif self._moved_pin:
            self._canvas.show_moved(self._moved_pin, event.position())
        else:
            self._canvas.pull(event.position() - self._last)
        self._last = event.position()

    def release(self, event: QMouseEvent) -> None:
        """End it; a press that went nowhere is a click."""
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is None:
            return
        moved_pin, self._moved_pin = self._moved_pin, ""
        is_click = (event.position() - pressed).manhattanLength() <= _CLICK_PX
        if self._is_banding:
            self._is_banding = False
            self._band.hide()
            self._canvas.choose_within(_box(pressed, event.position()))
        elif moved_pin and not is_click:
            self._canvas.drop(moved_pin, event.position())
        else:
            self._canvas.end_pull()
            if is_click:
                self._canvas.click(event.position())


def _box(a: QPointF, b: QPointF) -> QRectF:
    return QRectF(a, b).normalized()
