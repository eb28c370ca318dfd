"""A line that asks for the passphrase of a backup that does not open with the network's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE, set_role
from ui.widgets.wrapped_label import WrappedLabel


class BackupSecret(QWidget):
    """One field; ``given(secret)`` when it is to be tried. What is typed goes when the line goes."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = WrappedLabel("")
        set_role(self.said, "ask")
        self.secret = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("Passphrase of the backup, or its recovery words"))
        self.open_button = QPushButton(self.tr("Open"), autoDefault=False)
        self.open_button.setAccessibleName(self.tr("Open the backup with this passphrase"))
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.secret, stretch=1)
        line.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.said)
        layout.addLayout(line)
        self.secret.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text.strip())))
        self.secret.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        self.go()

    def ask(self, words: str) -> None:
        """Come, and say *words* above the field."""
        self.said.setText(words)
        self.show()

    def go(self) -> None:
        """Go, and keep nothing."""
        self.secret.clear()
        self.open_button.setEnabled(False)
        self.hide()

    def set_busy(self, *, is_busy: bool) -> None:
        """Take nothing while it is tried; switched off, the field would hand its Enter to the dialog."""
        self.secret.setReadOnly(is_busy)

    def _give(self) -> None:
        if self.secret.text().strip() and not self.secret.isReadOnly():
            self.given.emit(self.secret.text())

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter try what is typed, and press no button of the dialog besides."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
