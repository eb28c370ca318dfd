"""Running migrations: the part that imports Alembic.

On SQLite a changed table is rebuilt: copied, dropped, renamed. With foreign keys on, the drop would delete
every child row under ON DELETE CASCADE and say nothing, and it takes the table's triggers along. So foreign
keys are off on this connection, every reference is checked before the commit, and lost triggers come back.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from coordinator.db.engine import sqlite_engine
from coordinator.db.migrations import History, read_revision
from coordinator.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.db.database import Database

log = logging.getLogger(__name__)

RETIRED_TRIGGERS: frozenset[str] = frozenset()
"""Triggers that a migration dropped on purpose and that must not come back."""


def upgrade(database: Database, history: History) -> None:
    """Run every missing step of *history* in one transaction."""
    with _connection(database) as connection:
        # Again, now that nobody else can write: another program may just have done it.
        if read_revision(connection, history) == history.revisions[-1]:
            return
        triggers, numbers = _triggers(connection), _last_numbers(connection)
        run_steps(connection, history)
        _recreate(connection, triggers)
        _keep_numbers(connection, numbers)
        _check_references(connection)


def run_steps(connection: Connection, history: History) -> MigrationContext:
    """Run the missing steps on *connection*, inside its transaction; return Alembic's context."""
    scripts = ScriptDirectory(str(history.scripts.parent), version_locations=[str(history.scripts)])

    def steps(revision: str, _context: MigrationContext) -> Any:  # noqa: ANN401 - Alembic's own
        return scripts._upgrade_revs(history.revisions[-1], revision)  # noqa: SLF001 - as alembic.command does

    options = {"fn": steps, "transactional_ddl": True, "render_as_batch": True}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()
    return context


@contextmanager
def _connection(database: Database) -> Iterator[Connection]:
    """Give a connection in a writing transaction, without foreign keys on SQLite."""
    if database.opened_path is None:
        with database.engine.begin() as connection:
            yield connection
        return
    engine = sqlite_engine(database.opened_path, database.key, foreign_keys=False)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
    # What the pool holds may have read the old schema.
    database.engine.dispose()


def _triggers(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return the table and the SQL of every trigger; PostgreSQL alters in place and loses none."""
    if connection.dialect.name != "sqlite":
        return {}
    rows = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: (table, sql) for name, table, sql in rows}


def _recreate(connection: Connection, before: dict[str, tuple[str, str]]) -> None:
    """Bring back the triggers of *before* that a rebuilt table lost."""
    if not before:
        return
    tables = _tables(connection)
    for name in sorted(before.keys() - _triggers(connection).keys() - RETIRED_TRIGGERS):
        table, sql = before[name]
        if table in tables:
            connection.exec_driver_sql(sql)


def _last_numbers(connection: Connection) -> dict[str, int]:
    """Return the last row number that SQLite gave in each table; PostgreSQL alters in place, and keeps it."""
    if connection.dialect.name != "sqlite" or "sqlite_sequence" not in _tables(connection):
        return {}
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {str(name): int(last) for name, last in rows}


def _keep_numbers(connection: Connection, before: dict[str, int]) -> None:
    """Let a rebuilt table go on counting: it would give the numbers of deleted rows once more."""
    update = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name AND seq < :last")
    insert = text(
        "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :last"
        " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
    )
    here = _tables(connection) if before else set()
    for name, last in before.items():
        if name in here:
            connection.execute(update, {"name": name, "last": last})
            connection.execute(insert, {"name": name, "last": last})


def _tables(connection: Connection) -> set[str]:
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def _check_references(connection: Connection) -> None:
    """Refuse to commit a step that left a row pointing nowhere."""
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if orphans:
        tables = sorted({str(row[0]) for row in orphans})
        log.error("the upgrade left %s rows without their parent in %s", len(orphans), tables)
        raise DamagedFileError
