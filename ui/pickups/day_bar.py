"""The line over a planned day: which day, plan again, what was changed last, and what it is doing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui.theme import SPACE, change_role
from ui.widgets.fields.value_fields import DateField
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class DayBar(QWidget):
    """The day's field, its buttons and a sentence; the bar turns while the day is worked out."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = DateField(today)
        self.on.setAccessibleName(self.tr("Day"))
        self.again = QPushButton(self.tr("Plan again"))
        self.undo = QPushButton(self.tr("Take back"))
        self.undo.setToolTip(self.tr("Take the last change back (Ctrl+Z)"))
        self.redo = QPushButton(self.tr("Do again"))
        self.redo.setToolTip(self.tr("Make it again (Ctrl+Y)"))
        self.state = text_label("", "quiet")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("The day is being planned"))
        self.stop = QPushButton(self.tr("Stop"))
        label = Label(self.tr("Day"))
        label.setBuddy(self.on)
        label.setMinimumHeight(self.again.sizeHint().height())
        for button in (self.again, self.undo, self.redo, self.stop):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        before: tuple[QWidget, ...] = (label, self.on, self.again, self.undo, self.redo)
        after: tuple[QWidget, ...] = (self.bar, self.stop)
        for widget in before:
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.state, stretch=1)
        for widget in after:
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)

    def say(self, words: str, role: str = "quiet", *, is_working: bool = False) -> None:
        """Say a sentence; while *is_working* there is something to stop."""
        self.state.setText(words)
        change_role(self.state, role)
        for widget in (self.bar, self.stop):
            widget.setVisible(is_working)

    def show_ways(self, *, can_undo: bool, can_redo: bool) -> None:
        """Offer the way back and the way forth, where there is one."""
        self.undo.setVisible(can_undo)
        self.redo.setVisible(can_redo)
