"""The steps that are finished in a dialog or by one key: plan, print, settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.families.drivers import Driver
from coordinator.domain.milk.lots import LotRow
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import SetWanted
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.domain.pickups.plans import Pickup, PickupState
from coordinator.domain.pickups.unplanned import Added
from coordinator.sayings import Saying
from coordinator.services.agreements import thanking
from coordinator.services.families import drivers, recipients
from coordinator.services.milk import lots
from coordinator.services.paper import printed_set, printed_sheets, sheets
from coordinator.services.pickups import planning
from coordinator.services.records.in_names import in_names
from coordinator.services.settings.values import settings
from ui.desk import Desk
from ui.errors import explain
from ui.pickups.day_dialog import DayDialog
from ui.pickups.day_paper import day_paper
from ui.pickups.given_form import Choice
from ui.pickups.notes_dialog import NotesDialog
from ui.pickups.parts_bar import PartsOffered, remembered
from ui.pickups.pickup_words import early_words, is_early, outcome_words, still_asked_words
from ui.pickups.plan_dialog import PlanDialog
from ui.pickups.print_dialog import Paper, PrintDialog
from ui.pickups.ring_form import whom_to_ask_for
from ui.pickups.settle_dialog import SettleDialog
from ui.pickups.unplanned_dialog import UnplannedDialog
from ui.pickups.weekend_dialog import WeekendDialog
from ui.units import Display


@dataclass(frozen=True)
class _Offered:
    holds: list[Hold]
    drivers: list[Driver]


class PickupSteps(QObject):
    """Opens the dialogs over *window*, one at a time (``dialog``).

    ``planned(code)`` after planning; ``refused(sentence)`` when a sheet cannot be printed or a pickup not
    be settled, with what to do about it.
    """

    planned = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.dialog: QDialog | None = None
        self._asked_early = ""

    def plan(self, chosen: Sequence[str] = (), on: date | None = None) -> None:
        """Open the plan dialog with the holds named in *chosen* checked."""
        database, today = self._desk.database, self._desk.today()

        def show(offered: _Offered) -> None:
            waiting = {hold.code for hold in offered.holds}
            gone = [code for code in chosen if code not in waiting]
            if gone:
                words = self.tr("{codes} cannot be planned: it travels already, or is no longer on hold.")
                self._desk.complained.emit(words.format(codes=", ".join(gone)))
                return
            dialog = PlanDialog(
                self._desk, offered.holds, offered.drivers, chosen=chosen, on=on, parent=self._window
            )
            dialog.planned.connect(self._go_on)
            self._open(dialog)

        self._desk.read(lambda: _offered(database, today), show)

    def plan_day(self, on: date | None = None) -> None:
        """Plan a whole day of runs; without *on* the usual day."""
        dialog = DayDialog(self._desk, on, self._window)
        dialog.made.connect(self._say_day)
        self._open(dialog)

    def plan_weekend(self, first: date | None = None) -> None:
        """Plan a day and the one after it; without *first* the usual day and its Sunday."""
        dialog = WeekendDialog(self._desk, first, self._window)
        dialog.made.connect(self._say_day)
        self._open(dialog)

    def _say_day(self, codes: Sequence[str]) -> None:
        words = self.tr(
            "Made {codes}. Nobody is asked by this: ring each volunteer and note the yes. Undo takes it back."
        )
        self._desk.said.emit(words.format(codes=", ".join(codes)))
        self.planned.emit(codes[0])

    def _go_on(self, code: str) -> None:
        """Show the pickup; where everybody has said yes, its sheet at once."""
        database, today = self._desk.database, self._desk.today()

        def show(pickup: Pickup) -> None:
            if not pickup.awaited and not any(hold.pause for hold in pickup.holds):
                self.print_sheet(code)

        self.planned.emit(code)
        self._desk.read(lambda: planning.pickup(database, code, today), show)

    def print_sheet(self, code: str) -> None:
        """Show the papers of a pickup as they would be printed next; looking does not count as printing."""
        database, today = self._desk.database, self._desk.today()

        wanted = remembered(self._desk.settings)

        def look() -> Paper:
            pickup = planning.pickup(database, code, today)
            return Paper(
                sheets.pickup_sheet(database, code, today).sheet_number,
                draw(wanted),
                partial(record, wanted),
                whom_to_ask_for(settings(database)),
                still_asked_words(pickup),
                partial(draw, wanted),
                PartsOffered(code, wanted, draw, record),
                pickup.driver_code,
            )

        def draw(one: SetWanted) -> bytes:
            return printed_set.preview_set(database, code, today, with_cards(one))

        def record(one: SetWanted) -> bytes:
            return printed_set.print_set(database, code, today, with_cards(one))[1]

        def with_cards(one: SetWanted) -> SetWanted:
            if Part.CARDS not in one.parts:
                return one
            pairs = printed_set.pairs_of(database, code)
            return replace(one, cards=thanking.cards_of(database, pairs, today))

        self._desk.runner.run(look, self._show_paper, self._refuse_print, what=self.tr("Drawing the sheet"))

    def print_day(self, on: date) -> None:
        """Show the papers of all pickups of a day; the status line says how far they are, with Cancel."""
        database, today, wanted = self._desk.database, self._desk.today(), remembered(self._desk.settings)

        def look(report: Callable[[int, int], None]) -> Paper:
            return day_paper(database, on, today, wanted, report)

        self._desk.planner.run_long(
            look, self._show_paper, self._refuse_print, what=self.tr("Drawing the papers of the day")
        )

    def print_week(self, monday: date) -> None:
        """Show the schedule of the week."""
        database, today = self._desk.database, self._desk.today()
        title = self.tr("Week of {day}").format(day=monday.isoformat())

        def look() -> Paper | None:
            schedule = sheets.week_schedule(database, monday, today)
            if not schedule.rows:
                return None
            whom = whom_to_ask_for(settings(database))
            return Paper(title, sheets.render_schedule(schedule), ring=whom, redraw=draw)

        def draw() -> bytes:
            return sheets.render_schedule(sheets.week_schedule(database, monday, today))

        def show(paper: Paper | None) -> None:
            if paper is None:
                self._desk.complained.emit(
                    self.tr(
                        "Nothing to print this week: no pickup has everybody's yes. Note the yeses first."
                    )
                )
            else:
                self._show_paper(paper)

        self._desk.read(look, show, what=self.tr("Drawing the week"))

    def settle_as_planned(self, code: str) -> None:
        """Write down that all of a pickup went as planned; before its day that is asked once."""
        database, today = self._desk.database, self._desk.today()

        def look(pickup: Pickup) -> None:
            asked, self._asked_early = self._asked_early, ""
            if is_early(pickup, today) and asked != code:
                self._asked_early = code
                self.refused.emit(early_words(pickup, self.tr("As planned")))
            else:
                self._settle(code)

        self._desk.read(lambda: planning.pickup(database, code, today), look)

    def _settle(self, code: str) -> None:
        database, today = self._desk.database, self._desk.today()

        def work() -> tuple[Pickup, tuple[str, ...]]:
            stays = planning.settle(database, code, None, today)
            return planning.pickup(database, code, today), stays

        self._desk.write(work, lambda found: self._say_settled(*found), failed=self.refused.emit)

    def settle_differently(self, code: str) -> None:
        """Ask what was different; of a settled pickup, what is to be corrected."""
        database, today = self._desk.database, self._desk.today()

        self._desk.read(lambda: planning.pickup(database, code, today), self._open_settling)

    def write_up(self, number: SheetNumber) -> None:
        """Open the write-up of a printed sheet; of a settled pickup its correction.

        A pickup that was cancelled or is still to come says so.
        """
        database, today = self._desk.database, self._desk.today()

        def show(found: FoundSheet) -> None:
            pickup = found.pickup
            if pickup.state is PickupState.CANCELLED:
                self.refused.emit(
                    self.tr("{sheet}: {code} was cancelled, so there is nothing to write up.").format(
                        sheet=number, code=pickup.code
                    )
                )
            else:
                self._open_settling(pickup, found)

        self._desk.read(lambda: printed_sheets.printed_sheet(database, number, today), show)

    def add_unplanned(self) -> None:
        """Ask about a hand-over that no pickup was planned for."""
        database, today, display = self._desk.database, self._desk.today(), self._desk.display

        def read() -> tuple[list[Choice], list[Choice]]:
            return (
                [_lot_choice(one, display) for one in lots.list_lots(database, today)],
                [
                    (one.code, f"{one.name} · {one.code}")
                    for one in recipients.list_recipients(database, today)
                ],
            )

        def show(found: tuple[list[Choice], list[Choice]]) -> None:
            dialog = UnplannedDialog(self._desk, *found, parent=self._window)
            dialog.added.connect(self._say_added)
            self._open(dialog)

        self._desk.read(read, show)

    def show_notes(self, show_pickup: Callable[[str], None]) -> None:
        """Show what sheets say and nobody has dealt with."""
        if self.dialog is None:
            self._open(NotesDialog(self._desk, show_pickup, self._window))

    def _say_added(self, added: Added) -> None:
        self.planned.emit(added.codes[-1])
        words = self.tr("Added {pickups}. What came joined the family’s stock; Undo takes it back.")
        if added.objections:
            words = self.tr(
                "Added {pickups}. What is no fit joined no stock; Today says whom to ring. "
                "Undo takes it back."
            )
        elif added.stays:
            words = self.tr(
                "Added {pickups}. {names} counted after that day: what came is in that count. "
                "Undo takes it back."
            )
        self._desk.said.emit(words.format(pickups=", ".join(added.codes), names=", ".join(added.stays)))

    def _open_settling(self, pickup: Pickup, sheet: FoundSheet | None = None) -> None:
        if self.dialog is not None:
            return
        dialog = SettleDialog(self._desk, pickup, self._window, sheet)
        is_settled = pickup.state is PickupState.SETTLED
        dialog.settled.connect(self._say_corrected if is_settled else self._say_settled)
        self._open(dialog)

    def _show_paper(self, paper: Paper) -> None:
        dialog = PrintDialog(self._desk, paper, self._window)
        dialog.finished_printing.connect(self._desk.said)
        self._open(dialog)

    def _refuse_print(self, error: Exception) -> None:
        if not isinstance(error, sheets.StopNotAgreedError):
            self.refused.emit(explain(error))
            return
        database, said = self._desk.database, error.said

        def tell(named: Sequence[Saying]) -> None:
            words = self.tr("{refused} Note it under Stops when you have it, then print.")
            self.refused.emit(words.format(refused=named[0]))

        self._desk.read(lambda: in_names(database, [said]), tell)

    def _say_settled(self, pickup: Pickup, stays: Sequence[str]) -> None:
        told = outcome_words(pickup, self._desk.display).replace("\n", "; ")
        words = self.tr("Settled {code}. {told}. Undo takes it back.")
        if stays:
            words = self.tr(
                "Settled {code}. {told}. {names} counted after that day: what came is in that count, and is "
                "not added to it. Undo takes it back."
            )
        elif any(one.delivered for one in pickup.deliveries):
            words = self.tr(
                "Settled {code}. {told}. What was delivered joined the family's stock; Undo takes it back."
            )
        self._desk.said.emit(words.format(code=pickup.code, told=told, names=", ".join(stays)))

    def _say_corrected(self, pickup: Pickup, stays: Sequence[str]) -> None:
        told = outcome_words(pickup, self._desk.display).replace("\n", "; ")
        words = self.tr(
            "Corrected {code}. {told}. Lots and the family's stock follow; Undo goes back to what was."
        )
        if stays:
            words = self.tr(
                "Corrected {code}. {told}. Lots follow; {names} counted since, and that stock stays. "
                "Undo goes back to what was."
            )
        self._desk.said.emit(words.format(code=pickup.code, told=told, names=", ".join(stays)))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()


def _lot_choice(one: LotRow, display: Display) -> Choice:
    return one.lot.code, f"{one.donor_name} · {one.lot.code} · {display.volume(one.lot.free)}"


def _offered(database: Database, today: date) -> _Offered:
    return _Offered(planning.holds_to_plan(database, today), drivers.list_drivers(database))
