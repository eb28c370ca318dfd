"""A locked network asks for its passphrase, or for the words of its recovery sheet, before it opens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from coordinator.services.records import locking
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.frame.kept_whole import keep_whole
from ui.window.unlock_panel import UnlockPanel


class UnlockDialog(QDialog):
    """``unlocked(key)`` has the key of the network, and closing it ends the program."""

    unlocked = Signal(object)

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Locked"))
        self.panel = UnlockPanel(desk.runner, lambda secret: locking.key_for(path, secret), self)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.addWidget(self.panel)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        keep_whole(self)
        self.panel.opened.connect(self._on_opened)
        self.panel.quit_wanted.connect(self.reject)
        self.panel.setFocus()

    def _on_opened(self, key: bytearray) -> None:
        self.accept()
        self.unlocked.emit(key)
