"""What the window does so that nothing is lost: backups by hand and on close, and the word on the lock."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from coordinator.domain.backups import Backup, BackupReason
from coordinator.errors import UserError
from ui import later
from ui.desk import Desk
from ui.widgets.notice import NoticeLine

if TYPE_CHECKING:
    from coordinator.bootstrap import Database

log = logging.getLogger(__name__)


class Keeping(QObject):
    """Backs up where the settings say and tells about it in the notice line."""

    def __init__(self, desk: Desk, notice: NoticeLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notice = notice

    def back_up_by_hand(self) -> None:
        """Make a backup and say where it is."""
        database = self._desk.database

        def work() -> Backup:
            return later.backups.back_up_now(database, folder=later.backups.chosen_folder(database))

        self._desk.write(work, self._say_backed_up)

    def explain_lock(self) -> None:
        """Say what "Not locked" means for her."""
        self._notice.tell(
            self.tr(
                "The file with this network is not locked with a passphrase yet: whoever can use this "
                "account on this computer can read it. Lock the screen when you leave, and keep backups "
                "where only you get at them."
            )
        )

    def tell_of_crash(self, log_folder: Path) -> None:
        """Say that the program ended badly last time, with a way to what the log has about it."""
        self._notice.warn(
            self.tr(
                "The program closed unexpectedly last time. Nothing that was saved is lost; what you were "
                "typing then may be. The log says more, in codes without names."
            ),
            self.tr("Open the log folder"),
            lambda: open_folder(log_folder),
        )

    def _say_backed_up(self, made: Backup) -> None:
        said = self.tr(
            "Backed up and checked: {path}. The file is not locked; keep it where only you get at it."
        )
        folder = made.path.parent
        self._notice.tell(said.format(path=made.path), self.tr("Open folder"), lambda: open_folder(folder))


def back_up_on_close(database: Database) -> None:
    """Back up where she chose; where that is gone (a stick pulled out), beside the data."""
    keep = partial(later.backups.back_up_now, database, BackupReason.CLOSE)
    try:
        keep(folder=later.backups.chosen_folder(database))
    except UserError:
        log.warning("no backup in the chosen folder on close")
        try:
            keep()
        except UserError:
            log.exception("no backup on close")


def open_folder(folder: Path) -> None:
    """Show *folder* in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
