"""What rows are called that others point to: a family by its name, milk, a hold or a pickup by its code."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditValueRow
from coordinator.db.base import Base
from coordinator.db.book_reading import in_parts
from coordinator.sayings import Saying, as_written

Named: TypeAlias = "tuple[str, int]"
"""A table and the number of a row."""

_ROLES = frozenset({"donor", "recipient", "driver"})


def named_rows(session: Session, wanted: Collection[Named]) -> dict[Named, Saying]:
    """Return what the rows *wanted* are called, as far as anything calls them; removed ones by their code."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, row_id in wanted:
        by_table[table].add(row_id)
    found: dict[Named, Saying] = {}
    for table, ids in by_table.items():
        query = _names_of(table)
        if query is None:
            continue
        found_now = _read(session, query, Base.metadata.tables[table].c.id, ids)
        found |= {(table, row_id): as_written(str(name)) for row_id, name in found_now}
        found |= _removed(session, table, {row_id for row_id in ids if (table, row_id) not in found})
    return found


def _read(
    session: Session, query: sa.Select[tuple[int, str]], number: sa.ColumnElement[int], ids: Collection[int]
) -> Iterator[tuple[int, str]]:
    def read(some: list[int]) -> list[tuple[int, str]]:
        found: list[Any] = list(session.execute(query.where(number.in_(some))))
        return found

    return in_parts(ids, read)


def _names_of(table: str) -> sa.Select[tuple[int, str]] | None:
    rows, households = Base.metadata.tables[table], Base.metadata.tables["household"]
    if table in _ROLES:
        named = sa.select(rows.c.id, households.c.name)
        return named.join(households, households.c.id == rows.c.household_id)
    for column in ("code", "name"):
        if column in rows.c:
            return sa.select(rows.c.id, rows.c[column])
    return None


def _removed(session: Session, table: str, ids: Collection[int]) -> dict[Named, Saying]:
    """Return the codes, or names, that rows had before they were removed."""
    if not ids:
        return {}
    change, value = AuditChangeRow, AuditValueRow
    query = (
        sa.select(change.row_id, value.before)
        .join(value, value.change_id == change.id)
        .where(change.table == table, change.row_id.in_(ids), value.before.is_not(None))
        .order_by(change.id)
    )
    found: dict[Named, Saying] = {}
    for row_id, before in session.execute(query):
        values = json.loads(before or "{}")
        if called := values.get("code") or values.get("name"):
            found[table, row_id] = as_written(str(called))
    return found
