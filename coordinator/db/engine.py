"""Engines for the two kinds of database: one SQLite file, or a PostgreSQL server.

On SQLite the driver is ``sqlcipher3``, keyed or not: its SQLite is current, and its page checks find
what a plain file hides. ``isolation_level=None`` leaves BEGIN to us: a writer says BEGIN IMMEDIATE,
because two that begin deferred and then write lose most of their work to "database is locked".
A PostgreSQL writer takes one advisory lock, so that the same rule ("one writer at a time, and it sees
everything before it") holds for both, and the chained audit needs nothing else.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import sqlcipher3
import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, Pool, QueuePool

from coordinator.db.errors import SQLITE_NOTADB, files_told_in_sentences, sqlite_code
from coordinator.errors import NotANetworkError, ReadOnlyError, UserError, WrongKeyError

KEY_BYTES: Final = 32
READING: Final = "milkrun_reading"
"""Execution option that makes a transaction refuse to write."""

_PLAIN_HEADER: Final = b"SQLite format 3\0"
_SMALLEST_PAGE: Final = 512
_WRITERS_LOCK: Final = 0x6D696C6B  # any number will do, as long as all of us take the same

_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
)


def connect_sqlite(
    path: Path, key: bytes | None = None, *, foreign_keys: bool = True, busy_ms: int = 5000
) -> sqlcipher3.Connection:
    """Return a driver connection to the file at *path*, set up and proven readable.

    This is also the maintenance connection: PRAGMA and VACUUM INTO fail or do nothing
    inside the transactions of an ``Engine``.

    Args:
        path: The file; it must exist.
        key: 32 raw bytes, or None for a file that is not locked.
        foreign_keys: False only while tables are rebuilt.
        busy_ms: How long one statement waits for another writer.

    Raises:
        WrongKeyError: If the key does not fit.
        NotANetworkError: If the file is something else.
        sqlcipher3.dbapi2.Error: Whatever else the driver finds.
    """
    connection = sqlcipher3.connect(
        str(path), check_same_thread=False, isolation_level=None, timeout=busy_ms / 1000
    )
    try:
        connection.execute("pragma cipher_log_level=NONE")  # else thousands of lines on stderr
        unlock(connection, key)
        connection.execute("select count(*) from sqlite_master")  # a wrong key fails here
        for pragma in (*_PRAGMAS, f"foreign_keys={foreign_keys:d}", f"busy_timeout={busy_ms}"):
            connection.execute(f"pragma {pragma}")
    except sqlcipher3.dbapi2.Error as error:
        connection.close()
        if sqlite_code(error) == SQLITE_NOTADB:
            raise why_unreadable(path, key) from None
        raise
    return connection


def unlock(connection: sqlcipher3.Connection, key: bytes | None) -> None:
    """Give *connection* its raw *key*; deriving one from a passphrase would cost 0.2 s each time."""
    if key is None:
        return
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes")
    connection.execute(f"pragma key=\"x'{key.hex()}'\"")


def why_unreadable(path: Path, key: bytes | None) -> UserError:
    """Return why SQLite does not know the file: not ours, or locked otherwise than *key* says.

    A locked file has no header; it is whole pages of noise. So anything else is not ours.
    """
    with path.open("rb") as file:
        start = file.read(len(_PLAIN_HEADER))
    whole_pages = path.stat().st_size % _SMALLEST_PAGE == 0
    if start == _PLAIN_HEADER:
        return WrongKeyError(key_given=True) if key else NotANetworkError()
    return WrongKeyError(key_given=key is not None) if whole_pages else NotANetworkError()


def prepare_file(path: Path) -> None:
    """Make sure that *path* can be written: its folder (0700) and the file (0600) are made when missing.

    Raises:
        ReadOnlyError, DiskFullError, NotANetworkError: Before anything is opened.
    """
    if path.is_dir():
        raise NotANetworkError
    with files_told_in_sentences():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    # WAL needs to write beside the file, too.
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ReadOnlyError


def sqlite_engine(
    path: Path, key: bytes | None = None, *, foreign_keys: bool = True, busy_ms: int = 5000
) -> Engine:
    """Return an engine on the file at *path*; see :func:`connect_sqlite`.

    With ``foreign_keys=False`` it keeps no pool: it serves one migration.
    """

    def connect() -> sqlcipher3.Connection:
        return connect_sqlite(path, key, foreign_keys=foreign_keys, busy_ms=busy_ms)

    pool: type[Pool] = QueuePool if foreign_keys else NullPool
    engine = create_engine(
        "sqlite://", module=sqlcipher3.dbapi2, creator=connect, poolclass=pool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = bool(connection.get_execution_options().get(READING))
        connection.exec_driver_sql(f"pragma query_only={reading:d}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def postgresql_engine(url: URL, *, patience_ms: int = 10_000) -> Engine:
    """Return an engine on the server at *url*, through psycopg 3."""
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    except ImportError:
        raise UserError(
            "Sharing a network on a server needs one more part: install milkrun[postgresql]."
        ) from None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(READING):
            connection.exec_driver_sql(f"set local lock_timeout = {patience_ms}")
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_WRITERS_LOCK})")

    return engine


def for_reading(engine: Engine) -> Engine:
    """Return *engine* with transactions that see one moment and cannot write, from the same pool."""
    options: dict[str, Any] = {READING: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**options)
