"""What a mouse does on the map: pull it, draw a rectangle round pins, move a pin, click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QRubberBand, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

_CLICK_PX = 5.0


class HandledMap(Protocol):
    """What a hand does to a map; points are in pixels of its widget."""

    moves_pins: bool

    def code_at(self, point: QPointF) -> str:
        """Return the code of the pin at *point*; empty where there is none."""

    def pull(self, moved: QPointF) -> None:
        """Move the land by so much."""

    def end_pull(self) -> None:
        """The land stays where it is now."""

    def click(self, point: QPointF) -> None:
        """Choose what is at *point*."""

    def choose_within(self, box: QRectF) -> None:
        """Choose every pin in *box*."""

    def show_moved(self, code: str, point: QPointF) -> None:
        """Show the pin of *code* at *point*, for now."""

    def drop(self, code: str, point: QPointF) -> None:
        """Leave the pin of *code* at *point*."""


class MapHand(QObject):
    """One press to its release. With Shift it chooses by rectangle, with Alt on a pin it moves that."""

    def __init__(self, widget: QWidget, handled: HandledMap) -> None:
        super().__init__(widget)
        self._map = handled
        self._pressed_at: QPointF | None = None
        self._last = QPointF()
        self._moved_pin = ""
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, widget)
        self._is_banding = False

    @property
    def is_down(self) -> bool:
        """Whether the button is held."""
        return self._pressed_at is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin whatever the keys held say."""
        self._pressed_at = self._last = event.position()
        self._is_banding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moves = self._map.moves_pins or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._moved_pin = self._map.code_at(event.position()) if moves else ""

    def move(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._pressed_at is None:
            return
        if self._is_banding:
            self._band.setGeometry(_box(self._pressed_at, event.position()).toRect())
            self._band.show()
        elif self._moved_pin:
            self._map.show_moved(self._moved_pin, event.position())
        else:
            self._map.pull(event.position() - self._last)
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
            self._map.choose_within(_box(pressed, event.position()))
        elif moved_pin and not is_click:
            self._map.drop(moved_pin, event.position())
        else:
            self._map.end_pull()
            if is_click:
                self._map.click(event.position())


def _box(a: QPointF, b: QPointF) -> QRectF:
    return QRectF(a, b).normalized()
