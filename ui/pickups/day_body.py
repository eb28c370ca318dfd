"""What a planned day shows: the strip, the runs, what is not planned, and the map beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.day.nearby import FreeMilk, nearby
from coordinator.domain.pickups.day.words import Wording, words_of
from coordinator.services.pickups.day import OpenDay
from ui.desk import Desk
from ui.pickups.day_hand import DayHand
from ui.pickups.day_map import DayMap
from ui.pickups.day_parts import Leave, LeftRows, RunPart
from ui.pickups.day_strip import DayStrip
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.label import Label
from ui.widgets.rows import Rows
from ui.widgets.scrolling import scrolling

_MAP = "pickups/day_map"


class Planned(NamedTuple):
    """A planned day with what its words need."""

    day: OpenDay
    wording: Wording
    holds: Mapping[str, Hold]
    free: tuple[FreeMilk, ...] = ()


class DayBody(QSplitter):
    """Shows the day that is in *hand*; what is chosen in one part is chosen in all.

    ``ticked`` when a run's tick changes. *leave* closes the dialog and then does what it is given.
    """

    ticked = Signal()

    def __init__(
        self,
        desk: Desk,
        hand: DayHand,
        leave: Leave,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk, self._hand, self._leave = desk, hand, leave
        self._unticked: set[str] = set()
        self.runs: list[RunPart] = []
        self.strip = DayStrip(hand)
        self.run_rows, self.left_rows = Rows(""), Rows("")
        self.left_title = Label(self.tr("Not planned"))
        set_role(self.left_title, "strong")
        self.map = DayMap(desk)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, SPACE, 0)
        inside.setSpacing(SPACE_LARGE)
        parts: tuple[QWidget, ...] = (self.strip, self.run_rows, self.left_title, self.left_rows)
        for widget in parts:
            inside.addWidget(widget)
        inside.addStretch()
        self._area = scrolling(body, wraps=True)
        self.addWidget(self._area)
        self.addWidget(self.map)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setChildrenCollapsible(False)
        self.show_map(is_shown=desk.settings is not None and desk.settings.value(_MAP) in (True, "true"))
        self.strip.run_wanted.connect(self.go_to_run)
        self.map.stop_wanted.connect(self.go_to)
        hand.chosen.connect(self._point_at)

    @property
    def has_map(self) -> bool:
        """Whether the map is shown."""
        return not self.map.isHidden()

    def show_map(self, *, is_shown: bool) -> None:
        """Show the map beside the list or not; it is remembered."""
        self.map.setVisible(is_shown)
        if is_shown:
            self.map.begin()
        if self._desk.settings is not None:
            self._desk.settings.setValue(_MAP, is_shown)

    def show_plan(self, found: Planned) -> None:
        """Show the plan as it is in her hand; a run that was not ticked stays so."""
        plan = self._hand.plan
        self._note_ticks()
        said = [
            [(one.code, str(words_of(one, found.wording))) for one in run.broken if not one.is_question]
            for run in plan.runs
        ]
        self.strip.show_runs(plan.runs, said)
        self.runs = [
            RunPart(self._hand, number, found.wording, self._desk.display) for number in range(len(plan.runs))
        ]
        for part in self.runs:
            part.tick.setChecked(part.run.driver not in self._unticked)
            part.ticked.connect(self.ticked)
            part.entered.connect(self._come_to)
        near = nearby(self._hand.day.question, plan, found.free)
        for part in self.runs:
            here = [one for one in near if one.run == part.number]
            part.show_nearby(here, self._desk, self._leave)
        self.run_rows.set_rows(self.runs)
        self.run_rows.setVisible(bool(self.runs))
        left = LeftRows(self._hand, found.holds, found.wording, self._desk, self._leave).rows()
        self.left_rows.set_rows(left)
        for widget in (self.left_title, self.left_rows):
            widget.setVisible(bool(left))
        self.map.show_day(self._hand.day)

    def hide_plan(self, *, keeps_ticks: bool) -> None:
        """Show no plan; which runs were not ticked is kept where the same day is planned again."""
        self._note_ticks()
        if not keeps_ticks:
            self._unticked = set()
        self.runs = []
        self.strip.show_runs(())
        self.map.show_day(None)
        for widget in (self.run_rows, self.left_title, self.left_rows):
            widget.hide()

    def ticked_drivers(self) -> tuple[str, ...]:
        """Return whose runs are ticked."""
        return tuple(part.run.driver for part in self.runs if part.tick.isChecked())

    def go_to_run(self, run: int) -> None:
        """Put the keyboard on a run."""
        self.runs[run].tick.setFocus()
        self._come_to(run)

    def go_to(self, run: int, stop: int) -> None:
        """Put the keyboard on a stop, with ``-1`` on its run."""
        if not 0 <= run < len(self.runs):
            return
        if stop < 0:
            self.go_to_run(run)
        else:
            self.runs[run].grid.go_to(stop)
            self._point_at(run, stop)

    def _come_to(self, run: int) -> None:
        self.strip.choose(run)
        self.map.choose(run, -1)
        part = self.runs[run]
        room = min(part.height(), self._area.viewport().height() // 2)  # the strip stays while it can
        self._area.ensureWidgetVisible(part.tick, 0, room)

    def _point_at(self, run: int, stop: int) -> None:
        self.strip.choose(run, stop)
        self.map.choose(run, stop)
        self._area.ensureWidgetVisible(self.runs[run].stops[stop])

    def _note_ticks(self) -> None:
        for part in self.runs:
            if part.tick.isChecked():
                self._unticked.discard(part.run.driver)
            else:
                self._unticked.add(part.run.driver)
