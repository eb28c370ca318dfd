"""What comes of a call, each by one key."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import CallOutcome
from ui.desk import Desk
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.fields.value_fields import DateField
from ui.widgets.flow_layout import FlowLayout

_RING_AGAIN = timedelta(days=2)
_DAY_CHARACTERS = 16
KEYS = {
    CallOutcome.NO_ANSWER: "F5",
    CallOutcome.LEFT_MESSAGE: "F6",
    CallOutcome.RING_ON: "F7",
    CallOutcome.SPOKE: "F8",
}


class Outcomes(QWidget):
    """The four outcomes. Ring on… opens a day, and Enter there notes it.

    ``chosen(outcome, day)``: the day to ring again, or None.
    """

    chosen = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.buttons: dict[CallOutcome, QPushButton] = {}
        holder = QWidget()
        across = FlowLayout(holder)
        for words, outcome in (
            (self.tr("No answer"), CallOutcome.NO_ANSWER),
            (self.tr("Left message"), CallOutcome.LEFT_MESSAGE),
            (self.tr("Ring on…"), CallOutcome.RING_ON),
            (self.tr("Done"), CallOutcome.SPOKE),
        ):
            across.addWidget(self._button(words, outcome))
        set_role(self.buttons[CallOutcome.SPOKE], "main")
        self.day = DateField(desk.today)
        self.day.set_name(self.tr("Ring again on"))
        self.day.edited.connect(self.day.set_value)
        self.note = QPushButton(self.tr("Ring again that day"), autoDefault=False)
        self.note.setAccessibleName(self.note.text())
        self.note.clicked.connect(self._choose_day)
        self.day.line.returnPressed.connect(self._choose_day)
        self.when = QWidget()
        beside = QHBoxLayout(self.when)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_SMALL)
        beside.addWidget(self.day)
        beside.addWidget(self.note, alignment=Qt.AlignmentFlag.AlignTop)
        beside.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.when)
        layout.addWidget(holder)
        self._fit()
        self.begin()

    def begin(self) -> None:
        """Be ready for the next call."""
        self.day.set_value(self._desk.today() + _RING_AGAIN)
        self.when.hide()

    def close_day(self) -> bool:
        """Close the day to ring again; say whether it was open."""
        was_open = self.when.isVisibleTo(self)
        self.when.hide()
        return was_open

    def _button(self, words: str, outcome: CallOutcome) -> QPushButton:
        key = QKeySequence(KEYS[outcome])
        shown = self.tr("{words}  {key}").format(
            words=words, key=key.toString(QKeySequence.SequenceFormat.NativeText)
        )
        button = QPushButton(shown, autoDefault=False)
        button.setAccessibleName(words)
        button.clicked.connect(lambda *_: self._choose(outcome))
        QShortcut(key, self, lambda: self._choose(outcome), context=Qt.ShortcutContext.WindowShortcut)
        self.buttons[outcome] = button
        return button

    def _choose(self, outcome: CallOutcome) -> None:
        if outcome is not CallOutcome.RING_ON:
            self.chosen.emit(outcome, None)
        elif self.when.isVisibleTo(self):
            self._choose_day()
        else:
            self.when.show()
            self.day.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.day.line.selectAll()

    def _choose_day(self) -> None:
        self.day.leave()
        if not self.day.message.text():
            self.chosen.emit(CallOutcome.RING_ON, self.day.value)

    def _fit(self) -> None:
        self.day.setFixedWidth(self.fontMetrics().averageCharWidth() * _DAY_CHARACTERS)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Have room for a day in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "day"):
            self._fit()
