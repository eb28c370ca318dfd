"""What happens when somebody else exchanged the files of an open network: nothing that was saved is lost.

On Linux and macOS a lost lock lets a second process delete ``-wal`` under us, and a synchronising folder may
put another file in the place of ours. Our connections then still have what was here, and nobody else has.
Windows lets nobody delete or replace a file that is open, so none of this comes up there.
"""

from __future__ import annotations

import ctypes
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from coordinator.db.copies import FOLDER, backup_name, put_new, vacuum_into
from coordinator.db.engine import IDENTITY, connect_to_read
from coordinator.db.errors import FileExchangedError, files_told_in_sentences
from coordinator.db.network_file import (
    INDEX,
    LOG,
    FileIdentity,
    beside,
    check_place,
    has_unsaved_log,
    identity_of,
)
from coordinator.db.opening import step_of_file
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.keys import Key
from coordinator.errors import (
    BusyError,
    DiskError,
    ExchangedError,
    LastCopyError,
    NewerFileError,
    NotANetworkError,
    OthersWroteError,
    RestartError,
    UserError,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)


class OpenNetwork(Protocol):
    """What is asked of the open database whose files somebody exchanged."""

    unusable: UserError | None

    @property
    def path(self) -> Path | None:
        """The file; none of a server."""

    @property
    def engine(self) -> Engine:
        """Its connections."""

    @property
    def key(self) -> Key | None:
        """What the file is locked with."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Tells the moment."""

    def holds(self, digest: str) -> bool:
        """Say whether the action of *digest* is in the file."""

    def read_anew(self) -> None:
        """Open the file again."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What our connections had open: which files, its newest actions, and a copy, if one could be made."""

    opened: FileIdentity
    digests: frozenset[str]
    step: str = ""
    copy: Path | None = None
    would_overwrite: bool = False
    """Whether closing them would fold what they have into a file that others have changed since."""


def reopen(database: OpenNetwork, last_digest: str) -> UserError | None:
    """Keep what only our connections have, let go of them, and open what lies at the path now.

    Returns what to tell, None where another thread was here before. *last_digest* is the last action this
    program saved; a copy of what was here stays unless the file found now holds that and all else that was.
    """
    path = _path_of(database)
    if not path.parent.exists():  # a stick pulled out: it may come back with everything on it
        return DiskError()
    try:
        before = _rescue(database, path, last_digest)
    except FileExchangedError:  # the connection with the old files is at work on another thread
        return BusyError()
    if before is None:
        return None
    if before.copy is None and identity_of(path).file != before.opened.file:
        database.unusable = LastCopyError()
        return database.unusable
    if before.would_overwrite:
        _never_close(database.engine)
        database.unusable = OthersWroteError(before.copy.name if before.copy else "")
        return database.unusable
    with files_told_in_sentences(), _others_log_kept(path, before.opened):
        database.engine.dispose()
    with files_told_in_sentences():
        return _open_what_is_there(database, path, before)


def _open_what_is_there(database: OpenNetwork, path: Path, before: _Before) -> UserError:
    _remove_relics(path, before)
    if before.copy is not None and not path.exists():
        return _put_back(before.copy, path)
    database.read_anew()
    if _continues(database, path, before):
        if before.copy is not None:
            before.copy.unlink()
        log.warning("the network's files were exchanged; opened anew, nothing is missing")
        return ExchangedError()
    log.warning("the network's file was exchanged; what was here is kept: %s", before.copy is not None)
    return ExchangedError(lacks_something=True, kept=before.copy.name if before.copy else "")


@contextmanager
def _others_log_kept(path: Path, opened: FileIdentity) -> Iterator[None]:
    """Keep a log that another program left there while ours is closed: SQLite deletes it by its name."""
    wal, keep = beside(path, LOG), path.with_name(f"{path.name}.others-log")
    now = identity_of(path)
    is_others = now.log is not None and now.log != opened.log
    if is_others:
        keep.unlink(missing_ok=True)
        os.link(wal, keep)
    yield
    if is_others and not wal.exists():
        keep.replace(wal)
    elif is_others:
        keep.unlink()


