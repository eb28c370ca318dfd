"""Opens the network, for the window and the command line alike."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from coordinator.adapters.computer import core_dumps, instance, logs
from coordinator.db.checks import check_session
from coordinator.db.copies import put_new, remove_with_log
from coordinator.db.database import Database, sqlite_path, utc_now
from coordinator.db.migrations import HISTORY, bring_up_to_date, revision_of
from coordinator.db.network_file import LOG, beside, check_place
from coordinator.db.swapping import MAKING, undo_half_swap
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.checks import Fault, FaultKind
from coordinator.domain.records.keys import Key
from coordinator.errors import AlreadyOpenError, DamagedFileError, NotANetworkError, UserError, WrongKeyError
from coordinator.folders import data_folder, default_database_url, log_folder
from coordinator.sayings import saying
from coordinator.services.records.backups import back_up_now, undo_what_was_killed
from coordinator.services.records.known_slots import is_key_of
from coordinator.services.records.rekeying import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "Database",
    "data_folder",
    "default_database_url",
    "file_of",
    "log_folder",
    "make_network",
    "open_database",
]

_UPGRADE_PATIENCE_S: Final = 10.0


def open_database(
    url: str | Path | None = None,
    *,
    key: Key | None = None,
    alone: bool = False,
    origin: str = "",
    clock: Callable[[], datetime] = utc_now,
    backup_folder: Path | None = None,
) -> Database:
    """Open the network at *url*: checked, backed up if it is behind, then brought up to date.

    What cannot be written is opened to read; ``database.refusal`` says why. What the check finds beside a
    damaged structure keeps nothing from being opened: ``database.faults`` are to be told.

    Args:
        url: A path or a URL; ``default_database_url()`` when not given.
        key: 32 raw bytes for a locked file.
        alone: True for the window, which is one per file until ``dispose()``; the command line works beside.
        origin: Who writes, for the audit: "window" or "command line".
        clock: Where "now" comes from, in UTC.
        backup_folder: Where the backup before an upgrade goes, instead of beside the file.

    Raises:
        AlreadyOpenError: If another window has the file; it has been asked to come forward.
        NoNetworkError: If there is no file; :func:`make_network` makes one.
        UserError: Whatever else is wrong, in one sentence; nothing was changed.
    """
    url = default_database_url() if url is None else url
    path = sqlite_path(url)
    if path is not None:
        if not path.exists():
            undo_what_was_killed(path)
        check_place(path)
    if key is not None:
        core_dumps.keep_none()
    claimed = _claim(path) if path is not None and alone else None
    try:
        if path is not None:
            (undo_half_swap if claimed is not None else undo_what_was_killed)(path)
        with _damage_told(path, key):
            database = Database.open(url, key=key, clock=clock, origin=origin)
        try:
            _check_and_upgrade(database, is_claimed=claimed is not None, backup_folder=backup_folder)
            if path is not None and key is not None:
                finish(path, key, is_claimed=claimed is not None)
        except BaseException:
            database.dispose()
            raise
    except BaseException:
        if claimed is not None:
            claimed.release()
        raise
    if claimed is not None:
        database.when_disposed(claimed.release)
    return database


@contextmanager
def _damage_told(path: Path | None, key: Key | None) -> Iterator[None]:
    """Call a file damaged that does not open with the key its own slots gave."""
    try:
        yield
    except (WrongKeyError, NotANetworkError) as error:
        if path is not None and is_key_of(path, key):
            raise DamagedFileError from error
        raise


def file_of(url: str | Path | None) -> Path | None:
    """Return the file of the network at *url*, ``None`` if it lives on a server."""
    return sqlite_path(default_database_url() if url is None else url)


def make_network(url: str | Path | None = None, *, key: Key | None = None) -> Path:
    """Make an empty network at *url*, all of it or nothing, and return its path.

    Raises:
        UserError: If something is there already, or nothing can be written there.
    """
    path = sqlite_path(default_database_url() if url is None else url)
    if path is None:
        raise UserError(
            saying("A network on a server is made by whoever runs the server; open it with --database.")
        )
    if os.path.lexists(path):
        raise UserError(
            saying(
                "There is a file at {path} already. Choose another name; it was not changed.", path=str(path)
            )
        )
    if beside(path, LOG).exists():  # it would be taken for the new file's own
        raise UserError(
            saying(
                "The log of another network lies at {log}. Choose another name, or move it away.",
                log=str(beside(path, LOG)),
            )
        )
    making = path.with_name(path.name + MAKING)
    remove_with_log(making)
    try:
        database = Database.open(making, make=True, key=key)
        try:
            bring_up_to_date(database)
        finally:
            database.dispose()
        put_new(making, path)
    finally:
        remove_with_log(making)
    return path


def was_asked_to_come_forward(database: Database) -> bool:
    """Say, once per request, whether a second start asked this window to come to the front."""
    return database.path is not None and instance.was_asked_to_come_forward(database.path)


def set_up_logging(folder: Path | None = None) -> tuple[str, TextIO | None]:
    """Start the log and the crash note in *folder* (by default the system's place for logs).

    Returns the note of a crash before this start, and the open crash file, to be kept as long as we run.
    """
    folder = folder or log_folder()
    crash = logs.last_crash(folder)
    logs.set_up(folder)
    return crash, logs.note_crashes(folder)


def _claim(path: Path) -> instance.Instance | None:
    """Be the only window on *path*, or wake the one that is; a folder nobody can write needs no claim."""
    try:
        return instance.claim(path)
    except AlreadyOpenError:
        instance.ask_to_come_forward(path)
        raise
    except OSError:
        return None


def _check_and_upgrade(database: Database, *, is_claimed: bool, backup_folder: Path | None) -> None:
    """Check the file, then run what it lacks; a window may not have it open under an older schema."""
    is_behind = revision_of(database) != HISTORY.revisions[-1]
    if database.is_sqlite:
        database.faults = _faults_at_start(database, is_behind=is_behind)
    if not is_behind:
        return
    if database.refusal is not None:
        database.read_a_copy()
        bring_up_to_date(database)
        return
    claimed = _wait_for(database.path) if database.path is not None and not is_claimed else None
    try:
        bring_up_to_date(
            database,
            before_upgrade=(
                (lambda: back_up_now(database, BackupReason.UPGRADE, folder=backup_folder))
                if database.is_sqlite
                else None
            ),
        )
    finally:
        if claimed is not None:
            claimed.release()


def _faults_at_start(database: Database, *, is_behind: bool) -> tuple[Fault, ...]:
    """Return what the quick form of the check finds; an older schema is not read as if it were ours.

    Raises:
        DamagedFileError: If the structure of the file is damaged.
    """
    with database.reading() as session:
        check = check_session(session, database.today(), quick=True, only_file=is_behind)
    if any(fault.kind is FaultKind.STRUCTURE for fault in check.faults):
        raise DamagedFileError
    return check.faults


def _wait_for(path: Path) -> instance.Instance:
    """Claim *path* for an upgrade; another start may be upgrading it at this very moment."""
    deadline = time.monotonic() + _UPGRADE_PATIENCE_S
    while True:
        try:
            return instance.claim(path)
        except AlreadyOpenError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)
