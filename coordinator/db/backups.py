"""Backups of the network file: made whole, proven readable, restored without losing the present one.

``VACUUM INTO`` gives one moment of the file, keeps its key and leaves nothing deleted in it; a plain copy of
a file in use gives neither. A backup counts only after it was opened again and every table's rows counted.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3

from coordinator.db.engine import connect_sqlite, prepare_file, unlock, why_unreadable
from coordinator.db.errors import SQLITE_NOTADB, files_told_in_sentences, sqlite_code, told_in_sentences
from coordinator.domain.backups import KEPT_DAYS, Backup, BackupReason, RestorePreview, superfluous
from coordinator.errors import BackupError, DamagedFileError, NotANetworkError, WrongKeyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from coordinator.db.database import Database

log = logging.getLogger(__name__)

_NAME: Final = re.compile(r"milkrun-(\d{4}-\d{2}-\d{2}-\d{6})-([a-z-]+)\.db")
_STAMP: Final = "%Y-%m-%d-%H%M%S"


def make_backup(database: Database, folder: Path, now: datetime, reason: BackupReason) -> Backup:
    """Write a verified backup into *folder* and return it.

    Other writers wait until it is done; readers do not.

    Raises:
        UserError: ``DiskFullError``, ``ReadOnlyError``, ``BusyError``; ``BackupError`` if the copy differs.
    """
    path = _path_of(database)
    target = _free_name(folder, now, reason)
    partial = target.with_suffix(".partial")
    prepare_file(partial)  # VACUUM INTO alone would leave it readable by everybody
    try:
        with told_in_sentences():
            counted = _vacuum_into(partial, path, database.key)
        _compare(counted, checked_counts(partial, database.key))
        _sync(partial)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    log.info("backup made: %s", target.name)
    return _backup(target)


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in *folder*, newest first; empty when there is no such folder."""
    found = [_backup(path) for path in folder.glob("milkrun-*.db") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def thin(folder: Path, today: date, keep_days: int = KEPT_DAYS) -> list[Backup]:
    """Delete what *folder* need not keep and return it; see ``domain.backups.superfluous``."""
    going = superfluous(list_backups(folder), today, keep_days)
    for backup in going:
        backup.path.unlink(missing_ok=True)
    return going


def preview(backup: Backup, key: bytes | None = None) -> RestorePreview:
    """Return what *backup* holds. It is only read.

    Raises:
        UserError: If it is damaged, locked otherwise or not ours.
    """
    counts = checked_counts(backup.path, key)
    with _read_only(backup.path, key) as connection:
        last = connection.execute("SELECT max(at) FROM audit").fetchone()[0] if "audit" in counts else None
    return RestorePreview(
        backup=backup,
        donors=counts.get("donor", 0),
        recipients=counts.get("recipient", 0),
        lots=counts.get("lot", 0),
        last_change_at=None if last is None else datetime.fromisoformat(last).replace(tzinfo=UTC),
    )


def restore(database: Database, backup: Backup, folder: Path, now: datetime) -> Backup | None:
    """Put a copy of *backup* in the place of the network file.

    The copy is checked before the present file is touched; the present one is kept as a backup in *folder*
    and returned, or, if it can no longer be read, moved aside under the name of a damaged file (None). The
    schema may be older than the program: bring it up to date afterwards.

    Raises:
        UserError: And nothing was changed.
    """
    path = _path_of(database)
    copy = path.with_name(path.name + ".restoring")
    try:
        _copy(backup.path, copy)
        checked_counts(copy, database.key)
        database.engine.dispose()
        kept = _keep_present(database, folder, now)
        copy.replace(path)
        _sync(path.parent)
    finally:
        copy.unlink(missing_ok=True)
    log.info("backup restored: %s", backup.path.name)
    return kept


def quick_check(database: Database) -> None:
    """Check the file's structure: 0.1 s for 12 MB.

    Raises:
        DamagedFileError: If a fault was found.
    """
    with told_in_sentences(), closing(connect_sqlite(_path_of(database), database.key)) as connection:
        _check(connection, keyed=database.key is not None)


def checked_counts(path: Path, key: bytes | None = None) -> dict[str, int]:
    """Return how many rows each table of the file at *path* has, after checking it.

    Raises:
        UserError: If it is damaged, locked otherwise or not a database.
    """
    with told_in_sentences(), _read_only(path, key) as connection:
        _check(connection, keyed=key is not None)
        return _counts(connection)


def _path_of(database: Database) -> Path:
    """Return the file of *database*; a server's data is the server's to keep."""
    if database.path is None:
        raise BackupError("This network lives on a server: its own backups apply, ask whoever runs it.")
    return database.path


def _free_name(folder: Path, now: datetime, reason: BackupReason) -> Path:
    """Return a name that is not taken; people look for it by their own clock."""
    here = now.astimezone()
    while True:
        path = folder / f"milkrun-{here.strftime(_STAMP)}-{reason.value}.db"
        if not path.exists():
            return path
        here += timedelta(seconds=1)


def _backup(path: Path) -> Backup:
    """Return what a backup's name and size say."""
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        raise ValueError(f"{path.name} is not the name of a backup")
    made_at = datetime.strptime(parts[1], _STAMP).astimezone()
    known = parts[2] in set(BackupReason)
    reason = BackupReason(parts[2]) if known else BackupReason.BY_HAND
    return Backup(path, made_at, reason, path.stat().st_size)


def _vacuum_into(target: Path, path: Path, key: bytes | None) -> dict[str, int]:
    """Copy the file at *path* into *target*, an empty file; return the rows of every table copied."""
    with closing(connect_sqlite(path, key)) as connection, _writers_waiting(path, key):
        connection.execute("VACUUM INTO ?", (str(target),))
        return _counts(connection)


def _compare(counted: dict[str, int], copied: dict[str, int]) -> None:
    """Refuse a copy that holds more or less than was counted."""
    if copied != counted:
        raise BackupError("The backup did not hold everything, so it was not kept. Try again.")


@contextmanager
def _writers_waiting(path: Path, key: bytes | None) -> Iterator[None]:
    """Hold the writers' lock, so that what is counted is what was copied."""
    with closing(connect_sqlite(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def _read_only(path: Path, key: bytes | None) -> Iterator[sqlcipher3.Connection]:
    """Give a connection that leaves no trace beside the file."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlcipher3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("pragma cipher_log_level=NONE")
        unlock(connection, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.dbapi2.Error as error:
            if sqlite_code(error) == SQLITE_NOTADB:
                raise why_unreadable(path, key) from None
            raise
        yield connection


def _check(connection: sqlcipher3.Connection, *, keyed: bool) -> None:
    """Raise ``DamagedFileError`` unless every page is as it was written."""
    if connection.execute("pragma quick_check").fetchall() != [("ok",)]:
        raise DamagedFileError
    if keyed and connection.execute("pragma cipher_integrity_check").fetchall():
        raise DamagedFileError


def _counts(connection: sqlcipher3.Connection) -> dict[str, int]:
    """Return the rows of every table."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    query = 'SELECT count(*) FROM "{}"'
    return {name: connection.execute(query.format(name)).fetchone()[0] for name in names}


def _keep_present(database: Database, folder: Path, now: datetime) -> Backup | None:
    """Back up the present file and leave it alone with itself; set a damaged one aside."""
    path = _path_of(database)
    try:
        quick_check(database)
    except (DamagedFileError, NotANetworkError, WrongKeyError):
        _set_aside(path, now)
        return None
    _close_log(database)  # first, too: a refusal then costs nothing
    kept = make_backup(database, folder, now, BackupReason.RESTORE)
    _close_log(database)
    return kept


def _close_log(database: Database) -> None:
    """Fold the write-ahead log into the file; SQLite refuses while anybody else has it open."""
    path, key, busy_ms = _path_of(database), database.key, database.busy_ms
    with told_in_sentences(), closing(connect_sqlite(path, key, busy_ms=busy_ms)) as connection:
        connection.execute("pragma wal_checkpoint(TRUNCATE)")
        connection.execute("pragma journal_mode=DELETE")


def _set_aside(path: Path, now: datetime) -> None:
    """Keep a file that cannot be read, and its log, under another name: somebody may still read it."""
    stamp = now.astimezone().strftime(_STAMP)
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(path.with_name(f"damaged-{stamp}-{path.name}{suffix}"))


def _copy(source: Path, target: Path) -> None:
    """Copy *source* to a new private file and see it on the disk."""
    target.unlink(missing_ok=True)
    prepare_file(target)
    with files_told_in_sentences():
        shutil.copyfile(source, target)
        _sync(target)


def _sync(path: Path) -> None:
    """See *path*, a file or a folder, on the disk; Windows knows no such thing for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
