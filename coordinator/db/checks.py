"""The check of a network: is the file whole, and does everything in it agree with the history and adds up?

The quick form is for every start: structure, references, the chain of the history. The whole form also reads
every text as bytes, compares every row with what the history says was last saved in it (which finds nearly
every flipped bit that the file's own check cannot see), and adds up the lots.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import sqlcipher3.dbapi2
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

import coordinator.db.every_table  # noqa: F401 - all of them are checked
from coordinator.db import books
from coordinator.db.audit import UNAUDITED, AuditChangeRow, AuditValueRow, first_broken_link, plain
from coordinator.db.base import Base
from coordinator.db.choices import ChoiceFileRow
from coordinator.db.engine import reading_engine
from coordinator.db.migrations import HISTORY
from coordinator.db.numbers import number_faults
from coordinator.db.opening import step_of_file
from coordinator.db.row_names import Driver, row_name, sqlite_driver, unreadable_texts
from coordinator.db.schema import is_as_made
from coordinator.db.writing import Values
from coordinator.domain.records.balance import FOUND_WRONG
from coordinator.domain.records.checks import Check, Fault, FaultKind
from coordinator.domain.records.keys import Key
from coordinator.sayings import Saying, joined, saying

MOST_FAULTS: Final = 200
"""More than anybody reads."""

REWRITTEN: Final = {("donor", "state", "current")}
"""Values that a later step of the schema wrote anew without an action: table, column, what stood there."""

_BROKEN_RULE: Final = re.compile(r"(CHECK constraint failed|NULL value|NUMERIC value|TEXT value) in (\S+)")

_COUNTED: Final = {"donors": "donor", "recipients": "recipient", "lots": "lot", "actions": "audit"}


def check_file(path: Path, key: Key | None, today: date, *, quick: bool = False) -> Check:
    """Return what is found in the file at *path*, which nobody writes: a backup, or a copy.

    Of a file of an older program only the file itself is checked.

    Raises:
        NotANetworkError, WrongKeyError: If it is not ours, or locked otherwise.
    """
    is_older = step_of_file(path, key) != HISTORY.revisions[-1]
    engine = reading_engine(path, key, immutable=True)
    try:
        with Session(engine) as session:
            return check_session(session, today, quick=quick, only_file=is_older)
    except (DBAPIError, UnicodeDecodeError) as error:
        return Check(faults=(_structure_fault(error),))
    finally:
        engine.dispose()


def check_session(session: Session, today: date, *, quick: bool = False, only_file: bool = False) -> Check:
    """Return what is found in the network that *session* reads; *today* decides which holds count.

    ``only_file``: for an older schema, whose rows this program does not read.
    """
    connection = session.connection()
    driver = sqlite_driver(connection)
    faults: list[Fault] = []
    if driver is not None:
        faults += _file_faults(driver, whole=not quick)
    if not (only_file or any(fault.kind is FaultKind.STRUCTURE for fault in faults)):
        faults += _content_faults(session, today, faults, quick=quick)
    return Check(**_counts(connection), faults=tuple(faults[:MOST_FAULTS]))


def _file_faults(driver: Driver, *, whole: bool) -> list[Fault]:
    """Return what SQLite itself finds, and the texts that are none."""
    try:
        faults = [
            _file_fault(str(line))
            for pragma in ("integrity_check(20)", "cipher_integrity_check")
            for (line, *_) in driver.execute(f"pragma {pragma}")
            if line != "ok"
        ]
        if not faults and not is_as_made(driver):
            faults = [_rules_fault(driver)]
        if any(fault.kind is FaultKind.STRUCTURE for fault in faults):
            return faults
        for table, row_id, parent, _ in driver.execute("pragma foreign_key_check"):
            faults.append(Fault(FaultKind.REFERENCE, row_name(driver, table, row_id), parent))
        if whole:
            for table, row_id, column in unreadable_texts(driver):
                faults.append(Fault(FaultKind.TEXT, row_name(driver, table, row_id), column))
    except (sqlcipher3.dbapi2.Error, UnicodeDecodeError) as error:
        return [_structure_fault(error)]
    return faults


def _file_fault(line: str) -> Fault:
    """Return what a line of SQLite's own check says: a broken rule of a table, or of the file."""
    rule = _BROKEN_RULE.match(line)
    return Fault(FaultKind.VALUE, rule[2], rule[1]) if rule else Fault(FaultKind.STRUCTURE, "", line)


def _rules_fault(driver: Driver) -> Fault:
    """Return a damaged structure where the tables are not those of this program, else that a rule differs.

    A file of an older step is about to be changed by the next: there nothing may differ.
    """
    step = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    if step is None or step[0] != HISTORY.revisions[-1]:
        return Fault(FaultKind.STRUCTURE, "", saying("its tables and rules"))
    try:
        for table in Base.metadata.sorted_tables:
            # With their table's name: alone, SQLite would take an unknown name for a text.
            columns = ", ".join(f'{table.name}."{column.name}"' for column in table.columns)
            driver.execute(f"SELECT {columns} FROM {table.name} LIMIT 0")  # noqa: S608 - names of ours
    except sqlcipher3.dbapi2.Error:
        return Fault(FaultKind.STRUCTURE, "", saying("its tables and rules"))
    return Fault(FaultKind.RULES, "")


