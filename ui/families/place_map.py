"""A small map in a dialog about one family's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.maps.drawing import Basemap, MatchLine, Pin, Role
from coordinator.services.paper.maps import load_basemap
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of

if TYPE_CHECKING:
    from ui.desk import Desk

_ROLES: Mapping[CodeLetter | None, Role] = {
    CodeLetter.DONOR: Role.DONOR,
    CodeLetter.RECIPIENT: Role.RECIPIENT,
    CodeLetter.DRIVER: Role.DRIVER,
}
_LOWEST_PX = 170


def role_of(code: str) -> Role:
    """Return how the family behind *code* is drawn."""
    return _ROLES.get(letter_of(code), Role.RECIPIENT)


class PlaceMap(QWidget):
    """Shows pins once the base map is read.

    ``pointed_at(latitude, longitude)``: a double click, or a pin let go of, where ``moves_pins``.
    """

    pointed_at = Signal(float, float)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, moves_pins: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._moves_pins = moves_pins
        self._pins: tuple[Pin, ...] = ()
        self._lines: tuple[MatchLine, ...] = ()
        self._is_there = True
        self.canvas: MapCanvas | None = None
        self.setMinimumHeight(_LOWEST_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.destroyed.connect(self._leave)
        desk.read(load_basemap, self._begin)

    def show_pins(self, pins: Sequence[Pin], lines: Sequence[MatchLine] = ()) -> None:
        """Show these and nothing else, all of it in view."""
        self._pins, self._lines = tuple(pins), tuple(lines)
        if self.canvas is not None:
            self.canvas.show_scene(self._pins, self._lines, fits=False)

    def _leave(self) -> None:
        self._is_there = False

    def _begin(self, basemap: Basemap) -> None:
        if not self._is_there:  # closed before the map was read
            return
        self.canvas = MapCanvas(basemap, self, tiles=tiles_of(self._desk))
        self.canvas.moves_pins = self._moves_pins
        self.canvas.pin_moved.connect(lambda _code, *degrees: self.pointed_at.emit(*degrees))
        self.canvas.set_unit(self._desk.display.distance_unit)
        self.canvas.installEventFilter(self)
        self.layout().addWidget(self.canvas)  # type: ignore[union-attr] # set above
        self.canvas.show_scene(self._pins, self._lines)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a double click on the map as a place."""
        is_double = event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent)
        if not is_double or self.canvas is None:
            return super().eventFilter(watched, event)
        assert isinstance(event, QMouseEvent)  # noqa: S101 - for the type checker
        view, size, point = self.canvas.view, self.canvas.size(), event.position()
        across, down = view.width / max(1, size.width()), view.height / max(1, size.height())
        self.pointed_at.emit(*view.degrees_at(point.x() * across, point.y() * down))
        return True
