"""What a row was before a pickup was settled: where a correction says that nothing came, it is that again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow, values_of
from coordinator.db.base import Base
from coordinator.db.writing import Values

SETTLED: Final = "pickup.settled"
SETTLED_AGAIN: Final = "pickup.settled_again"
_SETTLING: Final = frozenset({SETTLED, SETTLED_AGAIN, "undone", "redone"})


def before_settling(session: Session, row: Base, columns: Sequence[str], on: date) -> Values | None:
    """Return what *columns* were before settling set the first of them to the day *on*, from the history.

    ``None`` where something else has set one of them since, or the history does not keep their values.
    """
    query = (
        sa.select(AuditRow.kind, AuditValueRow.before, AuditValueRow.after)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditChangeRow.table == row.__tablename__, AuditChangeRow.row_id == values_of(row)["id"])
        .order_by(AuditChangeRow.id.desc())
    )
    known = _of(values_of(row), columns)
    for kind, *sides in session.execute(query):
        before, after = (_of(json.loads(side) if side else {}, columns) for side in sides)
        if before == after:
            continue
        if kind not in _SETTLING or after != known:
            return None
        known = before
        if known[columns[0]] != on.isoformat():
            return known
    return None


def _of(values: Values, columns: Sequence[str]) -> Values:
    return {column: values.get(column) for column in columns}
