"""The way back to a backup, the same for a network that is open and for one that cannot be opened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from coordinator.db.database import Database, sqlite_path
from coordinator.db.network_file import is_locked
from coordinator.db.opening import examine
from coordinator.domain.records.backups import Backup, RestorePreview
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError, UserError
from coordinator.folders import default_database_url
from coordinator.sayings import saying
from coordinator.services.records import backups
from coordinator.services.records.backups import Restored
from coordinator.services.records.locking import key_for


@dataclass(frozen=True)
class WayBack:
    """Lists the backups of the network at ``path``, looks into one, and goes back to it."""

    path: Path
    database: Database | None = None
    """The network while it is open; its connections are let go of before it is replaced."""
    key: Key | None = field(default=None, repr=False)
    """What a network that cannot be opened, or its backups, are locked with."""
    others: tuple[Key, ...] = field(default=(), repr=False)
    """What backups with passphrases of their own were opened with."""

    def backups(self, today: date) -> list[RestorePreview]:
        """Return the backups, newest first, each with what the quick form of the check finds."""
        found = backups.backups_of(self.path, self._folder())
        return [seen for one in found for seen in backups.look_into([one], today, self._key_of(one.path))]

    def has_backups(self) -> bool:
        """Say whether there is any backup where they usually are."""
        return bool(backups.backups_of(self.path, self._folder()))

    def locked_backup(self) -> Backup | None:
        """Return the newest backup if it is locked and no key is known: its passphrase opens the way back."""
        if self._opens() is not None:
            return None
        newest = next(iter(backups.backups_of(self.path, self._folder())), None)
        return newest if newest is not None and is_locked(newest.path) else None

    def with_key(self, key: Key) -> WayBack:
        """Return the same way back for who knows the *key*; see ``locking.key_for``."""
        return replace(self, key=key)

    def opened_with(self, backup: Backup, secret: str) -> WayBack:
        """Return the same way back for who knows the *secret* of *backup*: a passphrase or recovery words.

        Raises:
            WrongKeyError, LockError: If it does not open that.
        """
        return replace(self, others=(*self.others, key_for(backup.path, secret)))

    def look_into(self, backup: Backup, today: date) -> RestorePreview:
        """Return what *backup* holds and what the whole check finds in it.

        Raises:
            UserError: If it is not ours, locked otherwise, or the network itself.
        """
        return backups.preview_file(self.path, backup, today, self._key_of(backup.path))

    def go_back(self, backup: Backup) -> Restored:
        """Put *backup* in the place of the network, keeping what is there.

        Raises:
            UserError: And nothing was changed.
        """
        if self.database is not None:
            opens = self._key_of(backup.path)
            return backups.restore(self.database, backup, folder=self._folder(), backup_key=opens)
        key, opens = self._key_of(self.path), self._key_of(backup.path)
        return backups.restore_file(self.path, backup, key=key, backup_key=opens)

    def _key_of(self, path: Path) -> Key | None:
        """Return which of the keys at hand opens the file at *path*; the network's own where none does."""
        own = self._opens()
        for key in (own, *self.others):
            with suppress(UserError):
                if key is not None:
                    examine(path, key)
                    return key
        return own

    def _opens(self) -> Key | None:
        return self.key if self.database is None else self.database.key

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


def way_back_at(url: str | None, key: Key | None = None) -> WayBack | None:
    """Return the way back of the network at *url* (None: the usual place), None for a server.

    *key* is what was given for a network that does not open all the same: its backups open with it.
    """
    path = sqlite_path(default_database_url() if url is None else url)
    return None if path is None else WayBack(path, key=key)
