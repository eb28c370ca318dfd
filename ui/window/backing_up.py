"""What the window does so that nothing is lost: backups by hand, by the clock and on close."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from coordinator.domain.records.backups import Backup, BackupReason, is_due
from coordinator.errors import UserError
from coordinator.services.records import backups
from ui.desk import Desk
from ui.errors import explain
from ui.widgets.frame.notice import NoticeLine
from ui.widgets.frame.status_line import StatusLine

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from ui.window.glance import Glance

log = logging.getLogger(__name__)


_LOOK_EVERY_MS = 60_000


class Keeping(QObject):
    """Backs up where the settings say, by hand and every half hour in which something changed, and tells.

    ``check_wanted`` asks for the whole check; ``backed_up`` says that there is another last backup. Trouble
    with the folder stands on the status line until it is over.
    """

    check_wanted = Signal()
    backed_up = Signal()

    def __init__(self, desk: Desk, notice: NoticeLine, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notice = notice
        self._status = status
        self._since = desk.database.clock()
        self._seen: Glance | None = None
        self._folder_seen: str | None = None
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_if_due)
        self._timer.start()
        status.trouble_wanted.connect(notice.warn)

    def tell_of_start(self, said: str, crash_folder: Path | None) -> None:
        """Say what there is to say at the start, in one notice; what is to be done has the button.

        Args:
            said: What was done until here, such as going back to a backup.
            crash_folder: Where the log is, if the program ended badly last time.
        """
        database = self._desk.database
        sentences, button = [said] if said else [], ""
        action: Callable[[], None] | None = None
        if crash_folder is not None:
            sentences.append(self._crash_words())
            button, action = self.tr("Open the log folder"), partial(open_folder, crash_folder)
        if database.refusal is not None:
            sentences.append(self._say_read_only(str(database.refusal)))
        if database.faults:
            sentences.append(
                self.tr(
                    "The check found that something in this network is not as it was saved. "
                    "Look at it before you go on."
                )
            )
            button, action = self.tr("Check the network"), self._want_check
        if len(sentences) > bool(said):
            self._notice.warn(" ".join(sentences), button, action)
        elif said:
            self._notice.tell(said)

    def look(self, found: Glance) -> None:
        """See what was read: a backup may be due, and another folder is tried at once."""
        self._seen = found
        if found.settings.backup_folder != self._folder_seen and self._desk.database.refusal is None:
            self._folder_seen = found.settings.backup_folder
            self._try_folder()
        self.back_up_if_due()

    def back_up_if_due(self) -> None:
        """Back up if something changed and half an hour is over."""
        database, found = self._desk.database, self._seen
        if found is None or not database.is_sqlite or database.refusal is not None:
            return
        if self._desk.runner.is_held:  # locked
            return
        last = found.last_backup.made_at if found.last_backup else None
        now = database.clock()
        if is_due(last, found.changed_at, self._since, now):
            self._since = now
            self._desk.runner.run(
                partial(self._back_up, BackupReason.HALF_HOUR), self._on_backed_up, self._on_failed
            )

    def try_writing(self) -> None:
        """Try whether a network that could only be read can be written again, and say so."""
        database = self._desk.database
        if database.refusal is not None:
            self._desk.read(database.can_write_again, self._on_tried)

    def _back_up(self, reason: BackupReason) -> Backup:
        database = self._desk.database
        return backups.back_up_now(database, reason, folder=backups.chosen_folder(database))

    def _on_backed_up(self, _made: Backup) -> None:
        self._status.say_no_backup("", "")
        self.backed_up.emit()  # nothing in the network changed: no page is read again under her hands

    def _on_failed(self, error: Exception) -> None:
        """Say it at once, and on the status line until a backup is made."""
        said = explain(error)
        self._status.say_no_backup(self.tr("No backup"), said)
        self._notice.warn(said, self.tr("Settings…"), self._desk.settings_wanted.emit)

    def _try_folder(self) -> None:
        database = self._desk.database
        self._desk.runner.run(
            lambda: backups.check_folder(database, backups.chosen_folder(database)),
            lambda _: self._status.say_no_backup("", ""),
            self._on_failed,
        )

    def _say_read_only(self, why: str) -> str:
        said = self.tr("Opened to read: look and print, but nothing can be saved. {why}").format(why=why)
        self._status.say_read_only(self.tr("Read only"), said)
        return said

    def _on_tried(self, can_write: bool) -> None:
        if can_write:
            self._status.say_read_only("", "")
            self._notice.tell(self.tr("The network can be written again."))
            self.backed_up.emit()

    def back_up_by_hand(self) -> None:
        """Make a backup and say where it is."""
        self._desk.runner.run(
            partial(self._back_up, BackupReason.BY_HAND), self._say_backed_up, self._on_failed
        )

    def _want_check(self) -> None:
        self.check_wanted.emit()

    def _crash_words(self) -> str:
        return self.tr(
            "The program closed unexpectedly last time. Nothing that was saved is lost; what you were "
            "typing then may be. The log says more, in codes without names."
        )

    def _say_backed_up(self, made: Backup) -> None:
        self._on_backed_up(made)
        if made.was_faulty:
            self._notice.warn(
                self.tr("Backed up, but the check finds faults in the network: {path}").format(
                    path=made.path
                ),
                self.tr("Check the network"),
                self.check_wanted.emit,
            )
            return
        said = (
            self.tr(
                "Backed up and checked: {path}. The file is not locked; keep it where only you get at it."
            )
            if self._desk.database.key is None
            else self.tr("Backed up and checked: {path}. It opens with the passphrase of this network.")
        )
        folder = made.path.parent
        self._notice.tell(said.format(path=made.path), self.tr("Open folder"), lambda: open_folder(folder))


def back_up_on_close(database: Database) -> None:
    """Back up where she chose; where that is gone (a stick pulled out), beside the data."""
    keep = partial(backups.back_up_now, database, BackupReason.CLOSE)
    try:
        keep(folder=backups.chosen_folder(database))
    except UserError:
        log.warning("no backup in the chosen folder on close")
        try:
            keep()
        except UserError:
            log.exception("no backup on close")


def open_folder(folder: Path) -> None:
    """Show *folder* in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
