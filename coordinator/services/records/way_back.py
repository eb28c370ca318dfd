"""The way back to a backup, the same for a network that is open and for one that cannot be opened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coordinator.db.database import Database, sqlite_path
from coordinator.domain.records.backups import Backup, RestorePreview
from coordinator.errors import BackupError, UserError
from coordinator.folders import default_database_url
from coordinator.sayings import saying
from coordinator.services.records import backups
from coordinator.services.records.backups import Restored


@dataclass(frozen=True)
class WayBack:
    """Lists the backups of the network at ``path``, looks into one, and goes back to it."""

    path: Path
    database: Database | None = None
    """The network while it is open; its connections are let go of before it is replaced."""

    def backups(self, today: date) -> list[RestorePreview]:
        """Return the backups, newest first, each with what the quick form of the check finds."""
        return list(backups.look_into(backups.backups_of(self.path, self._folder()), today))

    def has_backups(self) -> bool:
        """Say whether there is any backup where they usually are."""
        return bool(backups.backups_of(self.path, self._folder()))

    def look_into(self, backup: Backup, today: date) -> RestorePreview:
        """Return what *backup* holds and what the whole check finds in it.

        Raises:
            UserError: If it is not ours, locked otherwise, or the network itself.
        """
        return backups.preview_file(self.path, backup, today)

    def go_back(self, backup: Backup) -> Restored:
        """Put *backup* in the place of the network, keeping what is there.

        Raises:
            UserError: And nothing was changed.
        """
        if self.database is not None:
            return backups.restore(self.database, backup, folder=self._folder())
        return backups.restore_file(self.path, backup)

    def _folder(self) -> Path | None:
        """Return the folder of the settings, None where they cannot be read or name none."""
        with suppress(UserError):
            return None if self.database is None else backups.chosen_folder(self.database)
        return None


def way_back_of(database: Database) -> WayBack:
    """Return the way back of an open network.

    Raises:
        BackupError: If it lives on a server.
    """
    if database.path is None:
        raise BackupError(
            saying("This network lives on a server: its own backups apply, ask whoever runs it.")
        )
    return WayBack(database.path, database)


def way_back_at(url: str | None) -> WayBack | None:
    """Return the way back of the network at *url* (None: the usual place), None for a server."""
    path = sqlite_path(default_database_url() if url is None else url)
    return None if path is None else WayBack(path)
