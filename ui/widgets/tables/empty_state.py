"""What an empty list says: one sentence and the button that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE_HUGE, SPACE_LARGE, set_role
from ui.widgets.label import Label


class EmptyState(QWidget):
    """A sentence and, if there is something to do about it, a button; ``wanted`` is its click."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        set_role(self.sentence, "quiet")
        self.button = QPushButton()
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_HUGE, SPACE_HUGE, SPACE_HUGE, SPACE_HUGE)
        layout.setSpacing(SPACE_LARGE)
        layout.addStretch()
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        self.say("")

    def say(self, sentence: str, button: str = "") -> None:
        """Show *sentence* and a button called *button*; without one there is no button."""
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
