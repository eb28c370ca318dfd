"""Stopping to ask something of anybody: first it says what nobody will know then."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Question
from coordinator.services.screening.switched_off import Stopping, about_stopping, stop_asking
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.translation import translate
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label


class NeverAsk(QWidget):
    """A strip under a question, hidden until ``ask`` opens it; undo or the settings ask it again."""

    def __init__(self, desk: Desk, question: Question, opener: QPushButton) -> None:
        super().__init__()
        self._desk, self._question, self._opener = desk, question, opener
        self.words = text_label("", "ask")
        self.stop = QPushButton(self.tr("Never ask this"))
        self.keep = QPushButton(self.tr("Keep asking"))
        for button in (self.stop, self.keep):
            button.setAccessibleName(f"{button.text()}: {question.text}")
            button.setAutoDefault(False)
        self.stop.clicked.connect(self._stop)
        self.keep.clicked.connect(self.close_strip)
        opener.clicked.connect(self.ask)
        buttons = QWidget()
        across = FlowLayout(buttons)
        across.addWidget(self.stop)
        across.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.words)
        layout.addWidget(buttons)
        self.hide()

    def ask(self) -> None:
        """Say what it would mean, or why it cannot be."""
        self._desk.read(partial(about_stopping, self._desk.database, self._question.topic), self._show)

    def close_strip(self) -> None:
        """Go back to asking."""
        self.hide()
        self._opener.setFocus()

    def _show(self, found: Stopping) -> None:
        stop = self.tr("Nobody will be asked about “{topic}” any more. {unknown}")
        self.words.setText(str(found.why_not) or stop.format(topic=found.title, unknown=found.unknown))
        self.stop.setVisible(not found.why_not)
        self.show()
        (self.keep if found.why_not else self.stop).setFocus()

    def _stop(self) -> None:
        topic = self._question.topic
        said = self.tr("Not asked any more. The settings bring it back.")
        self._desk.write(partial(stop_asking, self._desk.database, topic), said=said)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes on asking."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        else:
            super().keyPressEvent(event)


def never_button(question: Question) -> QPushButton:
    """Return the button that opens the strip of *question*."""
    button = QPushButton(translate("NeverAsk", "Never ask…"))
    button.setAccessibleName(translate("NeverAsk", "Never ask: {question}").format(question=question.text))
    button.setAutoDefault(False)
    return button
