"""Whether what actions of the log touched is still as they left it: by the log alone, for many at once.

It tells what was changed again and what uses a row since. Whether the books would balance is for a trial.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

import coordinator.db.every_table  # noqa: F401 - whatever is undone, all tables are known
from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.base import Base
from coordinator.db.book_reading import in_parts
from coordinator.db.undo import FIELD_BY_FIELD, changed_columns
from coordinator.db.writing import Values
from coordinator.domain.records.history import FOLLOWING

_Column: TypeAlias = "sa.ColumnElement[Any] | InstrumentedAttribute[int]"
Row = tuple[str, int]
"""A table and the number of one of its rows."""


@dataclass
class Since:
    """What stands in the way of undoing actions that go together.

    ``moved`` are the later actions that changed the same rows again, ``used`` the rows that point to what
    they added. ``is_erased``: values they left, or were before, are gone. ``rows`` is how many rows they
    touched.
    """

    moved: set[int] = field(default_factory=set)
    used: set[Row] = field(default_factory=set)
    is_erased: bool = False
    rows: int = 0


def together(session: Session, audit_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return of each action those that belong to it, itself too: the lists of one import, in their order."""
    row = AuditRow
    followers = session.execute(
        sa.select(row.id, row.origin).where(row.kind.endswith(FOLLOWING)).order_by(row.id)
    )
    groups: dict[int, list[int]] = {}
    for follower, origin in followers:
        before = sa.select(sa.func.max(row.id)).where(row.origin == origin, row.id < follower)
        head = session.scalar(before)
        if head is not None:
            group = groups.setdefault(head, [head])
            group.append(follower)
            groups[follower] = group
    return {audit_id: tuple(groups.get(audit_id, (audit_id,))) for audit_id in audit_ids}


def moved_since(session: Session, groups: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], Since]:
    """Return what stands in the way of undoing each of *groups*, as the log and the rows tell."""
    found = {group: Since() for group in groups}
    group_of = {audit_id: group for group in found for audit_id in group}
    left: dict[tuple[int, ...], dict[Row, int]] = {group: {} for group in found}
    made: dict[Row, tuple[int, ...]] = {}
    for audit_id, change_id, table, row_id, is_kept, is_new in _changes(session, group_of):
        group = group_of[audit_id]
        left[group][table, row_id] = change_id  # the last one of several
        found[group].rows += 1
        found[group].is_erased |= not is_kept
        if is_new:
            made[table, row_id] = group
    newest = _newest(session, {row for rows in left.values() for row in rows})
    again = [
        (group, change_id, newest[row])
        for group, rows in left.items()
        for row, change_id in rows.items()
        if newest[row][0] != change_id
    ]
    values = _values(session, {number for _, own, (last, _) in again for number in (own, last)})
    alone = {group for group, rows in left.items() if len(rows) == 1}
    for group, own, (last, audit_id) in again:
        before, after = values[own]
        (table, _), *_ = left[group]
        is_alone = group in alone and table in FIELD_BY_FIELD
        counts = changed_columns(table, before, after) if is_alone and before and after else None
        if not _is_same(after, values[last][1], counts):
            found[group].moved.add(audit_id)
    for row, child in _users(session, made):
        if child not in left[made[row]]:  # what the same action moved there goes back with it
            found[made[row]].used.add(child)
    return found


def _changes(session: Session, audit_ids: Collection[int]) -> Iterator[tuple[int, int, str, int, bool, bool]]:
    row, value = AuditChangeRow, AuditValueRow
    kept = value.change_id.is_not(None)
    query = (
        sa.select(row.audit_id, row.id, row.table, row.row_id, kept, sa.and_(kept, value.before.is_(None)))
        .outerjoin(value, value.change_id == row.id)
        .order_by(row.id)
    )
    return in_parts(audit_ids, lambda some: _lines(session, query.where(row.audit_id.in_(some))))


def _lines(session: Session, query: sa.Select[*tuple[Any, ...]]) -> list[Any]:
    return list(session.execute(query))


def _newest(session: Session, rows: Collection[Row]) -> dict[Row, tuple[int, int]]:
    """Return the last change of each row, and of which action it is."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, row_id in rows:
        by_table[table].add(row_id)
    change = AuditChangeRow
    query = sa.select(change.row_id, sa.func.max(change.id), sa.func.max(change.audit_id)).group_by(
        change.row_id
    )
    found: dict[Row, tuple[int, int]] = {}
    for table, ids in by_table.items():
        lines = _by_ids(session, query.where(change.table == table), change.row_id, ids)
        found |= {(table, row_id): (number, audit_id) for row_id, number, audit_id in lines}
    return found


_Sides: TypeAlias = "tuple[Values | None, Values | None]"


def _values(session: Session, change_ids: Collection[int]) -> dict[int, _Sides]:
    """Return the values before and after by the number of the change; without any where they were erased."""
    value = AuditValueRow
    lines = _by_ids(
        session, sa.select(value.change_id, value.before, value.after), value.change_id, change_ids
    )
    read = {number: (_read(before), _read(after)) for number, before, after in lines}
    return {number: read.get(number, (None, None)) for number in change_ids}


def _read(side: str | None) -> Values | None:
    values: Values | None = None if side is None else json.loads(side)
    return values


def _is_same(left: Values | None, right: Values | None, counts: frozenset[str] | None) -> bool:
    """Return whether two states of a row are the same in what *counts* and both knew."""
    if left is None or right is None:
        return left is right
    return all(
        right[key] == value
        for key, value in left.items()
        if key in right and (counts is None or key in counts)
    )


def _users(session: Session, made: Mapping[Row, object]) -> Iterator[tuple[Row, Row]]:
    """Yield which rows there are that point to which of those *made*."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, row_id in made:
        by_table[table].add(row_id)
    links = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys if "id" in table.c]
    for key in links:
        parent, user = key.column.table.name, key.parent.table
        query = sa.select(key.parent, user.c.id)
        for row_id, child in _by_ids(session, query, key.parent, by_table.get(parent, ())):
            yield (parent, row_id), (user.name, child)


def _by_ids(
    session: Session, query: sa.Select[*tuple[Any, ...]], column: _Column, ids: Collection[int]
) -> Iterator[Any]:
    return in_parts(ids, lambda some: _lines(session, query.where(column.in_(some))))
