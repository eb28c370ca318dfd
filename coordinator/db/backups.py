"""Backups of the network file: made whole, proven readable, checked, thinned.

``VACUUM INTO`` gives one moment of the file, keeps its key and leaves nothing deleted in it; a plain copy of
a file in use gives neither. A backup counts only after it was opened again, every table's rows counted and
the whole check made. One with faults is kept too, under a name that says so: it may be all there is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3

from coordinator import open_networks
from coordinator.db.checks import check_file
from coordinator.db.copies import FAULTY, backup_at, backup_name, see_on_disk, vacuum_into
from coordinator.db.engine import connect_sqlite, connect_to_read
from coordinator.db.errors import told_in_sentences
from coordinator.domain.records.backups import KEPT_DAYS, Backup, BackupReason, RestorePreview, superfluous
from coordinator.domain.records.checks import Fault, FaultKind
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError, BackupFolderError, DamagedFileError, DiskError, ReadOnlyError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from coordinator.db.database import Database

log = logging.getLogger(__name__)

NOT_READABLE: Final = (Fault(FaultKind.STRUCTURE, ""),)
"""What is said of a backup that cannot even be opened."""

_LEFT_OVER_AFTER: Final = timedelta(minutes=10)


def make_backup(database: Database, folder: Path, now: datetime, reason: BackupReason) -> Backup:
    """Write a checked backup into *folder* and return it.

    Other writers wait until it is done; readers do not.

    Raises:
        BackupFolderError: If *folder* refuses: the network itself is fine.
        UserError: ``BusyError``, ``DamagedFileError``; ``BackupError`` if the copy differs.
    """
    path = path_of(database)
    name = backup_name(folder, now, reason)
    partial = name.with_suffix(".partial")
    with _blamed_on(folder):
        _sweep(folder, now)
    try:
        counted = _copy_everything(partial, path, database.key)
        with _blamed_on(folder):
            _compare(counted, checked_counts(partial, database.key))
            check = check_file(partial, database.key, now.astimezone().date())
            target = name.with_stem(name.stem + FAULTY) if check.is_damaged else name
            partial.replace(target)
            see_on_disk(folder)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    log.info("backup made: %s", target.name)
    made = backup_at(target)
    if made is None:
        raise BackupFolderError(folder)
    return made


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in *folder*, newest first; empty when there is no such folder."""
    try:
        found = [backup for path in folder.glob("milkrun-*.db") if (backup := backup_at(path))]
    except OSError:
        return []
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def thin(folder: Path, today: date, keep_days: int = KEPT_DAYS) -> list[Backup]:
    """Delete what *folder* need not keep and return it; see ``domain.backups.superfluous``."""
    going = superfluous(list_backups(folder), today, keep_days)
    for backup in going:
        with suppress(open_networks.NetworkFileError):  # somebody looks at a backup as if it were a network
            open_networks.refuse(backup.path)
            backup.path.unlink(missing_ok=True)
    if going:
        with suppress(OSError):
            see_on_disk(folder)
    return going


def preview(backup: Backup, today: date, key: Key | None = None) -> RestorePreview:
    """Return what *backup* holds and what the check finds in it. It is only read.

    Raises:
        UserError: If it is locked otherwise or not ours.
    """
    check = check_file(backup.path, key, today)
    return RestorePreview(backup=backup, check=check, last_change_at=_last_change(backup.path, key))


def checked_counts(path: Path, key: Key | None = None) -> dict[str, int]:
    """Return how many rows each table of the file at *path* has, after checking its structure.

    Raises:
        UserError: If it is damaged, locked otherwise or not a database.
    """
    with told_in_sentences(), closing(connect_to_read(path, key, immutable=True)) as connection:
        return _counts_if_whole(connection)


def counts_in_use(path: Path, key: Key | None = None) -> dict[str, int]:
    """Return the same of a network that may be in use.

    Raises:
        DamagedFileError: If its structure is damaged.
    """
    with told_in_sentences(), closing(connect_sqlite(path, key)) as connection:
        return _counts_if_whole(connection)


def path_of(database: Database) -> Path:
    """Return the file of *database*; a server's data is the server's to keep."""
    if database.path is None:
        raise BackupError(
            saying("This network lives on a server: its own backups apply, ask whoever runs it.")
        )
    return database.path


def _last_change(path: Path, key: Key | None) -> datetime | None:
    """Return when the last action was done, None if none was or it cannot be read."""
    with (
        suppress(sqlcipher3.dbapi2.Error, ValueError),
        closing(connect_to_read(path, key, immutable=True)) as connection,
    ):
        last = connection.execute("SELECT max(at) FROM audit").fetchone()[0]
        return None if last is None else datetime.fromisoformat(last).replace(tzinfo=UTC)
    return None


def _copy_everything(target: Path, path: Path, key: Key | None) -> dict[str, int]:
    """Copy the file at *path* into *target*, a new file; return the rows of every table copied."""
    with (
        told_in_sentences(),
        closing(connect_sqlite(path, key)) as connection,
        _writers_waiting(path, key),
    ):
        with _blamed_on(target.parent):
            vacuum_into(connection, target)
        return _counts(connection)


def _compare(counted: dict[str, int], copied: dict[str, int]) -> None:
    """Refuse a copy that holds more or less than was counted."""
    if copied != counted:
        raise BackupError(saying("The backup did not hold everything, so it was not kept. Try again."))


@contextmanager
def _writers_waiting(path: Path, key: Key | None) -> Iterator[None]:
    """Hold the writers' lock, so that what is counted is what was copied."""
    with closing(connect_sqlite(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def _counts_if_whole(connection: sqlcipher3.Connection) -> dict[str, int]:
    for pragma in ("quick_check", "cipher_integrity_check"):
        if connection.execute(f"pragma {pragma}").fetchall() not in ([], [("ok",)]):
            raise DamagedFileError
    return _counts(connection)


def _counts(connection: sqlcipher3.Connection) -> dict[str, int]:
    """Return the rows of every table."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    query = 'SELECT count(*) FROM "{}"'
    return {name: connection.execute(query.format(name)).fetchone()[0] for name in names}


def _sweep(folder: Path, now: datetime) -> None:
    """Delete what a backup that was killed left behind; one that is being written is younger."""
    for left in folder.glob("milkrun-*.partial*"):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > _LEFT_OVER_AFTER.total_seconds():
                left.unlink()


@contextmanager
def _blamed_on(folder: Path) -> Iterator[None]:
    """Say of what is read-only, full or gone that it is the backup folder, not the network."""
    try:
        yield
    except (ReadOnlyError, DiskError) as error:
        raise BackupFolderError(folder, is_full=isinstance(error, DiskError)) from error
    except OSError as error:
        raise BackupFolderError(folder) from error
