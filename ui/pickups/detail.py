"""One pickup: its stops, its plan, its way on the map; and below, what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.roads import RoadQuestion
from coordinator.domain.families.drivers import Driver
from coordinator.domain.paper.sheet_numbers import FoundSheet
from coordinator.domain.pickups.plans import Pickup, PickupState
from coordinator.domain.pickups.sheet_told import OutOfFreezer
from coordinator.errors import NotFoundError
from coordinator.services.driving import drive_times
from coordinator.services.families import drivers
from coordinator.services.paper import printed_sheets
from coordinator.services.pickups import planning, sheet_told
from coordinator.services.pickups.in_names import pickup_in_names
from ui.desk import Desk
from ui.pickups.pickup_words import day_words, driven_words
from ui.pickups.plan_tab import PlanTab
from ui.pickups.route_map import RouteMap
from ui.pickups.sheet_words import print_again_words
from ui.pickups.stops_tab import StopsTab
from ui.roads import RoadAsker
from ui.theme import SPACE, SPACE_LARGE, change_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.detail_pane import DetailPane


@dataclass(frozen=True)
class _Seen:
    pickup: Pickup
    drivers: list[Driver]
    waiting: list[Hold]
    unasked: RoadQuestion | None
    out: tuple[OutOfFreezer, ...]
    old_sheet: FoundSheet | None


class PickupDetail(DetailPane):
    """The pane beside the week; reads its pickup again after every change.

    ``print_wanted``, ``settle_wanted`` (as planned) and ``differs_wanted`` are its three buttons; of a
    settled pickup the last corrects what is written down.
    """

    print_wanted = Signal()
    settle_wanted = Signal()
    differs_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.pickup: Pickup | None = None
        self.stops = StopsTab(desk)
        self.plan = PlanTab(desk)
        self.map = RouteMap(desk)
        self.add_tab(self.tr("Stops"), self.stops)
        self.add_tab(self.tr("Plan"), self.plan)
        self.add_tab(self.tr("Map"), self.map)
        self._roads = RoadAsker(desk, self.refresh)
        self.print_button = QPushButton(self.tr("Print the sheet"))
        self.settle_button = QPushButton(self.tr("As planned"))
        self.differs_button = QPushButton(self.tr("Something was different…"))
        self._add_buttons()

    def show_pickup(self, code: str) -> None:
        """Show the pickup with *code*."""
        if code != self._code:
            self.pickup = None
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the pickup again."""
        if self._code:
            code, database, today = self._code, self._desk.database, self._desk.today()
            self._desk.runner.run(lambda: _read(database, code, today), self._show, self._miss)

    def _show(self, seen: _Seen) -> None:
        pickup = seen.pickup
        if pickup.code != self._code:
            return
        before = self.pickup
        if before is None or (before.code, before.state) != (pickup.code, pickup.state):
            QTimer.singleShot(0, self, self.scroll_to_top)  # what became of it stands there
        self.pickup = pickup
        self.show_about(pickup.carrier or day_words(pickup.on), pickup.code)
        self.say(*self._news(pickup, seen.old_sheet))
        self.stops.show_pickup(pickup, seen.out)
        self.plan.show_plan(pickup, seen.drivers, seen.waiting)
        self.map.show_pickup(pickup)
        is_planned = pickup.state is PickupState.PLANNED
        is_over = is_planned and pickup.on < self._desk.today()
        change_role(self.settle_button, "main" if is_over else "")
        change_role(self.print_button, "main" if is_planned and not is_over else "")
        self.settle_button.setVisible(is_planned)
        self.differs_button.setVisible(pickup.state is not PickupState.CANCELLED)
        self._name_differs(is_settled=pickup.state is PickupState.SETTLED)
        self.print_button.setVisible(pickup.state is not PickupState.CANCELLED)
        self._roads.ask(seen.unasked)

    def _name_differs(self, *, is_settled: bool) -> None:
        words, why = (
            (self.tr("Correct what happened…"), self.tr("Correct what is written down of this pickup"))
            if is_settled
            else (self.tr("Something was different…"), self.tr("Write down what was different"))
        )
        self.differs_button.setText(words)
        self.differs_button.setAccessibleName(why)
        self.differs_button.setToolTip(why)

    def _miss(self, error: Exception) -> None:
        """Close over a pickup that is gone, such as by undoing its planning."""
        if isinstance(error, NotFoundError) and self.pickup is not None:
            self._code, self.pickup = "", None
            self.closed.emit()
        else:
            self._desk.complain(error)

    def _news(self, pickup: Pickup, old_sheet: FoundSheet | None) -> tuple[str, str]:
        if pickup.state is PickupState.CANCELLED:
            return self.tr("Cancelled; its milk stayed on hold."), "problem"
        if pickup.state is PickupState.SETTLED:
            driven = driven_words(pickup, self._desk.display)
            return " ".join(part for part in (self.tr("Settled."), driven) if part), "done"
        if old_sheet is not None:
            return print_again_words(old_sheet), "ask"
        if pickup.prints:
            return self.tr("Printed: {code}-{count}").format(code=pickup.code, count=pickup.prints), "done"
        return "", "ask"

    def _add_buttons(self) -> None:
        for button, words, signal in (
            (self.print_button, self.tr("Look at the sheet and print it (Ctrl+P)"), self.print_wanted),
            (self.settle_button, self.tr("All went as planned: settle it (Ctrl+Enter)"), self.settle_wanted),
            (self.differs_button, self.tr("Write down what was different"), self.differs_wanted),
        ):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(signal)
        below = QWidget()
        flow = FlowLayout(below)
        margins = QVBoxLayout()
        margins.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        margins.addWidget(below)
        for button in (self.print_button, self.settle_button, self.differs_button):
            flow.addWidget(button)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(margins)


def _read(database: Database, code: str, today: date) -> _Seen:
    pickup = pickup_in_names(database, planning.pickup(database, code, today))
    unasked = drive_times.about_pickup(database, pickup) if pickup.state is PickupState.PLANNED else None
    waiting, out = planning.holds_to_plan(database, today), sheet_told.minutes_out(database, code, today)
    old_sheet = printed_sheets.out_of_date(database, pickup, today)
    return _Seen(pickup, drivers.list_drivers(database), waiting, unasked, out, old_sheet)
