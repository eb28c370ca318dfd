"""The one door to the data: a session to read in, a session to write in.

One action is one session and one transaction. Reading is the default and cannot write; writing is
all or nothing and names the action it is for, which the audit stores in the same transaction.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from coordinator import open_networks
from coordinator.db import audit, books
from coordinator.db.engine import IDENTITY, for_reading, opened_by, postgresql_engine
from coordinator.db.errors import FileExchangedError, has_lost_locks, is_busy, told_in_sentences
from coordinator.db.network_file import FileIdentity, check_place, identity_of, private_file
from coordinator.db.opening import OpenedFile, engine_to_write, open_copy_to_read, open_file
from coordinator.db.reopening import reopen
from coordinator.db.row_names import first_unreadable_text
from coordinator.db.writing import Writing, writing_of
from coordinator.domain.records.balance import BooksError, newly_broken
from coordinator.domain.records.keys import Key, held, wipe
from coordinator.errors import (
    ExchangedError,
    FileProblemError,
    LastCopyError,
    LockError,
    OthersWroteError,
    UnreadableTextError,
    UserError,
)
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from coordinator.domain.records.checks import Fault
    from coordinator.domain.records.history import Action

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
        key: bytearray | None = None,
        clock: Callable[[], datetime] = utc_now,
        patience_s: float = PATIENCE_S,
        origin: str = "",
    ) -> None:
        self.path = path
        self.opened_path = path
        """The file that is open: the network's own, or a copy of one that cannot be written."""
        self.key = key
        """Ours, and what every engine of ours has: wiped here it is wiped there."""
        self.is_shut = False
        """Whether the key was forgotten: nothing can be read or written until ``use_key``."""
        self.clock = clock
        self.origin = origin
        self.today: Callable[[], date] = self._local_day
        """The network's day, by which undo and the check of the books go; `--today` replaces it."""
        self.busy_ms = _busy_ms(patience_s)
        self.refusal: FileProblemError | None = None
        self.unusable: UserError | None = None
        self.faults: tuple[Fault, ...] = ()
        self._patience_s = patience_s
        self._this_thread = threading.local()
        self._opening = threading.Lock()
        self._last_digest = ""
        self._exchanged: UserError | None = None
        self._when_disposed: list[Callable[[], None]] = [] if path is None else [open_networks.hold(path)]
        self._use(engine)

    @contextmanager
    def writing_as(self, origin: str) -> Iterator[None]:
        """Let the history say that what this thread writes in the block was *origin*, not who has it open.

        So it is no step of hers: undo offers only her own, and the history still undoes it.
        """
        self._this_thread.origin = origin
        try:
            yield
        finally:
            del self._this_thread.origin

    @staticmethod
    def open(
        url: str | Path,
        *,
        make: bool = False,
        key: Key | None = None,
        clock: Callable[[], datetime] = utc_now,
        patience_s: float = PATIENCE_S,
        origin: str = "",
    ) -> Database:
        """Return the database at *url*; a file that cannot be written is opened to read.

        Args:
            url: A path, ``sqlite:///path`` or ``postgresql://user@host/name``.
            make: Make an empty file where there is none. No schema is made here.
            key: 32 raw bytes for a locked file.
            clock: Where "now" comes from, in UTC.
            patience_s: How long to wait for another writer, in seconds.
            origin: Who writes, for the audit: the window or the command line, and on which computer.

        Raises:
            NoNetworkError: If there is no file and none is to be made.
            UserError: In one sentence, whatever else is wrong with the file or the server.
        """
        path, own = sqlite_path(url), held(key)
        opened = (
            _open_server(str(url), patience_s) if path is None else _open(path, own, patience_s, make=make)
        )
        database = Database(
            opened.engine, path=path, key=own, clock=clock, patience_s=patience_s, origin=origin
        )
        database.refusal = opened.refusal
        database.opened_path = opened.copy or path
        database.when_disposed(opened.let_go)
        return database

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
        with self._same_files(), told_in_sentences(), self._readers() as session:
            yield session

    @contextmanager
    def writing(self, action: Action, today: date | None = None) -> Iterator[Session]:
        """Give the only writing session there is; all of it is committed at the end, or nothing.

        ``writing_of`` gives what goes with the session. Another writer is waited for.

        Args:
            action: What is done, for the history.
            today: The day it is done on; the network's own day when not given.

        Raises:
            BooksError: If the books would not balance after it.
            UserError: ``BusyError``, ``ChangedMeanwhileError``, ``BrokenRuleError``, ``DiskFullError``…
        """
        if getattr(self._this_thread, "is_writing", False):
            raise RuntimeError("An action inside an action would wait for itself; pass the session on")
        self._this_thread.is_writing = True
        try:
            with self._same_files(), told_in_sentences(), self._begin_writing(action, today) as session:
                yield session
                session.flush()
                self.check_books(session)
                self._commit(session)
        finally:
            self._this_thread.is_writing = False

    def check_books(self, session: Session) -> None:
        """Raise if the action leaves anything that may not be; what was so before it may stay."""
        touched, today = books.touched(session), writing_of(session).today
        broken = books.broken(session, touched, today)
        if broken:
            with self._readers() as before:
                known = books.broken(before, touched, today)
            if newly := newly_broken(broken, known):
                raise BooksError(newly)

    def change_counter(self) -> int:
        """Return a number that grows whenever anybody, here or elsewhere, has written an action."""
        with self.reading() as session:
            return int(session.execute(text("SELECT coalesce(max(id), 0) FROM audit")).scalar_one())

    def can_write_again(self) -> bool:
        """Say whether the network can be written, after trying anew where it could only be read."""
        if self.refusal is None or self.path is None:
            return True
        try:
            engine = engine_to_write(self.path, self.key, self.busy_ms)
        except UserError:
            return False
        if _step_of(engine) != _step_of(self.engine):  # what is read is a copy, brought up to date
            engine.dispose()
            return False
        old = self.engine
        self._use(engine)
        self.opened_path = self.path
        self.refusal = None
        old.dispose()
        log.info("can be written again")
        return True

    def read_a_copy(self) -> None:
        """Read a private copy from now on, which can be brought up to date where the network cannot."""
        if self.path is None or self.refusal is None:
            raise ValueError("Only what cannot be written is copied to be read")
        self.engine.dispose()
        opened = open_copy_to_read(self.path, self.key, self.refusal)
        self.opened_path = opened.copy
        self._use(opened.engine)
        self.when_disposed(opened.let_go)

    def read_anew(self) -> None:
        """Open once more what could only be read: by a way that fits what lies there now."""
        if self.path is None or self.refusal is None:
            return
        opened = open_file(self.path, self.key, self.busy_ms)
        self._use(opened.engine)
        self.opened_path, self.refusal = opened.copy or self.path, opened.refusal
        self.when_disposed(opened.let_go)

    def use_key(self, key: Key | None) -> None:
        """Open the file with *key* from now on: it was locked or unlocked since ``let_go``."""
        if self.path is None:
            raise ValueError("A server's data is not locked by us")
        own = held(key)
        opened = open_file(self.path, own, self.busy_ms)
        self.engine.dispose()
        wipe(self.key)
        self.key = own
        self._use(opened.engine)
        if self.is_shut:
            self.is_shut, self.unusable = False, None
        self.opened_path, self.refusal = opened.copy or self.path, opened.refusal
        self.when_disposed(opened.let_go)

    def let_go(self) -> None:
        """Close the connections for now: whoever asks next opens what lies at the path then."""
        if isinstance(self.unusable, OthersWroteError):
            raise self.unusable
        self._keep_what_is_ours()
        self.engine.dispose()
        self._last_digest = ""
        self.unusable = None

    def forget_key(self) -> None:
        """Close the connections and overwrite the key: until ``use_key`` whoever asks is told it is locked.

        No session may be open. What stays in memory all the same: ``domain.records.keys``.

        Raises:
            OthersWroteError: If the connections can never be closed; nothing was done.
        """
        self.let_go()
        self.is_shut, self.unusable = True, LockError(saying("The network is locked. Type its passphrase."))
        wipe(self.key)
        self.key = None

    def when_disposed(self, call: Callable[[], None]) -> None:
        """Let *call* happen after the last connection is closed."""
        self._when_disposed.append(call)

    def dispose(self) -> None:
        """Close every connection. Doing it twice does no harm."""
        if not isinstance(self.unusable, OthersWroteError):  # whose connections are never closed
            self._keep_what_is_ours()
            self.engine.dispose()
        while self._when_disposed:
            self._when_disposed.pop()()

    def holds(self, digest: str) -> bool:
        """Say whether the action with *digest* is in the database."""
        with told_in_sentences(), for_reading(self.engine).connect() as connection:
            found = connection.execute(text("SELECT 1 FROM audit WHERE digest = :digest"), {"digest": digest})
            return found.first() is not None

    def _use(self, engine: Engine) -> None:
        """Let sessions be made by *engine* from now on."""
        self.engine = engine
        self._readers = sessionmaker(for_reading(engine))
        self._writers = sessionmaker(engine)
        audit.attach(self._writers)
        event.listen(self._writers, "do_orm_execute", _refuse_bulk_changes)

    def _local_day(self) -> date:
        return self.clock().astimezone().date()

    def _commit(self, session: Session) -> None:
        """Commit what counts as saved only if the files are still the ones that lie at the path."""
        connection = session.connection()
        opened = connection.info.get(IDENTITY)
        session.flush()
        self._compare(opened)
        try:
            with _lost_locks_told():
                session.commit()
            self._compare(opened)
        except FileExchangedError:
            session.close()
            told = self._open_anew()
            if not self._has_saved(writing_of(session).digest):
                raise told from None
        self._last_digest = writing_of(session).digest or self._last_digest

    def _has_saved(self, digest: str) -> bool:
        """Say whether the action with *digest* is in what was opened anew."""
        try:
            return bool(digest) and self.unusable is None and self.holds(digest)
        except (UserError, DBAPIError, FileExchangedError):
            return False

    def _compare(self, opened: FileIdentity | None) -> None:
        if opened is not None and self.path is not None and opened != identity_of(self.path):
            raise FileExchangedError

    @contextmanager
    def _same_files(self) -> Iterator[None]:
        """Open the files anew if others lie at the path than the ones we have open, and say so."""
        if isinstance(self.unusable, LastCopyError):  # there may be room by now
            self.unusable = None
        if self.unusable is not None:
            raise self.unusable
        try:
            with _lost_locks_told():
                yield
        except FileExchangedError:
            raise self._open_anew() from None
        except UnreadableTextError as error:
            raise self._named(error) from None

    def _open_anew(self) -> UserError:
        """Let go of files that were exchanged, keeping what only they hold, and open what lies there now.

        Returns what to tell; who comes later, from another thread, is told the same.
        """
        with self._opening:
            found = reopen(self, self._last_digest)
            if found is not None:
                self._exchanged = found
            return self._exchanged or ExchangedError()

    def _keep_what_is_ours(self) -> None:
        """See that nothing is lost with the connections: other files may lie there now."""
        if self.refusal is not None:
            return
        try:
            if self.path is not None and opened_by(self.engine) not in (None, identity_of(self.path)):
                self._open_anew()
        except UserError as error:
            log.warning("not compared at the end: %s", type(error).__name__)

    def _named(self, error: UnreadableTextError) -> UnreadableTextError:
        """Return *error* with the table and the code of the text that cannot be read."""
        if self.path is None:
            return error
        found = first_unreadable_text(self.path, self.key, error.column)
        return UnreadableTextError(error.column, found) if found else error

    def _who_writes(self) -> str:
        return str(getattr(self._this_thread, "origin", self.origin))

    def _begin_writing(self, action: Action, today: date | None) -> Session:
        """Return a session that already holds the writers' lock."""
        if not self.can_write_again():
            assert self.refusal is not None  # noqa: S101 - for the type checker
            raise self.refusal
        deadline = time.monotonic() + self._patience_s
        while True:
            writing = Writing(action, self.clock(), today or self.today(), self._who_writes())
            session = self._writers(info={Writing: writing})
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
            except FileExchangedError:
                session.close()
                raise
            else:
                return session


