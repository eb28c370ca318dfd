"""The way of a pickup on the map, with numbered stops."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Basemap, Pin, Role, Route
from coordinator.domain.pickups.plans import Pickup, PickupKind
from coordinator.services.paper.maps import load_basemap
from ui.desk import Desk
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of
from ui.widgets.rows import text_label


class RouteMap(QWidget):
    """Shows one pickup; stops whose place is unknown are named, not drawn."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup: Pickup | None = None
        self._is_loading = False
        self.canvas: MapCanvas | None = None
        self.missing: QLabel = text_label("", "ask")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.missing)
        self.missing.hide()

    def show_pickup(self, pickup: Pickup) -> None:
        """Show the way from the carrier's home over the stops and back."""
        self._pickup = pickup
        if self.canvas is not None:
            self._draw(self.canvas)
        elif not self._is_loading:
            self._is_loading = True
            self._desk.read(load_basemap, self._begin)

    def _begin(self, basemap: Basemap) -> None:
        self.canvas = MapCanvas(basemap, tiles=tiles_of(self._desk))
        self.canvas.setMinimumHeight(220)
        self._column.addWidget(self.canvas, stretch=1)
        self._draw(self.canvas)

    def _draw(self, canvas: MapCanvas) -> None:
        pickup = self._pickup
        if pickup is None:
            return
        unplaced = [str(stop.number) for stop in pickup.stops if stop.position is None]
        words = self.tr("Not on the map, the place is unknown: stop {numbers}")
        self.missing.setText(words.format(numbers=", ".join(unplaced)))
        self.missing.setVisible(bool(unplaced))
        canvas.set_unit(self._desk.display.distance_unit)
        canvas.show_scene(_pins(pickup), route=_route(pickup))


def _pins(pickup: Pickup) -> list[Pin]:
    """Return the carrier's home; the stops are the numbers on the route and would hide pins of their own."""
    if pickup.start is None:
        return []
    if pickup.kind is PickupKind.RUN:
        return [Pin(pickup.driver_code, pickup.start, Role.DRIVER, pickup.carrier)]
    code = next((hold.recipient_code for hold in pickup.holds), "")
    return [Pin(code, pickup.start, Role.RECIPIENT, pickup.carrier)]


def _route(pickup: Pickup) -> Route:
    placed = [(stop.position, str(stop.number)) for stop in pickup.stops if stop.position is not None]
    home = [(pickup.start, "")] if pickup.start is not None else []
    way = [*home, *placed, *home]
    return Route(tuple(place for place, _ in way), tuple(number for _, number in way), pickup.way)
