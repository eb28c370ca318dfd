"""Which actions of the history can be undone, whatever day they are of; why not, in a sentence."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.moved_since import Since, moved_since, together
from coordinator.db.row_labels import named_rows
from coordinator.domain.records.old_labels import read_label
from coordinator.domain.records.told_columns import TOLD
from coordinator.domain.records.told_history import Undoable, Undoing
from coordinator.sayings import NOTHING, Saying, saying
from coordinator.services.records.family_history import undone_actions
from coordinator.services.records.in_names import in_names


def undoable(database: Database, audit_ids: Collection[int]) -> dict[int, Undoable]:
    """Return of each action whether anything it touched has moved since, by number; why not speaks in names.

    An undoing is one as well: undoing it does again what it took back. Actions that belong together are
    judged together. What the books would say is tried when somebody undoes it.
    """
    with database.reading() as session:
        undone = undone_actions(session)
        groups = together(session, [number for number in audit_ids if number not in undone])
        since = moved_since(session, set(groups.values()))
        found = {number: _why_not(session, since[group]) for number, group in groups.items()}
        found |= {number: _undone(undone[number]) for number in audit_ids if number in undone}
    numbers = list(found)
    named = in_names(database, [found[number] for number in numbers])
    return {number: Undoable(why) for number, why in zip(numbers, named, strict=True)}


def _undone(by: Undoing) -> Saying:
    return saying("It was taken back on {day}.", day=by.at.astimezone().date())


def _why_not(session: Session, since: Since) -> Saying:
    """Return what stands in the way, the newest first; nothing where nothing is known to."""
    if since.is_erased:
        return saying("Its values were erased, so nobody can put them back.")
    if not since.rows:
        return saying("It changed nothing that could be put back.")
    if since.moved:
        row = AuditRow
        query = sa.select(row.at, row.label).where(row.id == max(since.moved))
        at, label = session.execute(query).one()
        day = at.astimezone().date()
        return saying("Later work builds on it, last on {day}: {label}.", day=day, label=read_label(label))
    if since.used:
        table, row_id = max(since.used)
        name = named_rows(session, {(table, row_id)}).get((table, row_id), NOTHING)
        thing = TOLD[table].thing
        what = saying("{thing} {name}", thing=thing, name=name) if name else thing
        return saying("Something came of it since: {what}.", what=what)
    return NOTHING
