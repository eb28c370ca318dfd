"""The history, and undoing what was done in this program since it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, first_broken_link
from coordinator.db.database import Database
from coordinator.domain.records.history import Action, AuditEntry, UndoState
from coordinator.domain.records.old_labels import did_again, undid
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.records.undoing import audit_row, reverse


def history(database: Database, limit: int = 500) -> list[AuditEntry]:
    """Return the newest *limit* actions, newest first."""
    with database.reading() as session:
        newest = sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        return _entries(session, list(session.scalars(newest)))


def undo_state(database: Database) -> UndoState:
    """Return what undo and redo would do: only actions of this program since it was opened."""
    with database.reading() as session:
        done, undone = _stacks(session, database.origin)
        last_done = _entries(session, [audit_row(session, row_id) for row_id in done[-1:]])
        last_undone = _entries(session, [_undone_action(session, row_id) for row_id in undone[-1:]])
        return UndoState(last_done[0] if last_done else None, last_undone[0] if last_undone else None)


def undo(database: Database) -> Saying:
    """Undo the last action and return its label.

    Raises:
        CannotUndoError: If what it touched has been changed since, or the books would not balance after it.
        UserError: If there is nothing to undo.
    """
    with database.reading() as session:
        done, _ = _stacks(session, database.origin)
        if not done:
            raise UserError(saying("There is nothing to undo."))
        audit_id = done[-1]
        label = audit_row(session, audit_id).said
    return reverse(database, audit_id, Action("undone", undid(label)))


def redo(database: Database) -> Saying:
    """Do again what was undone last and return its label; errors as in :func:`undo`."""
    with database.reading() as session:
        _, undone = _stacks(session, database.origin)
        if not undone:
            raise UserError(saying("There is nothing to do again."))
        label = _undone_action(session, undone[-1]).said
        audit_id = undone[-1]
    reverse(database, audit_id, Action("redone", did_again(label)))
    return label


def undo_action(database: Database, audit_id: int) -> Saying:
    """Undo one action of the history, such as an import; errors as in :func:`undo`."""
    with database.reading() as session:
        label = audit_row(session, audit_id).said
    return reverse(database, audit_id, Action("undone", undid(label)))


def last_change_at(database: Database) -> datetime | None:
    """Return when the last action was done, in UTC; None if nothing was ever done."""
    with database.reading() as session:
        return session.scalar(sa.select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1))


def chain_is_whole(database: Database) -> bool:
    """Return whether every line of the log follows from the one before."""
    with database.reading() as session:
        return first_broken_link(session) is None


def _stacks(session: Session, origin: str) -> tuple[list[int], list[int]]:
    """Return the actions undo would take back and the undoings redo would take back, by id, last at the end.

    What was undone out of turn, or by somebody else, is an action of its own: it is taken back before
    anything older. So each step finds what it left, whatever the history shows was undone between.
    Right after a new action it alone is told: it is undone first, nothing can be redone, no history is read.
    """
    # Columns, not entities: after an undo every refresh reads all of it.
    ours = sa.select(AuditRow.id, AuditRow.undoes_id).where(AuditRow.origin == origin)
    newest = session.execute(ours.order_by(AuditRow.id.desc()).limit(1)).first()
    if newest is None or newest.undoes_id is None:
        return ([] if newest is None else [newest.id]), []
    done: list[int] = []
    undone: list[tuple[int, int]] = []
    for row_id, undoes_id in session.execute(ours.order_by(AuditRow.id)):
        if done and undoes_id == done[-1]:
            undone.append((row_id, done.pop()))
        elif undone and undoes_id == undone[-1][0]:
            done.append(undone.pop()[1])
        else:
            done.append(row_id)
            undone.clear()
    return done, [row_id for row_id, _ in undone]


def _undone_action(session: Session, undoing_id: int) -> AuditRow:
    return session.get_one(AuditRow, audit_row(session, undoing_id).undoes_id)


def _entries(session: Session, rows: Sequence[AuditRow]) -> list[AuditEntry]:
    """Return *rows* as values, with how many rows each touched."""
    counted = (
        sa.select(AuditChangeRow.audit_id, sa.func.count())
        .where(AuditChangeRow.audit_id.in_([row.id for row in rows]))
        .group_by(AuditChangeRow.audit_id)
    )
    changes = dict(iter(session.execute(counted)))
    return [
        AuditEntry(row.id, row.at, row.origin, row.kind, row.said, row.undoes_id, changes.get(row.id, 0))
        for row in rows
    ]
