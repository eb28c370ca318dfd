"""Undoing what is not last: only where the books balance after it, else with what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db import books
from coordinator.db.audit import AuditChangeRow, AuditRow, begin_next
from coordinator.db.database import Database
from coordinator.db.undo import CannotUndoError, undo_in
from coordinator.db.writing import writing_of
from coordinator.domain.records.balance import BooksError
from coordinator.domain.records.history import Action
from coordinator.domain.records.old_labels import did_again, read_label, undid
from coordinator.errors import BrokenRuleError, UserError
from coordinator.sayings import NOTHING, Saying, saying

__all__ = [
    "CannotUndoError",
    "NotInHistoryError",
    "UndoneAlreadyError",
    "audit_row",
    "reverse",
    "undo_all",
    "undo_together",
    "would_do",
]

MOST_OBSTACLES = 8
"""Later actions that are looked at: nobody undoes more than these together without having a look herself."""


class NotInHistoryError(UserError):
    """There is no such action."""

    def __init__(self) -> None:
        super().__init__(saying("That action is not in the history; look at the history again."))


class UndoneAlreadyError(UserError):
    """What somebody would undo is undone."""

    def __init__(self, label: Saying) -> None:
        super().__init__(saying("“{label}” was undone already; look at the history again.", label=label))


def reverse(database: Database, audit_id: int, action: Action) -> Saying:
    """Undo one action, or an undoing, as the *action* that the history shows; return its label.

    Raises:
        CannotUndoError: If what it touched has been changed since, or the books would not balance after it;
            ``together`` names the later actions that have to be undone with it, if that would do.
        NotInHistoryError: If there is no such action.
        UndoneAlreadyError: If it was undone, and that still stands.
    """
    with database.reading() as session:
        label = audit_row(session, audit_id).said
        if not _is_in_force(session, audit_id):
            raise UndoneAlreadyError(label)
    try:
        with database.writing(action) as session:
            _undo(session, audit_id)
    except (CannotUndoError, BooksError, BrokenRuleError) as refused:
        raise _explained(database, audit_id, label, refused) from None
    return label


def undo_together(database: Database, audit_ids: Sequence[int], *, again: bool = False) -> Saying:
    """Undo several actions in one transaction, the last one first; return their labels in that order.

    *again* says that they are undoings, and what they undid is done again. The books must balance after each,
    not only at the end: taking it back goes through the same steps.

    Raises:
        CannotUndoError, NotInHistoryError: As :func:`reverse`; then nothing is undone.
    """
    if not audit_ids:
        raise NotInHistoryError
    ordered = sorted(audit_ids, reverse=True)
    with database.reading() as session:
        labels = {audit_id: _undone(session, audit_id, again=again).said for audit_id in ordered}
    told = _doing_again if again else _undoing
    try:
        with database.writing(told(labels[ordered[0]])) as session:
            for place, audit_id in enumerate(ordered):
                if place:
                    database.check_books(session)
                    begin_next(session, told(labels[audit_id]))
                _undo(session, audit_id)
    except (BooksError, BrokenRuleError) as refused:
        raise CannotUndoError(labels[ordered[-1]], [], why=refused.said) from None
    return reduce(_then, labels.values())


def _then(first: Saying, then: Saying) -> Saying:
    return saying("{first}, then {then}", first=first, then=then)


def undo_all(database: Database, audit_ids: Sequence[int]) -> Saying:
    """Undo several actions that belong together, such as an import of three files; all of them or none.

    Raises:
        CannotUndoError, NotInHistoryError: As :func:`reverse`; then nothing is undone.
    """
    try:
        return undo_together(database, audit_ids)
    except CannotUndoError as refused:
        obstacles = _obstacles(database, audit_ids)
        if not obstacles:
            raise
        together = (*(number for number, _ in obstacles), *sorted(audit_ids, reverse=True))
        in_the_way = [name for _, name in obstacles]
        with database.reading() as session:
            label = audit_row(session, min(audit_ids)).said
        raise CannotUndoError(label, refused.since, together=together, in_the_way=in_the_way) from None


def audit_row(session: Session, audit_id: int) -> AuditRow:
    """Return an action of the history.

    Raises:
        NotInHistoryError: If there is none with *audit_id*.
    """
    row = session.get(AuditRow, audit_id) if abs(audit_id) < 2**63 else None
    if row is None:
        raise NotInHistoryError
    return row


def _is_in_force(session: Session, audit_id: int) -> bool:
    """Say whether an action stands: it was not undone, or its last undoing was itself undone."""
    in_force, last = True, audit_id
    while (undoing := session.scalar(_LAST_UNDOING, {"of": last})) is not None:
        in_force, last = not in_force, undoing
    return in_force


_LAST_UNDOING = sa.select(sa.func.max(AuditRow.id)).where(AuditRow.undoes_id == sa.bindparam("of"))


def _undoing(label: Saying) -> Action:
    return Action("undone", undid(label))


def _doing_again(label: Saying) -> Action:
    return Action("redone", did_again(label))


def _undone(session: Session, audit_id: int, *, again: bool) -> AuditRow:
    """Return an action, or of an undoing what it undid."""
    row = audit_row(session, audit_id)
    return audit_row(session, row.undoes_id) if again and row.undoes_id is not None else row


def _undo(session: Session, audit_id: int) -> None:
    writing_of(session).undoes_id = audit_id
    undo_in(session, session.get_one(AuditRow, audit_id))


def _explained(database: Database, audit_id: int, label: Saying, refused: UserError) -> CannotUndoError:
    """Return *refused* with what stands in the way, if undoing that as well would do."""
    since, why = _changed_since(refused), NOTHING if isinstance(refused, CannotUndoError) else refused.said
    obstacles = _obstacles(database, [audit_id])
    if not obstacles:
        return CannotUndoError(label, since, why=why)
    together = (*(number for number, _ in obstacles), audit_id)
    in_the_way = [name for _, name in obstacles]
    return CannotUndoError(label, since, why=why, together=together, in_the_way=in_the_way)


def _changed_since(refused: UserError) -> list[str]:
    """Return the codes of what was changed, or of what would not balance."""
    if isinstance(refused, CannotUndoError):
        return refused.since
    broken = refused.broken if isinstance(refused, BooksError) else ()
    return sorted({code for one in broken for code in str(one.about).split()})


def _obstacles(database: Database, audit_ids: Sequence[int]) -> list[tuple[int, Saying]]:
    """Return the fewest later actions that must be undone first, by number and label, the last one first."""
    with database.reading() as session:
        if any(audit_row(session, audit_id).undoes_id is not None for audit_id in audit_ids):
            return []
        found = {one for audit_id in audit_ids for one in _later(session, audit_id)}
    later = sorted((one for one in found if one[0] not in audit_ids), reverse=True)[:MOST_OBSTACLES]
    first = sorted(audit_ids, reverse=True)
    tried: list[list[tuple[int, Saying]]] = [[one] for one in later]
    tried += [later[:count] for count in range(2, len(later) + 1)]
    for obstacles in tried:
        if would_do(database, [*(number for number, _ in obstacles), *first]):
            return obstacles
    return []


def would_do(database: Database, audit_ids: Iterable[int]) -> bool:
    """Try to undo the actions in this order, see whether the books balance after each, leave all as it is."""
    try:
        with database.writing(_undoing(NOTHING)) as session:
            for audit_id in audit_ids:
                _undo(session, audit_id)
                session.flush()
                database.check_books(session)
            raise _TriedError  # noqa: TRY301 - leaves the transaction
    except _TriedError:
        return True
    except UserError:
        return False


class _TriedError(Exception):
    """Ends a trial: what was tried is rolled back."""


def _later(session: Session, audit_id: int) -> list[tuple[int, Saying]]:
    """Return what was done after an action, still stands, and touched the same books; the last one first."""
    rows = books.rows_about(session, books.touched_by_action(session, audit_id))
    touching: set[int] = set()
    for table, row_ids in rows.items():
        query = sa.select(AuditChangeRow.audit_id).where(
            AuditChangeRow.audit_id > audit_id,
            AuditChangeRow.table == table,
            AuditChangeRow.row_id.in_(sorted(row_ids)),
        )
        touching.update(session.scalars(query))
    standing = _standing(session, audit_id)
    found = sorted(touching & standing.keys(), reverse=True)[:MOST_OBSTACLES]
    return [(number, read_label(standing[number])) for number in found]


def _standing(session: Session, audit_id: int) -> dict[int, str]:
    """Return the later actions that are not undone, by number, with their labels as stored."""
    query = sa.select(AuditRow.id, AuditRow.undoes_id, AuditRow.label).where(AuditRow.id > audit_id)
    standing: dict[int, str] = {}
    undone: dict[int, tuple[int, str]] = {}
    for number, undoes, label in session.execute(query.order_by(AuditRow.id)):
        if undoes in standing:
            undone[number] = (undoes, standing.pop(undoes))
        elif undoes in undone:
            again, its_label = undone.pop(undoes)
            standing[again] = its_label
        else:
            standing[number] = label
    return standing
