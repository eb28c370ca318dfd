"""Where a round of calls begins on Today, and is gone on with."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from coordinator.domain.worklist.rounds import Round
from coordinator.services import rounds
from ui.calls.round_start import USUAL_MINUTES
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.label import Label


class RoundStrip(QWidget):
    """``wanted(minutes)``: 0 goes on with the round that is open."""

    wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = False
        self.minutes = QSpinBox(minimum=1, maximum=rounds.LONGEST_MINUTES, singleStep=5)
        self.minutes.setValue(USUAL_MINUTES)
        self.minutes.setAccessibleName(self.tr("Minutes there are"))
        self.button = QPushButton()
        self.button.clicked.connect(lambda *_: self.wanted.emit(0 if self._is_open else self.minutes.value()))
        self._words = (Label(self.tr("I have")), Label(self.tr("minutes")))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        for widget in (self._words[0], self.minutes, self._words[1], self.button):
            across.addWidget(widget)
        self._show(None)

    def refresh(self) -> None:
        """See whether a round is open."""
        today = self._desk.today()
        self._desk.read(partial(rounds.round_now, self._desk.database, today), self._show)

    def _show(self, found: Round | None) -> None:
        left = len(found.to_ring(self._desk.today())) if found is not None else 0
        self._is_open = left > 0
        words = self.tr("Go on with the round: {count} to ring") if left else self.tr("Start a round")
        self.button.setText(words.format(count=left))
        self.button.setAccessibleName(self.button.text())
        for widget in (*self._words, self.minutes):
            widget.setVisible(not self._is_open)
