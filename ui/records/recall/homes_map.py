"""The homes of a recall on the map, chosen here and in the list together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Basemap, Pin, Role
from coordinator.services.paper.maps import load_basemap
from ui.desk import Desk
from ui.records.recall.party_columns import PartyRow, state_words
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of
from ui.widgets.rows import text_label


class HomesMap(QWidget):
    """A square for each home, the chosen one marked. ``chosen(code)`` by a click, or Enter on it."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: Sequence[PartyRow] = ()
        self._code = ""
        self._is_asked = False
        self.canvas: MapCanvas | None = None
        self.unplaced = text_label("", "ask")
        self.unplaced.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        self.unplaced.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.unplaced)

    def show_rows(self, rows: Sequence[PartyRow], *, is_new: bool) -> None:
        """Show the homes of *rows*; the map stays where it was pulled to unless the recall *is_new*."""
        self._rows = rows
        lost = [row.party.name for row in rows if row.party.home is not None and row.party.position is None]
        words = self.tr("Not on the map, their place is not known: {names}")
        self.unplaced.setText(words.format(names=", ".join(lost)))
        self.unplaced.setVisible(bool(lost))
        self._draw(fits=is_new)

    def choose(self, code: str) -> None:
        """Let the home of *code* stand out; the map moves only where it is out of sight."""
        self._code = code
        if self.canvas is None:
            return
        spot = self.canvas.spot_of(code)
        if spot is not None and self.canvas.rect().contains(spot):
            self.canvas.look.choose(frozenset({code}))
        else:
            self.canvas.choose(code)

    def _begin(self, basemap: Basemap) -> None:
        self.canvas = MapCanvas(basemap, self, tiles=tiles_of(self._desk))
        self.canvas.pin_chosen.connect(self.chosen)
        self._column.insertWidget(0, self.canvas, stretch=1)
        self._draw(fits=True)

    def _draw(self, *, fits: bool) -> None:
        if self.canvas is None:
            return
        self.canvas.set_unit(self._desk.display.distance_unit)
        self.canvas.show_scene(self._pins(), fits=fits)
        if self._code:
            self.choose(self._code)

    def _pins(self) -> Iterator[Pin]:
        display = self._desk.display
        for row in self._rows:
            place, home = row.party.position, row.party.home
            if place is None or home is None:
                continue
            came = self.tr("{amount} came").format(amount=display.volume(home.volume))
            state = state_words(row, display)
            code, name = row.party.who, row.party.name
            yield Pin(code, place, Role.RECIPIENT, name, details=(came, state))

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Read the land when the map is first looked at."""
        super().showEvent(event)
        if not self._is_asked:
            self._is_asked = True
            self._desk.read(load_basemap, self._begin)
