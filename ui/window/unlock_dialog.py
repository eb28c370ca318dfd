"""A locked network asks for its passphrase, or for the words of its recovery sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from coordinator.services.records import locking
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.wrapped_label import WrappedLabel


class UnlockDialog(QDialog):
    """One field; ``unlocked(key)`` has the key of the network, and closing it ends the program.

    A wrong passphrase is said under the field, with what was typed still there; nothing is tried by itself.
    """

    unlocked = Signal(object)

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self.setWindowTitle(self.tr("Locked"))
        self.said = WrappedLabel(self.tr("This network is locked. Type its passphrase."))
        self.secret = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("Passphrase, or the recovery words"))
        self.lost = WrappedLabel(
            self.tr("Passphrase lost? Type the twelve words of the recovery sheet instead, in their order.")
        )
        set_role(self.lost, "quiet")
        self.wrong = WrappedLabel("")
        set_role(self.wrong, "problem")
        self.wrong.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self.open_button = buttons.button(QDialogButtonBox.StandardButton.Open)
        self.open_button.setText(self.tr("Open"))
        self.quit_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.quit_button.setText(self.tr("Quit"))
        for button in (self.open_button, self.quit_button):
            button.setIcon(QIcon())
        self.open_button.setEnabled(False)
        self.open_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        self.shown = QCheckBox(self.tr("Show what is typed"))
        self.shown.toggled.connect(self._show_typed)
        for widget in (self.said, self.secret, self.shown, self.wrong, self.lost, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        keep_whole(self)
        self.secret.textChanged.connect(self._on_typed)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(mode)

    def _on_typed(self, text: str) -> None:
        self.open_button.setEnabled(bool(text.strip()))

    def _try(self) -> None:
        secret, path = self.secret.text(), self._path
        if not secret.strip():
            return
        self._set_busy(busy=True)
        self._desk.runner.run(lambda: locking.key_for(path, secret), self._on_key, self._on_wrong)

    def _on_key(self, key: bytes) -> None:
        self.secret.clear()
        self.accept()
        self.unlocked.emit(key)

    def _on_wrong(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.wrong.setText(explain(error))
        self.wrong.show()
        self.secret.setFocus()
        self.secret.selectAll()

    def _set_busy(self, *, busy: bool) -> None:
        self.secret.setReadOnly(busy)
        self.open_button.setEnabled(not busy)
