"""What happens when somebody else exchanged the files of an open network: nothing that was saved is lost.

On Linux and macOS a lost lock lets a second process delete ``-wal`` under us, and a synchronising folder may
put another file in the place of ours. Our connections then still have what was here, and nobody else has.
Windows lets nobody delete or replace a file that is open, so none of this comes up there.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from coordinator.db.copies import backup_name, see_on_disk, vacuum_into
from coordinator.db.engine import IDENTITY
from coordinator.db.network_file import check_place, identity_of
from coordinator.db.opening import step_of_file
from coordinator.domain.backups import BackupReason
from coordinator.errors import ExchangedError, RestartError, UserError

if TYPE_CHECKING:
    from coordinator.db.database import Database

log = logging.getLogger(__name__)

_FOLDER: Final = "backups"


@dataclass(frozen=True, slots=True)
class _Before:
    """What our connections had open: a copy of it, if one could be made, and its newest actions."""

    digests: frozenset[str]
    step: str = ""
    copy: Path | None = None


def reopen(database: Database, last_digest: str) -> ExchangedError:
    """Keep what only our connections have, let go of them, and open what lies at the path now.

    Returns what to tell. *last_digest* is the last action this program saved; a copy of what was here stays
    unless the file found now holds it and whatever else was here.
    """
    path = _path_of(database)
    before = _rescue(database, path, last_digest)
    database.engine.dispose()
    if before is None:
        return ExchangedError()
    if before.copy is not None and not path.exists():
        return _put_back(before.copy, path)
    if _continues(database, path, before):
        if before.copy is not None:
            before.copy.unlink()
        log.warning("the network's files were exchanged; opened anew, nothing is missing")
        return ExchangedError()
    log.warning("the network's file was exchanged; what was here is kept: %s", before.copy is not None)
    return ExchangedError(lacks_something=True, kept=before.copy.name if before.copy else "")


def _rescue(database: Database, path: Path, last_digest: str) -> _Before | None:
    """Copy what a connection of before has open; None where there is none, as after another thread's turn."""
    saved = {last_digest} - {""}
    raw = database.engine.raw_connection()
    try:
        if raw.info.get(IDENTITY) == identity_of(path):
            return None
        driver = raw.driver_connection
        assert isinstance(driver, sqlcipher3.dbapi2.Connection)  # noqa: S101 - for the type checker
        driver.execute("pragma query_only=0")
        step = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        for (digest,) in driver.execute("SELECT digest FROM audit ORDER BY id DESC LIMIT 1"):
            saved.add(digest)
        copy = backup_name(path.parent / _FOLDER, database.clock(), BackupReason.RESCUE)
        partial = copy.with_suffix(".partial")  # until it is whole, as with any backup
        vacuum_into(driver, partial)
        partial.rename(copy)
    except (sqlcipher3.dbapi2.Error, UserError, OSError) as error:
        log.warning("what was open could not be copied: %s", type(error).__name__)
        return _Before(frozenset(saved))
    finally:
        raw.close()
    return _Before(frozenset(saved), step, copy)


def _put_back(copy: Path, path: Path) -> ExchangedError:
    """Give the network file back to a path that lost it."""
    copy.rename(path)
    see_on_disk(path.parent)
    log.warning("the network's file was taken away; it is back")
    return ExchangedError(put_back=True)


def _continues(database: Database, path: Path, before: _Before) -> bool:
    """Say whether the file found at *path* is this network with all that was saved here.

    Where it is no network of this program's kind, the database is closed for good: nothing may write there.
    """
    try:
        check_place(path)
        if before.step and step_of_file(path, database.key) != before.step:
            raise RestartError
        return all(database.holds(digest) for digest in before.digests)
    except UserError as error:
        database.unusable = error
    except DBAPIError:
        database.unusable = RestartError()
    return False


def _path_of(database: Database) -> Path:
    if database.path is None:
        raise ValueError("A server has no files of ours")
    return database.path
