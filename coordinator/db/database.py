"""The one door to the data: a session to read in, a session to write in.

One action is one session and one transaction. Reading is the default and cannot write; writing is
all or nothing and names the action it is for, which the audit stores in the same transaction.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from coordinator.db import audit
from coordinator.db.engine import for_reading, postgresql_engine, prepare_file, sqlite_engine
from coordinator.db.errors import is_busy, told_in_sentences
from coordinator.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from coordinator.domain.audit import Action

log = logging.getLogger(__name__)

PATIENCE_S: Final = 10.0
WITHOUT_AUDIT: Final = "without_audit"
"""Execution option for the few statements that change many rows and answer for it themselves."""


def utc_now() -> datetime:
    """Return this moment in UTC: the clock that others replace."""
    return datetime.now(UTC)


class Database:
    """An open database. Make one with :meth:`open`; services take it as their first argument."""

    def __init__(
        self,
        engine: Engine,
        *,
        path: Path | None,
        key: bytes | None = None,
        clock: Callable[[], datetime] = utc_now,
        patience_s: float = PATIENCE_S,
        origin: str = "",
    ) -> None:
        self.engine = engine
        self.path = path
        self.key = key
        self.clock = clock
        self.origin = origin
        self.busy_ms = int(min(5.0, patience_s / 2) * 1000)  # one wait of SQLite's; we ask it twice or more
        self._patience_s = patience_s
        self._this_thread = threading.local()
        self._readers = sessionmaker(for_reading(engine))
        self._writers = sessionmaker(engine)
        audit.attach(self._writers)
        event.listen(self._writers, "do_orm_execute", _refuse_bulk_changes)
        self._when_disposed: list[Callable[[], None]] = []

    @staticmethod
    def open(
        url: str | Path,
        *,
        key: bytes | None = None,
        clock: Callable[[], datetime] = utc_now,
        patience_s: float = PATIENCE_S,
        origin: str = "",
    ) -> Database:
        """Return the database at *url*, with an empty file made when there is none. No schema is made here.

        Args:
            url: A path, ``sqlite:///path`` or ``postgresql://user@host/name``.
            key: 32 raw bytes for a locked file.
            clock: Where "now" comes from, in UTC.
            patience_s: How long to wait for another writer, in seconds.
            origin: Who writes, for the audit: the window or the command line, and on which computer.

        Raises:
            UserError: In one sentence, whatever is wrong with the file or the server.
        """
        path = sqlite_path(url)
        with told_in_sentences():
            if path is None:
                engine = postgresql_engine(make_url(str(url)), patience_ms=int(patience_s * 1000))
            else:
                prepare_file(path)
                engine = sqlite_engine(path, key, busy_ms=int(min(5.0, patience_s / 2) * 1000))
            try:
                engine.connect().close()
            except BaseException:
                engine.dispose()
                raise
        return Database(engine, path=path, key=key, clock=clock, patience_s=patience_s, origin=origin)

    @property
    def url(self) -> str:
        """Where the data is, without a password."""
        if self.path is not None:
            return f"sqlite:///{self.path}"
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is one file of ours, for us to lock, check and back up."""
        return self.path is not None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment, writes nothing and is rolled back at the end."""
        with told_in_sentences(), self._readers(info={"now": self.clock()}) as session:
            yield session

    @contextmanager
    def writing(self, action: Action) -> Iterator[Session]:
        """Give the only writing session there is; all of it is committed at the end, or nothing.

        ``session.info`` carries ``action``, ``now`` and ``origin``. Another writer is waited for.

        Raises:
            UserError: ``BusyError``, ``ChangedMeanwhileError``, ``BrokenRuleError``, ``DiskFullError``…
        """
        if getattr(self._this_thread, "is_writing", False):
            raise RuntimeError("An action inside an action would wait for itself; pass the session on")
        self._this_thread.is_writing = True
        try:
            with told_in_sentences(), self._begin_writing(action) as session:
                yield session
                session.commit()
        finally:
            self._this_thread.is_writing = False

    def change_counter(self) -> int:
        """Return a number that grows whenever anybody, here or elsewhere, has written an action."""
        with self.reading() as session:
            return int(session.execute(text("SELECT coalesce(max(id), 0) FROM audit")).scalar_one())

    def when_disposed(self, call: Callable[[], None]) -> None:
        """Let *call* happen after the last connection is closed."""
        self._when_disposed.append(call)

    def dispose(self) -> None:
        """Close every connection. Doing it twice does no harm."""
        self.engine.dispose()
        while self._when_disposed:
            self._when_disposed.pop()()

    def _begin_writing(self, action: Action) -> Session:
        """Return a session that already holds the writers' lock."""
        deadline = time.monotonic() + self._patience_s
        while True:
            session = self._writers(info={"action": action, "now": self.clock(), "origin": self.origin})
            try:
                session.connection()
            except DBAPIError as error:
                session.close()
                if not is_busy(error) or time.monotonic() >= deadline:
                    raise
                log.info("waiting for another writer before %s", action.kind)
                time.sleep(
                    0.02
                )  # some refusals, such as a recovery elsewhere, come without SQLite's own wait
            else:
                return session


def sqlite_path(url: str | Path) -> Path | None:
    """Return the file that *url* means, None for a server.

    Raises:
        UserError: If it is neither a file nor PostgreSQL.
    """
    if isinstance(url, Path) or "://" not in url:
        return Path(url).expanduser().absolute()
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind == "sqlite" and parsed.database:
        return Path(parsed.database).expanduser().absolute()
    if kind == "postgresql":
        return None
    raise UserError("A network is a file, or it lives on a PostgreSQL server; this address is neither.")


def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    """Keep UPDATE and DELETE statements from passing by the rows' versions and the audit."""
    if (state.is_update or state.is_delete) and not state.execution_options.get(WITHOUT_AUDIT):
        raise RuntimeError(
            "Change rows as objects, so that their version and the audit see it"
            f" (or answer for it with execution_options({WITHOUT_AUDIT}=True))"
        )