@contextmanager
def _lost_locks_told() -> Iterator[None]:
    """Let connections without their locks be as those whose files were exchanged: they are of no use."""
    try:
        yield
    except DBAPIError as error:
        if not has_lost_locks(error):
            raise
        raise FileExchangedError from None


def _open_server(url: str, patience_s: float) -> OpenedFile:
    """Open the database on the server at *url*."""
    engine = postgresql_engine(make_url(url), patience_ms=int(patience_s * 1000))
    try:
        with told_in_sentences():
            engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return OpenedFile(engine)


def _open(path: Path, key: Key | None, patience_s: float, *, make: bool) -> OpenedFile:
    """Open the file at *path*, or an empty one made there."""
    if make and not path.exists():
        private_file(path)
        return OpenedFile(engine_to_write(path, key, _busy_ms(patience_s)))
    check_place(path)
    return open_file(path, key, _busy_ms(patience_s))


def _busy_ms(patience_s: float) -> int:
    """Return one wait of SQLite's; we ask it twice or more."""
    return int(min(5.0, patience_s / 2) * 1000)


def _step_of(engine: Engine) -> str | None:
    with told_in_sentences(), for_reading(engine).connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def sqlite_path(url: str | Path) -> Path | None:
    """Return the file that *url* means, None for a server. A link is followed: its target is the network.

    Raises:
        UserError: If it is neither a file nor PostgreSQL.
    """
    try:
        if isinstance(url, Path) or "://" not in url:
            return Path(url).expanduser().resolve()
        parsed = make_url(url)
        kind = parsed.get_backend_name()
        if kind == "sqlite" and parsed.database:
            return Path(parsed.database).expanduser().resolve()
        if kind == "postgresql":
            return None
    except (ArgumentError, ValueError, RuntimeError, OSError) as error:
        log.warning("no address: %s", type(error).__name__)
    raise UserError(
        saying("A network is a file, or it lives on a PostgreSQL server; this address is neither.")
    )


def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    """Keep UPDATE and DELETE statements from passing by the rows' versions and the audit."""
    if (state.is_update or state.is_delete) and not state.execution_options.get(WITHOUT_AUDIT):
        raise RuntimeError(
            "Change rows as objects, so that their version and the audit see it"
            f" (or answer for it with execution_options({WITHOUT_AUDIT}=True))"
        )
