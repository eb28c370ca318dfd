"""The check of what counts beside the history: versions of rows, the next code, the next row's number.

A counter below what was given out would give it again; one above the rows that ever were counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from coordinator.db.audit import AuditChangeRow, AuditRow
from coordinator.db.base import Base, CodeCounterRow
from coordinator.db.row_names import row_name, sqlite_driver
from coordinator.domain.records.checks import Fault, FaultKind
from coordinator.sayings import saying

_APPEND_ONLY = {AuditRow.__tablename__, AuditChangeRow.__tablename__}


def number_faults(connection: Connection) -> Iterator[Fault]:
    """Return the numbers that cannot be; a server counts by itself."""
    if connection.dialect.name != "sqlite":
        return
    sequence = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    given: dict[str, object] = {str(name): last for name, last in sequence}
    yield from _version_faults(connection)
    yield from _row_number_faults(connection, given)
    yield from _code_faults(connection, given)


def _version_faults(connection: Connection) -> Iterator[Fault]:
    for name, table in Base.metadata.tables.items():
        if "version" not in table.columns:
            continue
        odd = f"SELECT id FROM {name} WHERE typeof(version) <> 'integer' OR version < 1"  # noqa: S608 - ours
        for (row_id,) in connection.exec_driver_sql(odd):
            yield Fault(FaultKind.VALUE, row_name(sqlite_driver(connection), name, row_id), "version")


def _row_number_faults(connection: Connection, given: dict[str, object]) -> Iterator[Fault]:
    """Return the tables whose next row would get a number that was given already."""
    changes = AuditChangeRow.__table__.c
    query = sa.select(changes.table_name, sa.func.max(changes.row_id)).group_by(changes.table_name)
    known = {str(name): int(highest) for name, highest in connection.execute(query)}
    for name, table in Base.metadata.tables.items():
        if "id" not in table.columns:
            continue
        here = connection.exec_driver_sql(f"SELECT max(id) FROM {name}").scalar() or 0  # noqa: S608 - ours
        least, last = max(here, known.get(name, 0)), given.get(name, 0)
        is_wrong = not isinstance(last, int) or last < least or (name in _APPEND_ONLY and last != least)
        if is_wrong:
            yield Fault(FaultKind.VALUE, name.replace("_", " "), saying("its next number"))


def _code_faults(connection: Connection, given: dict[str, object]) -> Iterator[Fault]:
    """Return the kinds of code whose counter is behind the codes, or ahead of all rows there were."""
    counters = CodeCounterRow.__table__.c
    counted = sa.select(counters.prefix, sa.cast(counters.last, sa.Integer))
    lasts = {str(prefix): int(last) for prefix, last in connection.execute(counted)}
    for prefix, (table, highest) in _highest_codes(connection).items():
        last, rows = lasts.get(prefix, 0), given.get(table)
        if last < highest or (isinstance(rows, int) and last > rows):
            yield Fault(FaultKind.VALUE, saying("code counter {prefix}", prefix=prefix), "last")


def _highest_codes(connection: Connection) -> dict[str, tuple[str, int]]:
    """Return the table and the highest number of each kind of code that any row has."""
    highest: dict[str, tuple[str, int]] = {}
    for name, table in Base.metadata.tables.items():
        if "code" not in table.columns:
            continue
        for (code,) in connection.exec_driver_sql(f"SELECT code FROM {name}"):  # noqa: S608 - ours
            prefix, _, number = str(code).partition("-")
            if number.isdecimal():
                highest[prefix] = max(highest.get(prefix, (name, 0)), (name, int(number)))
    return highest
