"""A time typed by hand for a run or a stop of the planned day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.pickups.ordering import clock_time, minute_of_day
from ui.pickups.fields import TimeField
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label


class DayTimeDialog(QDialog):
    """Asks for a time of day under a sentence; ``told(minute)``, or ``None`` for "when it fits"."""

    told = Signal(object)

    def __init__(self, words: str, minute: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A time by hand"))
        self.field = TimeField()
        self.field.set_value(clock_time(minute))
        self.field.set_name(words)
        self.set_button = QPushButton(self.tr("Set"))
        set_role(self.set_button, "main")
        self.free_button = QPushButton(self.tr("When it fits"))
        self.close_button = QPushButton(self.tr("Close"))
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch()
        for button in (self.close_button, self.free_button, self.set_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(words))
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.set_button.clicked.connect(self._set)
        self.free_button.clicked.connect(self._free)
        self.close_button.clicked.connect(self.reject)
        self.set_button.setDefault(True)
        self.field.edited.connect(self.field.set_value)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        keep_whole(self)

    def _set(self) -> None:
        self.field.leave()
        at = self.field.value
        if at is None:
            self.field.setFocus()
            return
        self.accept()
        self.told.emit(minute_of_day(at))

    def _free(self) -> None:
        self.accept()
        self.told.emit(None)
