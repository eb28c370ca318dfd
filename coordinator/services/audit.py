"""The history, and undoing what was done in this program since it was opened."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, first_broken_link
from coordinator.db.database import Database
from coordinator.db.undo import undo_in
from coordinator.domain.audit import Action, AuditEntry, UndoState
from coordinator.errors import UserError


def history(database: Database, limit: int = 500) -> list[AuditEntry]:
    """Return the newest *limit* actions, newest first."""
    with database.reading() as session:
        return [
            _entry(session, row)
            for row in session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
        ]


def undo_state(database: Database) -> UndoState:
    """Return what undo and redo would do: only actions of this program since it was opened."""
    with database.reading() as session:
        done, undone = _stacks(session, database.origin)
        last_done = _entry(session, done[-1]) if done else None
        last_undone = _entry(session, _undone_action(session, undone[-1])) if undone else None
        return UndoState(last_done, last_undone)


def undo(database: Database) -> str:
    """Undo the last action and return its label.

    Raises:
        CannotUndoError: If what it touched has been changed since.
        UserError: If there is nothing to undo.
    """
    with database.reading() as session:
        done, _ = _stacks(session, database.origin)
        if not done:
            raise UserError("There is nothing to undo.")
        audit_id, label = done[-1].id, done[-1].label
    return _reverse(database, audit_id, Action("undone", f"Undid: {label}"), label)


def redo(database: Database) -> str:
    """Do again what was undone last and return its label; errors as in :func:`undo`."""
    with database.reading() as session:
        _, undone = _stacks(session, database.origin)
        if not undone:
            raise UserError("There is nothing to do again.")
        label = _undone_action(session, undone[-1]).label
        audit_id = undone[-1].id
    return _reverse(database, audit_id, Action("redone", f"Did again: {label}"), label)


def undo_action(database: Database, audit_id: int) -> str:
    """Undo one action of the history, such as an import; errors as in :func:`undo`."""
    with database.reading() as session:
        label = session.get_one(AuditRow, audit_id).label
    return _reverse(database, audit_id, Action("undone", f"Undid: {label}"), label)


def chain_is_whole(database: Database) -> bool:
    """Return whether every line of the log follows from the one before."""
    with database.reading() as session:
        return first_broken_link(session) is None


def _reverse(database: Database, audit_id: int, action: Action, label: str) -> str:
    with database.writing(action) as session:
        session.info["undoes_id"] = audit_id
        undo_in(session, session.get_one(AuditRow, audit_id))
    return label


def _stacks(session: Session, origin: str) -> tuple[list[AuditRow], list[AuditRow]]:
    """Return the actions undo would take back and the undoings redo would take back, last at the end."""
    done: list[AuditRow] = []
    undone: list[AuditRow] = []
    for row in session.scalars(sa.select(AuditRow).where(AuditRow.origin == origin).order_by(AuditRow.id)):
        if row.undoes_id is None:
            done.append(row)
            undone.clear()
        elif any(action.id == row.undoes_id for action in done):
            done = [action for action in done if action.id != row.undoes_id]
            undone.append(row)
        else:
            done.extend(_undone_action(session, u) for u in undone if u.id == row.undoes_id)
            undone = [u for u in undone if u.id != row.undoes_id]
    return done, undone


def _undone_action(session: Session, undoing: AuditRow) -> AuditRow:
    return session.get_one(AuditRow, undoing.undoes_id)


def _entry(session: Session, row: AuditRow) -> AuditEntry:
    changes = session.scalar(sa.select(sa.func.count()).where(AuditChangeRow.audit_id == row.id))
    return AuditEntry(row.id, row.at, row.origin, row.kind, row.label, row.undoes_id, changes or 0)
