"""Shutting a locked network while the program runs, so that nobody can read it, and opening it again."""

from __future__ import annotations

import logging

from coordinator.db.backups import path_of
from coordinator.db.database import Database
from coordinator.db.migrations import HISTORY, revision_of
from coordinator.db.network_file import is_locked
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.keys import wipe
from coordinator.errors import RestartError, UserError
from coordinator.services.records import backups, locking
from coordinator.services.records.history import last_change_at

log = logging.getLogger(__name__)


def shut(database: Database) -> None:
    """Back up what no backup has yet, then close *database* and forget its key.

    A backup could not be made later, should the program end before the network is opened again. No session
    may be open.

    Raises:
        OthersWroteError: If its connections can never be closed, and it stays as it is.
    """
    if database.refusal is None:
        try:
            _back_up(database)
        except UserError as error:  # it is shut all the same: that was asked for
            log.warning("no backup when locked: %s", type(error).__name__)
    database.forget_key()
    log.info("shut")


def open_again(database: Database, secret: str) -> None:
    """Open *database* with *secret*, its passphrase or recovery words; if it is not shut yet only try it.

    Others may have written meanwhile: what was read before may be old.

    Raises:
        WrongKeyError: If *secret* does not open it.
        RestartError: If a file that is not locked lies there now, or one of another program's kind; it stays
            shut.
        UserError: If it cannot be read.
    """
    path = path_of(database)
    if not is_locked(path):
        raise RestartError
    key = locking.key_for(path, secret)
    try:
        if database.is_shut:
            database.use_key(key)
    finally:
        wipe(key)
    if revision_of(database) != HISTORY.revisions[-1]:
        database.forget_key()
        raise RestartError
    log.info("open again")


def _back_up(database: Database) -> None:
    folder, changed = backups.chosen_folder(database), last_change_at(database)
    kept = backups.backups(database, folder=folder)
    if changed is not None and (not kept or kept[0].made_at < changed):
        backups.back_up_now(database, BackupReason.LOCK, folder=folder)
