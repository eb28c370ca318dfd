"""A round of calls, from "I have 40 minutes" to what it opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import CallOutcome
from coordinator.domain.worklist.made_calls import MadeCall
from coordinator.domain.worklist.openings import Opened
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.domain.worklist.ready import Ready, more_ready
from coordinator.domain.worklist.rounds import LineState, Round, RoundLine
from coordinator.sayings import Saying
from coordinator.services import rounds
from coordinator.services.records import history
from coordinator.services.screening import facts
from ui import undoing
from ui.calls.outcomes import Outcomes
from ui.calls.round_card import RoundCard
from ui.calls.round_end import RoundEnd
from ui.calls.round_start import RoundStart
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class RoundDialog(QDialog):
    """Goes on with the round that is open; else it begins with the minutes there are.

    Nothing has to be saved: what came of each call is noted at once, and closing is stopping.
    """

    def __init__(self, desk: Desk, minutes: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._minutes = minutes
        self._round: Round | None = None
        self._at = 0
        self._before: Ready | None = None
        self._opens: Mapping[int, Opened] = {}
        self.setWindowTitle(self.tr("A round of calls"))
        self.start = RoundStart(desk, minutes)
        self.start.start_wanted.connect(self._start)
        self.progress = text_label("", "strong")
        self.card = RoundCard(desk)
        self.card.take_back_wanted.connect(self._take_back)
        self.card.answers.wants_eyes.connect(self._look_at)
        self.outcomes = Outcomes(desk)
        self.outcomes.chosen.connect(self._note)
        self.problem = text_label("", "problem")
        self.said = text_label("", "done")
        self.end = RoundEnd(desk)
        self.end.back_wanted.connect(self._go_back)
        self.end.another_wanted.connect(self._begin_another)
        self._lay_out()
        desk.changed.connect(self._refresh)
        desk.read(partial(rounds.ready_now, desk.database, desk.today()), self._keep_before)
        desk.read(partial(rounds.round_now, desk.database, desk.today()), self._begin)

    @property
    def line(self) -> RoundLine | None:
        """The household in front."""
        return self._round.lines[self._at] if self._round is not None and self._round.lines else None

    def _keep_before(self, ready: Ready) -> None:
        self._before = ready

    def _begin(self, found: Round | None) -> None:
        if found is not None and found.to_ring(self._desk.today()):
            self._go_on(found)
        elif self._minutes:
            self._start(self._minutes)
        else:
            self._begin_another()

    def _begin_another(self) -> None:
        self.pages.setCurrentWidget(self.start)
        self._foot.hide()
        self.start.begin()

    def _start(self, minutes: int) -> None:
        work = partial(rounds.start_round, self._desk.database, minutes, self._now(), self._desk.kept)
        self._desk.write(work, self._go_on, failed=self._refuse_start)

    def _refuse_start(self, reason: str) -> None:
        self._begin_another()
        self.start.refuse(reason)

    def _go_on(self, found: Round) -> None:
        self._round, self._at = found, -1
        self._foot.show()
        self._go_to_next()
        self._read_opens()

    def _read_opens(self) -> None:
        """Ask what the calls open that are still to be made; what was known stays until it is there."""
        if self._round is not None:
            work = partial(
                rounds.opened_by_round, self._desk.database, self._round, self._desk.today(), self._desk.kept
            )
            self._desk.planner.run(work, self._show_opens, self._desk.complain)

    def _show_opens(self, planned: PlannedCalls) -> None:
        self._opens = planned.opens
        if self._round is not None:
            self._round = self._round.with_opens(self._opens)
            if self.line is not None and self.pages.currentWidget() is self._calls:
                self._show_line(is_new=False)

    def _refresh(self) -> None:
        """Read again after a change, here or by another program; the household in front stays."""
        if self._round is not None:
            self._desk.read(
                partial(rounds.round_now, self._desk.database, self._desk.today()), self._show_again
            )

    def _show_again(self, found: Round | None) -> None:
        line = self.line
        if found is None or self._round is None:
            self._begin_another()
            return
        homes = [one.household.id for one in found.lines]
        self._round = found.with_opens(self._opens)
        self._read_opens()
        if line is not None and line.household.id in homes:
            self._at = homes.index(line.household.id)
        self._at = min(self._at, len(found.lines) - 1)
        if self.pages.currentWidget() is self._calls:
            self._show_line(is_new=False)

    def _show_line(self, *, is_new: bool) -> None:
        line, found = self.line, self._round
        if line is None or found is None:
            return
        today = self._desk.today()
        self.pages.setCurrentWidget(self._calls)
        self.progress.setText(
            self.tr("{number} of {count}, about {minutes} minutes left").format(
                number=self._at + 1, count=len(found.lines), minutes=found.minutes_left(today)
            )
        )
        self.back.setEnabled(self._at > 0)
        self.card.show_line(line, self._now())
        self.card.show_opens(line, self._opens)
        self.outcomes.setEnabled(bool(line.code))
        if is_new:
            self._say("")
            self.outcomes.begin()
            self._area.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self.card, self.card.begin)  # new lines show with the next event

    def _look_at(self, line: QWidget) -> None:
        """Scroll to *line*, once it has its new height."""
        QTimer.singleShot(0, line, partial(self._area.ensureWidgetVisible, line, 0, SPACE))

    def _note(self, outcome: CallOutcome, ring_on: date | None) -> None:
        line = self.line
        if line is None or self.pages.currentWidget() is not self._calls or self._holds_back():
            return
        today = self._desk.today()
        work = partial(facts.note_call, self._desk.database, line.code, outcome, today, ring_on)
        made = MadeCall(line.household.id, today, outcome, ring_on)
        self.outcomes.setEnabled(False)
        self._desk.write(work, lambda _: self._noted(made), failed=self._say)

    def _noted(self, made: MadeCall) -> None:
        """Go on at once; what was read of the household is put right by the next reading."""
        found = self._round
        if found is None:
            return
        self._round = replace(
            found,
            lines=tuple(
                _with(line, made) if line.household.id == made.household_id else line for line in found.lines
            ),
        )
        self._go_to_next()

    def _holds_back(self) -> bool:
        """Whether an answer is typed that does not count yet: nothing typed is lost without a word."""
        waiting = self.card.answers.first_open()
        if waiting is not None:
            self._say(
                self.tr("One answer does not count yet. Press Enter in it until it is right, or empty it.")
            )
            waiting.begin()
        return waiting is not None

    def _say(self, reason: str) -> None:
        self.problem.setText(reason)
        self.problem.setVisible(bool(reason))
        self.said.hide()
        self.outcomes.setEnabled(True)

    def _go_to_next(self) -> None:
        """Go to the next household to ring, to one that was left out before if there is none after."""
        found, today = self._round, self._desk.today()
        if found is None:
            return
        to_ring = [at for at, one in enumerate(found.lines) if one.state(today) is LineState.TO_RING]
        following = [at for at in to_ring if at > self._at] or to_ring
        if not following:
            self._show_end(found)
            return
        self._at = following[0]
        self._show_line(is_new=True)

    def _go_back(self) -> None:
        """Go to the household before; from the end to the last one."""
        if self._round is None or self._holds_back():
            return
        is_end = self.pages.currentWidget() is self.end
        self._at = len(self._round.lines) - 1 if is_end else max(self._at - 1, 0)
        self._foot.show()
        self._show_line(is_new=True)

    def _skip(self) -> None:
        if self._round is not None and self.pages.currentWidget() is self._calls and not self._holds_back():
            self._at = min(self._at + 1, len(self._round.lines) - 1)
            self._show_line(is_new=True)

    def _take_back(self) -> None:
        """Undo what was noted of the household in front, and ask it again."""
        if self.line is not None:
            home, today = self.line.household.id, self._desk.today()
            self._reverse(lambda database: rounds.take_back_call(database, home, today))

    def _undo(self) -> None:
        """Undo the last step, as in the window."""
        self._reverse(history.undo)

    def _reverse(self, work: Callable[[Database], Saying]) -> None:
        undone = self.tr("Undone: {what}")
        undoing.reverse(
            self._desk,
            work,
            lambda what: self._tell(undone.format(what=what)),
            lambda said, *_: self._say(said),
            self._say,
        )

    def _tell(self, said: str) -> None:
        self._say("")
        self.said.setText(said)
        self.said.show()

    def _show_end(self, found: Round) -> None:
        self._foot.hide()
        self.pages.setCurrentWidget(self.end)
        self.end.show_round(found)
        work = partial(rounds.ready_now, self._desk.database, self._desk.today())
        self._desk.read(work, self._show_opened)

    def _show_opened(self, ready: Ready) -> None:
        if self._round is not None and self._before is not None:
            self.end.show_opened(self._round, more_ready(self._before, ready))

    def _now(self) -> datetime:
        at = self._desk.database.clock().astimezone().time()
        return datetime.combine(self._desk.today(), at.replace(tzinfo=None))

    def _lay_out(self) -> None:
        self._calls = QWidget()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)  # off the scroll bar
        column.addWidget(self.card)
        self._area = scrolling(inside, wraps=True)
        calls = QVBoxLayout(self._calls)
        calls.setContentsMargins(0, 0, 0, 0)
        calls.setSpacing(SPACE)
        calls.addWidget(self.progress)
        calls.addWidget(self._area, stretch=1)
        self.pages = QStackedWidget()
        for page in (self.start, self._calls, self.end):
            self.pages.addWidget(page)
        self._foot = self._foot_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(self.said)
        layout.addWidget(self.problem)
        layout.addWidget(self._foot)
        self._foot.hide()
        self.problem.hide()
        self.said.hide()
        over = self.parentWidget()
        room = over.size() if over is not None else self.screen().availableSize()
        self.resize(min(860, int(room.width() * 0.9)), int(room.height() * 0.92))

    def _foot_line(self) -> QWidget:
        foot = QWidget()
        self.back = self._button(self.tr("Back"), self._go_back, "Ctrl+PgUp")
        self.skip = self._button(self.tr("Next"), self._skip, "Ctrl+PgDown")
        self.stop = self._button(self.tr("Stop"), self.reject)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._undo)
        across = QHBoxLayout(foot)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        across.addWidget(self.outcomes, stretch=1)
        for button in (self.back, self.skip, self.stop):
            across.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        return foot

    def _button(self, words: str, slot: Callable[[], object], keys: str = "") -> QPushButton:
        button = QPushButton(words, autoDefault=False)
        button.setAccessibleName(words)
        button.clicked.connect(lambda *_: slot())
        if keys:
            sequence = QKeySequence(keys)
            shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
            button.setText(self.tr("{words}  {key}").format(words=words, key=shown))
            QShortcut(sequence, self, slot)
        return button

    # Overrides of Qt.

    def reject(self) -> None:
        """Stop; an answer that does not count yet is spoken of first."""
        if self.pages.currentWidget() is self._calls and self._holds_back():
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the day to ring again first; Enter is no button's."""
        if event.key() == Qt.Key.Key_Escape and self.outcomes.close_day():
            self.card.begin()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)


def _with(line: RoundLine, made: MadeCall) -> RoundLine:
    return replace(line, made=(*line.made, made), made_in_round=(*line.made_in_round, made), call=None)
