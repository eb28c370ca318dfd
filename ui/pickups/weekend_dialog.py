"""Two days planned by one press: what Sunday takes of what Saturday left, made in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.day.answer import DayPlan, DayRun, NotPlanned
from coordinator.domain.pickups.day.words import Wording, why_words, words_of
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.pickups.plans import usual_day
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning, weekend
from ui.desk import Desk
from ui.errors import explain
from ui.pickups.pickup_words import day_words
from ui.tasks import Job
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.fields.typed_dates import show_time
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.label import Label
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling


class PlannedDays(NamedTuple):
    """Planned days with what their words need."""

    plans: tuple[DayPlan, ...]
    wording: Wording
    holds: Mapping[str, Hold]


class WeekendDialog(QDialog):
    """Plans a Saturday and its Sunday beside the window; nothing is written before "Make all runs".

    ``made(codes)`` says which pickups came of it. Ctrl+Enter makes them, F5 plans again.
    """

    made = Signal(object)

    def __init__(self, desk: Desk, first: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.first = first or usual_day(desk.today())
        self.last = self.first + timedelta(days=1)
        self._job: Job | None = None
        self.found: PlannedDays | None = None
        words = self.tr("Plan {first} and {last}")
        self.setWindowTitle(words.format(first=day_words(self.first), last=day_words(self.last)))
        self.state = text_label("", "quiet")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setAccessibleName(self.tr("The days are being planned"))
        self.titles = [Label(day_words(on, "dddd, MMMM d")) for on in (self.first, self.last)]
        self.runs = [Rows(self.tr("No run is planned for this day.")) for _ in self.titles]
        self.left_title = Label(self.tr("Not planned on either day"))
        self.left = Rows("")
        self.problem = text_label("", "problem")
        self.make = QPushButton(self.tr("Make all runs"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self.make.clicked.connect(self.make_runs)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._end)
        for keys, slot in (
            ("F5", self.plan),
            ("Ctrl+Return", self.make_runs),
            ("Ctrl+Enter", self.make_runs),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        keep_whole(self)
        self.plan()

    def plan(self) -> None:
        """Plan both days; what was planned before goes."""
        self._end()
        self.found = None
        self._show_parts(is_shown=False)
        database, today, first, last = self._desk.database, self._desk.today(), self.first, self.last

        def work(report: Callable[[int, int], None]) -> PlannedDays:
            return _planned(database, first, last, today, partial(report, 0, 0))

        self._say(self.tr("Working out who drives which milk on both days…"), is_working=True)
        self._job = self._desk.planner.run_long(
            work, self._show, self._fail, what=self.tr("Planning the weekend"), cancelled=self._stopped
        )

    def make_runs(self) -> None:
        """Make pickups of all runs; the dialog stays if that does not work."""
        if self.found is None or not self.make.isEnabled():
            return
        self.make.setEnabled(False)
        work = partial(weekend.accept_days, self._desk.database, self.found.plans, self._desk.today())
        self._desk.write(work, self._made, failed=self._refused)

    def _made(self, codes: tuple[tuple[str, ...], ...]) -> None:
        self.accept()
        self.made.emit(tuple(code for made in codes for code in made))

    def _refused(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    def _show(self, found: PlannedDays) -> None:
        self._job, self.found = None, found
        for rows, plan in zip(self.runs, found.plans, strict=True):
            rows.set_rows([self._run(run, found.wording) for run in plan.runs])
        later = {hold for plan in found.plans for run in plan.runs for hold in run.added}
        left = [one for one in found.plans[-1].not_planned if one.hold not in later]
        self.left.set_rows([self._left(one, found) for one in left])
        self._show_parts(is_shown=True)
        for widget in (self.left_title, self.left):
            widget.setVisible(bool(left))
        count = sum(len(plan.runs) for plan in found.plans)
        self.make.setEnabled(count > 0)
        words = self.tr("Runs: {runs}. Milk planned: {holds}, not planned: {left}. Nothing is made yet.")
        nothing = self.tr(
            "No agreed milk waits for a pickup. Hold milk on the Match page and note both yeses first."
        )
        is_empty = not count and not left
        said = nothing if is_empty else words.format(runs=count, holds=len(later), left=len(left))
        self._say(said, "" if count else "ask")
        QTimer.singleShot(0, self, (self.make if count else self.close_button).setFocus)

    def _left(self, one: NotPlanned, found: PlannedDays) -> Row:
        hold = found.holds.get(one.hold)
        name = f"{hold.donor_name} → {hold.recipient_name} · {one.hold}" if hold else one.hold
        return Row(name, [str(why_words(one, found.wording))])

    def _run(self, run: DayRun, wording: Wording) -> Row:
        starts, ends = (show_time(clock_time(at)) for at in (run.starts_at, run.ends_at))
        display = self._desk.display
        words = self.tr("{starts} to {ends}, {time} in all, {way} by road, {milk} at most aboard").format(
            starts=starts,
            ends=ends,
            time=format_minutes(run.minutes, exact=True),
            way=display.distance(run.miles, exact=False),
            milk=display.volume(run.most_aboard),
        )
        stops = " → ".join(f"{show_time(clock_time(stop.arrive))} {stop.home.name}" for stop in run.stops)
        row = Row(f"{run.driver_name} · {run.driver}", [words, stops])
        for one in run.broken:
            what = str(words_of(one, wording))
            if one.is_question:
                row.add(text_label(f"? {what}", "ask"))
            else:
                row.add(text_label(self.tr("Look at: {what}").format(what=what), "problem"))
        return row

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._say(explain(error), "problem")

    def _stopped(self) -> None:
        """Follow a stop in the status line."""
        if self._job is not None and self._job.is_cancelled:
            self._end()
            self._say(self.tr("Stopped: nothing is planned. F5 plans again."))

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _say(self, words: str, role: str = "quiet", *, is_working: bool = False) -> None:
        self.state.setText(words)
        change_role(self.state, role)
        self.bar.setVisible(is_working)

    def _show_parts(self, *, is_shown: bool) -> None:
        for widget in (*self.titles, *self.runs, self.left_title, self.left):
            widget.setVisible(is_shown)
        self.problem.hide()
        if not is_shown:
            self.make.setEnabled(False)

    def _lay_out(self) -> None:
        set_role(self.make, "main")
        for button in (self.make, self.close_button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, SPACE, 0)
        inside.setSpacing(SPACE)
        for title, rows in zip(self.titles, self.runs, strict=True):
            set_role(title, "strong")
            inside.addWidget(title)
            inside.addWidget(rows)
        set_role(self.left_title, "strong")
        inside.addWidget(self.left_title)
        inside.addWidget(self.left)
        inside.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(self.problem, stretch=1)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.state)
        layout.addWidget(self.bar)
        layout.addWidget(scrolling(body, wraps=True), stretch=1)
        layout.addLayout(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 120, min(metrics.height() * 34, 480))


def _planned(
    database: Database, first: date, last: date, today: date, watch: Callable[[], None]
) -> PlannedDays:
    plans = weekend.plan_days(database, first, last, today, watch=watch)
    holds = {hold.code: hold for hold in planning.holds_to_plan(database, today)}
    return PlannedDays(plans, days.wording_in_names(database), holds)
