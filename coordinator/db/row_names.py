"""What a row is called when it cannot be read: by plain SQL, so that damage elsewhere does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeAlias

import sqlcipher3.dbapi2
from sqlalchemy import Connection

from coordinator.db.engine import connect_to_read
from coordinator.domain.records.keys import Key

Driver: TypeAlias = sqlcipher3.dbapi2.Connection

_TEXTS: Final = 'SELECT rowid, CAST("{column}" AS BLOB) FROM "{table}" WHERE typeof("{column}") = \'text\''
_CELL: Final = 'SELECT "{column}" FROM "{table}" WHERE rowid = ?'
_ROLES: Final = ("donor", "recipient", "driver")


def unreadable_texts(driver: Driver, only_column: str | None = None) -> Iterator[tuple[str, int, str]]:
    """Give table, row and column of every text that is no UTF-8."""
    for table in _tables(driver):
        columns = [name for _, name, *_ in driver.execute(f'pragma table_info("{table}")')]
        for column in columns:
            if only_column not in (None, column):
                continue
            for row_id, content in driver.execute(_TEXTS.format(column=column, table=table)):
                if not _is_utf8(content):
                    yield table, row_id, column


def first_unreadable_text(path: Path, key: Key | None, column: str) -> str:
    """Return which row of the file at *path* has a text in *column* that is no UTF-8; "" if none has."""
    try:
        with closing(connect_to_read(path, key)) as driver:
            for table, row_id, _ in unreadable_texts(driver, column):
                return row_name(driver, table, row_id)
    except sqlcipher3.dbapi2.Error:
        pass
    return ""


def sqlite_driver(connection: Connection) -> Driver | None:
    """Return the driver's own connection under *connection*, None for a server's."""
    return connection.connection.driver_connection if connection.dialect.name == "sqlite" else None


def row_name(driver: Driver | None, table: str, row_id: int) -> str:
    """Return the code of a row or of whom it belongs to, with the table where it is not the code's own.

    Without a *driver*, on a server, it is the table and the number.
    """
    plain_name = f"{table.replace('_', ' ')} {row_id}"
    if driver is None:
        return plain_name
    try:
        code = _code(driver, table, row_id)
        if code:
            return code
        owner = _owner(driver, table, row_id)
    except sqlcipher3.dbapi2.Error:
        return plain_name
    return f"{owner} ({plain_name})" if owner else plain_name


def _owner(driver: Driver, table: str, row_id: int) -> str:
    """Return the code of the first row that this one points to, or of a role of this family."""
    if table == "household":
        return _role(driver, row_id)
    for _, _, parent, column, *_ in driver.execute(f'pragma foreign_key_list("{table}")'):
        found_row = driver.execute(_CELL.format(column=column, table=table), (row_id,)).fetchone()
        parent_id = found_row[0] if found_row else None
        if parent_id is None:
            continue
        found = _role(driver, parent_id) if parent == "household" else _code(driver, parent, parent_id)
        if found:
            return found
    return ""


def _role(driver: Driver, household_id: int) -> str:
    for role in _ROLES:
        query = f"SELECT CAST(code AS BLOB) FROM {role} WHERE household_id = ? ORDER BY code"  # noqa: S608 - ours
        for (code,) in driver.execute(query, (household_id,)):
            return _shown(code)
    return ""


def _code(driver: Driver, table: str, row_id: int) -> str:
    """Return the code of a row, "" where its table has none."""
    if "code" not in [name for _, name, *_ in driver.execute(f'pragma table_info("{table}")')]:
        return ""
    query = f'SELECT CAST(code AS BLOB) FROM "{table}" WHERE rowid = ?'  # noqa: S608 - a table of the file
    (code,) = driver.execute(query, (row_id,)).fetchone() or (b"",)
    return _shown(code or b"")


def _shown(code: bytes) -> str:
    return code.decode(errors="replace")


def _tables(driver: Driver) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in driver.execute(query).fetchall()]


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
