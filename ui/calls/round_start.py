"""How long she has, and whom she would ring in that time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from coordinator.domain.worklist.rounds import RoundLine
from coordinator.services import rounds
from coordinator.services.rounds import Proposed
from ui.desk import Desk
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.label import Label
from ui.widgets.rows import Rows, text_label
from ui.widgets.scrolling import scrolling

USUAL_MINUTES = 40


class RoundStart(QWidget):
    """The minutes, and the households that fit into them; ``start_wanted(minutes)``."""

    start_wanted = Signal(int)

    def __init__(self, desk: Desk, minutes: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.minutes = QSpinBox(minimum=1, maximum=rounds.LONGEST_MINUTES, singleStep=5)
        self.minutes.setValue(minutes or USUAL_MINUTES)
        self.minutes.setAccessibleName(self.tr("Minutes there are"))
        self.minutes.valueChanged.connect(self._read)
        self.go = QPushButton(self.tr("Start"))
        set_role(self.go, "main")
        self.go.setAccessibleName(self.tr("Start the round"))
        self.go.clicked.connect(lambda *_: self.start_wanted.emit(self.minutes.value()))
        self.minutes.lineEdit().returnPressed.connect(self.go.click)
        self.about = text_label("", "quiet")
        self.problem = text_label("", "problem")
        self._rows = Rows(self.tr("Nobody to ring today."))
        self._lay_out()

    def begin(self) -> None:
        """Put the cursor on the minutes and say whom they are for."""
        self.minutes.setFocus()
        self.minutes.selectAll()
        self._read()

    def refuse(self, reason: str) -> None:
        """Say why there is no round."""
        self.problem.setText(reason)
        self.problem.setVisible(bool(reason))

    def _read(self) -> None:
        database = self._desk.database
        at = database.clock().astimezone().time().replace(tzinfo=None)
        now = datetime.combine(self._desk.today(), at)
        work = partial(rounds.propose_round, database, self.minutes.value(), now, self._desk.kept)
        minutes = self.minutes.value()
        self._desk.planner.run(work, partial(self._show, minutes), partial(self._fail, minutes))

    def _show(self, minutes: int, found: Proposed) -> None:
        if minutes != self.minutes.value():
            return
        self.refuse("")
        self.go.setEnabled(bool(found.lines))
        words = self.tr(
            "{some} of {all} to ring. A call takes about {minutes} minutes: our own choice, see Settings."
        )
        said = [words.format(some=len(found.lines), all=found.in_all, minutes=found.call_minutes)]
        if found.more:
            more = self.tr("1 more has a note to read first or is rung for a yes.")
            if found.more > 1:
                more = self.tr("{count} more have a note to read first or are rung for a yes.")
            said.append(more.format(count=found.more))
        self.about.setText("\n".join(said))
        self._rows.set_rows([self._row(number, line) for number, line in enumerate(found.lines, 1)])

    def _fail(self, minutes: int, error: Exception) -> None:
        if minutes == self.minutes.value():
            self.go.setEnabled(False)
            self._rows.set_rows([])
            self.about.setText("")
            self.refuse(str(error))

    def _row(self, number: int, line: RoundLine) -> QWidget:
        said = [str(case.lasts) for case in line.cases if case.code in line.codes]
        said.append(line.household.ring_times or line.household.hours)
        if line.household.read_before_ringing or line.is_bereaved:
            said.append(self.tr("a note to read first"))
        count = len(line.call.questions) if line.call else 0
        if count:
            said.append(
                self.tr("1 question") if count == 1 else self.tr("{count} questions").format(count=count)
            )
        if line.opens is not None:
            opens = line.opens.words(self._desk.display.volume_unit)
            said.append(self.tr("opens {what}").format(what=opens))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        who = Label(f"{number}. {line.household.name}")
        set_role(who, "strong")
        across.addWidget(who)
        across.addWidget(text_label(" · ".join(filter(None, said)), "quiet"), stretch=1)
        return row

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(Label(self.tr("I have")))
        top.addWidget(self.minutes)
        top.addWidget(Label(self.tr("minutes")))
        top.addWidget(self.go)
        top.addStretch()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addWidget(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addLayout(top)
        layout.addWidget(self.about)
        layout.addWidget(self.problem)
        layout.addWidget(scrolling(inside, wraps=True), stretch=1)
        self.problem.hide()
