"""Opens the network, for the window and the command line alike."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TextIO

from coordinator.adapters import instance, logs
from coordinator.db.backups import quick_check
from coordinator.db.database import Database, sqlite_path, utc_now
from coordinator.db.engine import prepare_file
from coordinator.db.migrations import HISTORY, bring_up_to_date, revision_of
from coordinator.domain.backups import BackupReason
from coordinator.errors import AlreadyOpenError
from coordinator.folders import data_folder, default_database_url, log_folder
from coordinator.services.backups import back_up_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

__all__ = ["Database", "data_folder", "default_database_url", "log_folder", "open_database"]

_UPGRADE_PATIENCE_S: Final = 10.0


def open_database(
    url: str | Path | None = None,
    *,
    key: bytes | None = None,
    alone: bool = False,
    origin: str = "",
    clock: Callable[[], datetime] = utc_now,
    backup_folder: Path | None = None,
) -> Database:
    """Open the network at *url*: checked, backed up if it is behind, then brought up to date.

    Args:
        url: A path or a URL; ``default_database_url()`` when not given.
        key: 32 raw bytes for a locked file.
        alone: True for the window, which is one per file until ``dispose()``; the command line works beside.
        origin: Who writes, for the audit: "window" or "command line".
        clock: Where "now" comes from, in UTC.
        backup_folder: Where the backup before an upgrade goes, instead of beside the file.

    Raises:
        AlreadyOpenError: If another window has the file; it has been asked to come forward.
        UserError: Whatever else is wrong, in one sentence; nothing was changed.
    """
    url = default_database_url() if url is None else url
    path = sqlite_path(url)
    claimed = _claim(path) if path is not None and alone else None
    try:
        database = Database.open(url, key=key, clock=clock, origin=origin)
        try:
            _check_and_upgrade(database, is_claimed=claimed is not None, backup_folder=backup_folder)
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


def _claim(path: Path) -> instance.Instance:
    """Be the only window on *path*, or wake the one that is."""
    prepare_file(path)
    try:
        return instance.claim(path)
    except AlreadyOpenError:
        instance.ask_to_come_forward(path)
        raise


def _check_and_upgrade(database: Database, *, is_claimed: bool, backup_folder: Path | None) -> None:
    """Check the file, then run what it lacks; a window may not have it open under an older schema."""
    if database.is_sqlite:
        quick_check(database)
    if revision_of(database) == HISTORY.revisions[-1]:
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
