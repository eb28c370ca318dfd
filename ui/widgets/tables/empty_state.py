"""What an empty list says: one sentence and the buttons that fill it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE_HUGE, SPACE_LARGE, set_role
from ui.widgets.label import Label


class EmptyState(QWidget):
    """A sentence and, if there is something to do about it, a button or two.

    ``wanted`` is the click on the first, ``other_wanted`` on the second.
    """

    wanted = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        set_role(self.sentence, "quiet")
        self.button = QPushButton()
        self.button.clicked.connect(self.wanted)
        self.other_button = QPushButton()
        self.other_button.clicked.connect(self.other_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_HUGE, SPACE_HUGE, SPACE_HUGE, SPACE_HUGE)
        layout.setSpacing(SPACE_LARGE)
        layout.addStretch()
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.other_button, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        self.say("")

    def say(self, sentence: str, button: str = "", other: str = "") -> None:
        """Show *sentence* and buttons called *button* and *other*; there is none without words."""
        self.sentence.setText(sentence)
        for one, words in ((self.button, button), (self.other_button, other)):
            one.setText(words)
            one.setAccessibleName(words)
            one.setVisible(bool(words))
