"""One household of a round: the note to read first, how to reach it, everything open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.holds import Side
from coordinator.domain.families.households import Household
from coordinator.domain.worklist.made_calls import MadeCall
from coordinator.domain.worklist.rounds import LineState, RoundLine, may_ring
from coordinator.services.pickups.planning import record_driver_yes
from ui.asking.buttons import WritingButtons
from ui.calls.answers import Answers
from ui.calls.why_call import WhyCallPane
from ui.cases.case_panel import CasePanel
from ui.desk import Desk
from ui.families.reach_lines import ReachLines
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import left_aligned, text_label


class RoundCard(QWidget):
    """Where there is a note, it stands alone until she says that she has read it.

    ``take_back_wanted`` when she takes back what was noted of this household. ``writing`` asks in a
    message who never answers.
    """

    take_back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: RoundLine | None = None
        self._has_read: set[int] = set()
        self.name = text_label("", "heading")
        self.code = text_label("", "quiet")
        self.why = WhyCallPane(desk)
        self.note = text_label("", "ask")
        self.read_it = QPushButton(self.tr("I have read it"), autoDefault=False)
        self.read_it.setAccessibleName(self.read_it.text())
        self.read_it.clicked.connect(self._open_body)
        self.state = text_label("", "done")
        self.take_back = QPushButton(self.tr("Take it back"), autoDefault=False)
        self.take_back.setAccessibleName(self.take_back.text())
        self.take_back.clicked.connect(self.take_back_wanted.emit)
        self.hours = text_label("", "ask")
        self.message = text_label(self.tr("No answer twice: a message may reach them better."), "ask")
        self.writing = WritingButtons(desk)
        self.reach = ReachLines(desk)
        self.last = text_label("", "quiet")
        self.cases = QWidget()
        self._case_lines = QVBoxLayout(self.cases)
        self._case_lines.setContentsMargins(0, 0, 0, 0)
        self.answers = Answers(desk)
        self.notes = text_label("", "quiet")
        self._lay_out()

    def show_line(self, line: RoundLine, now: datetime) -> None:
        """Show the household of *line*; *now* is the local time."""
        self._line = line
        household = line.household
        self.name.setText(household.name)
        self.code.setText(", ".join(line.codes))
        self._show_note(line)
        self._show_state(line, now)
        self.reach.show_household(household)
        self.writing.code = line.code
        self.last.setText(self._last(line))
        self._show_cases(line)
        self.answers.show_line(line)
        self.notes.setText(self._notes(household))
        self.notes.setVisible(bool(self.notes.text()))

    def show_opens(self, line: RoundLine, calls: Collection[int] = ()) -> None:
        """Say what the call of *line* opens among the *calls* of the round."""
        self.why.show_call(line.household.id, line.opens, calls)
        self.answers.mark(line.opens.topics if line.opens is not None else ())

    def begin(self) -> None:
        """Put the cursor where the work is: the note, the first answer, or the number to copy."""
        if self.read_it.isVisibleTo(self):
            self.read_it.setFocus()
        elif not self.answers.begin():
            self.reach.begin()

    def _show_note(self, line: RoundLine) -> None:
        said = line.household.read_before_ringing
        loss = self.tr("She has lost her baby.") if line.is_bereaved and not said else ""
        self.note.setText(self.tr("Read before you ring: {words}").format(words=said or loss))
        has_note = bool(said or loss)
        self.note.setVisible(has_note)
        is_closed = has_note and line.household.id not in self._has_read
        self._gate.setVisible(is_closed)
        self.body.setVisible(not is_closed)

    def _open_body(self) -> None:
        if self._line is not None:
            self._has_read.add(self._line.household.id)
            self._show_note(self._line)
            QTimer.singleShot(0, self, self.begin)  # what was hidden takes the focus with the next event

    def _show_state(self, line: RoundLine, now: datetime) -> None:
        today = now.date()
        state = line.state(today)
        is_noted = state in {LineState.REACHED, LineState.TRIED, LineState.LATER} and bool(line.made_in_round)
        self.state.setText(self._noted(line.made[-1]) if is_noted else "")
        if state is LineState.NOTHING_LEFT:
            self.state.setText(self.tr("There is nothing left to ask."))
        self.state.setVisible(bool(self.state.text()))
        self._back.setVisible(is_noted and line.made[-1].on == today)
        is_outside = may_ring(line.household, now) is False
        told = line.household.ring_times or line.household.hours
        self.hours.setText(self.tr("Outside the hours they told: {hours}").format(hours=told))
        self.hours.setVisible(is_outside and state is LineState.TO_RING)
        has_questions = line.call is not None and bool(line.call.questions)
        self.message.setVisible(line.wants_message and has_questions)

    def _noted(self, made: MadeCall) -> str:
        day = show_date(made.on)
        if made.ring_on is not None:
            words = self.tr("Noted on {day}: ring on {again}.")
            return words.format(day=day, again=show_date(made.ring_on))
        return self.tr("Noted on {day}: {outcome}.").format(day=day, outcome=made.outcome.words)

    def _last(self, line: RoundLine) -> str:
        last, messaged = line.household.last_contact_on, line.call.messaged_on if line.call else None
        said = [self.tr("Last contact: not noted yet")]
        if last is not None:
            said = [self.tr("Last contact {day}").format(day=show_date(last))]
        if messaged is not None:
            said.append(self.tr("Asked by message on {day}").format(day=show_date(messaged)))
        return " · ".join(said)

    def _notes(self, household: Household) -> str:
        said = (
            (self.tr("For the driver: {note}"), household.driver_note),
            (self.tr("Notes: {note}"), household.notes),
        )
        return "\n".join(words.format(note=note) for words, note in said if note)

    def _show_cases(self, line: RoundLine) -> None:
        while (item := self._case_lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for case in line.cases:
            side = Side.FAMILY if case.code in line.codes else Side.DONOR
            donors = {strand.hold.donor_code for strand in case.strands} & {*line.codes}
            whose = case.code if side is Side.FAMILY else next(iter(donors))
            self._case_lines.addWidget(CasePanel(self._desk, case, side, whose))
        for one in line.call.waiting if line.call else ():
            if one.strand.next.act is Act.NOTE_DRIVER_YES:
                self._case_lines.addWidget(self._driver_yes(one.strand.next.pickup_code))
        self.cases.setVisible(self._case_lines.count() > 0)

    def _driver_yes(self, pickup: str) -> QWidget:
        button = QPushButton(self.tr("Drives {pickup}: yes").format(pickup=pickup), autoDefault=False)
        button.setAccessibleName(button.text())
        note = partial(record_driver_yes, self._desk.database, pickup, self._desk.today())
        button.clicked.connect(lambda *_: self._desk.write(note))
        return left_aligned(button)

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.addWidget(self.name, stretch=1)
        about.addWidget(self.code)
        self._gate = left_aligned(self.read_it)
        self._back = left_aligned(self.take_back)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACE)
        reach = QVBoxLayout()
        reach.setSpacing(SPACE_SMALL)
        reach.addWidget(self.hours)
        reach.addWidget(self.reach)
        reach.addWidget(self.last)
        body.addLayout(reach)
        body.addWidget(self.message)
        body.addWidget(self.writing)
        body.addWidget(self.cases)
        body.addWidget(self.answers)
        body.addWidget(self.notes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(about)
        layout.addWidget(self.why)
        layout.addWidget(self.state)
        layout.addWidget(self._back)
        layout.addWidget(self.note)
        layout.addWidget(self._gate)
        layout.addWidget(self.body)
        layout.addStretch(1)
