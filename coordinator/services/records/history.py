"""The history, and undoing what was done in this program since it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, first_broken_link
from coordinator.db.database import Database
from coordinator.db.moved_since import together
from coordinator.domain.families.forgetting_plan import FORGOTTEN
from coordinator.domain.records.history import FOLLOWING, Action, AuditEntry, UndoState
from coordinator.domain.records.old_labels import did_again, undid
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.records.undoing import audit_row, reverse, undo_all, undo_together


def history(database: Database, limit: int = 500) -> list[AuditEntry]:
    """Return the newest *limit* actions, newest first."""
    with database.reading() as session:
        newest = sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        return _entries(session, list(session.scalars(newest)))


def undo_state(database: Database) -> UndoState:
    """Return what undo and redo would do: only actions of this program since it was opened."""
    with database.reading() as session:
        done, undone = _last_steps(session, database.origin)
        return UndoState(
            _step(session, [audit_row(session, row_id) for row_id in done]),
            _step(session, [_undone_action(session, row_id) for row_id in undone]),
        )


def undo(database: Database) -> Saying:
    """Undo the last action and return its label; the lists of one import go together.

    Raises:
        CannotUndoError: If what it touched has been changed since, or the books would not balance after it.
        UserError: If there is nothing to undo.
    """
    with database.reading() as session:
        done, _ = _last_steps(session, database.origin)
        if not done:
            raise UserError(saying("There is nothing to undo."))
        label = _label([audit_row(session, row_id) for row_id in done])
    if len(done) > 1:
        undo_all(database, done)
        return label
    return reverse(database, done[0], Action("undone", undid(label)))


def redo(database: Database) -> Saying:
    """Do again what was undone last and return its label; errors as in :func:`undo`."""
    with database.reading() as session:
        _, undone = _last_steps(session, database.origin)
        if not undone:
            raise UserError(saying("There is nothing to do again."))
        label = _label([_undone_action(session, row_id) for row_id in undone])
    if len(undone) > 1:
        undo_together(database, undone, again=True)
    else:
        reverse(database, undone[0], Action("redone", did_again(label)))
    return label


def undo_action(database: Database, audit_id: int) -> Saying:
    """Undo one action of the history, such as an import; errors as in :func:`undo`.

    What belongs to it goes with it: the lists of one import. An undoing is undone by doing again what it took
    back.
    """
    with database.reading() as session:
        row = audit_row(session, audit_id)
        group = together(session, [audit_id])[audit_id]
        label = _label([audit_row(session, number) for number in group])
        again = None if row.undoes_id is None else audit_row(session, row.undoes_id).said
    if again is not None:
        reverse(database, audit_id, Action("redone", did_again(again)))
        return again
    if len(group) > 1:
        undo_all(database, group)
        return label
    return reverse(database, audit_id, Action("undone", undid(label)))


def action(database: Database, audit_id: int) -> AuditEntry:
    """Return one action of the history.

    Raises:
        NotInHistoryError: If there is none with this number.
    """
    with database.reading() as session:
        (entry,) = _entries(session, [audit_row(session, audit_id)])
        return entry


def last_change_at(database: Database) -> datetime | None:
    """Return when the last action was done, in UTC; None if nothing was ever done."""
    with database.reading() as session:
        return session.scalar(sa.select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1))


def chain_is_whole(database: Database) -> bool:
    """Return whether every line of the log follows from the one before."""
    with database.reading() as session:
        return first_broken_link(session) is None


def _last_steps(session: Session, origin: str) -> tuple[list[int], list[int]]:
    """Return what one undo and one redo would take back, by id: one action, or the lists of one import."""
    done, undone = _stacks(session, origin)
    first, last = len(done) - 1, len(undone) - 1
    while first > 0 and audit_row(session, done[first]).follows:
        first -= 1
    while last > 0 and _undone_action(session, undone[last - 1]).follows:
        last -= 1
    return done[max(first, 0) :], undone[max(last, 0) :]


def _step(session: Session, rows: Sequence[AuditRow]) -> AuditEntry | None:
    """Return several actions as the one that undoing them is."""
    entries = sorted(_entries(session, rows), key=lambda entry: entry.id)
    return replace(entries[0], said=_label(rows)) if entries else None


def _label(rows: Sequence[AuditRow]) -> Saying:
    """Return the label of the first of several actions, and how many lists came in with it."""
    first = min(rows, key=lambda row: row.id)
    more = sum(row.kind == first.kind + FOLLOWING for row in rows)
    if not more:
        return first.said
    return plural("{label} and {n} list after it", "{label} and {n} lists after it", more, label=first.said)


def _stacks(session: Session, origin: str) -> tuple[list[int], list[int]]:
    """Return the actions undo would take back and the undoings redo would take back, by id, last at the end.

    What was undone out of turn, or by somebody else, is an action of its own: it is taken back before
    anything older. So each step finds what it left, whatever the history shows was undone between.
    Right after a new action it alone is told: it is undone first, nothing can be redone, no history is read.
    """
    # Columns, not entities: after an undo every refresh reads all of it.
    ours = sa.select(AuditRow.id, AuditRow.undoes_id, AuditRow.kind).where(AuditRow.origin == origin)
    newest = session.execute(ours.order_by(AuditRow.id.desc()).limit(1)).first()
    if newest is None or newest.kind == FORGOTTEN:
        return [], []
    if newest.undoes_id is None and not newest.kind.endswith(FOLLOWING):
        return [newest.id], []
    done: list[int] = []
    undone: list[tuple[int, int]] = []
    for row_id, undoes_id, kind in session.execute(ours.order_by(AuditRow.id)):
        if kind == FORGOTTEN:  # nothing brings a family back, and what came before may hang on it
            done.clear()
            undone.clear()
        elif done and undoes_id == done[-1]:
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