def _rescue(database: OpenNetwork, path: Path, last_digest: str) -> _Before | None:
    """Copy what a connection of before has open; None where there is none, as after another thread's turn."""
    saved = {last_digest} - {""}
    raw = database.engine.raw_connection()
    opened = raw.info.get(IDENTITY)
    if not isinstance(opened, FileIdentity) or opened == identity_of(path):
        raw.close()
        return None
    try:
        driver = raw.driver_connection
        assert isinstance(driver, sqlcipher3.dbapi2.Connection)  # noqa: S101 - for the type checker
        driver.execute("pragma query_only=0")
        step = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        for (digest,) in driver.execute("SELECT digest FROM audit ORDER BY id DESC LIMIT 1"):
            saved.add(digest)
        copy = _copied_somewhere(driver, path, database.clock())
        would_overwrite = _would_overwrite(driver, path, database.key, _Before(opened, frozenset(saved)))
    except (sqlcipher3.dbapi2.Error, UserError, OSError) as error:
        log.warning("what was open could not be copied: %s", type(error).__name__)
        return _Before(opened, frozenset(saved))
    finally:
        raw.close()
    return _Before(opened, frozenset(saved), step, copy, would_overwrite)


def _would_overwrite(
    driver: sqlcipher3.dbapi2.Connection, path: Path, key: Key | None, before: _Before
) -> bool:
    """Say whether *driver* has saved what the file lacks, while the file has what *driver* does not know.

    Its log is deleted then, but SQLite still folds it in when the last connection closes.
    """
    if identity_of(path).file != before.opened.file:  # SQLite folds nothing into a file that has moved
        return False
    query = "SELECT digest FROM audit WHERE digest = ?"
    try:
        with closing(connect_to_read(path, key, immutable=True)) as there:
            if all(there.execute(query, (digest,)).fetchone() for digest in before.digests):
                return False
            newest = there.execute("SELECT digest FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        is_unknown = newest is not None and driver.execute(query, newest).fetchone() is None
    except (sqlcipher3.dbapi2.Error, UserError):
        return False
    return is_unknown or (identity_of(path).log != before.opened.log and has_unsaved_log(path))


def _never_close(engine: Engine) -> None:
    """Keep the connections of *engine* from ever being closed, also when Python ends."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(engine.pool))


def _copied_somewhere(driver: sqlcipher3.dbapi2.Connection, path: Path, now: datetime) -> Path:
    """Copy what *driver* sees among the backups; where they have no room, in the system's place for such."""
    try:
        return _copied_into(path.parent / FOLDER, driver, now)
    except (UserError, OSError):
        return _copied_into(Path(tempfile.mkdtemp(prefix="milkrun-")), driver, now)


def _copied_into(folder: Path, driver: sqlcipher3.dbapi2.Connection, now: datetime) -> Path:
    copy = backup_name(folder, now, BackupReason.RESCUE)
    partial = copy.with_suffix(".partial")  # until it is whole, as with any backup
    vacuum_into(driver, partial)
    partial.rename(copy)
    return copy


def _remove_relics(path: Path, before: _Before) -> None:
    """Take our log away from beside a file that is not ours: SQLite would take it for that file's own.

    Where no copy could be made it only gets another name, for it may be all there is.
    """
    now = identity_of(path)
    if now.file == before.opened.file:
        return
    for suffix, inode, ours in (
        (LOG, now.log, before.opened.log),
        (INDEX, now.index, before.opened.index),
    ):
        if inode is not None and inode == ours:
            relic = beside(path, suffix)
            if before.copy is not None:
                relic.unlink()
            else:
                relic.rename(relic.with_name(f"lost-{inode[1]}-{relic.name}"))


def _put_back(copy: Path, path: Path) -> ExchangedError:
    """Give the network file back to a path that lost it."""
    put_new(copy, path)
    copy.unlink(missing_ok=True)
    log.warning("the network's file was taken away; it is back")
    return ExchangedError(put_back=True)


def _continues(database: OpenNetwork, path: Path, before: _Before) -> bool:
    """Say whether the file found at *path* is this network with all that was saved here.

    Where it is no network of this program's kind, the database is closed for good: nothing may write there.
    """
    try:
        check_place(path)
        if before.step and step_of_file(path, database.key) != before.step:
            raise RestartError  # noqa: TRY301 - one of the reasons below
        return all(database.holds(digest) for digest in before.digests)
    except (NotANetworkError, NewerFileError, RestartError) as error:
        database.unusable = error
    except UserError as error:
        log.warning("what lies there could not be read: %s", type(error).__name__)
    except (DBAPIError, FileExchangedError):
        database.unusable = RestartError()
    return False


def _path_of(database: OpenNetwork) -> Path:
    if database.path is None:
        raise ValueError("A server has no files of ours")
    return database.path
