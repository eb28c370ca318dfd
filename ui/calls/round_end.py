"""What a round came to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.worklist.openings import Opened
from coordinator.domain.worklist.rounds import LineState, Round
from ui.desk import Desk
from ui.theme import SPACE
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label


class RoundEnd(QWidget):
    """Who was reached, what that opened, and who is rung again when."""

    back_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.summary = text_label("", "heading")
        self.rest = text_label("")
        self.close_button = QPushButton(self.tr("Close"), autoDefault=False)
        self.another = QPushButton(self.tr("Another round"), autoDefault=False)
        self.back = QPushButton(self.tr("Back to the calls"), autoDefault=False)
        for button in (self.close_button, self.another, self.back):
            button.setAccessibleName(button.text())
        self.close_button.clicked.connect(lambda *_: self.window().close())
        self.another.clicked.connect(self.another_wanted.emit)
        self.back.clicked.connect(self.back_wanted.emit)
        across = QHBoxLayout()
        for button in (self.close_button, self.another, self.back):
            across.addWidget(button)
        across.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.summary)
        layout.addWidget(self.rest)
        layout.addLayout(across)
        layout.addStretch()

    def show_round(self, found: Round) -> None:
        """Say who was reached and who is rung again; what it opened is said once it is known."""
        self.summary.setText(self._reached(found))
        self.rest.setText("\n".join(self._rest(found)))
        self.close_button.setFocus()

    def show_opened(self, found: Round, opened: Opened | None) -> None:
        """Say what milk the calls made ready."""
        if opened is None:
            return
        much = self._desk.display.volume(opened.volume)
        names = ", ".join(name for _, name in opened.babies)
        words = self.tr("{reached}, {much} more is ready for {names}")
        self.summary.setText(words.format(reached=self._reached(found), much=much, names=names))

    def _reached(self, found: Round) -> str:
        return self.tr("{count} reached").format(count=found.count(LineState.REACHED, self._desk.today()))

    def _rest(self, found: Round) -> list[str]:
        today = self._desk.today()
        tried = [one.household.name for one in found.lines if one.state(today) is LineState.TRIED]
        later: dict[date, list[str]] = {}
        for one in found.lines:
            if one.state(today) is LineState.LATER and (day := one.made[-1].ring_on) is not None:
                later.setdefault(day, []).append(one.household.name)
        said = []
        if tried:
            said.append(self.tr("To try again tomorrow: {names}").format(names=", ".join(tried)))
        for day, names in sorted(later.items()):
            words = self.tr("To ring on {day}: {names}")
            said.append(words.format(day=show_date(day), names=", ".join(names)))
        if tried or later:
            said.append(self.tr("Today shows the round again as soon as somebody is to be rung."))
        return said
