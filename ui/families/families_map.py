"""The families of a list on the map: what is chosen there is chosen here, and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Basemap, Pin, Ring, Role
from coordinator.domain.maps.rings import rings_around
from coordinator.services.families import households
from coordinator.services.paper.maps import load_basemap
from ui.desk import Desk
from ui.theme import set_role
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable

Describe = Callable[[Any], tuple[str, ...]]
"""What a card says of a row, a line each."""


class FamiliesMap(QWidget):
    """Shows the rows of *table* that pass its filters; rings lie around the one that is chosen.

    ``unplaced_wanted`` asks for the families whose place is not known.
    """

    unplaced_wanted = Signal()

    def __init__(
        self, desk: Desk, table: RowTable, role: Role, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._table, self._role, self._describe = desk, table, role, describe
        self._model: RowTableModel[Any] = table.rows
        self.canvas: MapCanvas | None = None
        self.unplaced = QPushButton()
        set_role(self.unplaced, "status")
        self.unplaced.clicked.connect(self.unplaced_wanted)
        self.unplaced.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.unplaced)
        self._model.layoutChanged.connect(self._draw)
        self._model.modelReset.connect(self._draw)
        table.row_chosen.connect(self._choose)
        desk.display.changed.connect(self._draw)
        desk.read(load_basemap, self._begin)

    def _begin(self, basemap: Basemap) -> None:
        canvas = self.canvas = MapCanvas(basemap, self, tiles=tiles_of(self._desk))
        canvas.pin_chosen.connect(self._table.choose)
        canvas.pins_chosen.connect(self._table.choose_all)
        canvas.pin_moved.connect(self._move)
        self._column.insertWidget(0, canvas, stretch=1)
        self._draw()

    def _draw(self) -> None:
        if self.canvas is None or self.isHidden():
            return
        rows = [self._model.row_at(at) for at in range(self._model.rowCount())]
        self.canvas.set_unit(self._desk.display.distance_unit)
        pins = [pin for row in rows if (pin := self._pin(row)) is not None]
        self.canvas.show_scene(pins, rings=self._rings(), fits=False)
        self.canvas.choose(*(str(key) for key in self._table.chosen_keys))
        unplaced = [row for row in rows if row.position is None]
        self._say_unplaced(len(unplaced), sum(map(_is_uncertain, unplaced)))

    def _pin(self, row: Any) -> Pin | None:  # noqa: ANN401 - the row of any role
        if row.position is None:
            return None
        return Pin(row.code, row.position, self._role, row.name, details=self._describe(row))

    def _rings(self) -> tuple[Ring, ...]:
        key = self._table.chosen_key
        at = None if key is None else self._model.position_of(key)
        position = None if at is None else self._model.row_at(at).position
        return () if position is None else rings_around(position, self._desk.display.distance_unit)

    def _choose(self, _key: object) -> None:
        if self.canvas is not None and self.isVisible():
            self._draw()

    def _say_unplaced(self, count: int, uncertain: int) -> None:
        words = self.tr("{count} are not on the map: their place is not known").format(count=count)
        if uncertain:
            words = self.tr(
                "{count} are not on the map: their place is not known, or uncertain ({uncertain})"
            ).format(count=count, uncertain=uncertain)
        self.unplaced.setText(words)
        self.unplaced.setAccessibleName(words)
        self.unplaced.setVisible(count > 0)

    def _move(self, code: str, latitude_deg: float, longitude_deg: float) -> None:
        move = partial(households.set_position, self._desk.database, code, latitude_deg, longitude_deg)
        at = self._model.position_of(code)
        name = code if at is None else self._model.row_at(at).name
        said = self.tr("{name} stands there by hand now. Undo takes it back.").format(name=name)
        self._desk.write(move, said=said)


def _is_uncertain(row: Any) -> bool:  # noqa: ANN401 - the row of any role
    household = getattr(row, "household", row)
    return bool(household.is_place_uncertain)
