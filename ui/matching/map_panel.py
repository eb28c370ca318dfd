"""The map beside the matches: both ends, the line between them, the other donors around."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import MatchLine, Pin, Role
from coordinator.domain.matching import Match, Ranking
from coordinator.domain.places import Position
from coordinator.services.maps import load_basemap
from ui.desk import Desk
from ui.widgets.map_canvas import MapCanvas


class MatchMap(QWidget):
    """Shows a ranking; a click on a donor's pin emits ``pin_chosen(code)``."""

    pin_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Ranking, Match | None] | None = None
        self.canvas: MapCanvas | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def show_ranking(self, ranking: Ranking, chosen: Match | None) -> None:
        """Show the family, every donor suggested and, for *chosen*, the line and how far it is."""
        self._shown = (ranking, chosen)
        if self.canvas is None:
            self._desk.read(load_basemap, self._begin)
            return
        self._draw(self.canvas)

    def _begin(self, basemap: object) -> None:
        if self.canvas is None:
            self.canvas = MapCanvas(basemap, tiles=self._desk.tiles)  # type: ignore[arg-type] # what load_basemap gave
            self.canvas.pin_chosen.connect(self.pin_chosen)
            self._desk.display.changed.connect(self._draw_again)
            self.layout().addWidget(self.canvas)  # type: ignore[union-attr] # set above
        self._draw(self.canvas)

    def _draw_again(self) -> None:
        if self.canvas is not None:
            self._draw(self.canvas)

    def _draw(self, canvas: MapCanvas) -> None:
        if self._shown is None:
            return
        ranking, chosen = self._shown
        seeker = ranking.seeker
        canvas.set_unit(self._desk.display.distance_unit)
        pins = [
            Pin(m.code, m.offer.position, Role.DONOR, f"{m.name}, {m.town}", emphasised=m is chosen)
            for m in ranking.matches
            if m.offer.position is not None
        ]
        if seeker.position is not None:
            pins.append(Pin(seeker.code, seeker.position, Role.RECIPIENT, seeker.name, emphasised=True))
        canvas.show_scene(pins, self._lines(chosen, seeker.position))

    def _lines(self, chosen: Match | None, family: Position | None) -> list[MatchLine]:
        if chosen is None or family is None or chosen.offer.position is None or chosen.miles is None:
            return []
        label = self._desk.display.distance(chosen.miles, exact=chosen.is_exact)
        return [MatchLine(chosen.offer.position, family, label)]
