"""The runs of a planned day on the map: the chosen one with its numbers, the others as thin lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Basemap, MatchLine, Pin, Role, Route
from coordinator.domain.pickups.day.answer import DayRun
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.places.positions import Position
from coordinator.services.paper.maps import load_basemap
from coordinator.services.pickups.day import OpenDay
from ui.desk import Desk
from ui.pickups.day_plan_words import at_words, run_title
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of

_LEAST_PX = 260


class DayMap(QWidget):
    """Shows a day; ``stop_wanted(run, stop)`` when a home is clicked, stop ``-1`` for a line or a volunteer.

    Its map is read when it is first shown.
    """

    stop_wanted = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._day: OpenDay | None = None
        self._chosen = (-1, -1)
        self._is_loading = False
        self.canvas: MapCanvas | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumWidth(_LEAST_PX)

    def show_day(self, day: OpenDay | None) -> None:
        """Show the runs of *day*, or none."""
        self._day, self._chosen = day, (-1, -1)
        self._draw(fits=True)

    def choose(self, run: int, stop: int) -> None:
        """Draw a run with its numbers, and let one of its homes stand out where *stop* is not -1."""
        is_other, self._chosen = run != self._chosen[0], (run, stop)
        self._draw(fits=is_other)

    def begin(self) -> None:
        """Read the map, once."""
        if self.canvas is None and not self._is_loading:
            self._is_loading = True
            self._desk.read(load_basemap, self._begin)

    def _begin(self, basemap: Basemap) -> None:
        self.canvas = MapCanvas(basemap, tiles=tiles_of(self._desk))
        self.canvas.pin_chosen.connect(self._pin_chosen)
        self.canvas.line_chosen.connect(lambda key: self.stop_wanted.emit(int(key), -1))
        self._column.addWidget(self.canvas)
        self._draw(fits=True)

    def _draw(self, *, fits: bool) -> None:
        if self.canvas is None or self._day is None:
            return
        where, runs = self._day.question.where, self._day.plan.runs
        run, stop = self._chosen
        self.canvas.set_unit(self._desk.display.distance_unit)
        route = None
        if 0 <= run < len(runs):
            way = list(_way(self._day, runs[run]))
            route = Route(tuple(place for place, _ in way), tuple(number for _, number in way))
        lines = [
            line for number, one in enumerate(runs) if number != run for line in self._lines(number, one)
        ]
        self.canvas.show_scene(list(_pins(runs, where, self._day)), lines, route=route, fits=fits)
        if route is not None and stop >= 0:
            self._stand_out(self.canvas, runs[run].stops[stop].home.code)

    def _stand_out(self, canvas: MapCanvas, code: str) -> None:
        """Let a home stand out; the map moves only where it is out of sight."""
        spot = canvas.spot_of(code)
        if spot is not None and canvas.rect().contains(spot):
            canvas.look.choose(frozenset({code}))
        else:
            canvas.choose(code)

    def _lines(self, number: int, run: DayRun) -> Iterator[MatchLine]:
        if self._day is None:
            return
        places = [place for place, _ in _way(self._day, run)]
        for start, end in pairwise(places):
            yield MatchLine(start, end, key=str(number), role=Role.DRIVER, chosen=False)

    def _pin_chosen(self, code: str) -> None:
        """Go to the home on the chosen run, else on the first that comes there."""
        runs = () if self._day is None else self._day.plan.runs
        order = sorted(range(len(runs)), key=lambda number: number != self._chosen[0])
        for number in order:
            if runs[number].driver == code:
                self.stop_wanted.emit(number, -1)
                return
            for at, stop in enumerate(runs[number].stops):
                if stop.home.code == code:
                    self.stop_wanted.emit(number, at)
                    return


def _way(day: OpenDay, run: DayRun) -> Iterator[tuple[Position, str]]:
    """Yield the places of a run from home to home, with the numbers of its stops."""
    where = day.question.where
    home = next((one.place for one in day.question.drivers if one.code == run.driver), None)
    if home is not None:
        yield where[home], ""
    for number, stop in enumerate(run.stops, start=1):
        if stop.home.place is not None:
            yield where[stop.home.place], str(number)
    if home is not None:
        yield where[home], ""


def _pins(runs: Sequence[DayRun], where: Sequence[Position], day: OpenDay) -> Iterator[Pin]:
    """Yield each home and each volunteer once."""
    told: set[str] = set()
    homes = {one.code: one.place for one in day.question.drivers}
    for run in runs:
        place = homes.get(run.driver)
        if place is not None and run.driver not in told:
            told.add(run.driver)
            yield Pin(run.driver, where[place], Role.DRIVER, run.driver_name, details=(run_title(run),))
        for stop in run.stops:
            if stop.home.place is None or stop.home.code in told:
                continue
            told.add(stop.home.code)
            role = Role.RECIPIENT if stop.kind is StopKind.DROP else Role.DONOR
            yield Pin(
                stop.home.code,
                where[stop.home.place],
                role,
                stop.home.name,
                details=(at_words(stop.arrive), run.driver_name),
            )
