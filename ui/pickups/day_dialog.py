"""A whole day planned in the window: looked at, ticked run by run, and made in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.day.answer import DayPlan
from coordinator.domain.pickups.day.words import Wording
from coordinator.domain.pickups.plans import usual_day
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from ui.desk import Desk
from ui.errors import explain
from ui.pickups.day_parts import RunPart, fetched_row, not_planned_row
from ui.pickups.day_strip import DayStrip
from ui.pickups.pickup_words import day_words
from ui.tasks import Job
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.fields.value_fields import DateField
from ui.widgets.label import Label
from ui.widgets.rows import Rows, text_label
from ui.widgets.scrolling import scrolling

_SIZE = "pickups/day_size"


class Planned(NamedTuple):
    """A planned day with what its words need."""

    plan: DayPlan
    wording: Wording
    holds: Mapping[str, Hold]


class DayDialog(QDialog):
    """Plans a day beside the window, with Cancel; nothing is written before "Make these runs".

    ``made(codes)`` says which pickups came of it; the dialog closes then and never before. Ctrl+Return makes
    the runs that are ticked, F5 plans again.
    """

    made = Signal(object)

    def __init__(self, desk: Desk, on: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._found: Planned | None = None
        self._fetched: tuple[str, ...] = ()
        self.runs: list[RunPart] = []
        self.setWindowTitle(self.tr("Plan the day"))
        self.on = DateField(desk.today)
        self.on.set_value(on or usual_day(desk.today()))
        self.on.setAccessibleName(self.tr("Day"))
        self.again = QPushButton(self.tr("Plan again"))
        self.state = text_label("", "quiet")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("The day is being planned"))
        self.stop = QPushButton(self.tr("Stop"))
        self.strip = DayStrip()
        self.run_rows, self.left_rows = Rows(""), Rows("")
        self.left_title = Label(self.tr("Not planned"))
        self.problem = text_label("", "problem")
        self.make = QPushButton(self.tr("Make these runs"))
        self.close_button = QPushButton(self.tr("Close"))
        self._area = self._lay_out()
        self._connect()
        self.plan()

    def plan(self) -> None:
        """Plan the day that stands in the field; what was planned before goes."""
        on = self.on.value
        self._end()
        self._show_nothing()
        if on is None or on < self._desk.today():
            self._say(self.tr("Say on which day.") if on is None else self.tr("This day has passed."), "ask")
            return
        database, today, fetched = self._desk.database, self._desk.today(), self._fetched

        def work(report: Callable[[int, int], None]) -> Planned:
            return _planned(database, on, today, fetched, partial(report, 0, 0))

        words = self.tr("Working out who drives which milk on {day}…").format(day=day_words(on))
        self._say(words, is_working=True)
        self._job = self._desk.planner.run_long(
            work, self._show, self._fail, what=self.tr("Planning the day"), cancelled=self._stopped
        )
        if self._found is not None:  # it was done at once
            self._job = None

    def _let_fetch(self, hold: str) -> None:
        """Plan again without *hold*, which its family fetches."""
        self._fetched = (*self._fetched, hold)
        self.plan()

    def _plan_after_all(self, hold: str) -> None:
        self._fetched = tuple(code for code in self._fetched if code != hold)
        self.plan()

    def make_runs(self) -> None:
        """Make pickups of the runs that are ticked; the dialog stays if that does not work."""
        drivers = self._ticked()
        if self._found is None or not drivers or not self.make.isEnabled():
            return
        self.make.setEnabled(False)
        self.problem.hide()
        work = partial(
            days.accept_day, self._desk.database, self._found.plan, self._desk.today(), drivers=drivers
        )
        self._desk.write(work, self._made, failed=self._refused)

    def _made(self, codes: tuple[str, ...]) -> None:
        self.accept()
        self.made.emit(codes)

    def _refused(self, sentence: str) -> None:
        self._count()
        self.problem.setText(sentence)
        self.problem.show()

    def _show(self, found: Planned) -> None:
        self._job, self._found = None, found
        plan = found.plan
        self.strip.show_runs(plan.runs)
        self.runs = [RunPart(run, found.wording, self._desk.display, plan.parts) for run in plan.runs]
        for number, part in enumerate(self.runs):
            part.ticked.connect(self._count)
            part.fetch_wanted.connect(self._let_fetch)
            part.entered.connect(partial(self._come_to, number))
        self.run_rows.set_rows(self.runs)
        self.run_rows.setVisible(bool(self.runs))
        rests = {one.hold for one in plan.parts}
        left = [
            not_planned_row(
                one,
                found.holds.get(one.hold),
                found.wording,
                self._desk,
                self._leave,
                is_rest=one.hold in rests,
            )
            for one in plan.not_planned
        ]
        left += [
            fetched_row(code, found.holds[code], self._plan_after_all, self._desk, self._leave)
            for code in self._fetched
            if code in found.holds
        ]
        self.left_rows.set_rows(left)
        for widget in (self.left_title, self.left_rows):
            widget.setVisible(bool(left))
        self._say(self._summary(plan), "" if plan.runs else "ask")
        self._count()
        QTimer.singleShot(0, self, self._begin)

    def _summary(self, plan: DayPlan) -> str:
        day = day_words(plan.on, "dddd, MMM d")
        if not plan.runs and not plan.not_planned and not self._fetched:
            return self.tr(
                "No agreed milk waits for a pickup. Hold milk on the Match page, note both yeses, then plan "
                "the day."
            )
        if not plan.runs:
            return self.tr("No run is planned for {day}. Below is why, and what can be done.").format(day=day)
        words = self.tr("{day}: runs {runs}, holds on them {holds}, not planned {left}. Nothing is made yet.")
        holds = sum(len(run.added) for run in plan.runs)
        said = words.format(day=day, runs=len(plan.runs), holds=holds, left=len(plan.not_planned))
        if plan.is_plain:
            plain = self.tr(
                "The solver is not on this computer: these runs are valid, maybe not the shortest."
            )
            said = f"{said} {plain}"
        return said

    def _begin(self) -> None:
        """Put the keyboard on the first thing to decide, unless she types."""
        if self.on.is_typing:
            return
        first = self.runs[0].tick if self.runs else self.again
        first.setFocus()

    def _come_to(self, number: int) -> None:
        self.strip.choose(number)
        self._area.ensureWidgetVisible(self.runs[number])

    def _go_to(self, number: int) -> None:
        self.runs[number].tick.setFocus()
        self._come_to(number)

    def _ticked(self) -> tuple[str, ...]:
        return tuple(part.run.driver for part in self.runs if part.tick.isChecked())

    def _count(self) -> None:
        """Say on the button how many runs it makes."""
        count = len(self._ticked())
        self.make.setEnabled(count > 0)
        words = self.tr("Make this run") if count == 1 else self.tr("Make these {count} runs")
        self.make.setText(words.format(count=count) if count else self.tr("Make these runs"))
        self.make.setAccessibleName(self.make.text())

    def _stop(self) -> None:
        self._end()
        self._say(self.tr("Stopped: nothing is planned. Plan again whenever you like."))
        self.again.setFocus()

    def _stopped(self) -> None:
        """Follow a stop in the status line; one of here has said so already."""
        if self._job is not None and self._job.is_cancelled:
            self._stop()

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._say(explain(error), "problem")

    def _show_nothing(self) -> None:
        self._found, self.runs = None, []
        self.strip.show_runs(())
        for widget in (self.run_rows, self.left_title, self.left_rows, self.problem):
            widget.hide()
        self._count()

    def _say(self, words: str, role: str = "quiet", *, is_working: bool = False) -> None:
        self.state.setText(words)
        change_role(self.state, role)
        for widget in (self.bar, self.stop):
            widget.setVisible(is_working)

    def _leave(self, go: Callable[[], None]) -> None:
        """Close, then go where a button of a row leads."""
        self.reject()
        go()

    def _on_day(self, day: object) -> None:
        self.on.set_value(day)
        self.plan()

    def _keep_size(self) -> None:
        self._end()
        if self._desk.settings is not None:
            self._desk.settings.setValue(_SIZE, self.size())

    def _connect(self) -> None:
        self.on.edited.connect(self._on_day)
        self.again.clicked.connect(self.plan)
        self.stop.clicked.connect(self._stop)
        self.strip.run_wanted.connect(self._go_to)
        self.make.clicked.connect(self.make_runs)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._keep_size)
        # No shortcuts of the buttons themselves: those go with every new text.
        for keys, slot in (
            ("F5", self.plan),
            ("Ctrl+Return", self.make_runs),
            ("Ctrl+Enter", self.make_runs),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _lay_out(self) -> QScrollArea:
        set_role(self.make, "main")
        for button in (self.again, self.stop, self.make, self.close_button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        set_role(self.left_title, "strong")
        label = Label(self.tr("Day"))
        label.setBuddy(self.on)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        label.setMinimumHeight(self.again.sizeHint().height())
        before: tuple[QWidget, ...] = (label, self.on, self.again)
        after: tuple[QWidget, ...] = (self.bar, self.stop)
        for widget in before:
            top.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.state, stretch=1)
        for widget in after:
            top.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, SPACE, 0)
        inside.setSpacing(SPACE_LARGE)
        parts: tuple[QWidget, ...] = (self.strip, self.run_rows, self.left_title, self.left_rows)
        for widget in parts:
            inside.addWidget(widget)
        inside.addStretch()
        area = scrolling(body, wraps=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.problem, stretch=1)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(area, stretch=1)
        layout.addLayout(buttons)
        self.resize(self._first_size())
        return area

    def _first_size(self) -> QSize:
        """Return the size it had, or what the text asks for; never more than the screen."""
        room, metrics = self.screen().availableGeometry().size(), self.fontMetrics()
        kept = None if self._desk.settings is None else self._desk.settings.value(_SIZE)
        wanted = QSize(metrics.averageCharWidth() * 130, metrics.height() * 36)
        size = kept if isinstance(kept, QSize) else wanted
        return size.boundedTo(QSize(room.width() - 40, room.height() - 60))


def _planned(
    database: Database, on: date, today: date, fetched: tuple[str, ...], watch: Callable[[], None]
) -> Planned:
    plan = days.plan_day(database, on, today, collects=fetched, watch=watch)
    holds = {hold.code: hold for hold in planning.holds_to_plan(database, today)}
    return Planned(plan, days.wording_of(database), holds)
