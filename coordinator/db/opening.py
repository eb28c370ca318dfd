"""Opening a network file: to write where that is possible, else to read it, however little room there is.

Nothing is changed before the file has been read and found to be a network of ours.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from coordinator.db.engine import connect_to_read, reading_engine, sqlite_engine
from coordinator.db.errors import files_told_in_sentences, has_lost_locks, told_in_sentences
from coordinator.db.network_file import LOG, beside, has_unsaved_log, is_writable, make_private
from coordinator.domain.records.keys import Key
from coordinator.errors import BusyError, DiskError, FileProblemError, NotANetworkError, ReadOnlyError

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)

_STEP_LENGTH: Final = 4


@dataclass(frozen=True)
class OpenedFile:
    """An engine and, where it only reads, why, and the copy it reads; ``let_go`` comes after it."""

    engine: Engine
    refusal: FileProblemError | None = None
    copy: Path | None = None
    let_go: Callable[[], None] = lambda: None


def open_file(path: Path, key: Key | None, busy_ms: int) -> OpenedFile:
    """Open the network at *path* to write, else to read.

    Raises:
        NotANetworkError, WrongKeyError: If it is not ours; the file is as it was.
        UserError: If it cannot even be read.
    """
    with suppress(ReadOnlyError, DiskError):  # no room to look into it: the ways below find one
        examine(path, key)
    try:
        return OpenedFile(engine_to_write(path, key, busy_ms))
    except (ReadOnlyError, DiskError) as refusal:
        log.warning("opened to read only: %s", type(refusal).__name__)
        return _open_to_read(path, key, refusal)


def examine(path: Path, key: Key | None) -> None:
    """Raise ``NotANetworkError`` unless the file at *path* has the marks of a network of ours."""
    step = step_of_file(path, key)
    # Our steps are numbered with four digits; other programs' are hexadecimal.
    if not (len(step) == _STEP_LENGTH and step.isdecimal()):
        raise NotANetworkError


def step_of_file(path: Path, key: Key | None) -> str:
    """Return the last step of the schema in the file at *path*, which leaves no trace beside it.

    Raises:
        NotANetworkError: If it has no such history; other ``UserError`` if it cannot be read.
    """
    immutable = not has_unsaved_log(path)
    with (
        told_in_sentences(),
        _busy_without_locks(),
        closing(connect_to_read(path, key, immutable=immutable)) as connection,
    ):
        tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        if connection.execute(tables).fetchone()[0]:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if found is not None:
                return str(found[0])
    raise NotANetworkError


def engine_to_write(path: Path, key: Key | None, busy_ms: int) -> Engine:
    """Return an engine that can write the file at *path*.

    Raises:
        ReadOnlyError, DiskError: If nobody can just now.
    """
    if not is_writable(path):
        raise ReadOnlyError
    make_private(path)
    return _proven(sqlite_engine(path, key, busy_ms=busy_ms))


def open_copy_to_read(path: Path, key: Key | None, refusal: FileProblemError) -> OpenedFile:
    """Open a private copy of a network that cannot be written, log included, in the system's own place.

    For a log that finds no room for its index, and for a file of an older program, which is brought up to
    date there. None of this process's connections may be open.
    """
    folder = Path(tempfile.mkdtemp(prefix="milkrun-"))
    copy = folder / path.name
    try:
        with files_told_in_sentences():
            shutil.copyfile(path, copy)
            if has_unsaved_log(path):
                shutil.copyfile(beside(path, LOG), beside(copy, LOG))
        engine = _proven(sqlite_engine(copy, key))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return OpenedFile(engine, refusal, copy, lambda: shutil.rmtree(folder, ignore_errors=True))


def _open_to_read(path: Path, key: Key | None, refusal: FileProblemError) -> OpenedFile:
    """Try what needs least: the file in use, then as one that nobody writes, then a copy."""
    with suppress(ReadOnlyError, DiskError):
        return OpenedFile(_proven(reading_engine(path, key)), refusal)
    if not has_unsaved_log(path):
        with suppress(ReadOnlyError, DiskError):
            return OpenedFile(_proven(reading_engine(path, key, immutable=True)), refusal)
    return open_copy_to_read(path, key, refusal)


def _proven(engine: Engine) -> Engine:
    """Return *engine* once one connection is open."""
    with _disposed_of_on_failure(engine), told_in_sentences(), _busy_without_locks():
        engine.connect().close()
    return engine


@contextmanager
def _busy_without_locks() -> Iterator[None]:
    """Say that somebody else is busy where SQLite finds another program's locks in disorder: it passes."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        if has_lost_locks(error):
            raise BusyError from None
        raise


@contextmanager
def _disposed_of_on_failure(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise
