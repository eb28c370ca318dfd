"""Backing up and restoring a network, for the window and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator.db import backups as files
from coordinator.db.migrations import bring_up_to_date
from coordinator.domain.backups import Backup, BackupReason, RestorePreview
from coordinator.errors import BackupError
from coordinator.services.settings import settings

if TYPE_CHECKING:
    from coordinator.db.database import Database


def backup_folder(database: Database) -> Path:
    """Return where the backups of *database* are kept: beside the file, unless chosen otherwise.

    Raises:
        BackupError: If the network lives on a server.
    """
    if database.path is None:
        raise BackupError("This network lives on a server: its own backups apply, ask whoever runs it.")
    return database.path.parent / "backups"


def chosen_folder(database: Database) -> Path | None:
    """Return the folder the coordinator chose in the settings, None for the usual one beside the file."""
    chosen = settings(database).backup_folder
    return Path(chosen) if chosen else None


def back_up_now(
    database: Database, reason: BackupReason = BackupReason.BY_HAND, *, folder: Path | None = None
) -> Backup:
    """Make a verified backup, then let go of those that need not stay.

    Raises:
        UserError: If it could not be made or verified; the older ones are still there.
    """
    folder = folder or backup_folder(database)
    made = files.make_backup(database, folder, database.clock(), reason)
    files.thin(folder, made.made_at.date())
    return made


def backups(database: Database, *, folder: Path | None = None) -> list[Backup]:
    """Return the backups, newest first; a network on a server has none of ours."""
    if folder is None and not database.is_sqlite:
        return []
    return files.list_backups(folder or backup_folder(database))


def preview_restore(database: Database, backup: Backup) -> RestorePreview:
    """Return what *backup* holds, for the coordinator to decide.

    Raises:
        UserError: If it is damaged, or locked with another key.
    """
    return files.preview(backup, database.key)


def restore(database: Database, backup: Backup, *, folder: Path | None = None) -> Backup | None:
    """Go back to *backup*; return the backup of what was there until now (None if that was damaged).

    Every open session must be closed before.

    Raises:
        UserError: And nothing was changed.
    """
    kept = files.restore(database, backup, folder or backup_folder(database), database.clock())
    bring_up_to_date(database)
    return kept
