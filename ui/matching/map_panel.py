"""The map beside the matches: the family with rings around it, its donors, the way to the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.maps.drawing import Basemap, MatchLine, Pin, Role
from coordinator.domain.maps.rings import rings_around
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.places.positions import Position
from coordinator.services.paper.maps import load_basemap
from ui.desk import Desk
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of

_THIN_LINES = 8
"""The nearest donors have a line even while another is chosen; more would hide the map."""


class MatchMap(QWidget):
    """Shows a ranking; a click on a donor's pin emits ``pin_chosen(code)``."""

    pin_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Ranking, Match | None] | None = None
        self.canvas: MapCanvas | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_ranking(self, ranking: Ranking, chosen: Match | None) -> None:
        """Show the family, every donor suggested and, for *chosen*, the line and how far it is.

        Another donor of the same family leaves the map where it was pulled to.
        """
        is_same = self._shown is not None and self._shown[0].seeker.code == ranking.seeker.code
        self._shown = (ranking, chosen)
        if self.canvas is None:
            self._desk.read(load_basemap, self._begin)
            return
        self._draw(self.canvas, fits=not is_same)

    def show_nobody(self) -> None:
        """Take everybody off the map; it stays where it is."""
        self._shown = None
        if self.canvas is not None:
            self.canvas.show_scene(fits=False)

    def _begin(self, basemap: Basemap) -> None:
        if self.canvas is None:
            self.canvas = MapCanvas(basemap, self, tiles=tiles_of(self._desk))
            self.canvas.pin_chosen.connect(self.pin_chosen)
            self._desk.display.changed.connect(self._draw_again)
            self._column.addWidget(self.canvas)
        self._draw(self.canvas, fits=True)

    def _draw_again(self) -> None:
        if self.canvas is not None:
            self._draw(self.canvas, fits=False)

    def _draw(self, canvas: MapCanvas, *, fits: bool) -> None:
        if self._shown is None:
            return
        ranking, chosen = self._shown
        family, unit = ranking.seeker.position, self._desk.display.distance_unit
        canvas.set_unit(unit)
        pins = [self._pin(match, match is chosen) for match in ranking.matches if match.offer.position]
        if family is not None:
            pins.append(
                Pin(ranking.seeker.code, family, Role.RECIPIENT, ranking.seeker.name, emphasised=True)
            )
        rings = rings_around(family, unit) if family is not None else ()
        canvas.show_scene(pins, self._lines(ranking, chosen, family), rings, fits=fits)

    def _pin(self, match: Match, is_chosen: bool) -> Pin:
        position = match.offer.position
        assert position is not None  # noqa: S101 - the caller passes only those
        free = self.tr("{amount} free").format(amount=self._desk.display.volume(match.free))
        lines = (match.town, free, self._way(match), str(match.pair.words))
        return Pin(
            match.code, position, Role.DONOR, match.name, is_chosen, tuple(line for line in lines if line)
        )

    def _lines(self, ranking: Ranking, chosen: Match | None, family: Position | None) -> list[MatchLine]:
        if family is None:
            return []
        near = [match for match in ranking.matches if match.offer.position][:_THIN_LINES]
        lines = [
            MatchLine(m.offer.position, family, "", False)
            for m in near
            if m is not chosen and m.offer.position
        ]
        if chosen is not None and chosen.offer.position is not None:
            lines.append(MatchLine(chosen.offer.position, family, self._way(chosen)))
        return lines

    def _way(self, match: Match) -> str:
        """Return how far and how long, and if water lies between: ``about 12 mi · about 25 min``."""
        if match.miles is None or match.minutes is None:
            return ""
        far = self._desk.display.distance(match.miles, exact=match.is_exact)
        parts = [far, format_minutes(match.minutes, exact=match.is_exact and bool(match.road_host))]
        if match.crosses_water:
            parts.append(self.tr("check the road"))
        return " · ".join(parts)
