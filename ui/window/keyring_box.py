"""Whether the keyring of this account opens a locked network, too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from coordinator.services.records import keyring_slot


class KeyringBox(QCheckBox):
    """Ticked while it does; ``asked(is_wanted)`` when she clicks, and the tick waits until it is so."""

    asked = Signal(bool)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.setText(self.tr("The keyring of this account opens it, too"))
        self.setToolTip(self.tr("Whoever is logged in on this computer opens it then without the passphrase"))
        self.clicked.connect(self._on_clicked)

    def look(self, *, is_locked: bool) -> None:
        """Show how it is."""
        self.setChecked(is_locked and keyring_slot.is_in_keyring(self._path))

    def change(self, secret: str, folder: Path | None, *, is_wanted: bool) -> None:
        """Do it; beside the window. *secret* is what opens the network now."""
        if is_wanted:
            keyring_slot.put_in_keyring(self._path, secret, folder=folder)
        else:
            keyring_slot.take_from_keyring(self._path, folder=folder)

    def said(self, *, is_wanted: bool) -> str:
        """Return what is said once it is done."""
        if is_wanted:
            return self.tr("The keyring of this account opens it from the next start on.")
        return self.tr("The keyring opens it no more.")

    def _on_clicked(self, is_wanted: bool) -> None:
        self.setChecked(not is_wanted)
        self.asked.emit(is_wanted)
