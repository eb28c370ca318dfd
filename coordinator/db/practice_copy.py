"""A private copy of a network in memory, to practise on: nothing of it is ever on a disk.

Lost with the process or with :meth:`Database.dispose`. What is done there is no part of the network; the
history is not copied, so the copy begins one of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Final

import sqlalchemy as sa
import sqlcipher3
import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

import coordinator.db.every_table  # noqa: F401 - every table is copied
from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.base import Base
from coordinator.db.choices import ChoiceFileRow
from coordinator.db.database import Database
from coordinator.db.engine import READING
from coordinator.db.recalls import RecallContactRow, RecallRow, RecallToldRow

PRACTICE: Final = "milkrun_practice"
"""Execution option of the engine of a copy to practise on."""

_LEFT_OUT: Final = frozenset(
    row.__tablename__
    for row in (
        AuditRow,
        AuditChangeRow,
        AuditValueRow,
        ChoiceFileRow,
        RecallRow,
        RecallContactRow,
        RecallToldRow,
    )
)
"""The history, scans, and the recalls there were: a drill is the copy's first."""
_AT_ONCE: Final = 5_000


def practice_copy(database: Database) -> Database:
    """Return a copy of *database*, by its own clock; :meth:`Database.dispose` ends it."""
    engine, anchor = _engine_in_memory()
    Base.metadata.create_all(engine)
    with database.reading() as session:
        _copy(session, engine)
    copy = Database(engine, path=None, clock=database.clock, origin=database.origin)
    copy.today = database.today
    copy.when_disposed(anchor.close)
    return copy


def is_practice(session: Session) -> bool:
    """Return whether *session* is of a copy to practise on."""
    return bool(session.get_bind().get_execution_options().get(PRACTICE))


def _engine_in_memory() -> tuple[Engine, sqlcipher3.Connection]:
    """Return an engine on a new memory that its connections share, and the one that keeps it."""
    name = f"file:practice-{secrets.token_hex(16)}?mode=memory&cache=shared"

    def connect() -> sqlcipher3.Connection:
        connection = sqlcipher3.connect(name, uri=True, check_same_thread=False, isolation_level=None)
        for pragma in ("temp_store=MEMORY", "read_uncommitted=ON", "foreign_keys=ON"):
            connection.execute(f"pragma {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
        execution_options={PRACTICE: True},
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = bool(connection.get_execution_options().get(READING))
        connection.exec_driver_sql(f"pragma query_only={reading:d}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine, connect()


def _copy(session: Session, engine: Engine, left_out: Collection[str] = _LEFT_OUT) -> None:
    with engine.connect() as target:
        target.exec_driver_sql("pragma defer_foreign_keys=ON")
        for table in Base.metadata.sorted_tables:
            if table.name in left_out:
                continue
            gone = {key.parent.name: None for key in table.foreign_keys if key.column.table.name in left_out}
            rows = session.execute(sa.select(table)).mappings()
            while some := rows.fetchmany(_AT_ONCE):
                target.execute(sa.insert(table), [dict(row) | gone for row in some])
        target.commit()
