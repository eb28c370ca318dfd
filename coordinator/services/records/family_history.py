"""Who changed what when and why, in words: of a family and all it has, of a lot, a hold, a pickup, or all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.about_families import families_of
from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.book_reading import in_parts
from coordinator.db.database import Database
from coordinator.db.family_rows import Rows, family_of, row_with_code, rows_of
from coordinator.db.roles import role_by_code
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.records.history import AuditEntry
from coordinator.domain.records.old_labels import read_label
from coordinator.domain.records.told_columns import TOLD
from coordinator.domain.records.told_history import ToldAction, Undoing, undone_by
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import NotFoundError
from coordinator.services.records.in_names import in_names
from coordinator.services.records.row_details import Teller, Touched

NEWEST = 500
"""So many actions are told unless somebody asks for more."""

MOST_ROWS = 60
"""So many rows of one action are told where nobody asked for one family: an import touches thousands."""

_TABLES: Mapping[CodeLetter, str] = {
    CodeLetter.LOT: "lot",
    CodeLetter.HOLD: "hold",
    CodeLetter.PICKUP: "pickup",
    CodeLetter.STANDING: "standing_pair",
    CodeLetter.RECALL: "recall",
}


def told_history(
    database: Database,
    unit: VolumeUnit,
    *,
    code: str = "",
    since: date | None = None,
    limit: int = NEWEST,
) -> list[ToldAction]:
    """Return what was done, newest first, in words and names.

    Args:
        database: The network.
        unit: What amounts are told in.
        code: A family by one of its roles (``D-0007``), a lot, a hold, a pickup; everything without one.
        since: Nothing before that day, by this computer's clock.
        limit: So many actions at most.

    Raises:
        NotFoundError: If nothing has *code*, nor ever had.
    """
    with database.reading() as session:
        rows = rows_of(session, _start(session, code.upper())) if code else None
        told = _told(session, rows, unit, since, limit)
    named = in_names(database, [one.entry.said for one in told])
    return [replace(one, entry=replace(one.entry, named=said)) for one, said in zip(told, named, strict=True)]


def _start(session: Session, code: str) -> Rows:
    """Return the rows that *code* is about: of a role the whole family."""
    table = _TABLES.get(letter_of(code) or CodeLetter.DONOR)
    if table is None:
        return {"household": family_of(session, role_by_code(session, code).household_id)}
    row_id = row_with_code(session, table, code)
    if row_id is None:
        raise NotFoundError(code)
    return {table: {row_id}}


def _told(
    session: Session, rows: Rows | None, unit: VolumeUnit, since: date | None, limit: int
) -> list[ToldAction]:
    actions = _actions(session, rows, since, limit)
    touched = _touched(session, rows, actions)
    teller = Teller(session, (one for ones in touched.values() for one in ones), unit)
    counted = _counts(session, actions)
    undone = undone_actions(session)
    told = []
    for action in actions:
        changes, ones = counted.get(action.id, 0), touched.get(action.id, ())
        left_out = changes - len(ones) if rows is None else 0
        told.append(_action(action, ones, teller, changes, undone.get(action.id), left_out))
    return told


def _action(
    action: Any,  # noqa: ANN401 - a line of the log
    touched: Sequence[Touched],
    teller: Teller,
    changes: int,
    undone: Undoing | None,
    left_out: int,
) -> ToldAction:
    entry = AuditEntry(
        action.id, action.at, action.origin, action.kind, read_label(action.label), action.undoes_id, changes
    )
    return ToldAction(
        entry,
        tuple(line for one in touched if not one.is_erased for line in teller.details(one)),
        frozenset(TOLD[one.table].area for one in touched),
        any(one.is_erased for one in touched),
        undone,
        left_out=left_out,
    )


_ACTION = (AuditRow.id, AuditRow.at, AuditRow.origin, AuditRow.kind, AuditRow.label, AuditRow.undoes_id)


def _actions(session: Session, rows: Rows | None, since: date | None, limit: int) -> list[Any]:
    """Return the newest actions about *rows*, or about anything, the newest first."""
    query = sa.select(*_ACTION).order_by(AuditRow.id.desc())
    if since is not None:
        query = query.where(AuditRow.at >= datetime.combine(since, time()).astimezone())
    if rows is None:
        return _lines(session, query.limit(limit))
    newest = sorted(_touching(session, rows), reverse=True)[: limit if since is None else None]
    found = in_parts(newest, lambda some: _lines(session, query.where(AuditRow.id.in_(some))))
    return sorted(found, key=lambda action: -int(action.id))[:limit]


def _touching(session: Session, rows: Rows) -> set[int]:
    """Return which actions touched any of *rows*."""
    row = AuditChangeRow
    query = sa.select(row.audit_id).distinct()
    return {
        line.audit_id
        for table, ids in rows.items()
        for line in _of_rows(session, query.where(row.table == table), ids)
    }


def _lines(session: Session, query: sa.Select[*tuple[Any, ...]]) -> list[Any]:
    return list(session.execute(query))


def _touched(session: Session, rows: Rows | None, actions: Collection[Any]) -> dict[int, list[Touched]]:
    """Return which of *rows* each action touched, in the order of the tables."""
    ids = {action.id for action in actions}
    found: dict[int, list[Touched]] = defaultdict(list)
    for audit_id, table, row_id, before, after in _values(session, rows, ids):
        if table in TOLD and audit_id in ids and (rows is not None or len(found[audit_id]) < MOST_ROWS):
            was, now = (None if side is None else json.loads(side) for side in (before, after))
            found[audit_id].append(Touched(table, row_id, was, now))
    order = {table: place for place, table in enumerate(TOLD)}
    for ones in found.values():
        ones.sort(key=lambda one: (order[one.table], one.row_id))
    return found


def _values(session: Session, rows: Rows | None, audit_ids: Collection[int]) -> Iterator[Any]:
    """Yield the changes of these actions, or every change of *rows*, with the values before and after."""
    row, value = AuditChangeRow, AuditValueRow
    query = sa.select(row.audit_id, row.table, row.row_id, value.before, value.after).outerjoin(
        value, value.change_id == row.id
    )
    if rows is None:
        yield from in_parts(audit_ids, lambda some: _lines(session, query.where(row.audit_id.in_(some))))
        return
    for table, ids in rows.items():
        yield from _of_rows(session, query.where(row.table == table), ids)


def _of_rows(session: Session, query: sa.Select[*tuple[Any, ...]], ids: Collection[int]) -> Iterator[Any]:
    return in_parts(ids, lambda some: _lines(session, query.where(AuditChangeRow.row_id.in_(some))))


def _counts(session: Session, actions: Collection[Any]) -> dict[int, int]:
    """Return how many rows each action touched, of whomever they are."""
    row = AuditChangeRow
    query = sa.select(row.audit_id, sa.func.count()).group_by(row.audit_id)
    ids = [action.id for action in actions]
    return dict(in_parts(ids, lambda some: _lines(session, query.where(row.audit_id.in_(some)))))


def undone_by_number(database: Database) -> dict[int, Undoing]:
    """Return which actions do not stand, each with what took it back."""
    with database.reading() as session:
        return undone_actions(session)


def undone_actions(session: Session) -> dict[int, Undoing]:
    """Return what does not stand, with what took it back."""
    row = AuditRow
    query = sa.select(row.id, row.undoes_id, row.at, row.origin).where(row.undoes_id.is_not(None))
    lines = _lines(session, query.order_by(row.id))
    undoings = {number: Undoing(number, at, origin) for number, _, at, origin in lines}
    pairs = [(number, undoes) for number, undoes, *_ in lines]
    return {what: undoings[by] for what, by in undone_by(pairs).items()}


def about_families(database: Database, audit_id: int) -> list[tuple[str, str]]:
    """Return code and name of the families an action touched, as far as they are in use; at most twelve."""
    with database.reading() as session:
        return families_of(session, audit_id)
