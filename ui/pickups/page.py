"""The pickups page: a week of hand-overs and runs, and one of them in detail."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.paper.sheet_numbers import SheetNumber, read_sheet_number
from coordinator.domain.pickups.plans import Pickup, PickupSummary
from coordinator.services.pickups import planning
from ui.desk import Desk
from ui.pickups.columns import pickup_columns, pickup_filters, searched_too
from ui.pickups.detail import PickupDetail
from ui.pickups.pickup_words import day_words
from ui.pickups.steps import PickupSteps
from ui.pickups.week_strip import WeekStrip, monday_of
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel


class PickupsPage(QWidget):
    """The week on top, its pickups below and, beside them, the chosen one.

    Ctrl+N plans, Ctrl+D plans a whole day, Ctrl+Shift+D that and the next, Ctrl+Shift+N adds a hand-over
    that was not planned, Ctrl+Shift+M shows the notes from the sheets, Ctrl+P prints, Ctrl+Shift+P prints the
    day chosen or the week, Ctrl+Enter settles as planned, Alt+Left and Alt+Right change the week.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._summaries: list[PickupSummary] = []
        self.week = WeekStrip(desk.today)
        self.model: RowTableModel[PickupSummary] = RowTableModel(
            pickup_columns(desk.display, desk.today), lambda p: p.code, searched_too
        )
        self.list = ListPane(
            self.model,
            "pickups",
            title=self.tr("Pickups"),
            main_action=self.tr("Plan a pickup"),
            filters=pickup_filters(desk.today),
            settings=desk.settings,
        )
        self.list.begin_at_first()
        self.unplanned_button = QPushButton(self.tr("Not planned…"))
        about = self.tr("Add a hand-over that was not planned (Ctrl+Shift+N)")
        self.unplanned_button.setToolTip(about)
        self.unplanned_button.setAccessibleName(about)
        self.list.put_button(self.unplanned_button)
        self.notes_button = QPushButton(self.tr("Notes…"))
        words = self.tr("Notes from the sheets that nobody has dealt with (Ctrl+Shift+M)")
        self.notes_button.setToolTip(words)
        self.notes_button.setAccessibleName(words)
        self.list.put_button(self.notes_button)
        self.detail = PickupDetail(desk)
        self.split = DetailSplit(self.list, self.detail, "pickups", desk.settings, self)
        self.steps = PickupSteps(desk, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.week)
        layout.addWidget(self.split, stretch=1)
        self._show_days()
        self._connect()

    def refresh(self) -> None:
        """Read the week and the chosen pickup again."""
        database, today, monday = self._desk.database, self._desk.today(), self.week.monday
        last = monday + timedelta(days=6)

        def show(found: list[PickupSummary]) -> None:
            if self.week.monday == monday:
                self._show_week(found)

        self._desk.read(lambda: planning.pickups_between(database, monday, last, today), show)
        self.detail.refresh()

    def show_family(self, code: str) -> None:
        """Show the pickup ``P-…``, plan the hold ``H-…``; any other code only shows the page.

        The number of a printed sheet, ``P-…-1``, opens its write-up, ``notes`` the notes from the sheets; a
        day, ``2026-11-28``, its plan, with ``/`` behind it that of two.
        """
        if code == "notes":
            self._show_notes()
            return
        if (sheet := read_sheet_number(code)) is not None and sheet.printing is not None:
            self._write_up(sheet)
            return
        day, both, _ = code.partition("/")
        if (on := _day_of(day)) is not None:
            self.week.go_to(on)
            (self.steps.plan_weekend if both else self.steps.plan_day)(on)
            return
        match letter_of(code):
            case CodeLetter.PICKUP:
                self._go_to_pickup(code)
            case CodeLetter.HOLD:
                self.steps.plan([code])

    def print_sheet(self) -> None:
        """Show the sheet of the chosen pickup."""
        if self._chosen:
            self.steps.print_sheet(self._chosen)

    def settle_as_planned(self) -> None:
        """Write down that the chosen pickup went as planned."""
        if self._chosen:
            self.steps.settle_as_planned(self._chosen)

    def settle_differently(self) -> None:
        """Ask what was different with the chosen pickup."""
        if self._chosen:
            self.steps.settle_differently(self._chosen)

    @property
    def _chosen(self) -> str:
        """The pickup that is open or was chosen; not the one the list only begins with."""
        table = self.list.table
        return self._code or (str(table.chosen_key or "") if table.was_chosen else "")

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self._on_units_changed)
        self.week.list_wanted.connect(self._go_to_list)
        self.week.week_wanted.connect(lambda _: self.refresh())
        self.week.chosen.connect(self._show_days)
        self.unplanned_button.clicked.connect(self.steps.add_unplanned)
        self.notes_button.clicked.connect(self._show_notes)
        self.week.plan_wanted.connect(self._plan_day)
        self.week.print_wanted.connect(self._print_days)
        self.list.table.row_chosen.connect(lambda code: self._open(str(code)))
        self.list.table.row_opened.connect(self._enter)
        self.list.main_action_wanted.connect(self._plan)
        self.list.fill_wanted.connect(self._plan)
        self.list.other_fill_wanted.connect(self._plan_day)
        self.list.search.searched.connect(self._on_searched)
        self.list.search.entered.connect(self._on_entered)
        self.detail.closed.connect(self._close)
        self.detail.print_wanted.connect(self.print_sheet)
        self.detail.settle_wanted.connect(self.settle_as_planned)
        self.detail.differs_wanted.connect(self.settle_differently)
        self.steps.planned.connect(self._go_to_pickup)
        self.steps.refused.connect(self._refuse)
        for keys, slot in (
            ("Ctrl+N", self._plan),
            ("Ctrl+Shift+N", self.steps.add_unplanned),
            ("Ctrl+Shift+M", self._show_notes),
            ("Ctrl+D", self._plan_day),
            ("Ctrl+Shift+D", self._plan_weekend),
            ("Ctrl+P", self.print_sheet),
            ("Ctrl+Shift+P", self._print_days),
            ("Ctrl+Return", self.settle_as_planned),
            ("Ctrl+Enter", self.settle_as_planned),
            ("Alt+Left", lambda: self.week.go_by_weeks(-1)),
            ("Alt+Right", lambda: self.week.go_by_weeks(1)),
        ):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _show_week(self, found: list[PickupSummary]) -> None:
        self._summaries = found
        self.week.show_counts(pickup.on for pickup in found)
        self._show_days()

    def _show_days(self) -> None:
        """Show the pickups of the day chosen, or of the whole week."""
        day, monday = self.week.day, self.week.monday
        last = monday + timedelta(days=6)
        shown = [p for p in self._summaries if (p.on == day if day else monday <= p.on <= last)]
        self.list.set_empty(self._nothing(day), self.tr("Plan a pickup"), self.tr("Plan the day…"))
        self.list.set_rows(shown)

    def _nothing(self, day: date | None) -> str:
        if day is not None:
            words = self.tr(
                "Nothing planned on {day}. Hold milk on the Match page, note both yeses, then plan it here, "
                "or the whole day at once."
            )
            return words.format(day=day_words(day))
        return self.tr(
            "Nothing planned this week. Hold milk on the Match page, note both yeses, then plan it here, "
            "or a whole day at once."
        )

    def _plan(self) -> None:
        self.steps.plan(on=self._day_to_plan)

    def _show_notes(self) -> None:
        self.steps.show_notes(self._go_to_pickup)

    def _plan_day(self) -> None:
        self.steps.plan_day(self._day_to_plan)

    def _plan_weekend(self) -> None:
        self.steps.plan_weekend(self._day_to_plan)

    def _print_days(self) -> None:
        """Show the papers of the day chosen, or the schedule of the week."""
        if self.week.day is None:
            self.steps.print_week(self.week.monday)
        else:
            self.steps.print_day(self.week.day)

    @property
    def _day_to_plan(self) -> date | None:
        day = self.week.day
        return day if day is not None and day >= self._desk.today() else None

    def _on_searched(self, text: str) -> None:
        """Go to the pickup whose sheet number was typed, whatever its week."""
        found = read_sheet_number(text)
        if found is not None:
            self._go_to_pickup(found.pickup_code)

    def _on_entered(self) -> None:
        """Open the write-up of the printed sheet whose number was typed or scanned."""
        found = read_sheet_number(self.list.search.text())
        if found is not None and found.printing is not None:
            self.list.search.clear()
            self._write_up(found)

    def _write_up(self, sheet: SheetNumber) -> None:
        self._go_to_pickup(sheet.pickup_code)
        self.steps.write_up(sheet)

    def _go_to_pickup(self, code: str) -> None:
        database, today = self._desk.database, self._desk.today()

        def show(pickup: Pickup) -> None:
            if self.week.day not in (None, pickup.on) or self.week.monday != monday_of(pickup.on):
                self.week.go_to(pickup.on, whole_week=True)
            self._open(pickup.code)
            if self.isVisible():
                self.detail.setFocus()
            self._desk.read(lambda: code, self._choose)  # after the week was read

        self._desk.read(lambda: planning.pickup(database, code, today), show)

    def _open(self, code: str) -> None:
        self._code = code
        self.detail.show_pickup(code)
        self.split.open_detail()

    def _go_to_list(self) -> None:
        self.list.table.setFocus()
        if self.list.table.chosen_key is None and self.model.rowCount():
            self.list.table.choose(self.model.key_at(0))

    def _choose(self, code: str) -> None:
        self.list.table.choose(code)

    def _enter(self, code: object) -> None:
        self._open(str(code))
        self.detail.setFocus()

    def _close(self) -> None:
        self._code = ""
        self.split.close_detail()

    def _refuse(self, sentence: str) -> None:
        """Say it where she looks: in the details if they are open, else in the notice line."""
        if self.split.is_open:
            self.detail.say(sentence, "problem")
        else:
            self._desk.complained.emit(sentence)

    def _on_units_changed(self) -> None:
        self.model.refresh_texts()
        self.detail.refresh()

    # Overrides of Qt.

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the page begin with its week; no focus proxy, which Tab would take for the page itself."""
        super().focusInEvent(event)
        self.week.chosen_button.setFocus(event.reason())


def _day_of(code: str) -> date | None:
    """Return the day that is written as ``2026-11-28``."""
    try:
        return date.fromisoformat(code)
    except ValueError:
        return None
