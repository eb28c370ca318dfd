"""Engines for the two kinds of database: one SQLite file, or a PostgreSQL server.

On SQLite the driver is ``sqlcipher3``, keyed or not: its SQLite is current, and its page checks find
what a plain file hides. ``isolation_level=None`` leaves BEGIN to us: a writer says BEGIN IMMEDIATE,
because two that begin deferred and then write lose most of their work to "database is locked".
A PostgreSQL writer takes one advisory lock, so that the same rule ("one writer at a time, and it sees
everything before it") holds for both, and the chained audit needs nothing else.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import sqlcipher3
import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, Pool, QueuePool

from coordinator.db.errors import SQLITE_NOTADB, FileExchangedError, sqlite_code
from coordinator.db.network_file import FileIdentity, has_plain_header, identity_of
from coordinator.domain.records.keys import Key
from coordinator.errors import NotANetworkError, UserError, WrongKeyError
from coordinator.sayings import saying

KEY_BYTES: Final = 32
READING: Final = "milkrun_reading"
"""Execution option that makes a transaction refuse to write."""

IDENTITY: Final = "milkrun_identity"
"""Where a connection keeps which files it has open."""

_opened: WeakKeyDictionary[Engine, FileIdentity] = WeakKeyDictionary()

_READ: Final = "select count(*) from sqlite_master"
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
    path: Path, key: Key | None = None, *, foreign_keys: bool = True, busy_ms: int = 5000
) -> sqlcipher3.Connection:
    """Return a driver connection to the file at *path*, set up and proven readable.

    This is also the maintenance connection: PRAGMA and VACUUM INTO fail or do nothing
    inside the transactions of an ``Engine``.

    Args:
        path: The file; it must exist, and be a network or one in the making: its journal mode is set.
        key: 32 raw bytes, or None for a file that is not locked.
        foreign_keys: False only while tables are rebuilt.
        busy_ms: How long one statement waits for another writer.

    Raises:
        WrongKeyError: If the key does not fit.
        NotANetworkError: If the file is something else.
        sqlcipher3.dbapi2.Error: Whatever else the driver finds.
    """
    pragmas = (*_PRAGMAS, f"foreign_keys={foreign_keys:d}", f"busy_timeout={busy_ms}")
    return _connect(path, "mode=rw", key, pragmas, busy_ms)


def connect_to_read(
    path: Path, key: Key | None = None, *, immutable: bool = False, busy_ms: int = 5000
) -> sqlcipher3.Connection:
    """Return a driver connection that changes nothing in the file at *path*; errors as above.

    Args:
        path: The file, ours or not.
        key: As above.
        immutable: For a file that nobody writes, such as a backup: nothing is made beside it, and a log
            that lies there is not looked at.
        busy_ms: As above.
    """
    how = "mode=ro&immutable=1" if immutable else "mode=ro"
    return _connect(path, how, key, ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON"), busy_ms)


def _connect(
    path: Path, how: str, key: Key | None, pragmas: tuple[str, ...], busy_ms: int
) -> sqlcipher3.Connection:
    """Return a connection in the mode *how*; it never makes a file where there is none."""
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlcipher3.connect(
        uri, uri=True, check_same_thread=False, isolation_level=None, timeout=busy_ms / 1000
    )
    try:
        connection.execute("pragma cipher_log_level=NONE")  # else thousands of lines on stderr
        unlock(connection, key)
        connection.execute(_READ)  # a wrong key fails here
        for pragma in pragmas:
            connection.execute(f"pragma {pragma}")
        connection.execute(_READ)  # which opens the log of a file that had none
    except sqlcipher3.dbapi2.Error as error:
        connection.close()
        if sqlite_code(error) == SQLITE_NOTADB:
            raise why_unreadable(path, key) from None
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def unlock(connection: sqlcipher3.Connection, key: Key | None) -> None:
    """Give *connection* its raw *key*; deriving one from a passphrase would cost 0.2 s each time."""
    if key is None:
        return
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes")
    connection.execute(f"pragma key=\"x'{key.hex()}'\"")


def why_unreadable(path: Path, key: Key | None) -> UserError:
    """Return why SQLite does not know the file: not ours, or locked otherwise than *key* says.

    A locked file has no header; it is whole pages of noise. So anything else is not ours.
    """
    whole_pages = path.stat().st_size % _SMALLEST_PAGE == 0
    if has_plain_header(path):
        return WrongKeyError(key_given=True) if key else NotANetworkError()
    return WrongKeyError(key_given=key is not None) if whole_pages else NotANetworkError()


def sqlite_engine(
    path: Path, key: Key | None = None, *, foreign_keys: bool = True, busy_ms: int = 5000
) -> Engine:
    """Return an engine on the file at *path*; see :func:`connect_sqlite`.

    With ``foreign_keys=False`` it keeps no pool: it serves one migration.
    """

    def connect() -> sqlcipher3.Connection:
        return connect_sqlite(path, key, foreign_keys=foreign_keys, busy_ms=busy_ms)

    return _engine(path, connect, QueuePool if foreign_keys else NullPool)


def reading_engine(path: Path, key: Key | None = None, *, immutable: bool = False) -> Engine:
    """Return an engine that can only read the file at *path*; see :func:`connect_to_read`."""
    return _engine(path, lambda: connect_to_read(path, key, immutable=immutable), QueuePool)


def _engine(path: Path, connect: Callable[[], sqlcipher3.Connection], pool: type[Pool]) -> Engine:
    """Return an engine whose every transaction begins only on the very files its connection has open."""

    def connect_same() -> sqlcipher3.Connection:
        # All connections of a pool have the same files open. Merely opening others would be wrong: our log,
        # should it lie beside a file that is not ours, would be folded into that.
        if _opened.get(engine, identity_of(path)) != identity_of(path):
            raise FileExchangedError
        return connect()

    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=connect_same,
        poolclass=pool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def remember(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[IDENTITY] = _opened.setdefault(engine, identity_of(path))

    @event.listens_for(engine, "engine_disposed")
    def forget(disposed: Engine) -> None:
        _opened.pop(disposed, None)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.info[IDENTITY] != identity_of(path):
            raise FileExchangedError
        reading = bool(connection.get_execution_options().get(READING))
        connection.exec_driver_sql(f"pragma query_only={reading:d}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def opened_by(engine: Engine) -> FileIdentity | None:
    """Return which files the connections of *engine* have open, None if it has made none."""
    return _opened.get(engine)


def postgresql_engine(url: URL, *, patience_ms: int = 10_000) -> Engine:
    """Return an engine on the server at *url*, through psycopg 3."""
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    except ImportError:
        raise UserError(
            saying("Sharing a network on a server needs one more part: install milkrun[postgresql].")
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
