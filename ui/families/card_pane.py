"""A call card beside a list, with a way to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.families.call_card import CallCard
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.scrolling import scrolling


class CardPane(QFrame):
    """Holds *card* and ``close_button``; whoever shows it closes it."""

    def __init__(self, card: CallCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close the card"))
        inside = QWidget()
        about = QVBoxLayout(inside)
        about.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        about.addWidget(card)
        about.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(inside, wraps=True))
