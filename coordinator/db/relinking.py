"""Saying lines of the history anew: the chain of digests is linked again from the first of them.

The database refuses every change of the history, so its rule is lifted for these statements, in the one
transaction that also writes down that it was done. Nothing else of the history is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from coordinator.db.audit import AuditChangeRow, AuditRow, link_of

_RULE: Final = "audit_update_refused"


def reword(connection: Connection, labels: Mapping[int, str]) -> None:
    """Give actions of the history, by number, other *labels*, and link the chain anew behind them."""
    if not labels:
        return
    first = min(labels)
    rule = _lift(connection)
    row, change = AuditRow.__table__, AuditChangeRow.__table__
    assert isinstance(row, sa.Table)  # noqa: S101 - for the type checker
    previous = connection.scalar(
        sa.select(row.c.digest).where(row.c.id < first).order_by(row.c.id.desc()).limit(1)
    )
    touched: dict[int, list[Any]] = {}
    changes = sa.select(
        change.c.audit_id, change.c.table_name.label("table"), change.c.row_id, change.c.digest
    ).where(change.c.audit_id >= first)
    for one in connection.execute(changes.order_by(change.c.id)):
        touched.setdefault(one.audit_id, []).append(one)
    link = previous or ""
    for action in connection.execute(sa.select(AuditRow).where(row.c.id >= first).order_by(row.c.id)).all():
        label = labels.get(action.id, action.label)
        link = link_of(link, action, touched.get(action.id, ()), label)
        connection.execute(sa.update(row).where(row.c.id == action.id).values(label=label, digest=link))
    _set(connection, rule)


def _lift(connection: Connection) -> str:
    """Take the rule away and return how it is made again."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.text(f"ALTER TABLE audit DISABLE TRIGGER {_RULE}"))
        return f"ALTER TABLE audit ENABLE TRIGGER {_RULE}"
    made = connection.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": _RULE})
    connection.execute(sa.text(f"DROP TRIGGER {_RULE}"))
    return str(made)


def _set(connection: Connection, rule: str) -> None:
    connection.exec_driver_sql(rule)
