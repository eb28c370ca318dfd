"""What a row was before pickups were settled: what a correction says is worked out from there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow, values_of
from coordinator.db.base import Base
from coordinator.db.writing import Values
from coordinator.domain.records.history import FOLLOWING

SETTLED: Final = "pickup.settled"
SETTLED_AGAIN: Final = "pickup.settled_again"
USED: Final = "milk.used"
TOLD_BACK: Final = "recall.told"
SETTLED_AT_ONCE: Final = SETTLED + FOLLOWING
"""A hand-over that nobody had planned, settled with the action that holds and agrees it."""
_SETTLING: Final = frozenset({SETTLED, SETTLED_AT_ONCE, SETTLED_AGAIN, USED, TOLD_BACK, "undone", "redone"})


def before_settling(session: Session, row: Base, columns: Sequence[str], on: date) -> Values | None:
    """Return what *columns* were before settling set the first of them to the day *on*, from the history.

    ``None`` where something else has set one of them since, or the history does not keep their values.
    """
    known = _of(values_of(row), columns)
    for step in _steps(session, row, columns):
        if step.kind not in _SETTLING or step.after != known:
            return None
        known = step.before
        if known[columns[0]] != on.isoformat():
            return known
    return None


class Counted(NamedTuple):
    """Values as something else than settling left them, and the action that did; 0 if none ever did."""

    values: Values
    audit_id: int


def as_counted(session: Session, row: Base, columns: Sequence[str]) -> Counted | None:
    """Return what *columns* were when something else than settling set them last, from the history.

    What a family was told to have used is no count either: it is worked out from the last one.

    What was undone, and still is, counts as never done. ``None`` where the history does not keep it all.
    """
    known = _of(values_of(row), columns)
    undone: set[int] = set()
    for step in _steps(session, row, columns):
        if step.after != known:
            return None
        if step.audit_id not in undone:
            if step.undoes_id is not None:
                undone.add(step.undoes_id)
            elif step.kind not in _SETTLING:
                return Counted(known, step.audit_id)
        known = step.before
    is_whole = all(value is None for value in known.values())  # as before the row was made
    return Counted(known, 0) if is_whole else None


class _Step(NamedTuple):
    """One action that changed a row."""

    audit_id: int
    kind: str
    undoes_id: int | None
    before: Values
    after: Values


def _steps(session: Session, row: Base, columns: Sequence[str]) -> Iterator[_Step]:
    """Yield what changed *columns* of a row, the last action first."""
    query = (
        sa.select(AuditRow.id, AuditRow.kind, AuditRow.undoes_id, AuditValueRow.before, AuditValueRow.after)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditChangeRow.table == row.__tablename__, AuditChangeRow.row_id == values_of(row)["id"])
        .order_by(AuditChangeRow.id.desc())
    )
    for audit_id, kind, undoes_id, *sides in session.execute(query):
        before, after = (_of(json.loads(side) if side else {}, columns) for side in sides)
        if before != after:
            yield _Step(audit_id, kind, undoes_id, before, after)


def _of(values: Values, columns: Sequence[str]) -> Values:
    return {column: values.get(column) for column in columns}
