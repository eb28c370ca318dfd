"""The plan on the map: a line for each proposal, the wider the more milk, dashed while it hangs on calls."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Basemap, MatchLine, Pin, Role
from coordinator.domain.maps.plan_lines import plan_line
from coordinator.domain.places.positions import Position
from coordinator.domain.planning.allocating import Key
from coordinator.services.paper.maps import load_basemap
from ui.desk import Desk
from ui.plan.columns import volume_of
from ui.plan.made import Made, PlanRow
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of
from ui.widgets.rows import text_label


class PlanMap(QWidget):
    """``chosen(key)`` by a click on a line, or on the pin of a donor or family, which has its first line."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: Made | None = None
        self._key: Key | None = None
        self._keys: dict[str, Key] = {}
        self._is_asked = False
        self.canvas: MapCanvas | None = None
        about = text_label(
            self.tr("A whole line is certain now, a dashed one if as hoped. The wider, the more milk."),
            "quiet",
        )
        about.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(about)
        desk.display.changed.connect(self._draw_again)

    def show_made(self, made: Made) -> None:
        """Show the lines of *made*; a plan made again leaves the map where it was pulled to."""
        is_first = self._made is None
        self._made = made
        self._draw(fits=is_first)

    def choose(self, key: Key | None) -> None:
        """Let the line of *key* stand out."""
        self._key = key
        self._draw(fits=False)

    def _begin(self, basemap: Basemap) -> None:
        self.canvas = MapCanvas(basemap, self, tiles=tiles_of(self._desk))
        self.canvas.pin_chosen.connect(self._on_pin)
        self.canvas.line_chosen.connect(self._on_line)
        self._column.insertWidget(0, self.canvas, stretch=1)
        self._draw(fits=True)

    def _draw_again(self) -> None:
        self._draw(fits=False)

    def _draw(self, *, fits: bool) -> None:
        if self.canvas is None or self._made is None:
            return
        rows = list(self._made.rows())
        self._keys = {f"{lot}:{baby}": (lot, baby) for lot, baby in (row.key for row in rows)}
        self.canvas.set_unit(self._desk.display.distance_unit)
        most = max((row.proposal.ounces for row in rows), default=1.0)
        lines = [line for row in rows if (line := self._line(row, most)) is not None]
        self.canvas.show_scene(self._pins(rows), lines, fits=fits)

    def _line(self, row: PlanRow, most_oz: float) -> MatchLine | None:
        one, places = row.proposal, self._places
        if one.donor not in places or one.recipient not in places:
            return None
        is_chosen = row.key == self._key
        return plan_line(
            places[one.donor],
            places[one.recipient],
            one.ounces / most_oz if most_oz else 0.0,
            is_certain=one.is_certain,
            label=self._desk.display.volume(volume_of(one.ounces)) if is_chosen else "",
            is_chosen=is_chosen,
            key=f"{one.lot}:{one.recipient}",
        )

    def _pins(self, rows: list[PlanRow]) -> list[Pin]:
        named: dict[str, tuple[Role, str, list[str]]] = {}
        for row in rows:
            one, much = row.proposal, self._desk.display.volume(volume_of(row.proposal.ounces))
            for code, role, name, other in (
                (one.donor, Role.DONOR, one.donor_name, one.recipient_name),
                (one.recipient, Role.RECIPIENT, one.recipient_name, one.donor_name),
            ):
                named.setdefault(code, (role, name, []))[2].append(f"{other}: {much}, {row.sure_words}")
        ends = [(row.proposal.donor, row.proposal.recipient) for row in rows if row.key == self._key]
        chosen = frozenset(code for pair in ends for code in pair)
        return [
            Pin(code, self._places[code], role, name, code in chosen, tuple(details))
            for code, (role, name, details) in named.items()
            if code in self._places
        ]

    @property
    def _places(self) -> Mapping[str, Position]:
        return self._made.ground.places if self._made is not None else {}

    def _on_line(self, key: str) -> None:
        if key in self._keys:
            self.chosen.emit(self._keys[key])

    def _on_pin(self, code: str) -> None:
        rows = self._made.rows() if self._made is not None else ()
        for row in rows:
            if code in {row.proposal.donor, row.proposal.recipient}:
                self.chosen.emit(row.key)
                return

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Read the land when the map is first looked at."""
        super().showEvent(event)
        if not self._is_asked:
            self._is_asked = True
            self._desk.read(load_basemap, self._begin)
