"""A whole day planned in the window: looked at, ticked run by run, and made in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.bootstrap import Database
from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import DayPlan
from coordinator.domain.pickups.day.words import words_of
from coordinator.domain.pickups.plans import usual_day
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from coordinator.services.pickups.day_nearby import free_milk
from ui.desk import Desk
from ui.errors import explain
from ui.pickups.day_bar import DayBar
from ui.pickups.day_body import DayBody, Planned
from ui.pickups.day_hand import DayHand
from ui.pickups.day_parts import RunPart
from ui.pickups.day_plan_words import summary_words, who_words
from ui.pickups.day_time import DayTimeDialog
from ui.pickups.pickup_words import day_words
from ui.tasks import Job
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.rows import text_label

_SIZE = "pickups/day_size"


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
        self.hand = DayHand(self)
        self.body = DayBody(desk, self.hand, self._leave)
        self.strip = self.body.strip
        self.time_dialog: DayTimeDialog | None = None
        self._aside: Planned | None = None
        self.setWindowTitle(self.tr("Plan the day"))
        self.top = DayBar(desk.today)
        self.on, self.again, self.stop = self.top.on, self.top.again, self.top.stop
        self.undo, self.redo = self.top.undo, self.top.redo
        self.state, self.bar = self.top.state, self.top.bar
        self.on.set_value(on or usual_day(desk.today()))
        self.problem = text_label("", "problem")
        self.make = QPushButton(self.tr("Make these runs"))
        self.close_button = QPushButton(self.tr("Close"))
        self.map_button = QPushButton(self.tr("Map"))
        self._lay_out()
        self._connect()
        self.plan()

    @property
    def runs(self) -> list[RunPart]:
        """The runs as they are shown, in the order of the plan."""
        return self.body.runs

    def plan(self) -> None:
        """Plan the day in the field; of the same day what is locked stays, and little of the rest moves."""
        on = self.on.value
        self._end()
        before = self.hand.plan if self.hand.is_there and self.hand.plan.on == on else None
        self._put_aside(keeps=before is not None)
        if on is None or on < self._desk.today():
            self.top.say(
                self.tr("Say on which day.") if on is None else self.tr("This day has passed."), "ask"
            )
            return
        database, today = self._desk.database, self._desk.today()

        def work(report: Callable[[int, int], None]) -> Planned:
            return _planned(database, on, today, before, partial(report, 0, 0))

        words = self.tr("Working out who drives which milk on {day}…").format(day=day_words(on))
        self.top.say(words, is_working=True)
        self._job = self._desk.planner.run_long(
            work, self._show, self._fail, what=self.tr("Planning the day"), cancelled=self._stopped
        )
        if self._found is not None:  # it was done at once
            self._job = None

    def _look_for_place(self, hold: str) -> None:
        """Look beside the window where milk fits best; meanwhile the plan is seen and not changed."""
        if self._found is None:
            return
        day = self.hand.day
        self._aside, self._found = self._found, None
        self.body.setEnabled(False)
        self.make.setEnabled(False)
        self.problem.hide()
        self.top.show_ways(can_undo=False, can_redo=False)
        self.top.say(self.tr("Looking where {hold} fits best…").format(hold=hold), is_working=True)

        def work(report: Callable[[int, int], None]) -> DayPlan:
            return editing.put_back(day.question, day.plan, hold, partial(report, 0, 0))

        self._job = self._desk.planner.run_long(
            work,
            partial(self._take_place, hold),
            self._fail,
            what=self.tr("Looking for a place"),
            cancelled=self._stopped,
        )
        if self._found is not None:  # it was done at once
            self._job = None

    def _take_place(self, hold: str, plan: DayPlan) -> None:
        self._job, self._found = None, self._aside
        self.hand.take(hold, plan)

    def make_runs(self) -> None:
        """Make pickups of the runs that are ticked; the dialog stays if that does not work."""
        written = [note for part in self.runs for note in part.notes if note.line.hasFocus()]
        for note in written:  # Ctrl+Return does not leave the line
            note.leave()
        drivers = self.body.ticked_drivers()
        if self._found is None or not drivers or not self.make.isEnabled():
            return
        in_the_way = next((one for one in self.runs if one.tick.isChecked() and one.run.in_the_way), None)
        if in_the_way is not None:
            words = self.tr("{name}: write why for each rule that is broken, change the run, or untick it.")
            self._refused(words.format(name=in_the_way.run.driver_name))
            in_the_way.ask_why()
            return
        self.make.setEnabled(False)
        self.problem.hide()
        work = partial(
            days.accept_day, self._desk.database, self.hand.plan, self._desk.today(), drivers=drivers
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
        if self.hand.is_there:
            self.hand.go_on(found.day)
        else:
            self.hand.begin(found.day)
        plan = self.hand.plan
        self._show_plan(found)
        self.top.say(summary_words(plan), "" if plan.runs else "ask")
        QTimer.singleShot(0, self, self._begin)

    def _show_plan(self, found: Planned) -> None:
        self.body.setEnabled(True)
        self.body.show_plan(found)
        self.problem.hide()
        self.top.show_ways(can_undo=self.hand.can_undo, can_redo=self.hand.can_redo)
        self._count()

    def _changed(self, said: str) -> None:
        """Follow a change by hand; the keyboard stays at the stop that it was about."""
        if self._found is None:
            return
        self._show_plan(self._found)
        self._say_change(said)
        QTimer.singleShot(0, self, self._follow)

    def _say_change(self, said: str) -> None:
        """Say what was done, and which rules it broke: those may stand further down than is seen."""
        found, now = self._found, self.hand.now_broken
        if found is None or not now:
            self.top.say(said)
            return
        rules = " ".join(str(words_of(one, found.wording)) for one in now)
        self.top.say(self.tr("{said} Now: {rules}").format(said=said, rules=rules), "problem")

    def _follow(self) -> None:
        if self.hand.focus is not None:
            self.body.go_to(*self.hand.focus)

    def _go_back(self) -> None:
        if self._found is not None:
            self.hand.undo()

    def _go_forth(self) -> None:
        if self._found is not None:
            self.hand.redo()

    def _ask_time(self, run: int, stop: int) -> None:
        """Ask for the time of a stop, or with -1 for when the run leaves home."""
        one = self.runs[run].run
        words, minute = self.tr("{name} leaves home at:").format(name=one.driver_name), one.starts_at
        if stop >= 0:
            words = self.tr("Come to {who} not before:").format(who=who_words(one.stops[stop]))
            minute = one.stops[stop].arrive
        dialog = DayTimeDialog(words, minute, self)
        dialog.told.connect(partial(self.hand.set_time, run, stop))
        dialog.finished.connect(dialog.deleteLater)
        self.time_dialog = dialog
        dialog.open()

    def _begin(self) -> None:
        """Put the keyboard on the first thing to decide, unless she types."""
        if self.on.is_typing:
            return
        first = self.runs[0].tick if self.runs else self.again
        first.setFocus()

    def _count(self) -> None:
        """Say on the button how many runs it makes."""
        count = len(self.body.ticked_drivers())
        self.make.setEnabled(count > 0)
        words = self.tr("Make this run") if count == 1 else self.tr("Make these {count} runs")
        self.make.setText(words.format(count=count) if count else self.tr("Make these runs"))
        self.make.setAccessibleName(self.make.text())

    def _stop(self) -> None:
        self._end()
        words = self.tr("Stopped: nothing is planned. Plan again whenever you like.")
        if self._take_up():
            words = self.tr("Stopped: the plan is as it was. Plan again whenever you like.")
        self.top.say(words)
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
        self._take_up()
        self.top.say(explain(error), "problem")

    def _put_aside(self, *, keeps: bool) -> None:
        """Show no plan; the one in her hand is there still where it is only planned again."""
        if not keeps:
            self.hand.clear()
        self._aside, self._found = (self._found or self._aside) if keeps else None, None
        self.body.setEnabled(True)
        self.body.hide_plan(keeps_ticks=keeps)
        self.top.show_ways(can_undo=False, can_redo=False)
        self.problem.hide()
        self._count()

    def _take_up(self) -> bool:
        """Show the plan again that was put aside; say whether there is one."""
        if self._aside is None:
            return False
        self._found = self._aside
        self._show_plan(self._found)
        return True

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
        self.undo.clicked.connect(self._go_back)
        self.redo.clicked.connect(self._go_forth)
        self.hand.changed.connect(self._changed)
        self.hand.refused.connect(self._refused)
        self.hand.time_wanted.connect(self._ask_time)
        self.hand.place_wanted.connect(self._look_for_place)
        self.stop.clicked.connect(self._stop)
        self.body.ticked.connect(self._count)
        self.map_button.toggled.connect(lambda shown: self.body.show_map(is_shown=shown))
        self.make.clicked.connect(self.make_runs)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._keep_size)
        # No shortcuts of the buttons themselves: those go with every new text.
        for keys, slot in (
            ("F5", self.plan),
            ("Ctrl+M", self.map_button.toggle),
            ("Ctrl+Return", self.make_runs),
            ("Ctrl+Enter", self.make_runs),
            ("Ctrl+Z", self._go_back),
            ("Ctrl+Y", self._go_forth),
            ("Ctrl+Shift+Z", self._go_forth),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _lay_out(self) -> None:
        set_role(self.make, "main")
        self.map_button.setCheckable(True)
        self.map_button.setChecked(self.body.has_map)
        self.map_button.setToolTip(self.tr("The runs on the map (Ctrl+M)"))
        for button in (self.map_button, self.make, self.close_button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        buttons = QHBoxLayout()
        buttons.addWidget(self.map_button)
        buttons.addWidget(self.problem, stretch=1)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.top)
        layout.addWidget(self.body, stretch=1)
        layout.addLayout(buttons)
        self.resize(self._first_size())

    def _first_size(self) -> QSize:
        """Return the size it had, or what the text asks for; never more than the screen."""
        room, metrics = self.screen().availableGeometry().size(), self.fontMetrics()
        kept = None if self._desk.settings is None else self._desk.settings.value(_SIZE)
        wanted = QSize(metrics.averageCharWidth() * 130, metrics.height() * 36)
        size = kept if isinstance(kept, QSize) else wanted
        return size.boundedTo(QSize(room.width() - 40, room.height() - 60))


def _planned(
    database: Database, on: date, today: date, before: DayPlan | None, watch: Callable[[], None]
) -> Planned:
    day = days.open_day(database, on, today, before=before, watch=watch)
    holds = {hold.code: hold for hold in planning.holds_to_plan(database, today)}
    free = free_milk(database, day.question, today)
    return Planned(day, days.wording_in_names(database), holds, free)
