"""Saying once that what is saved from a locked network is not locked."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject

from ui.desk import Desk
from ui.widgets.file_dialogs import SAVING
from ui.widgets.frame.notice import NoticeLine

_TOLD = "lock/told_of_saved_files"


class SavedFiles(QObject):
    """Adds a sentence to the first notice after a file was saved, once for a network on this computer."""

    def __init__(self, desk: Desk, notice: NoticeLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._notice = desk, notice
        SAVING.target_chosen.connect(self._on_target)

    def _on_target(self, _target: Path) -> None:
        database = self._desk.database
        if database.key is None or database.path is None or self._mark(database.path) in self._told():
            return
        self._notice.add_once(
            self.tr("Saved files are not locked: whoever has this one can read it."), self._keep
        )

    def _keep(self) -> None:
        path, settings = self._desk.database.path, self._desk.settings
        if path is not None and settings is not None:
            settings.setValue(_TOLD, sorted({*self._told(), self._mark(path)}))

    def _told(self) -> list[str]:
        found = self._desk.settings.value(_TOLD, []) if self._desk.settings is not None else []
        return [str(one) for one in found] if isinstance(found, list) else [str(found)]

    @staticmethod
    def _mark(path: Path) -> str:
        """Return what tells this network from others without naming its place."""
        return sha256(str(path.resolve()).encode()).hexdigest()[:16]