def _structure_fault(error: Exception) -> Fault:
    original = error.orig if isinstance(error, DBAPIError) else error
    return Fault(FaultKind.STRUCTURE, "", str(getattr(original, "sqlite_errorname", "") or ""))


def _content_faults(session: Session, today: date, known: list[Fault], *, quick: bool) -> list[Fault]:
    """Return where history, rows and amounts disagree; what cannot be read at all is known already."""
    faults: list[Fault] = []
    unreadable = any(fault.kind is FaultKind.TEXT for fault in known)
    try:
        broken = first_broken_link(session)
        if broken is not None:
            faults.append(Fault(FaultKind.HISTORY, str(broken)))
        if not quick:
            faults += _row_faults(session)
            faults += _scan_faults(session)
            faults += number_faults(session.connection())
            faults += _books_faults(session, today)
    except (DBAPIError, ValueError, LookupError, TypeError) as error:
        if not (unreadable or faults):
            faults.append(Fault(FaultKind.HISTORY, "?", type(error).__name__))
    return faults


def _counts(connection: Connection) -> dict[str, int]:
    counts = {}
    for word, table in _COUNTED.items():
        with suppress(DBAPIError):
            counted = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of ours
            counts[word] = int(counted.scalar_one())
    return counts


def _row_faults(session: Session) -> Iterator[Fault]:
    """Compare every row with what the history says was last saved in it; erased values say nothing."""
    saved, driver = _last_saved(session), sqlite_driver(session.connection())
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table)):
        if issubclass(mapper.class_, UNAUDITED):
            continue
        table = mapper.local_table
        assert isinstance(table, sa.Table)  # noqa: S101 - for the type checker
        columns = {a.key: a.columns[0] for a in mapper.column_attrs if a.key != "version"}
        here: set[int] = set()
        for row_id, values in _rows(session, table, columns):
            here.add(row_id)
            wrong = _wrong_columns(table.name, values, saved.get((table.name, row_id), ...))
            if wrong:
                kind = FaultKind.VALUE if values is None else FaultKind.ROW
                yield Fault(kind, row_name(driver, table.name, row_id), joined(", ", wrong))
        for name, row_id in saved:
            if name == table.name and row_id not in here and isinstance(saved[name, row_id], dict):
                yield Fault(
                    FaultKind.ROW, f"{table.name.replace('_', ' ')} {row_id}", saying("it is missing")
                )


def _last_saved(session: Session) -> dict[tuple[str, int], Values | None]:
    """Return what each row was last saved as, None for a row that was deleted or whose values are erased."""
    query = (
        sa.select(AuditChangeRow.table, AuditChangeRow.row_id, AuditValueRow.change_id, AuditValueRow.after)
        .outerjoin(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .order_by(AuditChangeRow.id)
    )
    last = {(table, row_id): after for table, row_id, _, after in session.execute(query)}
    return {key: None if after is None else json.loads(after) for key, after in last.items()}


def _rows(
    session: Session, table: sa.Table, columns: Mapping[str, sa.ColumnElement[Any]]
) -> Iterator[tuple[int, Values | None]]:
    """Give every row's id and values; None where they are no values of their columns."""
    query = sa.select(*(column.label(key) for key, column in columns.items()))
    try:
        rows = session.execute(query).mappings().all()
    except (DBAPIError, ValueError, LookupError, TypeError):
        for row_id in session.scalars(sa.select(table.c.id)).all():
            try:
                row = session.execute(query.where(table.c.id == row_id)).mappings().one()
            except (DBAPIError, ValueError, LookupError, TypeError):
                yield row_id, None
            else:
                yield row_id, {key: plain(value) for key, value in row.items()}
    else:
        for row in rows:
            yield row["id"], {key: plain(value) for key, value in row.items()}


def _wrong_columns(table: str, values: Values | None, saved: Values | Any | None) -> Sequence[str | Saying]:  # noqa: ANN401 - … is "never"
    """Return the columns of a row that are not as they were saved; those of later steps do not count."""
    if values is None:
        return [saying("a value")]
    if saved is ...:
        return [saying("it is not in the history")]
    return sorted(
        key
        for key, value in (saved or {}).items()
        if key in values and values[key] != value and (table, key, value) not in REWRITTEN
    )


def _scan_faults(session: Session) -> Iterator[Fault]:
    """Return the scanned papers that are not as they were when they were attached."""
    scan = ChoiceFileRow
    for row_id, sha256, content in session.execute(sa.select(scan.id, scan.sha256, scan.content)):
        if hashlib.sha256(content).hexdigest() != sha256:
            name = row_name(sqlite_driver(session.connection()), scan.__tablename__, row_id)
            yield Fault(FaultKind.ROW, name, scan.content.key)


def _books_faults(session: Session, today: date) -> Iterator[Fault]:
    """Return where the books do not balance."""
    for one in books.broken(session, books.everything(session), today):
        yield Fault(FaultKind.AMOUNT, one.about, FOUND_WRONG[one.rule])
